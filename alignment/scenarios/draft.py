"""A system being changed: rows by table, and what each change did to which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, cast

from alignment.models.answers.what_if import CellEdit, Edit
from alignment.models.faults import Fault
from alignment.models.fields import Row
from alignment.models.system import TABLES, System, known_ids
from alignment.models.system.checks import check, references, words
from alignment.models.system.keys import Keys, key_of, keyed, keys_of, mark_of, rows_named
from alignment.tables.columns import columns, required

SINGULAR: Final[Mapping[str, str]] = {
    "tiers": "tier",
    "agencies": "agency",
    "accountability": "line of accountability",
    "populations": "population",
    "outcomes": "outcome",
    "measures": "measure",
    "captures": "capture",
    "overlaps": "overlap",
    "collections": "collection",
    "targets": "target",
    "influences": "influence",
    "controls": "control",
    "incentives": "incentive",
    "resources": "resource",
    "draws": "draw",
    "levels": "level",
    "pathways": "step",
    "relationships": "relationship",
    "series": "reading",
    "finances": "finance",
}
"""What a row of each table is called."""


class _Touch(NamedTuple):
    """What a change did to a row."""

    change: int
    before: Row
    after: Row


class _Done(NamedTuple):
    """What a change did, before it is put into words."""

    change: int
    what: Literal["added", "removed", "changed", "united"]
    table: str
    named: Row
    """The row as it was, or as it is where it is new."""
    before: Row | None
    after: Row | None
    into: Row | None
    """What it has become one with, as it was."""


class Draft:
    """The rows of a system, which changes work on one after the other.

    Parameters
    ----------
    system
        The system; it stays as it is.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.tables: dict[str, list[Row]] = {name: list(system.table(name)) for name in TABLES}
        self.faults: list[Fault] = []
        self.at = 0
        """Which change is being made, counted from 0."""
        self._done: list[_Done] = []
        self._touched: dict[int, _Touch] = {}
        """By the identity of a row; the row is kept there, so that no other can have its identity."""
        self._first: dict[int, Row] = {}
        """By the same, what a row was in the system given."""

    def ids(self, table: str) -> set[str]:
        """The ids of a table."""
        return {row.id for row in cast("list[Any]", self.tables[table]) if row.id}

    def fault(self, column: str | None, what: str, remedy: str) -> None:
        """Say that the change being made is wrong."""
        self.faults.append(Fault(table="changes", index=self.at, column=column, what=what, remedy=remedy))

    # Rows

    def add(self, table: str, row: Row) -> None:
        """One more row."""
        self.tables[table].append(row)
        self._tell("added", table, row, None, row)

    def revise(self, table: str, decide: Callable[[Row], Row | None]) -> None:
        """Go through a table: a row stays, is replaced by what it becomes, or goes where that is nothing."""
        rows = [(row, decide(row)) for row in self.tables[table]]
        self.tables[table] = [after for _, after in rows if after is not None]
        for before, after in rows:
            if after is None:
                self._tell("removed", table, before, before, None)
            elif after is not before:
                self._tell("changed", table, before, before, after)

    def unite(self, table: str, mark: Callable[[Row], Any], united: Callable[[Row, Row], Row]) -> None:
        """Make one row of those that are marked alike, and were not before this change.

        Parameters
        ----------
        table
            The table.
        mark
            What alike rows share.
        united
            The one row of two.
        """
        first: dict[Any, Row] = {}
        for row in self.tables[table]:
            key = mark(row)
            other = first.get(key)
            if other is None or mark(self._before(row)) == mark(self._before(other)):
                first[(key, id(row)) if other is not None else key] = row
                continue
            first[key] = united(other, row)
            self._tell("united", table, row, row, None, into=other)
            if first[key] != other:
                self._tell("changed", table, other, other, first[key])
        self.tables[table] = list(first.values())

    def _before(self, row: Row) -> Row:
        """What a row was before this change."""
        touch = self._touched.get(id(row))
        return touch.before if touch is not None and touch.change == self.at else row

    def _tell(
        self, what: Any, table: str, named: Row, before: Row | None, after: Row | None, into: Row | None = None
    ) -> None:
        was = self._before(named)
        self._done.append(
            _Done(
                change=self.at,
                what=what,
                table=table,
                named=was if what == "united" else named,
                before=before,
                after=after,
                into=None if into is None else self._before(into),
            )
        )
        if after is not None:
            self._touched[id(after)] = _Touch(self.at, was, after)
            if before is not None:
                self._first[id(after)] = self._first.get(id(before), before)

    # Keys

    def keys(self, table: str) -> tuple[str, ...]:
        """The keys of a table's rows: those of the system given, and new ones of rows that are new or called otherwise.

        A row keeps its key while others come and go, so that keys of the system given hold for a whole list of changes.
        """
        rows, given = self.tables[table], self._given(table)
        kept = [self._kept(row, given) for row in rows]
        new = iter(keys_of([row for row, key in zip(rows, kept, strict=True) if key is None], {*filter(None, kept)}))
        return tuple(next(new) if key is None else key for key in kept)

    def _given(self, table: str) -> dict[int, str]:
        """By the identity of each row of the system given, its key there."""
        return {id(row): key for row, key in self.system.derive(Keys).pairs(table)}

    def _kept(self, row: Row, given: Mapping[int, str]) -> str | None:
        first = self._first.get(id(row), row)
        return given.get(id(first)) if row is first or key_of(row) == key_of(first) else None

    def named(self, table: str, word: str) -> list[Row]:
        """The rows that a word names: by the key that one has, or had in the system given, else by the first facts."""
        rows, keys = self.tables[table], self.keys(table)
        given = {key: row for row, key in self.system.derive(Keys).pairs(table)}
        if word in given and word not in keys:
            return [row for row in rows if self._first.get(id(row), row) is given[word]]
        return rows_named(rows, keys, word)

    # What hangs on an id

    def let_go(self, table: str, gone: str) -> None:
        """Remove what cannot stand without an id, and clear the cells that can be blank."""
        for other, row_type in TABLES.items():
            named = [column for column, home in references(row_type) if home == table]
            if named:
                bare = self._without(named, required(row_type), gone)
                self._and_what_hangs_on_it(other, bare)
                self.unite(other, mark_of, lambda one, _: one)

    def _without(self, named: list[str], needed: tuple[str, ...], gone: str) -> Callable[[Row], Row | None]:
        def decide(row: Row) -> Row | None:
            hit = [column for column in named if gone in words(row, column)]
            if not hit:
                return row
            return None if any(column in needed for column in hit) else row.model_copy(update=dict.fromkeys(hit))

        return decide

    def _and_what_hangs_on_it(self, table: str, decide: Callable[[Row], Row | None]) -> None:
        before = self.ids(table) if table in known_ids({}) else set[str]()
        self.revise(table, decide)
        for gone in sorted(before - self.ids(table)) if before else ():
            self.let_go(table, gone)

    # The result

    def changed(self) -> System | None:
        """The system as it would be; nothing where that is no system, with every fault."""
        rows = {name: dict(enumerate(found)) for name, found in self.tables.items()}
        found = keyed(check(rows, known_ids(rows)), lambda name: dict(enumerate(self.keys(name))))
        self.faults += [self._located(fault) for fault in found]
        if self.faults:
            return None
        tables: dict[str, Any] = {name: tuple(found) for name, found in self.tables.items()}
        return System(about=self.system.about, **tables)

    def edits(self, after: System) -> tuple[Edit, ...]:
        """What the changes did, in words.

        Parameters
        ----------
        after
            The system as it would be. A row that it has is called as there, one of the system given as there; what a
            row was between two changes has no key but what it says.
        """
        keys: dict[int, str] = {}
        for system in (after, self.system):
            for table in {done.table for done in self._done}:
                keys |= {id(row): key for row, key in system.derive(Keys).pairs(table)}
        return tuple(_edit(done, lambda row: keys.get(id(row)) or key_of(row)) for done in self._done)

    def _located(self, fault: Fault) -> Fault:
        """A fault of a row that a change touched is that change's."""
        row = None if fault.index is None else self.tables[fault.table][fault.index]
        touch = self._touched.get(id(row))
        if touch is None:
            return fault
        return fault.model_copy(update={"place": f"changes[{touch.change}]", "index": None})


def _edit(done: _Done, call: Callable[[Row], str]) -> Edit:
    cells = tuple(_cells(type(done.named), done.before, done.after))
    called = call(done.named)
    becomes = call(done.after) if done.what == "changed" and done.after is not None else called
    name = f"{SINGULAR[done.table]} {called}"
    said = {
        "added": f"{name} is new",
        "removed": f"{name} is gone",
        "united": f"{name} becomes one with {call(done.into or done.named)}",
        "changed": f"{name}: {', '.join(map(_said, cells))}",
    }[done.what]
    return Edit(
        change=done.change + 1,
        table=done.table,
        row=called,
        becomes=None if becomes == called else becomes,
        what=done.what,
        cells=cells,
        sentence=f"{said[0].upper()}{said[1:]}.",
    )


def _cells(row_type: type[Row], before: Row | None, after: Row | None) -> Iterator[CellEdit]:
    for name in columns(row_type):
        one, two = (None if row is None else getattr(row, name) for row in (before, after))
        if one != two:
            yield CellEdit(column=name, before=one, after=two)


def _said(cell: CellEdit) -> str:
    one, two = ("blank" if value is None else _short(value) for value in (cell.before, cell.after))
    return f"{cell.column} {two} instead of {one}"


def _short(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
