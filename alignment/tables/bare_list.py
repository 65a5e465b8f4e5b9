"""A bare list of measures as a system: what is measured, whose it is, and what its owner wishes.

Every owner is an agency, every name a measure, every wish a target; ids are made of the names. That is little, and the
advice on such a system says what to add next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from alignment.models import Fault, Note
from alignment.models.cell_fault_words import made_id, shown
from alignment.models.numbers import count, is_of_hundred

from .columns import OWN
from .grid import Cells, Grid, Letter, filled
from .numerals import Numeral, Style, numeral, read_in, style_of
from .others_maps import map_in_text, refuse_map
from .percents import scale_of
from .raw import Listed, Percent, RawSystem, RawTable, Spoilt, is_own, refused
from .sheet_xml import letter
from .spreadsheet import Sheet
from .text_rows import rows_in, text_in
from .wish_words import SIZES, UnclearWishError, Wish, numerals_in, wish_of

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

NUMBERS: Final = ("value", "baseline")
"""The columns that hold plain numbers, if anything."""

LIST: Final = "list"
"""What a sheet is called that a file with a list makes."""


def read_list(path: Path, content: bytes) -> RawSystem:
    """The tables that a CSV file with a bare list makes."""
    text = text_in(path.name, content)
    rows = rows_in(path.name, text, lambda first: max((len(_columns(cells)) for cells in first), default=0))
    made = from_list(LIST, path.name, rows.rows)
    if made is None and (whose := map_in_text(path.name, text)) is not None:
        raise refuse_map(path, whose)
    if made is None:
        what = "is no list of measures: no row names a measure, its owner and the wish"
        remedy = "Name three columns measure, owner and wish; or give the folder, where it is one table of several"
        raise refused(path.name, what, remedy)
    told = [Note(table="", place=path.name, what=what) for what in rows.notes]
    return replace(made, notes=[*told, *made.notes])


def list_in(sheets: Iterable[Sheet]) -> RawSystem | None:
    """The tables that the first of some sheets with a bare list makes; its owner's own are none."""
    theirs = [each for each in sheets if not is_own(each.name)]
    for sheet in theirs:
        made = from_list(sheet.name, sheet.place, enumerate(sheet.rows, start=1), letter)
        if made is not None:
            what = f"is no part of the list in {sheet.place}, and was passed over"
            passed = [Note(table="", place=each.place, what=what) for each in theirs if each is not sheet]
            return replace(made, notes=[*made.notes, *passed])
    return None


def from_list(name: str, place: str, grid: Grid, address: Letter | None = None) -> RawSystem | None:
    """The tables that the rows of a bare list make; none where they are no such list.

    Parameters
    ----------
    name
        What a sheet of it is called.
    place
        The file or sheet.
    grid
        Its rows with their numbers.
    address
        The letter of a column; none where cells have no address.
    """
    rows = filled(grid)
    for at, (header, titles) in enumerate(rows[:LOOKED_AT]):
        found = _columns(titles)
        if set(NEEDED) <= set(found):
            below = rows[at + 1 :]
            styles = _styles(found, below)
            reading = _Reading(place, {column: places[0] for column, places in found.items()}, header, address, styles)
            _read(reading, titles, found, below)
            others = _others(titles, found)
            copied = [*rows[:at], (header, _own(titles, others)), *_copied(below, found, styles)]
            made = reading.system([str(titles[place]) for place in others])
            return replace(made, listed=Listed(name, place, copied))
    return None


def _read(
    reading: _Reading, titles: Sequence[Any], found: Mapping[str, Sequence[int]], rows: Sequence[tuple[int, Cells]]
) -> None:
    """Read the rows of a list, unless there is more than one column for a thing: then that is asked."""
    twice = {column: places for column, places in found.items() if len(places) > 1}
    for column, (first, other, *_) in twice.items():
        reading.ask(column, str(titles[first]), str(titles[other]), other)
    for number, cells in rows if not twice else ():
        reading.add(number, {column: cells[at] for column, (at, *_) in found.items() if at < len(cells)})


def _columns(titles: Sequence[Any]) -> dict[str, list[int]]:
    """Where the columns of a list are, by what they hold; more than one place where more than one could be it."""
    bare = [" ".join(str(title or "").replace("_", " ").split()).casefold() for title in titles]
    found = {column: [at for at, word in enumerate(bare) if word in known] for column, known in HEADINGS.items()}
    return {column: places for column, places in found.items() if places}


def _others(titles: Sequence[Any], found: Mapping[str, Sequence[int]]) -> list[int]:
    """Where the columns are that are none of a list, nor marked as their owner's."""
    known = {at for places in found.values() for at in places}
    return [at for at, title in enumerate(titles) if not (title is None or at in known or is_own(str(title)))]


def _styles(found: Mapping[str, Sequence[int]], rows: Sequence[tuple[int, Cells]]) -> Mapping[str, Style | None]:
    """How the numbers of each column are written, as all of them together tell."""
    styles: dict[str, Style | None] = {
        column: style_of(_numerals(_texts(found.get(column, ()), rows))) for column in ("value", "wish")
    }
    styles["baseline"] = style_of(filter(None, map(numeral, _texts(found.get("baseline", ()), rows))))
    return styles


def _texts(places: Iterable[int], rows: Iterable[tuple[int, Cells]]) -> list[str]:
    """The cells of columns that are text."""
    cells = (cells[at] for at in places for _, cells in rows if at < len(cells))
    return [cell for cell in cells if isinstance(cell, str)]


def _numerals(texts: Iterable[str]) -> Iterator[Numeral]:
    return (number for text in texts for number in numerals_in(text))


