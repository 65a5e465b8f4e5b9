"""A system in and out: a folder of CSV files, a workbook, a JSON document, DataFrames.

Each coat is one file and makes raw tables (`raw`), which know nothing of what they should hold;
`assemble` makes the system of them, or gathers every fault.
"""

from .document import to_document
from .doors import Source, read, write
from .fix import fix
from .frames import to_frames

__all__ = ["Source", "fix", "read", "to_document", "to_frames", "write"]
