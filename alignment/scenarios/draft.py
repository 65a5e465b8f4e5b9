"""A system being changed: rows by table, and what each change did to which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, cast

from alignment.index import key_of
from alignment.models.answers.what_if import CellEdit, Edit
from alignment.models.faults import Fault
from alignment.models.fields import Row
from alignment.models.system import TABLES, System, known_ids
from alignment.models.system.checks import check, references, words
from alignment.models.system.measures import Target
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
    "pathways": "step",
    "relationships": "relationship",
    "series": "reading",
    "finances": "finance",
}
"""What a row of each table is called."""


def facts_of(row: Row) -> tuple[str, ...]:
    """The words that a row begins with: for a target its facts, else its key, or the columns that it must have."""
    if isinstance(row, Target):
        return tuple(key_of(row.model_copy(update={"id": None})).split(":"))
    names = row.key or required(type(row))
    return tuple("" if (cell := getattr(row, name)) is None else str(cell) for name in names)


def name_of(row: Row) -> str:
    """A row in one word: its id, or its facts.

    >>> name_of(Target(agency="a", measure="m", sense="increase"))
    'a:m:increase'
    """
    own = getattr(row, "id", None)
    return own or ":".join(facts_of(row)).rstrip(":")


def is_meant(row: Row, address: str) -> bool:
    """Whether an address names a row: its id, or the first of its facts."""
    if getattr(row, "id", None) == address:
        return True
    said = tuple(part.strip() for part in address.split(":"))
    return facts_of(row)[: len(said)] == said


class _Touch(NamedTuple):
    """What a change did to a row."""

    change: int
    before: Row
    after: Row


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
        self.edits: list[Edit] = []
        self.faults: list[Fault] = []
        self.at = 0
        """Which change is being made, counted from 0."""
        self._touched: dict[int, _Touch] = {}
        """By the identity of a row; the row is kept there, so that no other can have its identity."""

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
        cells = tuple(_cells(type(named), before, after))
        called = name_of(self._before(named) if what == "united" else named)
        becomes = name_of(after) if what == "changed" and after is not None else called
        name = f"{SINGULAR[table]} {called}"
        if after is not None:
            self._touched[id(after)] = _Touch(self.at, self._before(named), after)
        said = {
            "added": f"{name} is new",
            "removed": f"{name} is gone",
            "united": f"{name} becomes one with {name_of(self._before(into or named))}",
            "changed": f"{name}: {', '.join(map(_said, cells))}",
        }[what]
        self.edits.append(
            Edit(
                change=self.at + 1,
                table=table,
                row=called,
                becomes=None if becomes == called else becomes,
                what=what,
                cells=cells,
                sentence=f"{said[0].upper()}{said[1:]}.",
            )
        )

    # What hangs on an id

    def let_go(self, table: str, gone: str) -> None:
        """Remove what cannot stand without an id, and clear the cells that can be blank."""
        for other, row_type in TABLES.items():
            named = [column for column, home in references(row_type) if home == table]
            if named:
                bare = self._without(named, required(row_type), gone)
                self._and_what_hangs_on_it(other, bare)
                self.unite(other, _whole, lambda one, _: one)

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
        self.faults += [self._located(fault) for fault in check(rows, known_ids(rows))]
        if self.faults:
            return None
        tables: dict[str, Any] = {name: tuple(found) for name, found in self.tables.items()}
        return System(about=self.system.about, **tables)

    def _located(self, fault: Fault) -> Fault:
        """A fault of a row that a change touched is that change's."""
        row = None if fault.index is None else self.tables[fault.table][fault.index]
        touch = self._touched.get(id(row))
        if touch is None:
            return fault
        return fault.model_copy(update={"place": f"changes[{touch.change}]", "index": None})


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


def _whole(row: Row) -> Any:
    """Rows are alike that share a key, or say the same where they have none."""
    if row.key and getattr(row, row.key[0]) is not None:
        return tuple(getattr(row, column) for column in row.key)
    return tuple(row.__dict__.values())
