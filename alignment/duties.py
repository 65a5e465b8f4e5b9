"""Who answers for what: duties, and the measures that serve them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from .errors import OptionError
from .index import EVERYONE, Index, group
from .models.system import System

THETA: Final = 0.6
"""The least validity with which a measure speaks for an outcome."""

Breadth = Literal["population", "outcome"]


@dataclass(frozen=True, order=True)
class Duty:
    """An agency, an outcome and a population.

    Attributes
    ----------
    agency
        Position of the agency in `Index.agencies`.
    outcome
        The outcome's id.
    population
        Code of the population in `Index.populations`; 0 is everyone.
    """

    agency: int
    outcome: str
    population: int


class Duties:
    """The duties of a system, and which measures serve them.

    Parameters
    ----------
    system
        The system.
    theta
        The least validity with which a measure speaks for an outcome, 0 to 1.
    breadth
        "population" tells duties apart by population; "outcome" does not.
    """

    def __init__(self, system: System, theta: float = THETA, breadth: Breadth = "population") -> None:
        if not 0 < theta <= 1:
            raise OptionError(f"theta is above 0 and at most 1, not {theta}.")
        self.index = system.derive(Index)
        self.theta = theta
        self.breadth = breadth
        self._serving: dict[tuple[str, int, str | None], tuple[int, ...]] = {}

    @cached_property
    def speaking(self) -> dict[str, tuple[int, ...]]:
        """For each outcome, the measures that capture it well enough, in order."""
        pairs = (
            (outcome, at)
            for at, validities in self.index.validity.items()
            for outcome, validity in validities.items()
            if validity >= self.theta
        )
        return {outcome: tuple(found) for outcome, found in group(pairs).items()}

    @cached_property
    def captured(self) -> dict[int, tuple[str, ...]]:
        """For each measure, the outcomes it captures well enough."""
        pairs = ((at, outcome) for outcome, found in self.speaking.items() for at in found)
        return {at: tuple(sorted(outcomes)) for at, outcomes in group(pairs).items()}

    @cached_property
    def weight(self) -> dict[Duty, float]:
        """Every duty in order, with the weight of the heaviest target behind it."""
        targets, found = self.index.targets, dict[Duty, float]()
        populations = targets.population if self.breadth == "population" else targets.population * EVERYONE
        columns = (targets.measure, targets.agency, targets.deliverer, populations, targets.weight)
        for measure, agency, deliverer, population, weight in zip(*(c.tolist() for c in columns), strict=True):
            for outcome in self.captured.get(measure, ()):
                for who in {agency, deliverer}:
                    duty = Duty(who, outcome, population)
                    found[duty] = max(weight, found.get(duty, 0.0))
        return dict(sorted(found.items()))

    @cached_property
    def by_agency(self) -> dict[int, tuple[Duty, ...]]:
        """The duties of each agency that has any."""
        return {who: tuple(found) for who, found in group((duty.agency, duty) for duty in self.weight).items()}

    @cached_property
    def own(self) -> dict[int, frozenset[int]]:
        """For each agency, the measures it has a target on itself."""
        targets = self.index.targets
        pairs = zip(targets.agency.tolist(), targets.measure.tolist(), strict=True)
        return {who: frozenset(found) for who, found in group(pairs).items()}

    def serving(self, duty: Duty) -> tuple[int, ...]:
        """The measures that serve a duty, in order.

        A measure serves it when its validity for the outcome is at least theta, its population is the duty's
        or contains it, and it can be read at the agency's tier.
        """
        index = self.index
        tier = index.agencies[duty.agency].tier
        mark = (duty.outcome, duty.population, tier)
        if mark not in self._serving:
            self._serving[mark] = tuple(
                at
                for at in self.speaking.get(duty.outcome, ())
                if index.readable(at, tier) and self._covers(at, duty.population)
            )
        return self._serving[mark]

    def _covers(self, measure: int, population: int) -> bool:
        if self.breadth == "outcome":
            return True
        return self.index.contains(int(self.index.measure_population[measure]), population)

    def voiced(self, agency: int) -> dict[Duty, tuple[int, ...]]:
        """The agency's duties that its own measures serve today, each with those measures."""
        own = self.own.get(agency, frozenset())
        served = (
            (duty, tuple(at for at in self.serving(duty) if at in own)) for duty in self.by_agency.get(agency, ())
        )
        return {duty: found for duty, found in served if found}
