"""Standing: how far a kept measure says to a body what a retired one said, and on what ground (METHOD 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from alignment.conflicts.finding import Search
from alignment.index import BLANK, MOST, group, share_of
from alignment.sight import Sight

Ground = Literal["itself", "same", "part", "overlap", "shows", "speaks"]

ONE: Final = 1_000_000
"""Standing is counted in millionths."""


@dataclass(frozen=True)
class Standing:
    """How far one measure says what another said.

    Attributes
    ----------
    size
        In millionths, 0 to 1,000,000.
    ground
        Why.
    """

    size: int
    ground: Ground


ITSELF: Final = Standing(ONE, "itself")


@dataclass(frozen=True)
class Voiced:
    """What an agency says with its targets on one measure.

    Attributes
    ----------
    agency, measure
        Positions.
    weight
        Of the targets that do not go against people, in millionths.
    people
        Of those that are for people, in millionths.
    """

    agency: int
    measure: int
    weight: int
    people: int


class Standings:
    """Every standing of a system.

    Parameters
    ----------
    sight
        Who sees what.
    search
        The conflicts: a measure that some push harms is a guard.
    """

    def __init__(self, sight: Sight, search: Search) -> None:
        self.sight, self.index, self.options = sight, sight.index, sight.options
        self._search = search
        self._known: dict[tuple[int, int], dict[int, Standing]] = {}
        self._may: dict[int, tuple[int, ...]] = {}

    @cached_property
    def voiced(self) -> tuple[Voiced, ...]:
        """What agencies say with targets on measures whose outcome is known, by agency and measure."""
        index, targets = self.index, self.index.targets
        found: dict[tuple[int, int], list[int]] = {}
        columns = (targets.agency, targets.measure, targets.weight, index.for_people)
        rows = zip(targets.rows, *(column.tolist() for column in columns), strict=True)
        for row, agency, measure, weight, good in rows:
            if good < 0 or not index.validity[measure]:
                continue
            both = found.setdefault((agency, measure), [0, 0])
            both[0] += round(weight * ONE)
            person = index.measures[int(measure)].perspective == "person"
            if good > 0 and (person or not row.revealed):
                both[1] += round(weight * ONE)
        return tuple(Voiced(*mark, *both) for mark, both in sorted(found.items()))

    @cached_property
    def guards(self) -> frozenset[int]:
        """Measures that a push on another harms, for people."""
        good = self.index.good
        return frozenset(
            finding.measures[1]
            for finding in self._search.of_kind("spillover")
            if finding.sides[0].wish * (finding.effect or 0.0) * int(good[finding.measures[1]]) < 0
        )

    def of(self, agency: int, measure: int) -> Mapping[int, Standing]:
        """The measures that say to an agency what another said, itself included, by position."""
        mark = agency, measure
        if mark not in self._known:
            found = {at: each for at, each in self._others(agency, measure) if each.size}
            self._known[mark] = dict(sorted({**found, measure: ITSELF}.items()))
        return self._known[mark]

    def _others(self, agency: int, measure: int) -> Iterator[tuple[int, Standing]]:
        index = self.index
        tier = index.agencies[agency].tier
        for at in self._candidates(measure):
            if index.readable(at, tier):
                yield at, self._standing(agency, measure, at)

    def _candidates(self, measure: int) -> tuple[int, ...]:
        """The measures that say what one said to somebody who can read them, if anything does."""
        if measure not in self._may:
            sight = self.sight
            declared = {at for at, row in sight.overlaps.get(measure, {}).items() if row.kind in BLANK}
            shown = {at for at in sight.shown(measure) if sight.helps(measure, at)}
            found = declared | shown | self._speaking.get(measure, {}).keys()
            self._may[measure] = tuple(at for at in sorted(found - {measure}) if self._able(measure, at))
        return self._may[measure]

    def _able(self, measure: int, other: int) -> bool:
        index, sight = self.index, self.sight
        wide, narrow = (int(index.measure_population[at]) for at in (other, measure))
        return (
            (wide == narrow if not wide else index.contains(wide, narrow))
            and not sight.harms(measure, other)
            and not sight.harms(other, measure)
            and not sight.distinct(measure, other)
        )

    def _standing(self, agency: int, measure: int, other: int) -> Standing:
        grounds = sorted(self._grounds(agency, measure, other), key=lambda each: -each[0])
        if not grounds:
            return Standing(0, "speaks")
        held = other in self.index.holding_live.get(agency, ())
        sizes: list[tuple[float, Ground]] = [
            (size if held or (ground == "same" and self._joint(agency, other)) else size / 2, ground)
            for size, ground in grounds
        ]
        size, ground = max(sizes, key=lambda each: each[0])
        return Standing(round(round(size, 6) * ONE), ground)

    def _grounds(self, agency: int, measure: int, other: int) -> Iterator[tuple[float, Ground]]:
        sight, index = self.sight, self.index
        row = sight.overlap(measure, other)
        if row is not None and row.kind == "same":
            yield share_of(row), "same"
        if row is not None and row.kind == "part":
            yield max(MOST, share_of(row)), "part"
        if row is not None and row.kind == "shared":
            yield share_of(row), "overlap"
        if measure in self.guards:
            return
        one, two = index.measures[measure].collection, index.measures[other].collection
        part = 1.0 if one is not None and one == two else 0.5
        if (far := self._shows(measure, other)) > 0:
            yield part * far, "shows"
        validity = self._speaking.get(measure, {}).get(other)
        if validity is not None and sight.sees(agency, other, (measure,)):
            yield part * validity / 2, "speaks"

    def _shows(self, measure: int, other: int) -> float:
        """How far progress on one measure shows in another of the same outcome, in time; 0 is not."""
        sight, captured = self.sight, self.sight.duties.captured
        far = sight.shows(measure, other)
        if not sight.helps(measure, other) or not set(captured.get(measure, ())) & set(captured.get(other, ())):
            return 0.0
        sign = 1 if self.index.good[measure] == self.index.good[other] else -1
        nodes = sight.effects.walk(measure, other, sign)
        late = nodes is None or sight.effects.years(nodes) > self.options.horizon
        return 0.0 if late else min(1.0, far)

    @cached_property
    def _speaking(self) -> dict[int, dict[int, float]]:
        """For each measure, those that a row of captures lets speak for an outcome of it, with the best validity."""
        index, captured = self.index, self.sight.duties.captured
        by_outcome = group((outcome, at) for at, outcomes in captured.items() for outcome in outcomes)
        found: dict[int, dict[int, float]] = {}
        for row in self.index.system.captures:
            if row.validity >= self.options.theta:
                other = index.measure_at[row.measure]
                for at in by_outcome.get(row.outcome, ()):
                    mine = found.setdefault(at, {})
                    mine[other] = max(row.validity, mine.get(other, 0.0))
        return found

    def _joint(self, agency: int, other: int) -> bool:
        """Whether a body that an agency belongs to has a live target on a measure."""
        return any(other in self.index.holding_live.get(body, ()) for body in self._bodies.get(agency, ()))

    @cached_property
    def _bodies(self) -> Mapping[int, frozenset[int]]:
        place = self.index.agency_at
        pairs = (
            (place[row.agency], place[row.answers_to])
            for row in self.index.system.accountability
            if row.kind == "partnership"
        )
        return {who: frozenset(found) for who, found in group(pairs).items()}
