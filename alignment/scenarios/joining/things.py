"""Rows with an id: each thing of several places as one row.

A blank is filled from where it is known. Where places say different figures of one thing: a range is as wide as the
widest (the lowest floor, the highest ceiling), what the law asks for anywhere it asks for, a measure can be read
wherever it can be read in any place, and is recorded by nobody where not the same body records it in all. Everything
else as `deciding` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from alignment.models.fields import Row, unchecked
from alignment.models.system import TABLES
from alignment.models.system.checks import references
from alignment.scenarios.matching import Matching, Thing
from alignment.tables.columns import columns
from alignment.wording import quoted, verb

from .claims import made_of
from .deciding import ASIDE, Labels, Notes, because, most, shown, texts
from .ids import new_ids, new_names

Said = Mapping[int, Any]
"""By place, what it says in a column; nothing blank."""

RULES: Final[Mapping[tuple[str, str], tuple[Callable[[Said], Any], str]]] = {
    ("measures", "floor"): (lambda said: min(said.values()), "as the range is as wide as the widest"),
    ("measures", "ceiling"): (lambda said: max(said.values()), "as the range is as wide as the widest"),
    ("measures", "statutory"): (lambda said: any(said.values()), "as what the law asks for anywhere is asked for"),
    ("measures", "recorded_by"): (lambda _: None, "as no one body records it in all places"),
    ("measures", "reported_at"): (
        lambda said: tuple(dict.fromkeys(tier for place in sorted(said) for tier in said[place])),
        "as it can be read wherever any place reads it",
    ),
}
"""What becomes of a column in which places differ, and why; all others as most places say."""


class Things:
    """The rows with ids of the joined system.

    Parameters
    ----------
    matching
        What is one thing.
    labels
        What places are called.
    notes
        Where it is told what was decided.
    """

    def __init__(self, matching: Matching, labels: Labels, notes: Notes) -> None:
        self.matching, self.labels, self.notes = matching, labels, notes
        self.id: dict[Thing, str] = {}
        for things in matching.things.values():
            self.id |= new_ids(things, matching.places)
        self.ids = [
            {table: {name: self.id[each] for name, each in ids.items()} for table, ids in of.items()}
            for of in matching.of
        ]
        self._names: dict[str, dict[str, str]] = {}
        self.called: dict[Thing, str] = {}
        for things in matching.things.values():
            self.called |= new_names(things, matching.places, _name)

    def rows(self) -> dict[str, list[tuple[Thing, Row]]]:
        """By table, each thing with its row, in the order in which the places have them."""
        found = {
            table: [(each, self._row(each)) for each in sorted(things, key=self._position(table))]
            for table, things in self.matching.things.items()
        }
        _break_circles(found["populations"], self.notes)
        return found

    def _position(self, table: str) -> Callable[[Thing], tuple[int, int]]:
        places = self.matching.places
        at = [{row.id: at for at, row in enumerate(cast("Any", place.system.table(table)))} for place in places]
        return lambda each: (min(each.rows), at[min(each.rows)][each.first.id])

    def name(self, each: Thing) -> str:
        """What people call a thing."""
        return self.called.get(each, _name(each))

    def called_by_id(self, table: str, name: str) -> str:
        """What people call the thing of an id in the joined system."""
        return self._by_id(table)[name]

    def _row(self, each: Thing) -> Row:
        rows = {place: self.mapped(place, each.table, row) for place, row in each.rows.items()}
        first = rows[min(rows)]
        if any(row is not first and row != first for row in rows.values()):
            first = self._united(each, rows)
        cells: dict[str, Any] = {}
        if first.id != self.id[each]:
            cells["id"] = self.id[each]
        if each in self.called:
            cells["name"] = self.called[each]
        return unchecked(first, **cells) if cells else first

    def mapped(self, place: int, table: str, row: Any) -> Any:
        """A row of a place that refers to things by their ids in the joined system; its own id stays."""
        ids, cells = self.ids[place], dict[str, Any]()
        for column, home in references(TABLES[table]):
            cell = getattr(row, column)
            if cell is None:
                continue
            new = tuple(ids[home][one] for one in _several(cell)) if isinstance(cell, tuple) else ids[home][cell]
            if new != cell:
                cells[column] = new
        return unchecked(row, **cells) if cells else row

    def _united(self, each: Thing, rows: Mapping[int, Any]) -> Any:
        first = rows[min(rows)]
        cells = {column: self._cell(each, column, rows) for column in columns(TABLES[each.table]) if column != "id"}
        cells["id"] = first.id
        if each.table == "measures":
            self._range(each, cells, rows)
        return made_of(TABLES[each.table], cells)

    def _cell(self, each: Thing, column: str, rows: Mapping[int, Any]) -> Any:
        said = {place: value for place, row in rows.items() if (value := getattr(row, column)) is not None}
        if column in ASIDE:
            return texts(said.values())
        if column in LEFT_OUT.get(each.table, ()) or not said:
            # Where measures stand today is told elsewhere.
            return None if len(set(said.values())) != 1 or len(said) < len(rows) else next(iter(said.values()))
        if len(said) < len(rows) and column in EVERYWHERE:
            return self._not_everywhere(each, column, rows, said)
        if len(set(said.values())) == 1:
            self.notes.filled[each.table] += len(rows) - len(said)
            return next(iter(said.values()))
        return self._decided(each, column, said)

    def _decided(self, each: Thing, column: str, said: Said) -> Any:
        decide, why = RULES.get((each.table, column), (most, because(said)))
        value = decide(said)
        kept = "none is kept" if value is None else f"kept is {shown(self._word(each.table, column, value))}"
        words = self.labels.said({place: self._word(each.table, column, one) for place, one in said.items()})
        self.notes.decided(each.table, f"{quoted(self.name(each))}: {words}; {kept}, {why}", column)
        return value

    def _not_everywhere(self, each: Thing, column: str, rows: Mapping[int, Any], said: Said) -> Any:
        """A cell of which a blank says something too: that all tiers can read it, that nobody is known to record it."""
        values = set(said.values())
        if column == "recorded_by" and len(values) == 1 and self._is_in(next(iter(values)), rows):
            self.notes.filled[each.table] += len(rows) - len(said)
            return next(iter(values))
        why = (
            "it can be read at every tier in the others" if column == "reported_at" else "others do not have that body"
        )
        words = self.labels.said({place: self._word(each.table, column, one) for place, one in said.items()})
        self.notes.decided(each.table, f"{quoted(self.name(each))}: {words}; none is kept, as {why}", column)
        return None

    def _is_in(self, body: str, places: Iterable[int]) -> bool:
        return all(body in self.ids[place]["agencies"].values() for place in places)

    def _word(self, table: str, column: str, value: Any) -> Any:
        """What a cell says, with names for ids."""
        home = dict(references(TABLES[table])).get(column)
        if home is None:
            return value
        return " and ".join(self._by_id(home)[one] for one in _several(value))

    def _by_id(self, table: str) -> Mapping[str, str]:
        if table not in self._names:
            self._names[table] = {self.id[each]: self.name(each) for each in self.matching.things[table]}
        return self._names[table]

    def _range(self, each: Thing, cells: dict[str, Any], rows: Mapping[int, Any]) -> None:
        """Clear the end of a range that some place, which does not have it, stands beyond."""
        for end, sign in (("floor", 1), ("ceiling", -1)):
            silent = [place for place, row in rows.items() if getattr(row, end) is None]
            figures = [one for place in silent for one in self._figures(each, place)]
            if cells[end] is not None and any(sign * one < sign * cells[end] for one in figures):
                why = f"as {self.labels.of(silent)} {verb(len(silent), 'stands', 'stand')} beyond it"
                self.notes.decided("measures", f"{quoted(self.name(each))}: {cells[end]:g} is not kept, {why}", end)
                cells[end] = None
        low, high = cells["floor"], cells["ceiling"]
        if low is not None and high is not None and low > high:
            what = f"{quoted(self.name(each))}: neither is kept, as the floor {low:g} is above the ceiling {high:g}"
            self.notes.decided("measures", what, "floor")
            cells["floor"] = cells["ceiling"] = None

    def _figures(self, each: Thing, place: int) -> Iterable[float]:
        """Where a measure stands in a place, at anybody."""
        row = each.rows[place]
        if row.baseline is not None:
            yield row.baseline
        for level in self.matching.places[place].system.levels:
            if level.measure == row.id:
                yield level.value


LEFT_OUT: Final[Mapping[str, frozenset[str]]] = {"measures": frozenset({"baseline"})}
"""Columns kept only where all places say the same."""

EVERYWHERE: Final = frozenset({"reported_at", "recorded_by"})
"""Columns in which a blank is not filled as others are."""


def _several(cell: Any) -> tuple[str, ...]:
    """The ids in a cell."""
    return cast("tuple[str, ...]", cell) if isinstance(cell, tuple) else (cell,)


def _name(each: Thing) -> str:
    return str(most({place: row.name for place, row in each.rows.items()}))


def _break_circles(rows: list[tuple[Thing, Any]], notes: Notes) -> None:
    """Clear a parent where people of several places together would be among themselves."""
    parents = {row.id: row.parent for _, row in rows}
    for at, (each, row) in enumerate(rows):
        seen, above = set[str](), parents[row.id]
        while above is not None and above != row.id and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == row.id:
            parents[row.id] = None
            rows[at] = (each, unchecked(row, parent=None))
            notes.decided("populations", f"{quoted(row.name)} would be among its own: its parent is not kept", "parent")
