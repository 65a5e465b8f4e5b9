"""A system as an Excel workbook: a sheet a table."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from alignment.errors import InputError
from alignment.models import Fault, Row, System
from alignment.models.system.keys import Keys, keyed

from .columns import columns
from .grid import from_grid
from .names import ROW_TYPES
from .raw import RawSystem, RawTable, Spoilt, refused
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

FORMULA: Final = object()
"""Where a sheet has a formula, until its result is known."""

Cells = list[list[Any]]
"""The rows of a sheet from the first on."""


def read_workbook(path: Path) -> RawSystem:
    """The tables of a workbook; a blank sheet that is no table's is nothing."""
    content = path.read_bytes()
    try:
        sheets = _sheets(content)
    except Exception as error:
        # openpyxl fails in as many ways as a file can be broken.
        remedy = "Open it in Excel, and save it as a new .xlsx workbook"
        raise refused(path.name, "cannot be read as a workbook", remedy) from error
    return RawSystem({name: _table(name, rows) for name, rows in sheets if _says_something(name, rows)}, sheet_of)


def sheet_of(name: str) -> str:
    """The sheet of a table."""
    return f"sheet {name}"


def _says_something(name: str, rows: Cells) -> bool:
    return name in ROW_TYPES or any(cell is not None for row in rows for cell in row)


def _table(name: str, rows: Cells) -> RawTable:
    from openpyxl.utils import get_column_letter

    if name not in ROW_TYPES:
        return RawTable(name, sheet_of(name))
    return from_grid(name, sheet_of(name), enumerate(rows, start=1), get_column_letter)


def _sheets(content: bytes) -> list[tuple[str, Cells]]:
    """Each sheet with its name; of formulas the results."""
    book = _loaded(content, results=False)
    results: Workbook | None = None
    sheets: list[tuple[str, Cells]] = []
    for sheet in book.worksheets:
        rows = _rows(sheet, _value)
        if any(cell is FORMULA for row in rows for cell in row):
            results = results or _loaded(content, results=True)
            rows = _computed(rows, _rows(results[sheet.title], _result))
        sheets.append((sheet.title, rows))
    return sheets


def _loaded(content: bytes, *, results: bool) -> Workbook:
    # Imported where it is used, as below: a quarter of a second that only workbooks need.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # It warns of styles and extensions, of which tables have none.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), read_only=True, data_only=results)


def _rows(sheet: Any, value: Callable[[Any], Any]) -> Cells:
    # Some programs write a wrong size into the file, and cells beyond it would be lost.
    sheet.reset_dimensions()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [[value(cell) for cell in row] for row in sheet.iter_rows()]


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return Spoilt(f"{cell.value} is an error of the sheet", "Correct the formula, or clear the cell")
    # The writer escapes what looks like an escape; openpyxl reads back only some of them.
    return cell.value.replace("_x005F_", "_") if isinstance(cell.value, str) else cell.value


def _result(cell: Any) -> Any:
    # Where the result is an empty text, the file says that it is text.
    if cell.value is None and cell.data_type == "n":
        remedy = "Open the workbook in Excel and save it, or write the value in place of the formula"
        return Spoilt("holds a formula that was never worked out", remedy)
    return _value(cell)


def _computed(rows: Cells, results: Cells) -> Cells:
    return [
        [result if cell is FORMULA else cell for cell, result in zip(row, worked_out, strict=True)]
        for row, worked_out in zip(rows, results, strict=True)
    ]


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
    return len(_escaped(text).encode("utf-16-le")) // 2


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
        return value if exact else _typed(sheet, repr(value), "n")
    text = cell(value)
    if not isinstance(text, str):
        return text
    if column in MOMENTS and len(text) == 4 and text[0] != "0":
        return int(text)
    text = _escaped(text)
    return _typed(sheet, text, "s") if text[0] in "=+-@#" else text


def _typed(sheet: Any, text: str, kind: str) -> Cell:
    """A cell of a type that openpyxl would not guess."""
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(sheet, value=text)
    written.data_type = kind
    # Excel keeps text that looks like a formula as text, also once somebody has edited the cell.
    written.quotePrefix = kind == "s"
    return written


def _escaped(text: str) -> str:
    """Text in which nothing is taken for an escape.

    >>> _escaped("_x000D_")
    '_x005F_x000D_'
    """
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
