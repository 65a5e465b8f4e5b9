"""A bare list of measures as a system: what is measured, whose it is, and what its owner wishes.

Every owner is an agency, every name a measure, every wish a target; ids are made of the names. That is little, and the
advice on such a system says what to add next.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from alignment.models import Fault, Note
from alignment.models.cell_fault_words import kebab, shown
from alignment.models.numbers import count

from .grid import Grid, Letter
from .guarded import content_of
from .others_maps import map_in_text, refuse_map
from .raw import Percent, RawSystem, RawTable, Spoilt, plain, refused
from .sheet_xml import letter
from .spreadsheet import Sheet
from .text_rows import rows_in, text_in
from .wish_words import UnclearWishError, Wish, wish_of

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "measure": ("measure", "name", "indicator", "kpi", "metric", "measure name"),
    "owner": ("owner", "agency", "organisation", "organization", "body", "department", "lead", "responsible", "who"),
    "wish": ("wish", "sense", "target", "aim", "ambition", "goal", "direction"),
    "value": ("value", "target value", "level", "amount", "how much"),
    "unit": ("unit", "units"),
    "baseline": ("baseline", "today", "current", "current value"),
    "due": ("due", "by", "by when", "deadline"),
    "source": ("source",),
    "note": ("note", "notes", "comment", "comments"),
}
"""What each column of a list may be called, in any case."""

NEEDED: Final = ("measure", "owner", "wish")

LOOKED_AT: Final = 10
"""The headings are among so many rows."""

LONGEST_ID: Final = 60
"""Of a made id. Unit: letters."""

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "agencies": {"id": "owner", "name": "owner"},
    "measures": {"id": "measure", "name": "measure", "unit": "unit", "baseline": "baseline"},
    "targets": {
        "agency": "owner",
        "measure": "measure",
        "sense": "wish",
        "value": "value",
        "upper": "value",
        "due": "due",
        "source": "source",
        "note": "note",
    },
}
"""Of each table the columns that a list fills, and with what."""


def read_list(path: Path) -> RawSystem:
    """The tables that a CSV file with a bare list makes."""
    text = text_in(path.name, content_of(path))
    rows = rows_in(path.name, text, lambda first: max((len(_columns(cells)) for cells in first), default=0))
    made = from_list(path.name, rows.rows)
    if made is None and (whose := map_in_text(path.name, text)) is not None:
        raise refuse_map(path, whose)
    if made is None:
        what = "is no list of measures: no row names a measure, its owner and the wish"
        remedy = "Name three columns measure, owner and wish; or give the folder, where it is one table of several"
        raise refused(path.name, what, remedy)
    told = [Note(table="", place=path.name, what=what) for what in rows.notes]
    return replace(made, notes=[*told, *made.notes])


def list_on(sheets: Iterable[Sheet]) -> RawSystem | None:
    """The tables that the first sheet with a bare list makes; none where no sheet is one."""
    lists = (from_list(each.place, enumerate(each.rows, start=1), letter) for each in sheets)
    return next(filter(None, lists), None)


def from_list(place: str, grid: Grid, address: Letter | None = None) -> RawSystem | None:
    """The tables that the rows of a bare list make; none where they are no such list.

    Parameters
    ----------
    place
        The file or sheet.
    grid
        Its rows with their numbers.
    address
        The letter of a column; none where cells have no address.
    """
    rows = [(number, [plain(cell) for cell in cells]) for number, cells in grid]
    filled = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)]
    for at, (number, titles) in enumerate(filled[:LOOKED_AT]):
        found = _columns(titles)
        if set(NEEDED) <= set(found):
            reading = _Reading(place, found, number, address)
            for row, cells in filled[at + 1 :]:
                reading.add(row, {name: cells[place] for name, place in found.items() if place < len(cells)})
            return reading.system(_others(titles, found))
    return None


def _columns(titles: Sequence[Any]) -> dict[str, int]:
    """Where the columns of a list are, by what they hold; of two that could be one, the first."""
    bare = [" ".join(str(title or "").replace("_", " ").split()).casefold() for title in titles]
    return {
        name: min(bare.index(word) for word in known if word in bare)
        for name, known in HEADINGS.items()
        if set(known) & set(bare)
    }


def _others(titles: Sequence[Any], found: Mapping[str, int]) -> list[str]:
    own = [str(title) for at, title in enumerate(titles) if title is not None and at not in found.values()]
    return [title for title in own if not title.casefold().startswith("x-")]


class _Names:
    """Names with the ids that are made of them; the same name in other capitals is the same."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.ids: dict[str, str] = {}
        self.taken: set[str] = set()

    def id_of(self, name: str) -> tuple[str, bool]:
        """The id of a name, and whether it is new."""
        bare = " ".join(name.split()).casefold()
        if bare in self.ids:
            return self.ids[bare], False
        stem = kebab(name)[:LONGEST_ID].strip("-") or self.kind
        made = next(each for each in _candidates(stem) if each not in self.taken)
        self.taken.add(made)
        self.ids[bare] = made
        return made, True


