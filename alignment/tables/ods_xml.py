"""What an OpenDocument spreadsheet tells that a reader of values does not: percentages, errors and merged cells."""

from __future__ import annotations

import io
import zipfile
from itertools import product

from .raw import Spoilt
from .xml_parts import (
    PERCENT,
    Marks,
    StrangePartsError,
    TooLargeError,
    check_all,
    check_filled,
    check_letters,
    local,
    walk,
)

MOST_MARKS = 1_000_000
"""The most cells of a sheet that can be marked."""


def ods_marks(content: bytes) -> dict[str, Marks]:
    """What each sheet holds that its values do not tell, by the sheet's name.

    Raises
    ------
    StrangePartsError
        The content is no such spreadsheet, or one that no computer could hold.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("content.xml")
    reading = _Walk()
    walk(xml, reading.start, reading.end, reading.text)
    for name, marks in reading.sheets.items():
        marks.check(name)
    check_filled(reading.filled)
    check_all(reading.sheets.values())
    return reading.sheets


class _Walk:
    """One walk through the sheets."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = 0
        self.cell: dict[str, str] = {}
        self.said: list[str] = []
        self.repeats = 1
        self.filled = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet the start of an element."""
        given = {local(name): value for name, value in attributes.items()}
        name = local(tag)
        if name == "table":
            self.marks = self.sheets.setdefault(given.get("name", ""), Marks())
            self.row = self.column = 0
        elif name == "table-row":
            self.column, self.repeats = 0, _times(given, "number-rows-repeated")
        elif name in ("table-cell", "covered-table-cell"):
            given["value-type"] = attributes.get("calcext:value-type") or attributes.get("office:value-type", "")
            self.cell = given
            self.said.clear()

    def text(self, text: str) -> None:
        """Meet some text."""
        self.said.append(text)

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        name = local(tag)
        if name == "table-row":
            self.row += self.repeats
        elif name in ("table-cell", "covered-table-cell"):
            times = _times(self.cell, "number-columns-repeated")
            self.marks.letters += sum(map(len, self.said)) * times * self.repeats
            check_letters(self.marks.letters)
            if self.cell["value-type"]:
                self._filled(times)
            self.column += times

    def _filled(self, times: int) -> None:
        self.filled += times * self.repeats
        self.marks.rows = max(self.marks.rows, self.row + self.repeats)
        self.marks.columns = max(self.marks.columns, self.column + times)
        down, across = _times(self.cell, "number-rows-spanned"), _times(self.cell, "number-columns-spanned")
        if down * across > 1:
            self.marks.merged.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        mark = self._mark()
        if mark is not None:
            self._marked(mark, times)

    def _mark(self) -> object:
        kind = self.cell["value-type"]
        if kind == "error":
            return Spoilt(f"{''.join(self.said)} is an error of the sheet", "Correct the formula", unknown=True)
        return PERCENT if kind == "percentage" else None

    def _marked(self, mark: object, times: int) -> None:
        if len(self.marks.cells) + self.repeats * times > MOST_MARKS:
            raise TooLargeError("has more percentages and errors than a table needs")
        for spot in product(range(self.row, self.row + self.repeats), range(self.column, self.column + times)):
            self.marks.cells[spot] = mark


def _times(given: dict[str, str], name: str) -> int:
    number = given.get(name, "1")
    if not (number.isascii() and number.isdigit() and len(number) < 8):
        raise StrangePartsError("cannot be read as a workbook")
    return int(number)
