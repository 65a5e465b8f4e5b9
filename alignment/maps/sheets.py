"""Sheets of cells, from a workbook or a text file, with rows numbered as their owner counts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from alignment.errors import InputError
from alignment.models import Fault
from alignment.tables.disguises import what_it_is
from alignment.tables.formula_text import guarded, unguarded
from alignment.tables.grid import filled
from alignment.tables.guarded import content_of
from alignment.tables.new_workbook import LONGEST, cell_of, length_of, new_workbook
from alignment.tables.raw import Percent, Spoilt, refused
from alignment.tables.safely import replacing
from alignment.tables.sheet_xml import letter
from alignment.tables.sheets import LOOKED_AT, Heading, start, width_of
from alignment.tables.spreadsheet import Sheet as SheetOfBook, sheets_in
from alignment.tables.text import NotTextError, QuotesError, rows_of, text_of

TEXT: Final = (".csv", ".tsv", ".txt")
"""What files of separated cells are called."""

SEPARATORS: Final = ",;\t"
"""What stands between the cells of text."""

FIRST_LINE: Final = 100_000
"""The first line is looked for in so many characters."""

NUMBER: Final = re.compile(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?")
"""Text that is a number, which is no harm."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, blank ones None, with their numbers; rows without a cell are not there."""

    rows: Sequence[tuple[int, Sequence[Any]]]

    @cached_property
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
    return Sheet(filled(enumerate(rows, start=1)))


def sheets_of(path: Path) -> dict[str, Sheet]:
    """The sheets of a workbook, in order; of formulas the last results.

    Raises
    ------
    InputError
        It is no workbook, or has errors, or formulas that were never worked out: each by its cell.
    """
    sheets = sheets_in(path.name, content_of(path))
    faults = [fault for sheet in sheets for fault in _spoilt(path.name, sheet)]
    if faults:
        raise InputError(faults)
    return {sheet.name: _sheet([list(map(_value, row)) for row in sheet.rows]) for sheet in sheets}


def _value(cell: Any) -> Any:
    return cell.fraction if isinstance(cell, Percent) else cell


def _spoilt(place: str, sheet: SheetOfBook) -> Iterator[Fault]:
    """A fault for each cell that is an error, or a formula without a result."""
    for at, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, Spoilt):
                spot, name = f"{letter(column)}{at}", f"{place}, sheet {sheet.name}"
                yield Fault(table=sheet.name, what=cell.what, remedy=cell.remedy, place=name, row=at, cell=spot)


def text_sheet(path: Path) -> Sheet:
    """The rows of a text file: commas, semicolons or tabs, whichever its first line has most of.

    Raises
    ------
    InputError
        It is no text, or its quotes cannot be made out.
    """
    content = content_of(path)
    strange = what_it_is(content)
    if strange is not None:
        raise refused(path.name, *strange)
    try:
        text = text_of(content).content
        first = next((line for line in text[:FIRST_LINE].splitlines() if line.strip()), "")
        rows = rows_of(text, max(SEPARATORS, key=first.count))
        return _sheet([list(map(unguarded, row)) for row in rows])
    except (NotTextError, QuotesError) as error:
        raise refused(path.name, str(error), error.remedy) from error


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write rows of cells by heading as a workbook, a sheet each.

    Raises
    ------
    InputError
        A text is longer than a cell of Excel holds: each by its row.
    """
    faults = [fault for name, rows in sheets.items() for fault in _too_long(path.name, name, rows)]
    if faults:
        raise InputError(faults)
    with new_workbook(path) as book:
        for name, rows in sheets.items():
            _write_sheet(book, name, rows)


def _write_sheet(book: Any, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    names = list(dict.fromkeys(heading for row in rows for heading in row))
    first = rows[:LOOKED_AT]
    headings = [Heading(each, width=width_of(each, (row.get(each) for row in first))) for each in names]
    sheet: Any = start(book, name, headings, len(rows))
    for row in rows:
        sheet.append([cell_of(sheet, row.get(each)) for each in names])


def _too_long(place: str, name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """A fault for each text that a spreadsheet would cut off."""
    for at, row in enumerate(rows, start=2):
        for heading, value in row.items():
            length = length_of(value) if isinstance(value, str) else 0
            if length > LONGEST:
                what = f"takes {length:,} characters, and a cell of Excel holds {LONGEST:,}"
                remedy = "Shorten it, or write the map as .json or .prsm"
                yield Fault(
                    table=name, place=f"{place}, sheet {name}", row=at, column=heading, what=what, remedy=remedy
                )


def write_rows(path: Path, name: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows under headings, as text or as the one sheet of a workbook, as the name of the file says."""
    if path.suffix.lower() in TEXT:
        _write_text(path, [headings, *rows])
    else:
        cells = [dict(zip(headings, row, strict=True)) for row in rows]
        write_sheets(path, {name: cells or [dict.fromkeys(headings)]})


def _write_text(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as separated text, what looks like a formula as text."""
    between = "\t" if path.suffix.lower() == ".tsv" else ","
    with replacing(path) as file, file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=between, lineterminator="\n").writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: Any) -> Any:
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return guarded(cell) if isinstance(cell, str) and not NUMBER.fullmatch(cell) else cell
