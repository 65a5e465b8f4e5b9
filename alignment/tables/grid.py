"""Rows of cells, as files and sheets have them, made a raw table: headings, rows, what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from alignment.models import Fault, Note
from alignment.models.system import REQUIRED

from .columns import required
from .footnotes import footnotes
from .guarded import most_rows, raise_it
from .headings import heading_row, read_as
from .names import ROW_TYPES
from .raw import MOST_FAULTS, RawTable, Spoilt, is_own, lost, more_faults, plain

ELSEWHERE: Final = "keep the row elsewhere"
"""What to do with a row that a table cannot take yet."""

Cells = Sequence[Any]
"""The cells of a row."""

Grid = Iterable[tuple[int, Cells]]
"""Rows with their numbers in the file or sheet."""

Letter = Callable[[int], str]
"""The letter of a column, given its number from 1."""


def from_grid(name: str, place: str, grid: Grid, letter: Letter | None = None, separator: str = "a comma") -> RawTable:
    """A table from its rows; a row near the top names the columns.

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
    separator
        What stands between cells that have no address, in words.
    """
    rows = filled(grid)
    if not rows:
        own = "" if name in REQUIRED else ", or begin its name with x- where it is not used"
        return lost(name, place, "is empty", f"Name the columns in the first row{own}")
    if len(rows) > most_rows():
        return lost(name, place, f"has {len(rows):,} rows, and at most {most_rows():,} are read", raise_it())
    top = heading_row(name, [cells for _, cells in rows])
    reading = _Reading(name, *rows[top], letter, separator)
    if top:
        what = f"is read from row {rows[top][0]}, where the headings are"
        reading.notes.insert(0, Note(table=name, what=what, row=rows[0][0]))
    below = rows[top + 1 :]
    asides = footnotes(name, reading.titles, below)
    for at, (number, cells) in enumerate(below):
        if at in asides:
            reading.note(f"'{asides[at]}' is passed over as a footnote", row=number)
        else:
            reading.add(number, cells)
    return reading.table(place)


def filled(grid: Grid) -> list[tuple[int, Cells]]:
    """The rows that are not blank, their cells as plain Python."""
    rows = ((number, [plain(cell) for cell in cells]) for number, cells in grid)
    return [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)]


class _Reading:
    """A table being read row by row."""

    def __init__(self, name: str, header: int, titles: Cells, letter: Letter | None, separator: str) -> None:
        self.name, self.header, self.letter, self.separator = name, header, letter, separator
        self.width = len(titles)
        self.columns: dict[str, int] = {}
        self.nameless: dict[int, int] = {}
        self.rows: list[dict[str, Any]] = []
        self.numbers: list[int] = []
        self.faults: list[Fault] = []
        self.notes: list[Note] = []
        # A title that is an error of the sheet is no name.
        titles = [None if title is None or isinstance(title, Spoilt) else str(title) for title in titles]
        self.open: dict[str, Sequence[str]] = {}
        self.titles = self._columns_of(titles)
        for at, title in enumerate(self.titles):
            if title is not None and self.columns.setdefault(title, at) != at and title not in self.open:
                self._column_again(title, titles, at)
        self.named = tuple((title, at) for title, at in self.columns.items() if not is_own(title))
        self.unnamed = [at for at, title in enumerate(titles) if title is None]

    def _columns_of(self, titles: Sequence[str | None]) -> list[str | None]:
        """The column that each heading means, the heading itself where it means none or several."""
        meant = read_as(self.name, titles)
        named = {at: could[0] for at, could in meant.items() if len(could) == 1}
        for at in sorted(meant.keys() - named):
            self._open(str(titles[at]), meant[at], at)
        if named:
            told = ", ".join(f"'{titles[at]}' as {column}" for at, column in named.items())
            self.note(f"headings are read as columns: {told}", row=self.header)
        return [named.get(at, title) for at, title in enumerate(titles)]

    def add(self, number: int, cells: Cells) -> None:
        """Read one more row."""
        if len(self.faults) > MOST_FAULTS:
            return
        width = len(cells)
        row = {title: cell for title, at in self.named if at < width and (cell := cells[at]) is not None}
        for title, cell in row.items():
            if isinstance(cell, Spoilt):
                self._fault(cell.what, self._remedy(cell, title), index=len(self.rows), column=title)
        if self.unnamed or width > self.width:
            self._strange(number, cells)
        self.rows.append(row)
        self.numbers.append(number)

    def _remedy(self, cell: Spoilt, title: str) -> str:
        """What to do about a cell that is spoilt; clearing it helps only where the table can do without."""
        if not cell.unknown:
            return cell.remedy
        needed = title in required(ROW_TYPES[self.name])
        return f"{cell.remedy}, or {ELSEWHERE if needed else 'clear the cell'} if its value is not known"

    def _strange(self, number: int, cells: Cells) -> None:
        """Look at the cells that stand under no name."""
        beyond = [at for at in range(self.width, len(cells)) if cells[at] is not None]
        if beyond and self.letter is None:
            # In text without addresses a comma too many moves all that follows it.
            what = f"has {beyond[-1] + 1} cells, and the header has {self.width}"
            remedy = f'Put text that holds {self.separator} in quotes ("...")'
            self._fault(what, remedy, index=len(self.rows))
            return
        for at in (*self.unnamed, *beyond):
            if at < len(cells) and cells[at] is not None:
                self.nameless.setdefault(at, number)

    def table(self, place: str) -> RawTable:
        """The table, now that all is read."""
        for at, number in sorted(self.nameless.items()):
            what = f"column {at + 1} has no name, but something in row {number}"
            remedy = "Name the column; one of your own begins with x-"
            self._fault(what, remedy, row=self.header, cell=self._address(at))
        self._gaps()
        letters = {title: self.letter(at + 1) for title, at in self.named} if self.letter else {}
        names = tuple(title for title, _ in self.named)
        return RawTable(
            self.name,
            place,
            names,
            self.rows,
            self.numbers,
            self.header,
            letters,
            self.faults,
            notes=self.notes,
            titles=tuple(self.titles),
            open_titles=self.open,
        )

    def _gaps(self) -> None:
        """Say which blank rows and columns there are among the others."""
        numbers = [self.header, *self.numbers]
        gaps = [one + 1 for one, other in pairwise(numbers) if other > one + 1]
        if gaps:
            self.note("blank rows are passed over", row=gaps[0])
        last = max(self.columns.values(), default=0)
        for at in self.unnamed:
            if at < last and at not in self.nameless:
                self.note(f"column {at + 1} is blank, and is passed over", row=self.header, cell=self._address(at))

    def _open(self, title: str, could: Sequence[str], at: int) -> None:
        if title in self.open:
            return
        self.open[title] = could
        what = f"'{title}' could be the column {' or '.join(could)}"
        self._fault(what, f"Write {' or '.join(could)}", column=title, cell=self._address(at))

    def _column_again(self, title: str, titles: Sequence[str | None], at: int) -> None:
        written, before = titles[at], titles[self.columns[title]]
        also = "" if written == title == before else f": '{before}' and '{written}' both mean it"
        what = f"the column {title} is there already{also}"
        self._fault(what, "Begin the heading of one with x-, or join the two", column=title, cell=self._address(at))

    def _address(self, at: int) -> str | None:
        return f"{self.letter(at + 1)}{self.header}" if self.letter else None

    def _fault(self, what: str, remedy: str, **where: Any) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(table=self.name, what=what, remedy=remedy, **where))
        elif len(self.faults) == MOST_FAULTS:
            self.faults.append(more_faults(self.name))

    def note(self, what: str, **where: Any) -> None:
        """Say what was put right or passed over."""
        self.notes.append(Note(table=self.name, what=what, **where))
