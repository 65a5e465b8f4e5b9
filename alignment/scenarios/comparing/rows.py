"""The rows of several systems that are the same, that only some have, and that say different things.

Rows are laid side by side by what they are about: targets by who has them and on what, every other table by its key.
What a row says of itself (source, verified, note) is no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple, cast

from alignment.models.answers.compared import Difference
from alignment.models.fields import Row
from alignment.models.system import TABLES
from alignment.models.system.checks import references
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Measure, Target
from alignment.scenarios.joining.deciding import ASIDE
from alignment.tables.columns import columns, required
from alignment.wording import ask, names, number

from .roles import Role, folded
from .sides import Sides

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "targets": ("agency", "measure"),
    "influences": ("source_measure", "target_measure"),
    "incentives": ("payer", "payee", "measure", "pays_for"),
}
"""What rows are about, where that is not their key."""

EITHER_WAY: Final = ("overlaps", "relationships")
"""Tables whose two first columns can change places."""

ORDER: Final = ("targets", "measures", "agencies")
"""The tables that are told first."""

SHOWN: Final = 6
"""Of several rows so many are told in one cell."""


class Cells(NamedTuple):
    """A row of a place, in terms that all places share."""

    key: str
    row: Row
    said: tuple[Any, ...]


class Rows:
    """The rows of several systems, laid side by side.

    Parameters
    ----------
    sides
        The systems.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    def differences(self) -> Iterator[Difference]:
        """Every difference: targets first, then by table; of a table first what only some have."""
        tables = [*ORDER, *(table for table in TABLES if table not in ORDER)]
        for table in tables:
            found = [each for mark, rows in self._by_mark(table).items() for each in self._of(table, mark, rows)]
            yield from sorted(found, key=lambda each: (each.what != "only in", each.name, each.who or "", repr(each)))

    def _by_mark(self, table: str) -> dict[Any, dict[int, list[Cells]]]:
        """By what they are about, the rows of each place."""
        found = defaultdict[Any, dict[int, list[Cells]]](lambda: defaultdict(list))
        for place in self.sides.places:
            system = self.sides.states[place].system
            keys = system.derive(Keys).of(table)
            for key, row in zip(keys, cast("Iterable[Row]", system.table(table)), strict=True):
                found[self._mark(place, table, row)][place].append(Cells(key, row, self._said(place, table, row)))
        return found

    def _mark(self, place: int, table: str, row: Any) -> Any:
        if TABLES[table].key == ("id",) and table != "targets":
            return self.sides.token(place, table, row.id)
        parts = tuple(self._cell(place, table, row, column) for column in key_columns(table))
        return tuple(sorted(parts[:2], key=repr)) if table in EITHER_WAY else parts

    def _said(self, place: int, table: str, row: Any) -> tuple[Any, ...]:
        return tuple(self._cell(place, table, row, column) for column in compared(table))

    def _cell(self, place: int, table: str, row: Any, column: str) -> Any:
        """A cell in terms that all places share."""
        cell, home = getattr(row, column), dict(references(TABLES[table])).get(column)
        if cell is None or home is None:
            return folded(cell) if isinstance(cell, str) else cell
        if isinstance(cell, tuple):
            return frozenset(self.sides.token(place, home, one) for one in cast("tuple[str, ...]", cell))
        return self.sides.token(place, home, cell)

    # What differs

    def _of(self, table: str, mark: Any, rows: Mapping[int, list[Cells]]) -> Iterator[Difference]:
        if len(rows) < len(self.sides.states):
            yield self._difference(table, rows, "only in")
        elif table == "targets":
            yield from self._of_targets(mark, rows)
        else:
            yield from self._of_cells(table, rows)

    def _of_targets(self, mark: Any, rows: Mapping[int, list[Cells]]) -> Iterator[Difference]:
        """What not all places want of one body's measure: only in some, or another level in each."""
        said = [{each.said for each in some} for some in rows.values()]
        common = said[0].intersection(*said[1:])
        rest = {
            place: own for place, some in rows.items() if (own := [each for each in some if each.said not in common])
        }
        if rest:
            yield self._difference("targets", rest, "differs" if len(rest) == len(rows) else "only in")
        else:
            yield from self._held_by_some(mark, rows)

    def _of_cells(self, table: str, rows: Mapping[int, list[Cells]]) -> Iterator[Difference]:
        said = {place: frozenset(each.said for each in some) for place, some in rows.items()}
        if len(set(said.values())) == 1:
            return
        if any(len(each) > 1 for each in said.values()):
            yield self._difference(table, rows, "differs")
            return
        wholes = [next(iter(each)) for each in said.values()]
        for at, column in enumerate(compared(table)):
            if len({whole[at] for whole in wholes}) > 1 and not (column == "name" and self._plays_a_part(table, rows)):
                texts = {place: self._text(place, table, some[0].row, column) for place, some in rows.items()}
                yield self._difference(table, rows, "differs", column, texts)

    def _plays_a_part(self, table: str, rows: Mapping[int, list[Cells]]) -> bool:
        """Whether rows are of bodies that only play one part, each under its own name."""
        if table != "agencies":
            return False
        place = min(rows)
        return self.sides.roles.of[place][cast("Any", rows[place][0].row).id].how == "counterpart"

    def _held_by_some(self, mark: Any, rows: Mapping[int, list[Cells]]) -> Iterator[Difference]:
        """That of the bodies of one part more have a target in one place than in another."""
        role = self._role(mark)
        holders = {place: {cast("Target", each.row).agency for each in some} for place, some in rows.items()}
        parts = {place: Fraction(len(some), len(role.bodies[place])) for place, some in holders.items()}
        if len(set(parts.values())) > 1:
            texts = {place: f"{len(some)} of {len(role.bodies[place])}" for place, some in holders.items()}
            yield self._difference("targets", rows, "differs", "agency", texts)

    def _role(self, mark: Any) -> Role:
        """Who plays the part that a target is of."""
        number: int = mark[0][1]
        return self.sides.roles.all[number]

    def _difference(
        self,
        table: str,
        rows: Mapping[int, list[Cells]],
        what: Any,
        column: str | None = None,
        texts: Mapping[int, str] | None = None,
    ) -> Difference:
        spread = self.sides.spread
        said = self._in_words(table, rows) if texts is None else texts
        return Difference(
            table=table,
            name=self._name(table, rows),
            who=self._who(rows) if table == "targets" else None,
            what=what,
            where=self.sides.where(rows) if what == "only in" else (),
            column=column,
            values=spread([said.get(place) for place in self.sides.places]),
            rows=spread([tuple(sorted(each.key for each in rows.get(place, ()))) for place in self.sides.places]),
        )

    # In words

    def _name(self, table: str, rows: Mapping[int, list[Cells]]) -> str:
        """What a row is about, by name."""
        place = min(rows)
        row: Any = rows[place][0].row
        if table == "targets":
            return self.sides.thing_name(self.sides.thing(place, "measures", row.measure))
        if TABLES[table].key == ("id",):
            return self.sides.called(table, ((place, cast("Any", some[0].row).id) for place, some in rows.items()))
        parts = [self._text(place, table, row, column) for column in key_columns(table)]
        return (" > " if table == "influences" else ": ").join(filter(None, parts))

    def _who(self, rows: Mapping[int, list[Cells]]) -> str:
        bodies = {
            self.sides.name(place, "agencies", cast("Target", each.row).agency)
            for place in rows
            for each in rows[place]
        }
        return names(sorted(bodies))

    def _in_words(self, table: str, rows: Mapping[int, list[Cells]]) -> dict[int, str]:
        """What the rows of each place say."""
        if table == "targets":
            return {
                place: self._asked(place, [cast("Target", each.row) for each in some]) for place, some in rows.items()
            }
        return {place: self._told(place, table, some) for place, some in rows.items()}

    def _asked(self, place: int, targets: Iterable[Target]) -> str:
        said = {self._ask(place, each) for each in targets}
        return names(sorted(said), SHOWN)

    def _ask(self, place: int, row: Target) -> str:
        measure = cast("Measure", self.sides.thing(place, "measures", row.measure).rows[place])
        people = "" if row.population is None else f", {self.sides.name(place, 'populations', row.population)}"
        when = (f" from {row.start}" if row.start else "") + (f" by {row.due}" if row.due else "")
        weight = "" if row.weight in (None, 1.0) else f", weight {number(row.weight or 0.0)}"
        to = (
            ""
            if row.for_agency is None
            else f", to be delivered by {self.sides.name(place, 'agencies', row.for_agency)}"
        )
        return f"{ask(row, measure)}{when}{people}{weight}{to}{', inferred' if row.revealed else ''}"

    def _told(self, place: int, table: str, rows: Iterable[Cells]) -> str:
        filled = {
            "; ".join(
                f"{column} {self._text(place, table, each.row, column)}"
                for column in compared(table)
                if getattr(each.row, column) is not None
            )
            for each in rows
        }
        return " / ".join(sorted(filled)[:SHOWN])

    def _text(self, place: int, table: str, row: Any, column: str) -> str:
        """A cell with names for ids."""
        cell, home = getattr(row, column), dict(references(TABLES[table])).get(column)
        if isinstance(cell, tuple):
            words = [str(each) for each in cast("tuple[Any, ...]", cell)]
            return "; ".join(words if home is None else [self.sides.name(place, home, each) for each in words])
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        if isinstance(cell, int | float):
            return str(cell) if isinstance(cell, int) else number(cell)
        return "" if cell is None else str(cell) if home is None else self.sides.name(place, home, cell)


def key_columns(table: str) -> tuple[str, ...]:
    """What the rows of a table without ids are about."""
    return KEYS.get(table) or TABLES[table].key or required(TABLES[table])


def compared(table: str) -> tuple[str, ...]:
    """The columns in which rows about one thing are compared."""
    about = key_columns(table)
    return tuple(column for column in columns(TABLES[table]) if column not in {*ASIDE, *about, "id"})
