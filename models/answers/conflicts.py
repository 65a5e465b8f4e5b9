"""Where targets pull apart, as a list."""

from __future__ import annotations

from .answer import Document
from .conflict import Conflict


class ConflictList(Document):
    """Where targets pull apart, worst first."""

    system: str
    """The hash of the system."""
    summary: str
    """How many conflicts there are of each kind, in a line."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""
    conflicts: tuple[Conflict, ...]
    """The conflicts, by severity times confidence, then id."""
