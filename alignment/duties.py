"""Who answers for what: duties, and the measures of the targets behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, cast

import numpy as np

from .errors import OptionError
from .index import EVERYONE, Bools, Index, group
from .models.system import System

THETA: Final = 0.6
"""The least validity with which a measure speaks for an outcome."""

Breadth = Literal["population", "outcome"]


@dataclass(frozen=True, order=True, slots=True)
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

    def key(self) -> tuple[int, str, int]:
        """What duties are ordered by; quicker than to compare them."""
        return self.agency, self.outcome, self.population


class Duties:
    """The duties of a system.

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
        self._weight: dict[Duty, float] = {}

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
    def behind(self) -> dict[Duty, tuple[int, ...]]:
        """Every duty in order, with the measures of the targets behind it.

        What goes against people is no duty, nor is a wish that was inferred: nobody was given it.
        """
        found: dict[Duty, set[int]] = defaultdict(set)
        for (measure, agency, deliverer, population), weight in self._given().items():
            for outcome in self.captured.get(measure, ()):
                for who in {agency, deliverer}:
                    duty = Duty(who, outcome, population)
                    found[duty].add(measure)
                    self._weight[duty] = max(weight, self._weight.get(duty, 0.0))
        return {duty: tuple(sorted(found[duty])) for duty in sorted(found, key=Duty.key)}

    def _given(self) -> dict[tuple[int, ...], float]:
        """What targets that make duties are on, by whom, for whom and about whom; and the heaviest weight of each."""
        targets = self.index.targets
        populations = targets.population if self.breadth == "population" else targets.population * EVERYONE
        columns = np.stack([targets.measure, targets.agency, targets.deliverer, populations], axis=1)[self.giving]
        distinct, place = np.unique(columns, axis=0, return_inverse=True)
        weight = np.zeros(len(distinct))
        np.maximum.at(weight, place.reshape(-1), targets.weight[self.giving])
        rows = cast("list[list[int]]", distinct.tolist())
        return {tuple(row): heaviest for row, heaviest in zip(rows, weight.tolist(), strict=True)}

    @cached_property
    def giving(self) -> Bools:
        """Whether each target makes duties: not what goes against people, nor what was only inferred."""
        revealed = np.array([row.revealed is True for row in self.index.targets.rows], dtype=bool)
        return (self.index.for_people >= 0) & ~revealed

    @cached_property
    def owned(self) -> frozenset[str]:
        """The outcomes that some agency has a duty for."""
        measures = np.unique(self.index.targets.measure[self.giving]).tolist()
        return frozenset(outcome for measure in measures for outcome in self.captured.get(measure, ()))

    @cached_property
    def weight(self) -> dict[Duty, float]:
        """Every duty in order, with the weight of the heaviest target behind it."""
        return {duty: self._weight[duty] for duty in self.behind}

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
