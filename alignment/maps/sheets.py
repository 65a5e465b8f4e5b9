"""Sheets of cells, from a workbook or a text file, with rows numbered as their owner counts them."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alignment.errors import InputError
from alignment.models import Fault
from alignment.tables.formula_text import guarded, unguarded
from alignment.tables.raw import plain, refused
from alignment.tables.safely import replacing

SEPARATORS: Final = ",;\t"
"""What stands between the cells of text."""

FORMULAS: Final = ("=", "+", "-", "@", "#")
"""Text that begins so is written as text, whatever a spreadsheet would make of it."""

NUMBER: Final = re.compile(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?")
"""Text that is a number, which is no harm."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, blank ones None, with their numbers; rows without a cell are not there."""

    rows: Sequence[tuple[int, Sequence[Any]]]

    @property
    def header(self) -> list[str]:
        """The first row that is not blank, as text."""
        return ["" if cell is None else " ".join(str(cell).split()) for cell in self.rows[0][1]] if self.rows else []

    def records(self, known: Collection[str]) -> list[tuple[int, dict[str, Any]]]:
        """Each row below the header as cells by heading, with its number; known headings in small letters."""
        names = [name.lower() if name.lower() in known else name for name in self.header]
        return [
            (number, {name: cell for name, cell in zip(names, cells, strict=False) if name and cell is not None})
            for number, cells in self.rows[1:]
        ]


def _sheet(rows: Sequence[Sequence[Any]]) -> Sheet:
    bare = [(number, [plain(cell) for cell in cells]) for number, cells in enumerate(rows, start=1)]
    return Sheet([(number, cells) for number, cells in bare if any(cell is not None for cell in cells)])


def sheets_of(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook, in order; of formulas the last results.

    Raises
    ------
    InputError
        It is no workbook, or has formulas that were never worked out: each by its cell.
    """
    content = path.read_bytes()
    try:
        results, written = (_cells(content, results=which) for which in (True, False))
    except Exception as error:
        # openpyxl fails in as many ways as a file can be broken.
        remedy = "Open it in Excel, and save it as a new .xlsx workbook"
        raise refused(path.name, "cannot be read as a workbook", remedy) from error
    faults = [fault for name, rows in written.items() for fault in _unworked(path.name, name, rows, results[name])]
    if faults:
        raise InputError(faults)
    return {name: _sheet(rows) for name, rows in results.items()}


def _cells(content: bytes, *, results: bool) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=results)
        return {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}


def _unworked(
    place: str, name: str, rows: Sequence[Sequence[Any]], results: Sequence[Sequence[Any]]
) -> Iterator[Fault]:
    """A fault for each formula without a result."""
    from openpyxl.utils import get_column_letter

    for at, (cells, worked_out) in enumerate(zip(rows, results, strict=False), start=1):
        for column, (cell, result) in enumerate(zip(cells, worked_out, strict=False), start=1):
            if result is None and cell is not None:
                address = f"{get_column_letter(column)}{at}"
                what, remedy = "holds a formula that was never worked out", "Open the workbook in Excel and save it"
                yield Fault(table=name, place=f"{place}, sheet {name}", row=at, cell=address, what=what, remedy=remedy)


def text_sheet(path: Path) -> Sheet:
    """The rows of a text file: commas, semicolons or tabs, whichever its first lines have most of."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise refused(path.name, "is not text", "Save it as 'CSV UTF-8'")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
        return _sheet([list(map(unguarded, row)) for row in rows])
    except csv.Error as error:
        remedy = "Put names that hold a quote in quotes, and write each of their quotes twice"
        raise refused(path.name, f"the quotes cannot be made out ({error})", remedy) from error


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write rows of cells by heading as a workbook, a sheet each."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        for at, line in enumerate([headings, *([row.get(name) for name in headings] for row in rows)], start=1):
            for column, value in enumerate(line, start=1):
                _write(sheet.cell(at, column), value)
    with replacing(path) as file:
        book.save(file)


def _write(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, float):
        # openpyxl writes 16 digits, of which some numbers need 17; text that is called a number is kept.
        cell.value, cell.data_type = repr(value), "n"
    if isinstance(value, str) and value.startswith(FORMULAS):
        cell.data_type, cell.quotePrefix = "s", True


def write_text(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as CSV, text that looks like a formula as text."""
    with replacing(path) as file, file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) and not NUMBER.fullmatch(cell) else cell
