"""Which agencies hold a measure in a place, and what it says of where the measure stands at each.

An agency holds a measure that it has to deliver a target on, can bring about a movement of, or has a level of. It
stands at its level there, else at the measure's baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from alignment.index import levels_of

from .matching import Matching, Thing


class Holding(NamedTuple):
    """A measure at an agency in a place."""

    place: int
    agency: Thing
    figure: float | None
    """Where it stands; blank is not known."""
    baseline: float | None
    """The measure's baseline in that place."""
    own: bool
    """Whether the agency has a level of its own."""
    levels: Mapping[str | None, float]
    """Its levels there by their period."""

    def contradicts(self, other: Holding) -> bool:
        """Whether two places say different things of an agency; a place that leaves out levels of another does not."""
        if self.baseline != other.baseline:
            return None not in (self.figure, other.figure) and self.figure != other.figure
        return any(self.levels[period] != other.levels[period] for period in self.levels.keys() & other.levels.keys())


class Holders:
    """Who holds what, place by place.

    Parameters
    ----------
    matching
        The things of the places.
    """

    def __init__(self, matching: Matching) -> None:
        self.matching = matching

    @cached_property
    def of(self) -> dict[int, list[Holding]]:
        """By the number of a measure, its holdings in all places."""
        found = defaultdict[int, list[Holding]](list)
        for place in range(len(self.matching.places)):
            things = self.matching.of[place]
            levels = levels_of(self.matching.places[place].system)
            periods = self._periods(place)
            for measure, agency in sorted(self._pairs(place)):
                thing = things["measures"][measure]
                own = levels.get((measure, agency))
                baseline = thing.rows[place].baseline
                figure = baseline if own is None else own.value
                found[thing.number].append(
                    Holding(
                        place, things["agencies"][agency], figure, baseline, own is not None, periods[measure, agency]
                    )
                )
        return found

    def _pairs(self, place: int) -> set[tuple[str, str]]:
        system = self.matching.places[place].system
        pairs = {(row.measure, row.deliverer) for row in system.targets}
        pairs |= {(row.measure, row.agency) for row in system.controls if row.share > 0}
        return pairs | {(row.measure, row.agency) for row in system.levels}

    def _periods(self, place: int) -> defaultdict[tuple[str, str], dict[str | None, float]]:
        """The levels of each measure and agency by their period."""
        found = defaultdict[tuple[str, str], dict[str | None, float]](dict)
        for row in self.matching.places[place].system.levels:
            found[row.measure, row.agency][row.period] = row.value
        return found


def said_of_each(holdings: Iterable[Holding]) -> dict[Thing, list[Holding]]:
    """By agency, what places say of where the measure stands at it; a blank says nothing.

    Where a place gives a level and another of the same baseline does not, the level counts.
    """
    said = defaultdict[Thing, list[Holding]](list)
    for each in holdings:
        if each.figure is not None:
            said[each.agency].append(each)
    return {agency: _without_the_weaker(group) for agency, group in said.items()}


def _without_the_weaker(group: list[Holding]) -> list[Holding]:
    known = {each.baseline for each in group if each.own}
    return [each for each in group if each.own or each.baseline not in known]


def contradicting(holdings: Iterable[Holding]) -> Iterator[tuple[Thing, list[Holding]]]:
    """The agencies of which places say different things, with what they say."""
    for agency, group in said_of_each(holdings).items():
        if any(one.contradicts(two) for one, two in combinations(group, 2)):
            yield agency, group
