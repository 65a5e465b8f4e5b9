"""The words of METHOD: steps, wishes, populations, periods, and what moving one measure does to another."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise, product

from alignment.models import Incentive, System, Target

Path = tuple[str, ...]
"""Measures one after the other, each with an influence on the next."""

SURE = {"strong": 0.9, "moderate": 0.7, None: 0.7, "contested": 0.5, "weak": 0.3}


class Words:
    """One system, looked at row by row."""

    def __init__(self, system: System, tolerance: float = 0.2, steps: int = 2, decay: float = 0.5) -> None:
        self.system = system
        self.tolerance = tolerance
        self.steps, self.decay = steps, decay
        self.measures = {row.id: row for row in system.measures}
        self.parents = {row.id: row.parent for row in system.populations}
        self.targets = dict(sorted((row.id or "", row) for row in system.targets))
        self.tiers = {row.id: row.tier for row in system.agencies}
        self.overlaps = {frozenset((row.measure_a, row.measure_b)): row for row in system.overlaps}
        self.direct = self._direct()
        self.effects = self._effects()

    # Measures and targets

    def step(self, name: str) -> float:
        row = self.measures[name]
        if row.step:
            return row.step
        if row.floor is not None and row.ceiling is not None and row.ceiling > row.floor:
            return (row.ceiling - row.floor) / 20
        return abs(row.baseline) / 20 if row.baseline else 1.0

    def good(self, name: str) -> int:
        return {"higher": 1, "lower": -1}.get(self.measures[name].direction or "", 0)

    def wish(self, row: Target) -> int:
        now = self.measures[row.measure].baseline
        if row.sense in ("at_least", "increase"):
            return 1
        if row.sense in ("at_most", "decrease"):
            return -1
        assert row.value is not None
        assert row.upper is not None
        if now is None or row.value <= now <= row.upper:
            return 0
        return 1 if now < row.value else -1

    def weight(self, *rows: Target) -> float:
        return math.prod(1.0 if row.weight is None else row.weight for row in rows) ** (1 / len(rows))

    def accepted(self, row: Target) -> tuple[float, float] | None:
        """The acceptable set; None where it is not known."""
        now, value = self.measures[row.measure].baseline, row.value
        if row.sense == "between":
            assert value is not None
            assert row.upper is not None
            return value, row.upper
        if row.sense in ("increase", "decrease"):
            if now is None or value is None:
                return None
            value = now + value if row.sense == "increase" else now - value
        assert value is not None
        return (value, math.inf) if row.sense in ("at_least", "increase") else (-math.inf, value)

    def level(self, row: Target) -> float | None:
        """The level that a target wishes; None where it is not known, or where it is to be held in a band."""
        ends, wish = self.accepted(row), self.wish(row)
        return None if ends is None or not wish else ends[0 if wish > 0 else 1]

    def side(self, measure: str, wish: int) -> list[str]:
        """The targets on a measure that wish it one way."""
        return [key for key, row in self.targets.items() if (row.measure, self.wish(row)) == (measure, wish)]

    def sides(self) -> Iterator[tuple[str, int, list[str]]]:
        """Every measure and wish that somebody has, with the targets."""
        for measure in sorted(self.measures):
            for wish in (1, -1, 0):
                if targets := self.side(measure, wish):
                    yield measure, wish, targets

    def heaviest(self, targets: list[str]) -> str:
        """The heaviest target, the first by key of equals."""
        return min(targets, key=lambda key: (-self.weight(self.targets[key]), key))

    def agencies(self, targets: list[str]) -> frozenset[str]:
        return frozenset(self.targets[key].agency for key in targets)

    def deliverers(self, targets: list[str]) -> frozenset[str]:
        return frozenset(self.targets[key].deliverer for key in targets)

    # Scope

    def population(self, row: Target) -> str | None:
        return row.population or self.measures[row.measure].population

    def chain(self, name: str | None) -> list[str | None]:
        return [None] if name is None else [name, *self.chain(self.parents[name])]

    def narrower(self, one: Target, two: Target) -> tuple[bool, str | None]:
        """Whether the populations of two targets are nested, and the narrower."""
        a, b = self.population(one), self.population(two)
        if b in self.chain(a):
            return True, a
        return a in self.chain(b), b

    def days(self, row: Target | Incentive) -> tuple[dt.date, dt.date]:
        def day(text: str | None, year_end: str, otherwise: dt.date) -> dt.date:
            if not text:
                return otherwise
            return dt.date.fromisoformat(text if len(text) == 10 else f"{text}-{year_end}")

        return day(row.start, "01-01", dt.date.min), day(row.due, "12-31", dt.date.max)

    def overlap(self, one: Target | Incentive, two: Target) -> bool:
        (a, b), (c, d) = self.days(one), self.days(two)
        return a <= d and c <= b

    def shares(self, measure: str) -> dict[str, float]:
        """Who controls how much of a measure; empty where nobody says."""
        return {row.agency: row.share for row in self.system.controls if row.measure == measure}

    # Effects

    def complementary(self, one: str, two: str) -> bool:
        """Whether two measures are declared two sides of one thing, so that no effect is read between them."""
        row = self.overlaps.get(frozenset((one, two)))
        return row is not None and row.kind == "complementary"

    def _direct(self) -> dict[tuple[str, str], list[tuple[float, str | None]]]:
        """The influences of each pair of measures that count: steps per step, and certainty."""
        found: dict[tuple[str, str], list[tuple[float, str | None]]] = defaultdict(list)
        for row in self.system.influences:
            if not self.complementary(row.source_measure, row.target_measure):
                size = row.effect if row.effect is not None else (row.strength or 0) / 3
                found[row.source_measure, row.target_measure].append((size, row.certainty))
        return found

    def _effects(self) -> dict[tuple[str, str], float]:
        """N for walks of at most so many influences; a walk may pass through a pair that has no effect itself."""
        direct = {pair: sum(size for size, _ in rows) for pair, rows in self.direct.items()}
        net, walks = dict(direct), dict(direct)
        for further in range(1, self.steps):
            longer: dict[tuple[str, str], float] = defaultdict(float)
            for (a, b), (c, d) in product(walks, direct):
                if b == c:
                    longer[a, d] += walks[a, b] * direct[c, d]
            walks = longer
            for cell, size in walks.items():
                net[cell] = net.get(cell, 0.0) + self.decay**further * size
        return {cell: size for cell, size in net.items() if not self.complementary(*cell)}

    def effect(self, one: str, two: str) -> float:
        """The net effect of one measure on another."""
        return round(self.effects.get((one, two), 0.0), 12)

    @cached_property
    def walks(self) -> list[Path]:
        """Every walk of at most so many influences."""
        found: list[Path] = []
        walks: list[Path] = sorted(self.direct)
        for _ in range(self.steps):
            found += walks
            walks = [(*walk, after) for walk in walks for before, after in sorted(self.direct) if before == walk[-1]]
        return found

    @cached_property
    def walks_between(self) -> dict[tuple[str, str], list[Path]]:
        """The walks from one measure to another."""
        found: dict[tuple[str, str], list[Path]] = defaultdict(list)
        for walk in self.walks:
            found[walk[0], walk[-1]].append(walk)
        return found

    def path(self, one: str, two: str) -> Path:
        """The strongest walk that pushes as the net effect does: the shorter, then the first by id, of equals."""

        def strength(walk: Path) -> float:
            return math.prod(sum(size for size, _ in self.direct[link]) for link in pairwise(walk))

        effect = self.effect(one, two)
        able = [walk for walk in self.walks_between[one, two] if strength(walk) * effect > 0]
        return min(able, key=lambda walk: (-round(abs(strength(walk)), 12), len(walk), walk))

    def confidence(self, path: Path) -> float:
        """That of the weakest influence along a walk."""
        return min(SURE[certainty] for link in pairwise(path) for _, certainty in self.direct[link])

    def mixed(self, one: str, two: str) -> float | None:
        """The share of the larger sign, each influence a walk of its own; None where all have one sign."""
        sums = {1: 0.0, -1: 0.0}
        for walk in self.walks_between[one, two]:
            for rows in product(*(self.direct[link] for link in pairwise(walk))):
                size = math.prod(size for size, _ in rows) * self.decay ** (len(rows) - 1)
                sums[1 if size > 0 else -1] += abs(size)
        return max(sums.values()) / sum(sums.values()) if all(sums.values()) else None
