"""A system from an Excel workbook: a sheet a table."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .grid import from_grid
from .names import ROW_TYPES
from .raw import RawSystem, RawTable, Spoilt, refused

if TYPE_CHECKING:
    from openpyxl import Workbook

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
