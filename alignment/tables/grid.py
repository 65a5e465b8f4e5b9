"""Rows of cells under a header, as files and sheets have them, turned into a raw table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from alignment.models import Fault

from .raw import RawTable, Spoilt, lost, plain

Grid = Iterable[tuple[int, Sequence[Any]]]
"""Rows with their numbers in the file or sheet."""

Letter = Callable[[int], str]
"""The letter of a column, given its number from 1."""


def from_grid(name: str, place: str, grid: Grid, letter: Letter | None = None) -> RawTable:
    """A table from its rows; the first row that is not blank names the columns.

    Parameters
    ----------
    name
        The table.
    place
        The file or sheet.
    grid
        Its rows with their numbers.
    letter
        The letter of a column; none where cells have no address.
    """
    rows = ((number, [plain(cell) for cell in cells]) for number, cells in grid)
    filled = ((number, cells) for number, cells in rows if any(cell is not None for cell in cells))
    first = next(filled, None)
    if first is None:
        return lost(name, place, "is empty", "Name the columns in the first row, or delete it")
    header, titles = first
    # A title that is an error of the sheet is no name.
    named = [None if isinstance(title, Spoilt) else title for title in titles]
    reading = _Reading(name, header, named, letter)
    for number, cells in filled:
        reading.add(number, cells)
    return reading.table(place)


class _Reading:
    """A table being read row by row."""

    def __init__(self, name: str, header: int, titles: Sequence[Any], letter: Letter | None) -> None:
        self.name, self.header, self.letter = name, header, letter
        self.width = len(titles)
        self.columns: dict[str, int] = {}
        self.nameless: dict[int, int] = {}
        self.rows: list[dict[str, Any]] = []
        self.numbers: list[int] = []
        self.faults: list[Fault] = []
        for at, title in enumerate(titles):
            if title is not None and self.columns.setdefault(str(title), at) != at:
                self._column_again(str(title), at)
        self.named = tuple(self.columns.items())
        self.unnamed = [at for at, title in enumerate(titles) if title is None]

    def add(self, number: int, cells: Sequence[Any]) -> None:
        """Read one more row."""
        width = len(cells)
        row = {title: cell for title, at in self.named if at < width and (cell := cells[at]) is not None}
        for title, cell in row.items():
            if isinstance(cell, Spoilt):
                self._fault(cell.what, cell.remedy, index=len(self.rows), column=title)
        if self.unnamed or width > self.width:
            self._strange(number, cells)
        self.rows.append(row)
        self.numbers.append(number)

    def _strange(self, number: int, cells: Sequence[Any]) -> None:
        """Look at the cells that stand under no name."""
        beyond = [at for at in range(self.width, len(cells)) if cells[at] is not None]
        if beyond and self.letter is None:
            # In text without addresses a comma too many moves all that follows it.
            what = f"has {beyond[-1] + 1} cells, and the header has {self.width}"
            self._fault(what, 'Put text that holds a comma in quotes ("...")', index=len(self.rows))
            return
        for at in (*self.unnamed, *beyond):
            if at < len(cells) and cells[at] is not None:
                self.nameless.setdefault(at, number)

    def table(self, place: str) -> RawTable:
        """The table, now that all is read."""
        for at, number in sorted(self.nameless.items()):
            what = f"column {at + 1} has no name, but something in row {number}"
            self._fault(what, "Name the column, or clear it", row=self.header, cell=self._address(at))
        letters = {title: self.letter(at + 1) for title, at in self.named} if self.letter else {}
        names = tuple(self.columns)
        return RawTable(self.name, place, names, self.rows, self.numbers, self.header, letters, self.faults)

    def _column_again(self, title: str, at: int) -> None:
        what = f"the column {title} is there already"
        self._fault(what, "Delete one of the two", column=title, cell=self._address(at))

    def _address(self, at: int) -> str | None:
        return f"{self.letter(at + 1)}{self.header}" if self.letter else None

    def _fault(self, what: str, remedy: str, **where: Any) -> None:
        self.faults.append(Fault(table=self.name, what=what, remedy=remedy, **where))
