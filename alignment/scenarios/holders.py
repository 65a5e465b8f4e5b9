"""Which agencies hold a measure in a place, and what it says of where the measure stands at each.

An agency holds a measure that it has to deliver a target on, can bring about a movement of, or has a level of. It
stands at its level there, else at the measure's baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from alignment.models.fields import first_day, last_day
from alignment.models.system.measures import Level

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
            levels = self._levels(place)
            for measure, agency in sorted(self._pairs(place)):
                thing = things["measures"][measure]
                own = levels.get((measure, agency))
                baseline = thing.rows[place].baseline
                figure = baseline if own is None else own.value
                found[thing.number].append(
                    Holding(place, things["agencies"][agency], figure, baseline, own is not None)
                )
        return found

    def _pairs(self, place: int) -> set[tuple[str, str]]:
        system = self.matching.places[place].system
        pairs = {(row.measure, row.deliverer) for row in system.targets}
        pairs |= {(row.measure, row.agency) for row in system.controls if row.share > 0}
        return pairs | {(row.measure, row.agency) for row in system.levels}

    def _levels(self, place: int) -> dict[tuple[str, str], Level]:
        """The level in force of each measure and agency that have one."""
        system = self.matching.places[place].system
        rows = defaultdict[tuple[str, str], list[Level]](list)
        for row in system.levels:
            rows[row.measure, row.agency].append(row)
        found = ((pair, in_force(group, system.about.year)) for pair, group in rows.items())
        return {pair: row for pair, row in found if row is not None}


def in_force(rows: Iterable[Level], year: int | None) -> Level | None:
    """The level that counts: the one without a period; else the last that begins in a year or before it.

    Parameters
    ----------
    rows
        Levels of one measure at one agency.
    year
        The year that the system describes; blank is no end.
    """
    end = last_day(None if year is None else f"{year:04}")
    begun = [row for row in rows if row.period is None or first_day(row.period) <= end]
    return max(begun, key=lambda row: (row.period is None, first_day(row.period)), default=None)


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
    """The agencies of which places say different figures, with what they say."""
    for agency, group in said_of_each(holdings).items():
        if len({each.figure for each in group}) > 1:
            yield agency, group
