"""METHOD section 5 word by word: efforts, rows and targets as dicts, judged in fractions or by another solver."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog

from alignment.models import System
from tests.oracle import Oracle

Row = tuple[dict[tuple[str, str, int], float], float]
"""Efforts with their numbers, and the most they may add up to."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Movement:
    """What can be met in a system with ids on its targets; no code in common with the library."""

    def __init__(self, system: System, reach: float | None = None, efforts: dict[str, float] | None = None) -> None:
        self.system, self.reach = system, reach
        self.oracle = Oracle(system)
        self.measures = {row.id: row for row in system.measures}
        self.far = {row.id: self._far(row.id) for row in system.measures}
        self.shares = self._shares()
        self.columns = [(a, m, way) for m, shares in self.shares.items() for a in shares for way in (1, -1)]
        self.efforts = {row.id: row.effort for row in system.agencies if row.effort is not None}
        if efforts is not None:
            self.efforts = efforts
        self.moved = {name: self._moved(name) for name in self.measures}
        self.hard = self._hard()
        self.asked = {
            row.id or "": self._asked(row.id or "") for row in system.targets if self.oracle.now(row) is not None
        }
        self._place = {mark: at for at, mark in enumerate(self.columns)}
        self._fixed = self._lines(self.hard)
        self._wanted = {name: self._lines(rows) for name, rows in self.asked.items()}
        self._ways = np.zeros((0, len(self.columns)))

    def _shares(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for measure in self.measures:
            given = {row.agency: row.share for row in self.system.controls if row.measure == measure}
            with_target = [row for row in self.system.targets if row.measure == measure]
            wanting = {who: 1.0 for row in with_target for who in (row.agency, row.deliverer)}
            found[measure] = given or wanting
        return found

    def _far(self, measure: str) -> float:
        """The steps that an agency can push a measure: what was asked, else between floor and ceiling, else ten."""
        row = self.measures[measure]
        if self.reach is not None:
            return self.reach
        return (
            10.0 if row.floor is None or row.ceiling is None else (row.ceiling - row.floor) / self.oracle.step(measure)
        )

    def _moved(self, name: str) -> dict[tuple[str, str, int], float]:
        """D of a measure."""
        found: dict[tuple[str, str, int], float] = {}
        for a, m, way in self.columns:
            effect = (1.0 if m == name else 0.0) + self.oracle.effects.get((m, name), 0.0)
            if effect:
                found[a, m, way] = way * self.shares[m][a] * effect
        return found

    def _between(self, line: dict[tuple[str, str, int], float], low: float, high: float) -> list[Row]:
        rows: list[Row] = [] if math.isinf(high) else [(line, high)]
        if not math.isinf(low):
            rows.append(({mark: -number for mark, number in line.items()}, -low))
        return rows

    def _hard(self) -> list[Row]:
        rows: list[Row] = []
        for name, row in self.measures.items():
            every = [row.baseline, *(self.oracle.now(each) for each in self.system.targets if each.measure == name)]
            step = self.oracle.step(name)
            for level in [each for each in every if each is not None]:
                low = -math.inf if row.floor is None else (row.floor - level) / step
                high = math.inf if row.ceiling is None else (row.ceiling - level) / step
                rows += self._between(self.moved[name], low, high)
        for row in self.system.resources:
            low = -math.inf if row.floor is None else row.floor - (row.in_use or 0.0)
            high = math.inf if row.capacity is None else row.capacity - (row.in_use or 0.0)
            rows += self._between(self._drawn(row.id), low, high)
        for agency, most in self.efforts.items():
            rows.append(({mark: 1.0 for mark in self.columns if mark[0] == agency}, most))
        return rows

    def _drawn(self, resource: str) -> dict[tuple[str, str, int], float]:
        line: dict[tuple[str, str, int], float] = {}
        for name in self.measures:
            told = [
                (row.per_step or 0.0) * (1 if row.moving == "up" else -1)
                for row in self.system.draws
                if (row.measure, row.resource) == (name, resource) and row.per_step is not None
            ]
            for mark, number in self.moved[name].items():
                line[mark] = line.get(mark, 0.0) + number * (sum(told) / len(told) if told else 0.0)
        return line

    def _asked(self, target: str) -> list[Row]:
        row = next(each for each in self.system.targets if each.id == target)
        base, step = self.oracle.now(row), self.oracle.step(row.measure)
        assert base is not None
        low, high = -math.inf, math.inf
        if row.sense in ("increase", "decrease"):
            size = 1.0 if row.value is None else row.value / step
            low, high = (size, math.inf) if row.sense == "increase" else (-math.inf, -size)
        elif row.sense == "hold":
            margin, good = (row.value or 0.0) / step, self.oracle.good(row.measure)
            low, high = (-math.inf if good < 0 else -margin), (math.inf if good > 0 else margin)
        else:
            assert row.value is not None
            if row.sense in ("at_least", "between"):
                low = (row.value - base) / step
            if row.sense in ("at_most", "between"):
                top = row.upper if row.sense == "between" else row.value
                assert top is not None
                high = (top - base) / step
        return self._between(self.moved[row.measure], low, high)

    # Judged by another solver

    def met(self, targets: Iterable[str], given: dict[str, float] | None = None) -> bool:
        """Whether some targets can all be met, some within the steps given."""
        parts = [self._fixed]
        for each in targets:
            lines, most = self._wanted[each]
            parts.append((lines, most + (given or {}).get(each, 0.0)))
        matrix, most = np.vstack([lines for lines, _ in parts]), np.concatenate([most for _, most in parts])
        if (self._ways @ matrix.T <= most + 1e-9).all(axis=1).any():
            return True
        if not self.columns:
            return bool((most >= -1e-7).all())
        done: Any = linprog(
            np.zeros(len(self.columns)), matrix, most + 1e-7, bounds=[(0, self.far[m]) for _, m, _ in self.columns]
        )
        if done.status == 0:
            self._ways = np.vstack([self._ways, done.x])
        return done.status == 0

    def _lines(self, rows: Sequence[Row]) -> tuple[Numbers, Numbers]:
        """Rows as a matrix, and the most each may be."""
        matrix = np.zeros((len(rows), len(self.columns)))
        for at, (line, _) in enumerate(rows):
            for mark, number in line.items():
                matrix[at, self._place[mark]] = number
        return matrix, np.array([most for _, most in rows])

    def minimal(self) -> set[frozenset[str]]:
        """Every minimal set that cannot be met, by trying all."""
        found: set[frozenset[str]] = set()
        if self.met(self.asked):
            return found
        for size in range(1, len(self.asked) + 1):
            for some in combinations(sorted(self.asked), size):
                if not any(each <= set(some) for each in found) and not self.met(some):
                    found.add(frozenset(some))
        return found

    def repairs(self, sets: set[frozenset[str]]) -> tuple[float, set[frozenset[str]]]:
        """The least weight that hits all sets, and every choice that has it."""
        weight = {row.id or "": 1.0 if row.weight is None else row.weight for row in self.system.targets}
        names = sorted({each for one in sets for each in one})
        best = [
            (sum(round(weight[each] * 1_000_000) for each in some), frozenset(some))
            for size in range(len(names) + 1)
            for some in combinations(names, size)
            if all(one & set(some) for one in sets)
        ]
        least = min(total for total, _ in best)
        return least / 1_000_000, {some for total, some in best if total == least}

    # Judged in fractions

    def met_exactly(self, targets: Iterable[str]) -> bool:
        """The same, without any rounding."""
        rows = [*self.hard, *(row for each in targets for row in self.asked[each])]
        rows += [({mark: 1.0}, self.far[mark[1]]) for mark in self.columns]
        place = {mark: at for at, mark in enumerate(self.columns)}
        lines = [[Fraction(0)] * len(place) for _ in rows]
        for line, (numbers, _) in zip(lines, rows, strict=True):
            for mark, number in numbers.items():
                line[place[mark]] += Fraction(number).limit_denominator(10**6)
        return feasible(lines, [Fraction(most).limit_denominator(10**6) for _, most in rows])


def feasible(lines: Sequence[Sequence[Fraction]], most: Sequence[Fraction]) -> bool:
    """Whether some x >= 0 has lines @ x <= most: the dual simplex from the slack basis, Bland's rule, in fractions."""
    table = [[*line, bound] for line, bound in zip(lines, most, strict=True)]
    basis = [-1 - at for at in range(len(table))]
    names = list(range(len(lines[0]) if lines else 0))
    while True:
        bad = [at for at, row in enumerate(table) if row[-1] < 0]
        if not bad:
            return True
        # The smallest name leaves and enters: no basis comes twice.
        at = min(bad, key=lambda each: basis[each])
        able = [column for column in range(len(names)) if table[at][column] < 0]
        if not able:
            return False
        column = min(able, key=lambda each: names[each])
        _pivot(table, at, column)
        basis[at], names[column] = names[column], basis[at]


def _pivot(table: list[list[Fraction]], at: int, column: int) -> None:
    pivot = table[at][column]
    own = [each / pivot for each in table[at]]
    own[column] = 1 / pivot
    for other, row in enumerate(table):
        if other != at and row[column]:
            number = row[column]
            table[other] = [
                -number * own[place] if place == column else each - number * own[place]
                for place, each in enumerate(row)
            ]
    table[at] = own
