"""Several systems and what is found of each, under the names that people call them by, with what is one in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar, cast

from alignment.scenarios.joining.deciding import most
from alignment.scenarios.matching import Matching, Thing
from alignment.scenarios.state import State

from .one_id import is_loose
from .roles import Role, Roles, Tiers

Value = TypeVar("Value")


class Sides:
    """Several systems side by side.

    Systems that say the same are one place; a side is a system as it was given, of which several may be one place.

    Parameters
    ----------
    labels
        What people call each side, in the order given.
    at
        The place of each side.
    states
        What is found of each place.
    matching
        The places and their things.
    """

    def __init__(self, labels: Sequence[str], at: Sequence[int], states: Sequence[State], matching: Matching) -> None:
        self.labels, self.at, self.states, self.matching = tuple(labels), tuple(at), tuple(states), matching
        self.tiers = Tiers(matching)
        self.roles = Roles(matching, self.tiers)

    @property
    def places(self) -> range:
        """The places by number."""
        return range(len(self.states))

    def spread(self, values: Sequence[Value]) -> tuple[Value, ...]:
        """What each side has, of what each place has."""
        return tuple(values[place] for place in self.at)

    def where(self, places: Collection[int]) -> tuple[str, ...]:
        """What people call the sides of some places, in their order."""
        return tuple(label for label, place in zip(self.labels, self.at, strict=True) if place in places)

    def thing(self, place: int, table: str, name: str) -> Thing:
        """The thing that an id stands for in a place."""
        return self.matching.of[place][table][name]

    def token(self, place: int, table: str, name: str) -> Any:
        """What an id stands for: the same in every place that has the same there."""
        if table == "agencies":
            return "role", self.roles.of[place][name].number
        if table == "tiers":
            return self.tiers.of[place][name]
        return table, self.thing(place, table, name).number

    @cached_property
    def _names(self) -> list[dict[str, dict[str, str]]]:
        tables = ("tiers", "agencies", "populations", "outcomes", "measures", "collections", "resources")
        return [
            {table: {row.id: row.name for row in cast("Any", state.system.table(table))} for table in tables}
            for state in self.states
        ]

    def name(self, place: int, table: str, name: str) -> str:
        """What a place calls something of its own."""
        return self._names[place].get(table, {}).get(name, name)

    def called(self, table: str, ids: Iterable[tuple[int, str]]) -> str:
        """What most places call something: of as many the first name."""
        return str(most({place: self.name(place, table, name) for place, name in ids}))

    def thing_name(self, thing: Thing) -> str:
        """What most places call a thing."""
        return self.called(thing.table, ((place, row.id) for place, row in thing.rows.items()))

    def bodies(self, role: Role) -> str:
        """What people call those who play a part: by name where that is one, else by kind."""
        names = sorted({self.name(place, "agencies", each) for place, ids in role.bodies.items() for each in ids})
        if len(names) == 1:
            return names[0]
        together = " / ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1:,} others"
        kind = min((row.kind for row in self._rows(role) if row.kind), default=None)
        return together if kind is None else kind if len(names) > 3 else f"{kind} ({together})"

    @cached_property
    def common(self) -> int:
        """How many measures there are on which several places have targets; of one place all that it has any on."""
        holders = Counter(
            token
            for place in self.places
            for token in {self.token(place, "measures", row.measure) for row in self.states[place].system.targets}
        )
        return sum(number > 1 or len(self.states) == 1 for number in holders.values())

    def loose(self, table: str) -> list[Thing]:
        """The things of a table that are one by their id although their definitions differ."""
        return [thing for thing in self.matching.things[table] if is_loose(thing)]

    @property
    def apart(self) -> bool:
        """Whether several places have targets, and no two of them any on one measure."""
        return not self.common and sum(bool(state.system.targets) for state in self.states) > 1

    def player(self, role: Role) -> Thing:
        """The first of the bodies that play a part."""
        place = min(role.bodies)
        return self.thing(place, "agencies", role.bodies[place][0])

    def _rows(self, role: Role) -> list[Any]:
        return [self.thing(place, "agencies", each).rows[place] for place, ids in role.bodies.items() for each in ids]
