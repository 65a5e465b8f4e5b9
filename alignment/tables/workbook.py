"""A system as an Excel workbook: a sheet a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from alignment.errors import InputError
from alignment.models import Fault, Row, System
from alignment.models.system.keys import Keys, keyed

from .columns import columns
from .names import ROW_TYPES
from .safely import replacing
from .written_cells import cell, filled_columns, filled_tables

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST: Final = 32_767
"""The most characters that a cell of Excel holds."""

MOST_ROWS: Final = 1_048_576
"""The most rows that a sheet of Excel holds, the header included."""


MOMENTS: Final = frozenset({"start", "due"})
"""The columns in which four digits are a year."""


def write_workbook(system: System, path: Path) -> None:
    """Write a system as a workbook; what Excel would cut off is refused."""
    from openpyxl import Workbook

    faults = [fault for name, rows in filled_tables(system) for fault in _too_large(name, rows, path.name)]
    faults = list(keyed(faults, lambda name: dict(enumerate(system.derive(Keys).of(name)))))
    if faults:
        raise InputError(faults)
    book = Workbook(write_only=True)
    try:
        for name, rows in filled_tables(system):
            _write_sheet(book, name, rows)
        with replacing(path) as file:
            book.save(file)
    finally:
        # After an interruption, sheets that nobody closed would complain on their own.
        for sheet in cast("list[WriteOnlyWorksheet]", book.worksheets):
            if not sheet.closed:
                sheet.close()


def _too_large(name: str, rows: Sequence[Row], place: str) -> Iterator[Fault]:
    remedy = "write a folder of CSV files, or JSON"
    if len(rows) >= MOST_ROWS:
        what = f"{name} has {len(rows):,} rows, and a sheet of Excel holds {MOST_ROWS - 1:,} below its header"
        yield Fault(table=name, place=place, what=what, remedy=f"For a system of this size {remedy}")
    for column in columns(ROW_TYPES[name]):
        for index, row in enumerate(rows):
            length = _length(getattr(row, column))
            if length > LONGEST:
                what = f"takes {length:,} characters, and a cell of Excel holds {LONGEST:,}"
                yield Fault(
                    table=name,
                    index=index,
                    column=column,
                    place=place,
                    what=what,
                    remedy=f"Shorten it, or {remedy}",
                )


def _length(value: Any) -> int:
    """The length of a text as Excel counts it, where characters beyond the first 65,536 count twice."""
    text = cell(value)
    if not isinstance(text, str) or len(text) * 7 <= LONGEST:
        return 0
    return len(escaped(text).encode("utf-16-le")) // 2


def _write_sheet(book: Workbook, name: str, rows: Sequence[Row]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    names = filled_columns(ROW_TYPES[name], rows)
    sheet.append(names)
    for row in rows:
        sheet.append([_written(sheet, column, getattr(row, column)) for column in names])


def _written(sheet: Any, column: str, value: Any) -> Any:
    """A value as a cell that comes back as the same value."""
    if isinstance(value, float):
        # openpyxl writes 16 digits, of which some numbers need 17, and reads -0 as 0; text that is called
        # a number is kept.
        exact = f"{value:.16g}" == repr(value).removesuffix(".0") != "-0"
        return value if exact else typed(sheet, repr(value), "n")
    text = cell(value)
    if not isinstance(text, str):
        return text
    if column in MOMENTS and len(text) == 4 and text[0] != "0":
        return int(text)
    text = escaped(text)
    return typed(sheet, text, "s") if text[0] in "=+-@#" else text


def typed(sheet: Any, text: str, kind: str) -> Cell:
    """A cell of a type that openpyxl would not guess."""
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(sheet, value=text)
    written.data_type = kind
    # Excel keeps text that looks like a formula as text, also once somebody has edited the cell.
    written.quotePrefix = kind == "s"
    return written


def escaped(text: str) -> str:
    """Text in which nothing is taken for an escape.

    >>> escaped("_x000D_")
    '_x005F_x000D_'
    """
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
