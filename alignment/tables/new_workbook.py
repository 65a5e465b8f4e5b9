"""A workbook being written: made, its cells typed, and saved, in one place for whoever writes one.

Text stays text whatever it looks like, and comes back letter by letter; numbers come back to the last digit.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from .safely import replacing
from .steady import BEGINNING, SteadyArchive

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST: Final = 32_767
"""The most characters that a cell of Excel holds."""

MOST_ROWS: Final = 1_048_576
"""The most rows that a sheet of Excel holds, the header included."""

LIKE_FORMULAS: Final = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
"""How text begins that a spreadsheet may take for something else."""

ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What looks like an escape, and signs that XML holds only as one."""

LANGUAGE: Final = "en-GB"

AUTHOR: Final = "alignment"
"""Who says what notes say."""


@contextmanager
def new_workbook(to: Path | IO[bytes], title: str = "", description: str = "") -> Generator[Workbook]:
    """A workbook that takes rows one after the other, and the place of a file once everything is in it.

    What is written the same way is the same bytes: it says nothing of when it was made.

    Parameters
    ----------
    to
        The file.
    title, description
        What it says of itself, to programs that show a file's properties.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    properties = book.properties
    properties.title, properties.creator, properties.language = title or None, AUTHOR, LANGUAGE
    properties.description = description or None
    properties.created = properties.modified = dt.datetime(*BEGINNING)
    try:
        yield book
        if isinstance(to, Path):
            with replacing(to) as file:
                _save(book, file)
        else:
            _save(book, to)
    finally:
        # After an interruption, sheets that nobody closed would complain on their own.
        for sheet in _sheets_of(book):
            if not sheet.closed:
                sheet.close()


def _save(book: Workbook, to: Path | IO[bytes]) -> None:
    from openpyxl.writer.excel import ExcelWriter

    # What a workbook is usually saved by says when.
    ExcelWriter(book, SteadyArchive(to, "w", zipfile.ZIP_DEFLATED)).save()


def _sheets_of(book: Workbook) -> Iterator[WriteOnlyWorksheet]:
    yield from cast("list[WriteOnlyWorksheet]", book.worksheets)


def held(text: str) -> str:
    r"""Text as a workbook holds it, in which nothing of its own is taken for an escape.

    >>> held("_x000D_"), held("a bell: \a")
    ('_x005F_x000D_', 'a bell: _x0007_')
    """
    return ESCAPED.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def length_of(text: str) -> int:
    """The length of a text as Excel counts it, where characters beyond the first 65,536 count twice.

    Nothing is counted of a text that is short however it is counted.
    """
    return 0 if len(text) * 7 <= LONGEST else len(held(text).encode("utf-16-le")) // 2


def kept_as(value: Any) -> tuple[Any, str | None]:
    """What openpyxl is given for a text or number so that it comes back, and the type, where it would guess another.

    >>> kept_as("beds"), kept_as("=1+1"), kept_as(0.5), kept_as(0.1 + 0.2)
    (('beds', None), ('=1+1', 's'), (0.5, None), ('0.30000000000000004', 'n'))
    """
    if isinstance(value, str):
        return held(value), "s" if value.startswith(LIKE_FORMULAS) else None
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value), None
        # openpyxl writes 16 digits, of which some numbers need 17, and -0 as 0; text that is called a number is kept.
        exact = f"{value:.16g}" == repr(value).removesuffix(".0") != "-0"
        return (value, None) if exact else (repr(value), "n")
    return value, None


def cell_of(sheet: Any, value: Any) -> Any:
    """A text, number or day as something that a row of a sheet can hold, and that comes back as the same."""
    kept, kind = kept_as(value)
    return kept if kind is None else typed(sheet, kept, kind)


def typed(sheet: Any, text: str, kind: str) -> Cell:
    """A cell of a type that openpyxl would not guess."""
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(sheet, value=text)
    written.data_type = kind
    # Excel keeps text that looks like a formula as text, also once somebody has edited the cell.
    written.quotePrefix = kind == "s"
    return written
