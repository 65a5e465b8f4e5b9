"""Rows of one id in several places: to compare they are one thing although their definitions differ a little.

To join, definitions have to agree (`matching`), as a wrong merger loses a figure. To compare, rows of one id are one
thing unless they are clearly not: their names are unlike and they contradict each other in what such rows are, or their
names have no word in common; of measures also where higher is better for the one and lower for the other, and the names
are not the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, Final

from alignment.likeness.likeness import compared
from alignment.likeness.measures import ONE_NAME
from alignment.likeness.text import read
from alignment.likeness.units import kind_of
from alignment.likeness.weights import Weights
from alignment.scenarios.definitions import DEFINITION, definition, differing
from alignment.scenarios.joining.likely import Pair
from alignment.scenarios.matching import Matching, Thing

UNLIKE: Final = 0.3
"""Names less alike than this are unlike: half of what likely overlaps ask for, as the id is one. No unit, 0 to 1."""

CONTRADICT: Final = frozenset({"unit", "direction", "dimension", "tier", "kind", "sector"})
"""The columns that say what a row is, beside its name."""


class OneId:
    """What is one thing, to compare: as to join, and what has one id and is not clearly different.

    Parameters
    ----------
    strict
        What is one thing to join.
    """

    def __init__(self, strict: Matching) -> None:
        self.strict = strict
        self.named = [strict.named(place) for place in range(len(strict.places))]

    @cached_property
    def matching(self) -> Matching:
        """The things of the comparison, in the order of those that can be joined."""
        found = Matching(self.strict.places, of=[{table: {} for table in DEFINITION} for _ in self.strict.places])
        for table, things in self.strict.things.items():
            found.things[table] = []
            for group in self._groups(table, things):
                rows = {place: row for each in group for place, row in each.rows.items()}
                first = group[0]
                found.thing(
                    table,
                    dict(sorted(rows.items())),
                    apart=first.apart if len(group) == 1 else None,
                    differs=self._between(group),
                    declared=any(each.declared for each in group),
                )
        return found

    def likely(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """Pairs of things to join that may be one, as pairs of things to compare; none that are of one place."""
        found = [pair._replace(one=self._whole(pair.one), two=self._whole(pair.two)) for pair in pairs]
        return tuple(pair for pair in found if not pair.one.places & pair.two.places)

    def _whole(self, thing: Thing) -> Thing:
        return self.matching.of[min(thing.rows)][thing.table][thing.first.id]

    def _groups(self, table: str, things: Sequence[Thing]) -> list[list[Thing]]:
        """Things grouped: those of one id that are not clearly different, if by way of others."""
        home = {each: [each] for each in things}
        for one, two in self._pairs(things):
            mine, yours = home[one], home[two]
            if mine is not yours and not _places(mine) & _places(yours) and self._is_one(table, one, two):
                mine += yours
                home |= dict.fromkeys(yours, mine)
        return list({id(group): group for group in home.values()}.values())

    def _pairs(self, things: Sequence[Thing]) -> list[tuple[Thing, Thing]]:
        """Pairs of one id that are only apart by definition."""
        called = defaultdict[str, list[Thing]](list)
        for each in things:
            if each.apart == "definition" and each.table != "tiers":
                called[each.first.id.casefold()].append(each)
        return [pair for group in called.values() for pair in combinations(group, 2)]

    def _is_one(self, table: str, one: Thing, two: Thing) -> bool:
        differs = self._between([one, two])
        # Bodies of which only the names differ may play one part with others of their kind: `roles` decides.
        if table == "agencies" and differs == ("name",):
            return False
        return not any(clearly_different(a, b, differs) for a in one.rows.values() for b in two.rows.values())

    def _between(self, group: Sequence[Thing]) -> tuple[str, ...]:
        """The columns in which the rows of things differ."""
        if len(group) == 1:
            return group[0].differs
        table = group[0].table
        said = [definition(table, row, self.named[place]) for each in group for place, row in each.rows.items()]
        differ = {column for one, two in combinations(said, 2) for column in differing(table, one, two)}
        return tuple(column for column in DEFINITION[table] if column in differ)


def _places(things: Sequence[Thing]) -> set[int]:
    return {place for each in things for place in each.rows}


def clearly_different(one: Any, two: Any, differs: Sequence[str]) -> bool:
    """Whether two rows of one id are clearly of different things.

    Parameters
    ----------
    one, two
        Rows of one table.
    differs
        The columns in which they differ.

    Examples
    --------
    >>> from alignment.models.system.measures import Measure
    >>> waits = Measure(id="rtt", name="Waits under 18 weeks", unit="%", direction="higher")
    >>> share = Measure(id="rtt", name="Share of those who wait 18 weeks or less", unit="index")
    >>> clearly_different(waits, share, ("name", "unit"))
    False
    >>> clearly_different(waits, Measure(id="rtt", name="Council tax paid", unit="%"), ("name",))
    True
    """
    words, score = _alike(one.name, two.name)
    if not words or (score < UNLIKE and any(_contradict(column, one, two) for column in differs)):
        return True
    ways = {getattr(one, "direction", None), getattr(two, "direction", None)}
    return ways == {"higher", "lower"} and score < ONE_NAME


def _alike(one: str, two: str) -> tuple[float, float]:
    """How alike two names are by their words, and in all; weighed by these two alone, so that no other row matters."""
    if one.casefold().split() == two.casefold().split():
        return 1.0, 1.0
    texts = [read(one), read(two)]
    found = compared(texts[0], texts[1], Weights(texts))
    return found.words, found.score


def _contradict(column: str, one: Any, two: Any) -> bool:
    """Whether what two rows say in a column cannot be true of one thing, as far as can be told."""
    if column not in CONTRADICT:
        return False
    sort = kind_of(one.unit) if column == "unit" else ""
    return not sort or sort != kind_of(two.unit)


def is_loose(thing: Thing) -> bool:
    """Whether a thing is one by its id although its definitions differ."""
    return thing.apart is None and bool(thing.differs)
