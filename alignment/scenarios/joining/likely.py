"""What may be one thing under several ids in different places, and nobody has said so: shown, and never joined.

Things of one name, and measures that are alike (`alignment.likeness`). Measures of one name are compared with others
once, so that it matters little how many places have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, Final, NamedTuple

from alignment.index import Index
from alignment.likeness.measures import Measures, Two
from alignment.models.fields import Row
from alignment.models.options.likeness import LEAST
from alignment.models.system import System
from alignment.scenarios.matching import Thing
from alignment.wording import names, quoted

from .deciding import Notes
from .things import Things

MOST: Final = 20
"""So many of a table are told; of the others how many there are."""

DO: Final[Mapping[str, str]] = {"measures": "declare them in overlaps"}
"""What to do where things are one; of all other tables, to give them one id."""


def tell_likely(system: System, rows: Mapping[str, Sequence[tuple[Thing, Row]]], things: Things, notes: Notes) -> None:
    """Note what may be one thing and is not.

    Parameters
    ----------
    system
        The joined system.
    rows
        By table, its things and their rows.
    things
        What they are called.
    notes
        Where it is told.
    """
    likely = Likely(system, things)
    for table, found in rows.items():
        groups = _by_name(each for each, _ in found)
        alike = likely.measures(groups) if table == "measures" else ()
        told = [*likely.names(table, groups), *alike]
        for what in told[:MOST]:
            notes.likely(table, what)
        if len(told) > MOST:
            notes.likely(table, f"{len(told) - MOST:,} more may be one")


class Pair(NamedTuple):
    """Two measures of different places that may be one."""

    one: Thing
    two: Thing
    score: float
    """How alike they are. No unit, 0 to 1."""
    reason: str
    """In what."""


def likely_measures(system: System, things: Things) -> tuple[Pair, ...]:
    """Measures of different places that may be one, those of one name first, then the most alike.

    Parameters
    ----------
    system
        The joined system.
    things
        What its measures are called.
    """
    likely, groups = Likely(system, things), _by_name(things.matching.things["measures"])
    named = [Pair(one, two, 1.0, "one name") for one, two in likely.called_alike(groups)]
    return (*named, *(Pair(*pair, both.score, both.reason) for both, pair in likely.alike(groups)))


class Likely:
    """What may be one thing in a joined system.

    Parameters
    ----------
    system
        The joined system.
    things
        What things are called.
    """

    def __init__(self, system: System, things: Things) -> None:
        self.system, self.things = system, things
        self.spoken = {frozenset((row.measure_a, row.measure_b)) for row in system.overlaps}

    def names(self, table: str, groups: Iterable[Sequence[Thing]]) -> Iterator[str]:
        """Things of one name in different places."""
        for group in groups:
            some = {each for pair in combinations(group, 2) if self._may_be_one(*pair) for each in pair}
            if some:
                ids = sorted(f"{self.things.id[each]} of {self.things.labels.of(each.places)}" for each in some)
                name = quoted(min(each.first.name for each in some))
                what = f"{names(ids)} are all called {name}" if len(ids) > 2 else f"{names(ids)} are both called {name}"
                yield f"{what}; where they are one, {DO.get(table, 'give them one id')}"

    def measures(self, groups: Sequence[Sequence[Thing]]) -> Iterator[str]:
        """Measures of different names that are alike, the most alike first."""
        for both, pair in self.alike(groups):
            yield self._alike(both, pair)

    def alike(self, groups: Sequence[Sequence[Thing]]) -> Iterator[tuple[Two, tuple[Thing, Thing]]]:
        """Measures of different names that are alike, and in what, the most alike first."""
        if len({place for group in groups for each in group for place in each.places}) < 2:
            return
        by_id = {self.things.id[group[0]]: group for group in groups}
        rows = tuple(row for row in self.system.measures if row.id in by_id)
        measures = Measures(Index(System(about=self.system.about, **self._around(), measures=rows)))
        found: list[tuple[Two, tuple[Thing, Thing]]] = []
        for one, two in measures.near():
            pair = self._pair(*(by_id[measures.rows[at].id] for at in (one, two)))
            if pair is not None and (both := Two(measures, one, two)).score >= LEAST:
                found.append((both, pair))
        yield from sorted(found, key=lambda each: (-each[0].score, *(row.id for row in each[0].rows)))

    def called_alike(self, groups: Sequence[Sequence[Thing]]) -> Iterator[tuple[Thing, Thing]]:
        """Things of one name, two by two, that may be one."""
        yield from (pair for group in groups for pair in combinations(group, 2) if self._may_be_one(*pair))

    def _pair(self, one: Iterable[Thing], two: Iterable[Thing]) -> tuple[Thing, Thing] | None:
        """The first things of two names that may be one."""
        return next((pair for pair in product(one, two) if self._may_be_one(*pair)), None)

    def _may_be_one(self, one: Thing, two: Thing) -> bool:
        """Whether two things are in different places, and nothing is told of the two already."""
        if one.places & two.places or one.first.id.casefold() == two.first.id.casefold():
            return False
        return frozenset((self.things.id[one], self.things.id[two])) not in self.spoken

    def _alike(self, both: Two, pair: tuple[Thing, Thing]) -> str:
        said = [f"{quoted(each.first.name)} ({self.things.id[each]} of {self._where(each)})" for each in pair]
        what = f"{said[0]} and {said[1]} may be one measure"
        return f"{what} (likeness {both.score:.2f}, {both.reason}); where they are, {DO['measures']}"

    def _where(self, each: Thing) -> str:
        return self.things.labels.of(each.places)

    def _around(self) -> dict[str, Any]:
        """What measures refer to."""
        tables = ("tiers", "agencies", "populations", "outcomes", "collections")
        return {**{table: self.system.table(table) for table in tables}, "targets": ()}


def _by_name(things: Iterable[Thing]) -> list[list[Thing]]:
    """Things grouped by name."""
    found = defaultdict[str, list[Thing]](list)
    for each in things:
        found[" ".join(each.first.name.casefold().split())].append(each)
    return list(found.values())