def _own(titles: Sequence[Any], others: Collection[int]) -> list[Any]:
    """The headings, those that are none of a list marked as their owner's."""
    return [f"{OWN}{title}" if at in others else title for at, title in enumerate(titles)]


def _copied(
    rows: Sequence[tuple[int, Cells]], found: Mapping[str, Sequence[int]], styles: Mapping[str, Style | None]
) -> Iterator[tuple[int, Cells]]:
    """The rows, plain numbers that are written as text as numbers."""
    places = dict[int, Style | None]()
    for column in NUMBERS:
        stay = [text for text in _texts(found.get(column, ()), rows) if _as_number(text, styles[column]) is text]
        # What stays text is read by what the others tell, which as numbers would tell nothing any more.
        if not any(number.open for number in _numerals(stay)):
            places |= dict.fromkeys(found.get(column, ()), styles[column])
    for number, cells in rows:
        yield number, [_as_number(cell, places[at]) if at in places else cell for at, cell in enumerate(cells)]


def _as_number(cell: Any, style: Style | None) -> Any:
    written = numeral(cell) if isinstance(cell, str) else None
    if written is None or written.money or written.per_cent:
        return cell
    value = read_in(written, style)
    return cell if value is None else value


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
        made = made_id(name, self.kind, self.taken)
        self.taken.add(made)
        self.ids[bare] = made
        return made, True


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

    def __init__(
        self,
        place: str,
        found: Mapping[str, int],
        header: int,
        address: Letter | None,
        styles: Mapping[str, Style | None],
    ) -> None:
        self.place, self.header, self.address, self.styles = place, header, address, styles
        self.letters = {name: address(at + 1) for name, at in found.items()} if address else {}
        self.tables = {name: _Table() for name in COLUMNS}
        self.row_of: dict[str, dict[str, Any]] = {}
        self.units: dict[str, str] = {}
        """The units that wishes are in, by measure."""
        self.levels: defaultdict[str, list[float]] = defaultdict(list)
        """The levels that wishes name as plain numbers, by measure."""
        self.asked = False
        self.agencies, self.measures = _Names("agency"), _Names("measure")

    def ask(self, column: str, first: str, other: str, at: int) -> None:
        """Ask which of two headings is a column; of the rows nothing can be said then."""
        what = f"'{first}' and '{other}' could both be the {column}"
        remedy = f"Begin the heading of one with {OWN}, or join the two"
        cell = f"{self.address(at + 1)}{self.header}" if self.address else None
        fault = Fault(
            table="targets", place=self.place, row=self.header, column=column, cell=cell, what=what, remedy=remedy
        )
        self.tables["targets"].faults.append(fault)
        self.asked = True

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
        column = "value" if words is None else "wish"
        try:
            wish = self._told(column, cells[column])
            if words is None or value is None or wish.value is not None:
                return wish
            if not isinstance(value, str | Percent):
                return replace(wish, value=value)
            # 85 to 92, or a unit beside the number: what no number by itself says.
            column = "value"
            return self._told(column, value, "" if wish.sense == "between" else WORDS[wish.sense])
        except UnclearWishError as error:
            self._fault(number, column, error.what, error.remedy)
            return None

    def _told(self, column: str, cell: Any, before: str = "") -> Wish:
        """The wish that a cell says, after some words."""
        # A cell that is a number has a decimal point, whatever those have that are text.
        return wish_of(f"{before}{_said(cell)}", self.styles[column] if isinstance(cell, str) else "point")

    def _target(self, number: int, agency: str, measure: str, wish: Wish, cells: Mapping[str, Any]) -> None:
        table = self.tables["targets"]
        index = table.add(
            number,
            agency=agency,
            measure=measure,
            sense=wish.sense,
            value=_level(wish, wish.value),
            upper=_level(wish, wish.upper),
            due=cells.get("due") or wish.due,
            source=cells.get("source"),
            note=cells.get("note"),
        )
        if str(cells.get("wish")) != wish.sense or isinstance(cells.get("value"), str):
            said = " ".join(_said(cells[name]) for name in ("wish", "value") if cells.get(name) is not None)
            table.notes.append(
                Note(table="targets", index=index, column="sense", what=f"{shown(said)} is read as {wish}")
            )
        if wish.unit is not None:
            self.units.setdefault(measure, wish.unit)
        if wish.sense not in SIZES and not wish.is_of_hundred:
            self.levels[measure] += [value for value in (wish.value, wish.upper) if value is not None]

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
        for measure, unit in self.units.items():
            # The unit that a wish is in is the measure's, where the list says no other; 92% beside 0.95 is no unit.
            row = self.row_of[measure]
            if not is_of_hundred(unit) or scale_of("", [*self.levels[measure], *_numbers(row.get("baseline"))]) != 1:
                row.setdefault("unit", unit)
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
            readable=not self.asked,
        )

    def _notes(self, others: Sequence[str]) -> Iterator[Note]:
        if self.asked:
            return
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


def _level(wish: Wish, value: float | None) -> float | Percent | None:
    """A number of a wish as a cell: of a percentage, the other figures of the measure tell what number it is."""
    return Percent(value / 100) if value is not None and wish.is_of_hundred else value


def _numbers(cell: Any) -> Iterator[float]:
    """The plain number that a cell holds, if it does."""
    written = numeral(str(cell)) if isinstance(cell, str | int | float) else None
    value = None if written is None or written.per_cent else read_in(written, None)
    if value is not None:
        yield value


WORDS: Final = {
    "at_least": "at least ",
    "at_most": "at most ",
    "increase": "up by ",
    "decrease": "down by ",
    "hold": "hold within ",
}
"""How a sense is said before a number."""


def _said(cell: Any) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
