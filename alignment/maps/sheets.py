"""Sheets of cells, from a workbook or a text file, with rows numbered as their owner counts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from alignment.errors import InputError
from alignment.models import Fault
from alignment.tables.formula_text import guarded
from alignment.tables.grid import filled
from alignment.tables.map_headings import names_in, starts
from alignment.tables.new_workbook import LONGEST, cell_of, length_of, new_workbook
from alignment.tables.raw import Percent, Spoilt, plain
from alignment.tables.safely import replacing
from alignment.tables.sheet_xml import letter
from alignment.tables.sheets import LOOKED_AT, Heading, start, width_of
from alignment.tables.spreadsheet import Sheet as SheetOfBook
from alignment.tables.text import Known, Text
from alignment.tables.text_rows import rows_in

TEXT: Final = (".csv", ".tsv", ".txt")
"""What files of separated cells are called."""

NUMBER: Final = re.compile(r"[+-]?[0-9.]+(e[+-]?[0-9]+)?")
"""Text that is a number, which is no harm."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, blank ones None, with their numbers; rows without a cell are not there."""

    rows: Sequence[tuple[int, Sequence[Any]]]
    notes: Sequence[str] = ()
    """What of it had to be put right."""
    between: str | None = None
    """What stands between two cells, in words; none where cells have addresses."""

    @property
    def cells(self) -> list[Sequence[Any]]:
        """Its rows without their numbers."""
        return [cells for _, cells in self.rows]

    def below(self, at: int | None) -> Sheet:
        """It from the row on that holds the headings; what stands above are titles."""
        if not at:
            return self
        what = f"is read from row {self.rows[at][0]}, where the headings are"
        return replace(self, rows=self.rows[at:], notes=(*self.notes, what))

    def beyond(self) -> Iterator[tuple[int, int]]:
        """The rows with cells beyond the headings, and how many they have: a separator too many moves all after it."""
        for row, cells in self.rows[1:] if self.between is not None else ():
            last = max((at for at, cell in enumerate(cells, start=1) if cell is not None), default=0)
            if last > len(self.header):
                yield row, last

    @cached_property
    def header(self) -> list[str]:
        """The first row that is not blank, as text."""
        return names_in(self.rows[0][1]) if self.rows else []

    def records(self, known: Collection[str], needed: Collection[str]) -> list[tuple[int, dict[str, Any]]]:
        """Each row below the headings as cells by heading, with its number.

        Parameters
        ----------
        known
            Headings that are meant in whatever capitals.
        needed
            The headings are in the first row that has these; the first of all where none has.
        """
        found = (at for at in starts(self.cells) if {name.lower() for name in names_in(self.cells[at])} >= set(needed))
        sheet = self.below(next(found, None))
        names = [name.lower() if name.lower() in known else name for name in sheet.header]
        return [
            (number, {name: cell for name, cell in zip(names, cells, strict=False) if name and cell is not None})
            for number, cells in sheet.rows[1:]
        ]


def text_sheet(place: str, text: Text, known: Known) -> Sheet:
    """The rows of a text, read as those of tables are.

    Raises
    ------
    InputError
        Its quotes cannot be made out, or there is more than any table needs.
    """
    found = rows_in(place, text, known)
    return Sheet(filled(found.rows), found.notes, found.between)


def sheets_of(found: Iterable[SheetOfBook]) -> dict[str, Sheet]:
    """The sheets of a workbook, in order; of formulas the last results."""
    return {sheet.name: _sheet(sheet.rows) for sheet in found}


def _sheet(rows: Sequence[Sequence[Any]]) -> Sheet:
    """A sheet with text as it is written, spaces too."""
    kept = ((number, list(map(_value, cells))) for number, cells in enumerate(rows, start=1))
    return Sheet([(number, cells) for number, cells in kept if any(cell is not None for cell in cells)])


def _value(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell if cell.strip() else None
    return plain(cell.fraction if isinstance(cell, Percent) else cell)


def check_sound(place: str, found: Iterable[SheetOfBook]) -> None:
    """Refuse sheets with cells that are errors, or formulas that were never worked out: each by its cell."""
    faults = [fault for sheet in found for fault in _spoilt(place, sheet)]
    if faults:
        raise InputError(faults)


def _spoilt(place: str, sheet: SheetOfBook) -> Iterator[Fault]:
    """A fault for each cell that is an error, or a formula without a result."""
    for at, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, Spoilt):
                spot, name = f"{letter(column)}{at}", f"{place}, sheet {sheet.name}"
                yield Fault(table=sheet.name, what=cell.what, remedy=cell.remedy, place=name, row=at, cell=spot)


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