def _candidates(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in itertools.count(2))


class _Table:
    """A table being filled from the rows of a list."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.numbers: list[int] = []
        self.faults: list[Fault] = []
        self.notes: list[Note] = []

    def add(self, number: int, **cells: Any) -> int:
        """One more row, and its index."""
        self.rows.append({name: cell for name, cell in cells.items() if cell is not None})
        self.numbers.append(number)
        return len(self.rows) - 1


class _Reading:
    """A list being read row by row."""

    def __init__(self, place: str, found: Mapping[str, int], header: int, address: Letter | None) -> None:
        self.place, self.header = place, header
        self.letters = {name: address(at + 1) for name, at in found.items()} if address else {}
        self.tables = {name: _Table() for name in COLUMNS}
        self.row_of: dict[str, dict[str, Any]] = {}
        self.agencies, self.measures = _Names("agency"), _Names("measure")

    def add(self, number: int, cells: Mapping[str, Any]) -> None:
        """Read one more row; of cells that are wrong by themselves only that is said."""
        spoilt = {name: cell for name, cell in cells.items() if isinstance(cell, Spoilt)}
        for name, cell in spoilt.items():
            self._fault(number, name, cell.what, cell.remedy)
        if not spoilt:
            self._add(number, cells)

    def _add(self, number: int, cells: Mapping[str, Any]) -> None:
        name, owners = cells.get("measure"), _owners(cells.get("owner"))
        if name is None:
            self._fault(number, "measure", "is blank", "Write what is measured, or clear the row")
            return
        measure = self._measure(number, str(name), cells)
        agencies = [self._agency(number, owner) for owner in owners]
        wish = self._wish(number, cells)
        if wish is None:
            return
        if not agencies:
            self._fault(number, "owner", "is blank, and there is a wish", "Write whose wish it is, or clear the wish")
        for agency in agencies:
            self._target(number, agency, measure, wish, cells)

    def _measure(self, number: int, name: str, cells: Mapping[str, Any]) -> str:
        made, new = self.measures.id_of(name)
        rows = self.tables["measures"]
        if new:
            rows.add(number, id=made, name=name, unit=cells.get("unit"), baseline=cells.get("baseline"))
            self.row_of[made] = rows.rows[-1]
        return made

    def _agency(self, number: int, name: str) -> str:
        made, new = self.agencies.id_of(name)
        if new:
            self.tables["agencies"].add(number, id=made, name=name)
        return made

    def _wish(self, number: int, cells: Mapping[str, Any]) -> Wish | None:
        """The wish of a row; none where it is blank, or cannot be told."""
        words, value = cells.get("wish"), cells.get("value")
        if words is None and value is None:
            self._note(number, "no wish is said, and the measure is kept without")
            return None
        try:
            return _joined(words, value)
        except UnclearWishError as error:
            self._fault(number, "wish" if words is not None else "value", error.what, error.remedy)
            return None

    def _target(self, number: int, agency: str, measure: str, wish: Wish, cells: Mapping[str, Any]) -> None:
        table = self.tables["targets"]
        index = table.add(
            number,
            agency=agency,
            measure=measure,
            sense=wish.sense,
            value=wish.value,
            upper=wish.upper,
            due=cells.get("due") or wish.due,
            source=cells.get("source"),
            note=cells.get("note"),
        )
        if str(cells.get("wish")) != wish.sense:
            said = " ".join(_said(cells[name]) for name in ("wish", "value") if cells.get(name) is not None)
            table.notes.append(
                Note(table="targets", index=index, column="sense", what=f"{shown(said)} is read as {wish}")
            )
        if wish.unit is not None:
            # The unit that a wish is in is the measure's, where the list says no other.
            self.row_of[measure].setdefault("unit", wish.unit)

    def _note(self, number: int, what: str) -> None:
        cell = self._cell("wish", number)
        self.tables["targets"].notes.append(Note(table="targets", place=self.place, row=number, cell=cell, what=what))

    def _fault(self, number: int, column: str, what: str, remedy: str) -> None:
        self.tables["targets"].faults.append(
            Fault(
                table="targets",
                place=self.place,
                row=number,
                column=column,
                cell=self._cell(column, number),
                what=what,
                remedy=remedy,
            )
        )

    def _cell(self, column: str, number: int) -> str | None:
        return f"{self.letters[column]}{number}" if column in self.letters else None

    def system(self, others: Sequence[str]) -> RawSystem:
        """The tables, now that all is read."""
        tables = {name: self._table(name, table) for name, table in self.tables.items()}
        return RawSystem(tables, lambda _: self.place, list(self._notes(others)))

    def _table(self, name: str, table: _Table) -> RawTable:
        letters = {column: self.letters[own] for column, own in COLUMNS[name].items() if own in self.letters}
        return RawTable(
            name,
            self.place,
            tuple(COLUMNS[name]),
            table.rows,
            table.numbers,
            self.header,
            letters,
            faults=table.faults,
            notes=table.notes,
        )

    def _notes(self, others: Sequence[str]) -> Iterator[Note]:
        made = [
            count(len(self.tables["measures"].rows), "measure", "measures"),
            count(len(self.tables["agencies"].rows), "agency", "agencies"),
            count(len(self.tables["targets"].rows), "target", "targets"),
        ]
        what = f"a list of measures was read as {', '.join(made)}; ids are made of the names"
        yield Note(table="", place=self.place, what=what)
        for title in others:
            what = f"the column {shown(title)} is none of a list of measures, and was passed over"
            yield Note(table="", place=self.place, row=self.header, what=what)


def _owners(cell: Any) -> list[str]:
    """The owners that a cell names, with semicolons between."""
    return [name for part in str(cell or "").split(";") if (name := part.strip())]


def _joined(words: Any, value: Any) -> Wish:
    """The wish that words and a cell beside them say together."""
    if words is None or value is None:
        return wish_of(_said(value if words is None else words))
    alone = wish_of(_said(words))
    if alone.value is not None:
        return alone
    if not isinstance(value, str | Percent):
        return replace(alone, value=value)
    # 85 to 92, or a unit beside the number: what no number by itself says.
    return wish_of(f"{'' if alone.sense == 'between' else WORDS[alone.sense]}{_said(value)}")


WORDS: Final = {
    "at_least": "at least ",
    "at_most": "at most ",
    "increase": "up by ",
    "decrease": "down by ",
    "hold": "hold within ",
}
"""How a sense is said before a number."""


def _said(cell: Any) -> str:
    if isinstance(cell, Percent):
        return f"{cell.hundredths:g}%"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
