"""How far a set says what is said today, from the rows alone: standing, what is unsaid, lost, dropped and missing.

In millionths, as the method counts: for each agency a and measure n the weight W of its targets on n, less the part of
it that the largest standing S(a, n, m) of a kept measure m says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from alignment.models.system import System
from alignment.options.weighing import short_fraction

from .duties import HALF, Facts, counting, lapsed, wish_for_people
from .effects import Walks
from .rows import local, weight_of

WHOLE: Final = 1_000_000
"""One, in millionths."""


class Saying:
    """What people are judged on today says, and how far a set says it.

    Parameters
    ----------
    system
        The system, with weights as they are asked for.
    facts
        What its rows say.
    guards
        Measures that some push harms, for people.
    """

    def __init__(self, system: System, facts: Facts, guards: Collection[str]) -> None:
        self._system, self._facts, self._guards = system, facts, frozenset(guards)
        self._walks = Walks(system, facts.options.steps, facts.options.evidence)
        self._known: dict[tuple[str, str], dict[str, int]] = {}

    @cached_property
    def _outcomes(self) -> frozenset[str]:
        """Measures of which some outcome is known."""
        given = {row.id for row in self._system.measures if row.outcome}
        return frozenset(given | {row.measure for row in self._system.captures})

    @cached_property
    def _weights(self) -> tuple[Mapping[tuple[str, str], int], Mapping[tuple[str, str], int]]:
        """Of each agency and measure, the weight of targets that say something, and of those that are people's."""
        every: dict[tuple[str, str], int] = defaultdict(int)
        people: dict[tuple[str, str], int] = defaultdict(int)
        there = local(self._system)
        for row in self._system.targets:
            measure = there(row)
            good = wish_for_people(row, measure)
            if good < 0 or row.measure not in self._outcomes:
                continue
            weight = round(weight_of(row) * WHOLE)
            every[row.agency, row.measure] += weight
            if good > 0 and (measure.perspective == "person" or not row.revealed):
                people[row.agency, row.measure] += weight
        return every, people

    def wanted(self, measure: str) -> Mapping[str, int]:
        """Who wants something of a measure that does not go against people, and its weight in millionths."""
        return {agency: weight for (agency, each), weight in self._weights[0].items() if each == measure}

    # Standing

    def standing(self, agency: str, measure: str) -> Mapping[str, int]:
        """How far other measures say to an agency what one said, in millionths."""
        if (agency, measure) not in self._known:
            sizes = {other: self._size(agency, measure, other) for other in self._may(measure)}
            self._known[agency, measure] = {other: size for other, size in sizes.items() if size}
        return self._known[agency, measure]

    def _may(self, measure: str) -> Iterator[str]:
        """Measures that could say what one said."""
        found = set(self._facts.overlaps.get(measure, ()))
        found.update(self._facts.shown.get(measure, ()))
        for outcome in self._facts.validity[measure]:
            found.update(other for other, _ in self._speakers.get(outcome, ()))
        yield from sorted(found - {measure})

    @cached_property
    def _speakers(self) -> dict[str, list[tuple[str, float]]]:
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for row in self._system.captures:
            if row.validity >= self._facts.options.theta:
                found[row.outcome].append((row.measure, row.validity))
        return found

    def _size(self, agency: str, measure: str, other: str) -> int:
        facts = self._facts
        narrow, wide = facts.measures[measure].population, facts.measures[other].population
        if (wide is None and narrow is not None) or wide not in facts.containing[narrow]:
            return 0
        if not facts.readable(other, agency) or facts.barred(measure, other):
            return 0
        if facts.harms(measure, other) or facts.harms(other, measure):
            return 0
        held = other in facts.live.get(agency, ())
        declared, share = self._declared(measure, other)
        sizes = [share if held or (declared == "same" and self._joint(agency, other)) else share / 2]
        sizes += [size if held else size / 2 for size in self._inferred(agency, measure, other)]
        return round(round(max(sizes), 6) * WHOLE)

    def _declared(self, measure: str, other: str) -> tuple[str, float]:
        kind, share = self._facts.declared(measure, other)
        if kind == "part":
            return kind, max(HALF, share)
        return (kind, share) if kind in ("same", "shared") else ("", 0.0)

    def _inferred(self, agency: str, measure: str, other: str) -> Iterator[float]:
        """What effects and captures let one measure say of another: not of a guard."""
        facts, asked = self._facts, self._facts.options
        if measure in self._guards:
            return
        one, two = facts.measures[measure].collection, facts.measures[other].collection
        known = 1.0 if one and one == two else 0.5
        shows = facts.shows(measure, other)
        if facts.helps(measure, other) and facts.validity[measure] & facts.validity[other]:
            ways = [facts.measures[name].direction for name in (measure, other)]
            years = self._walks.years(measure, other, 1 if ways[0] == ways[1] else -1)
            if years is not None and years <= asked.horizon:
                yield known * min(1.0, shows)
        speaking = [
            validity
            for outcome in facts.validity[measure]
            for name, validity in self._speakers.get(outcome, ())
            if name == other
        ]
        if speaking and facts.sees(agency, other, (measure,)):
            yield known * max(speaking) / 2

    def _joint(self, agency: str, measure: str) -> bool:
        return any(
            measure in self._facts.live.get(row.answers_to, ())
            for row in self._system.accountability
            if row.kind == "partnership" and row.agency == agency
        )

    # Sums

    def _said(self, agency: str, measure: str, kept: Collection[str]) -> int:
        """How far a set says to an agency what a measure said, in millionths."""
        if measure in kept:
            return WHOLE
        return max((size for other, size in self.standing(agency, measure).items() if other in kept), default=0)

    def unsaid(self, kept: Collection[str]) -> int:
        """What is said today and not by a set, in millionths of weight."""
        every, _ = self._weights
        return sum(weight - weight * self._said(*mark, kept) // WHOLE for mark, weight in every.items())

    def lost(self, kept: Collection[str]) -> int:
        """The weight of people's targets that a set does not say, in millionths."""
        _, people = self._weights
        least = round(self._facts.options.said * WHOLE)
        return sum(weight for mark, weight in people.items() if self._said(*mark, kept) < least)

    def dropped(self, kept: Collection[str]) -> int:
        """Live targets on measures that are not in a set."""
        year, there = self._system.about.year, local(self._system)
        return sum(
            row.measure not in kept
            and row.measure in self._outcomes
            and not lapsed(row, year)
            and wish_for_people(row, there(row)) >= 0
            for row in self._system.targets
        )

    def missing(self, kept: Collection[str]) -> int:
        """Measures that agencies have to see themselves in, and lack."""
        total = 0
        who = counting(self._system)
        for row in self._system.agencies:
            needs = self._facts.options.needs if row.needs is None else row.needs
            if row.id in who and needs:
                mine = [each for duty, behind in self._facts.behind.items() if duty[0] == row.id for each in behind]
                total += max(0, needs - sum(self._facts.sees(row.id, each, mine) for each in kept))
        return total

    def paid(self, kept: Collection[str]) -> int:
        """What the measures of a set cost in the toll, in millionths of weight."""
        rows = self._system.measures
        costs = [Fraction(1) if row.cost is None else Fraction(repr(row.cost)) for row in rows]
        mean = sum(costs, start=Fraction(0)) / max(1, len(costs)) or Fraction(1)
        worth = short_fraction(self._facts.options.worth) / mean
        total = sum(round(worth * cost * WHOLE) for row, cost in zip(rows, costs, strict=True) if row.id in kept)
        free = {row.collection for row in rows if row.statutory}
        needed = {row.collection for row in rows if row.id in kept} - free
        for row in self._system.collections:
            if row.id in needed and row.cost:
                total += round(worth * Fraction(repr(row.cost)) * WHOLE)
        return total
