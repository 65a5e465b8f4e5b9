"""Duties and sets of METHOD 6, subset by subset: slow, simple, sharing no code with the library beyond the tables.

The words, and every kind of conflict, are in `tests/oracles`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

from alignment.models import DIMENSIONS, System
from alignment.models.options.aligned_set import Options
from tests.oracles import inconsistent, opposed, spillover
from tests.oracles.wanted import Wanted
from tests.oracles.words import Words


class Oracle(Words):
    """One system, and what is asked of its sets."""

    def __init__(self, system: System, tolerance: float = 0.2, options: Options | None = None) -> None:
        if options is None:
            super().__init__(system, tolerance)
        else:
            super().__init__(weighed(system, options), tolerance, options.steps, options.decay)

    @cached_property
    def conflicts(self) -> list[Wanted]:
        """The conflicts that count as residual."""
        return [each for kind in (opposed, inconsistent, spillover) for each in kind.wanted(self)]

    # Duties and sets

    def captured(self, name: str, theta: float) -> set[str]:
        own = self.measures[name].outcome
        found = {own} if own else set[str]()
        return found | {row.outcome for row in self.system.captures if row.measure == name and row.validity >= theta}

    def duties(self, options: Options) -> dict[tuple[str, str, str | None], float]:
        found: dict[tuple[str, str, str | None], float] = {}
        for row in self.targets.values():
            for outcome, agency in product(self.captured(row.measure, options.theta), {row.agency, row.deliverer}):
                duty = agency, outcome, self.population(row) if options.breadth == "population" else None
                found[duty] = max(found.get(duty, 0.0), self.weight(row))
        return found

    def readable(self, name: str, agency: str) -> bool:
        tier = next(row.tier for row in self.system.agencies if row.id == agency)
        at = self.measures[name].reported_at
        return at is None or tier is None or tier in at

    def serves(self, name: str, duty: tuple[str, str, str | None], options: Options) -> bool:
        agency, outcome, population = duty
        return (
            outcome in self.captured(name, options.theta)
            and self.readable(name, agency)
            and (options.breadth == "outcome" or self.measures[name].population in self.chain(population))
        )

    def counting(self) -> set[str]:
        found = {row.agency for row in self.system.targets} | {row.deliverer for row in self.system.targets}
        return found | {row.payee for row in self.system.incentives} | {row.agency for row in self.system.controls}

    def burden(self, kept: Iterable[str]) -> Fraction:
        rows = [self.measures[name] for name in kept]
        free = {row.collection for row in self.system.measures if row.statutory}
        total = sum((Fraction(1) if row.cost is None else Fraction(repr(row.cost)) for row in rows), Fraction(0))
        paid = {row.collection for row in rows} - free
        return total + sum(
            (Fraction(repr(row.cost or 0.0)) for row in self.system.collections if row.id in paid), Fraction(0)
        )

    def voices(self, kept: set[str], options: Options) -> dict[str, tuple[int, int]]:
        """For each agency with a voice: duties its own measures serve today, and still."""
        found: dict[str, tuple[int, int]] = {}
        for agency in self.counting():
            own = {row.measure for row in self.system.targets if row.agency == agency}
            today = [
                {name for name in own if self.serves(name, duty, options)}
                for duty in self.duties(options)
                if duty[0] == agency
            ]
            number = sum(bool(able) for able in today)
            if number:
                found[agency] = number, sum(bool(able & kept) for able in today)
        return found

    def loss(self, kept: set[str], options: Options) -> Fraction:
        counting = self.counting()
        power = {row.id: Fraction(repr(row.power or 1.0)) for row in self.system.agencies if row.id in counting}
        losses = [
            (1 - Fraction(after, before)) * power[agency] / max(power.values())
            for agency, (before, after) in self.voices(kept, options).items()
        ]
        return max(losses, default=Fraction(0))

    def residual(self, kept: set[str]) -> int:
        """In millionths."""
        return sum(round(round(each.severity, 6) * 1_000_000) for each in self.conflicts if set(each.measures) <= kept)

    def allowed(self, kept: set[str], options: Options) -> bool:
        """Whether a set fulfils the rows other than duties."""
        asked = set(options.keep)
        if options.keep_statutory:
            asked |= {row.id for row in self.system.measures if row.statutory}
        if not asked <= kept or kept & self.barred(options):
            return False
        if options.balance and not self._balanced(kept, options):
            return False
        share = Fraction(repr(options.voice))
        if any(Fraction(after, before) < share for before, after in self.voices(kept, options).values()):
            return False
        return options.sway is None or all(
            len({row.measure for row in self.system.targets if row.agency == agency} & kept)
            <= Fraction(repr(options.sway)) * len(kept)
            for agency in {row.agency for row in self.system.targets}
        )

    def barred(self, options: Options) -> set[str]:
        """Measures that cannot be kept."""
        able = set(self.measures) if options.candidates == "all" else set(options.candidates)
        if options.candidates == "targeted":
            able = {row.measure for row in self.system.targets}
        return (set(self.measures) - able) | set(options.drop)

    def _balanced(self, kept: set[str], options: Options) -> bool:
        tiers = {row.tier for row in self.system.agencies if row.id in self.counting() and row.tier}
        return all(self.balanced(kept, options, tier, each) for tier, each in product(tiers, DIMENSIONS))

    def balanced(self, kept: set[str], options: Options, tier: str, each: str) -> bool:
        """Whether a tier has a measure of a dimension, where one exists."""
        dimension = {row.id: row.dimension for row in self.system.outcomes}
        able = {
            name
            for name, row in self.measures.items()
            if name not in self.barred(options)
            and (row.reported_at is None or tier in row.reported_at)
            and any(dimension[outcome] == each for outcome in self.captured(name, options.theta))
        }
        return not able or bool(able & kept)

    def best(self, options: Options) -> tuple[Any, ...] | None:
        """Stage values and the set, by trying every subset; None when no subset is allowed."""
        found = [
            self.key(set(kept), options)
            for number in range(len(self.measures) + 1)
            for kept in combinations(sorted(self.measures), number)
            if self.allowed(set(kept), options)
        ]
        return min(found, default=None)

    def key(self, kept: set[str], options: Options) -> tuple[Any, ...]:
        """Stage values, size and the set itself: the smallest is the best."""
        gaps = sum(
            round(weight * 1_000_000)
            for duty, weight in self.duties(options).items()
            if not any(self.serves(name, duty, options) for name in kept)
        )
        change = sum(round(self.weight(row) * 1_000_000) for row in self.targets.values() if row.measure not in kept)
        conflict, burden = self.residual(kept), self.burden(kept)
        middle: tuple[Any, ...] = (conflict, burden) if options.order == "conflict-first" else (burden, conflict)
        if options.price is not None:
            middle = (burden + Fraction(repr(options.price)) * Fraction(conflict, 1_000_000),)
        return gaps, *middle, self.loss(kept, options), change, len(kept), tuple(sorted(kept))


def weighed(system: System, options: Options) -> System:
    """The system in which weights and power are as asked for."""
    tables: dict[str, Any] = {name: getattr(system, name) for name in System.model_fields}
    tables["targets"] = [
        {
            **row.model_dump(),
            "weight": max(
                1e-6,
                round(
                    (1.0 if row.weight is None else row.weight)
                    * options.weights.get(row.agency, 1.0)
                    * options.weights.get(row.id or "", 1.0),
                    6,
                ),
            ),
        }
        for row in system.targets
    ]
    tables["agencies"] = [
        {**row.model_dump(), "power": options.power.get(row.id, row.power)} for row in system.agencies
    ]
    return System.model_validate(tables)
