"""Line of sight: the measures in which a body sees what it does, and so those that serve its duties (METHOD 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from .duties import Duties, Duty
from .effects.net_effects import effects_of
from .index import BLANK, MOST, group, share_of
from .models.options.aligned_set import Options
from .models.system import System
from .models.system.measures import Overlap


class Sight:
    """Which measures serve the duties of a system.

    Parameters
    ----------
    system
        The system, with weights as they are asked for.
    options
        What is asked of the set.
    """

    def __init__(self, system: System, options: Options) -> None:
        self.options = options
        self.duties = Duties(system, options.theta, options.breadth)
        self.index = self.duties.index
        self.effects = effects_of(system, options.steps, options.decay, options.evidence)
        self._shown: dict[int, Mapping[int, float]] = {}
        self._serving: dict[Duty, tuple[int, ...]] = {}
        self._speaking: dict[tuple[str, int, str | None], frozenset[int]] = {}
        self._held_or_moved: dict[int, frozenset[int]] = {}
        self._shows_in: dict[int, frozenset[int]] = {}

    # How measures go together

    @cached_property
    def overlaps(self) -> dict[int, dict[int, Overlap]]:
        """For each measure, the declared overlaps with others; of a part and a whole, only those of the part."""
        found: dict[int, dict[int, Overlap]] = {}
        for row in self.index.system.overlaps:
            one, two = self.index.measure_at[row.measure_a], self.index.measure_at[row.measure_b]
            found.setdefault(one, {})[two] = row
            if row.kind != "part":
                found.setdefault(two, {})[one] = row
        return found

    def overlap(self, one: int, two: int) -> Overlap | None:
        """What is declared of one measure and another."""
        return self.overlaps.get(one, {}).get(two)

    def distinct(self, one: int, two: int) -> bool:
        """Whether people say that one never stands for the other."""
        row = self.overlap(one, two)
        return row is not None and row.kind == "distinct"

    def shown(self, measure: int) -> Mapping[int, float]:
        """How far progress on a measure shows in each other that it moves, below 0 where that looks worse."""
        if measure not in self._shown:
            net, good = self.effects.net, self.index.good
            ends = slice(net.indptr[measure], net.indptr[measure + 1])
            ways = good[net.indices[ends]] * int(good[measure])
            self._shown[measure] = dict(zip(net.indices[ends].tolist(), (ways * net.data[ends]).tolist(), strict=True))
        return self._shown[measure]

    def shows(self, one: int, two: int) -> float:
        """How far progress on one measure shows in another. Steps per step, each the way that is better for people."""
        return self.shown(one).get(two, 0.0)

    def helps(self, one: int, two: int) -> bool:
        """Whether progress on one measure shows in another, by the tolerance or more."""
        return 0 < self.shows(one, two) >= self.options.tolerance

    def harms(self, one: int, two: int) -> bool:
        """Whether one measure looks better when another is neglected, by the tolerance or more."""
        return 0 > self.shows(one, two) <= -self.options.tolerance

    # Who sees what

    def sees(self, agency: int, measure: int, behind: Iterable[int]) -> bool:
        """Whether what an agency does shows in a measure, given the measures behind a duty of its."""
        return measure in self._by_itself(agency) or any(measure in self._showing(each) for each in behind)

    def _by_itself(self, agency: int) -> frozenset[int]:
        """The measures that an agency holds, or moves enough."""
        if agency not in self._held_or_moved:
            moved = self._moved.get(agency, ())
            self._held_or_moved[agency] = self.index.holding.get(agency, frozenset[int]()).union(moved)
        return self._held_or_moved[agency]

    @cached_property
    def _moved(self) -> Mapping[int, Sequence[int]]:
        """For each agency, the measures that it moves enough to see itself in them."""
        least = self.options.sight
        controls = self.index.controls.items()
        return group((who, at) for at, shares in controls for who, share in shares.items() if share >= least)

    def _showing(self, measure: int) -> frozenset[int]:
        """The measures in which progress on one shows, or that are much the same."""
        if measure not in self._shows_in:
            alike = {at for at in self.overlaps.get(measure, ()) if self._much_the_same(measure, at)}
            self._shows_in[measure] = frozenset(
                alike.union(at for at in self.shown(measure) if self.helps(measure, at))
            )
        return self._shows_in[measure]

    def _much_the_same(self, one: int, two: int) -> bool:
        row = self.overlap(one, two)
        return row is not None and row.kind in BLANK and share_of(row) >= MOST

    def in_sight(self, agency: int, behind: Iterable[int]) -> frozenset[int]:
        """Every measure in which an agency sees what it does, given the measures behind duties of its."""
        return self._by_itself(agency).union(*map(self._showing, behind))

    def seen(self, agency: int) -> frozenset[int]:
        """Every measure in which an agency sees what it does."""
        behind = {each for duty in self.duties.by_agency.get(agency, ()) for each in self.duties.behind[duty]}
        return self.in_sight(agency, behind)

    # Duties

    def serving(self, duty: Duty) -> tuple[int, ...]:
        """The measures that serve a duty, in order.

        Those behind it do. Another does when it captures the outcome, covers the population, can be read at the
        agency's tier, has a better direction, is not barred, does not look better when the duty is neglected, and the
        agency has line of sight to it.
        """
        if duty not in self._serving:
            behind = self.duties.behind[duty]
            able = self._speaking_at(duty.outcome, duty.population, self.index.agencies[duty.agency].tier)
            if self.options.ground == "sight":
                able = able & self.in_sight(duty.agency, behind)
            self._serving[duty] = tuple(sorted({at for at in able if self._may(at, behind)}.union(behind)))
        return self._serving[duty]

    def _speaking_at(self, outcome: str, population: int, tier: str | None) -> frozenset[int]:
        """The measures of an outcome and a population that a tier can read and people can tell the better way of."""
        mark = outcome, population, tier
        if mark not in self._speaking:
            self._speaking[mark] = frozenset(
                at
                for at in self.duties.speaking.get(outcome, ())
                if self.index.measures[at].direction not in (None, "none")
                and self.index.readable(at, tier)
                and self._covers(at, population)
            )
        return self._speaking[mark]

    def _may(self, at: int, behind: tuple[int, ...]) -> bool:
        """Whether a measure is neither barred nor looks better when all those behind a duty are neglected."""
        return not all(self.distinct(each, at) for each in behind) and not all(self.harms(each, at) for each in behind)

    def _covers(self, measure: int, population: int) -> bool:
        if self.options.breadth == "outcome":
            return True
        return self.index.contains(int(self.index.measure_population[measure]), population)

    def voiced(self, agency: int) -> dict[Duty, tuple[int, ...]]:
        """The agency's duties that its own measures serve today, each with those measures."""
        own = self.duties.own.get(agency, frozenset())
        served = (
            (duty, tuple(at for at in self.serving(duty) if at in own))
            for duty in self.duties.by_agency.get(agency, ())
        )
        return {duty: found for duty, found in served if found}
