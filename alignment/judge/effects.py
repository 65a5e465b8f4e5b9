r"""Net effects again, from the rows of influences alone.

.. math:: N = \sum_{k=1}^{K} \delta^{k-1} E^k

with E the sum of the rows, effect if given, else strength/3.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.models.system import System

DIGITS: Final = 12
"""A net effect is a number of so many decimals; what is left of walks that cancel is none."""

LAST: Final = 1e-15
"""Where all walks count, those that do less end the sum."""

LONGEST: Final = 100_000
"""No longer walk is looked at."""


def net_of(system: System, steps: int, decay: float) -> tuple[Mapping[str, int], Any]:
    """The place of each measure, and what a step of one does to another (sparse, steps per step).

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all.
    decay
        What each further influence of a walk is multiplied by.
    """
    place = {name: at for at, name in enumerate(sorted(row.id for row in system.measures))}
    size = len(place)
    apart = two_sides(system)
    rows = [row for row in system.influences if (row.source_measure, row.target_measure) not in apart]
    numbers = [row.effect if row.effect is not None else (row.strength or 0.0) / 3 for row in rows]
    ends = [[place[row.source_measure], place[row.target_measure]] for row in rows]
    where = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    direct = sparse.csr_array(sparse.coo_array((np.array(numbers, dtype=float), (where[0], where[1])), (size, size)))
    net = walks = direct
    for _ in range(1, steps or LONGEST):
        walks = sparse.csr_array(decay * (walks @ direct))
        if not walks.nnz or abs(walks).max() < LAST:
            break
        net = sparse.csr_array(net + walks)
    net.data = np.round(net.data, DIGITS)
    where = net.tocoo()
    names = list(place)
    for at, (one, two) in enumerate(zip(*(each.tolist() for each in where.coords), strict=True)):
        if (names[one], names[two]) in apart:
            where.data[at] = 0.0
    net = sparse.csr_array(where)
    net.eliminate_zeros()
    return place, net


def two_sides(system: System) -> frozenset[tuple[str, str]]:
    """Measures that are two sides of one thing, either way round: no effect is read between them."""
    pairs = {(row.measure_a, row.measure_b) for row in system.overlaps if row.kind == "complementary"}
    return frozenset(pairs | {(two, one) for one, two in pairs})


class Walks:
    """The strongest walk from one measure to another that pushes one way, and how long it takes.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all. Unit: influences.
    """

    def __init__(self, system: System, steps: int) -> None:
        apart = two_sides(system)
        self._steps = steps or 2 * len(system.measures)
        self._open = steps == 0
        self._size: dict[str, dict[str, float]] = {}
        self._years: dict[tuple[str, str], float] = {}
        for row in system.influences:
            link = row.source_measure, row.target_measure
            if link in apart:
                continue
            number = row.effect if row.effect is not None else (row.strength or 0.0) / 3
            mine = self._size.setdefault(link[0], {})
            mine[link[1]] = mine.get(link[1], 0.0) + number
            self._years[link] = max(self._years.get(link, 0.0), row.lag_years or 0.0)
        self._found: dict[str, dict[tuple[str, int], tuple[str, ...]]] = {}

    def years(self, one: str, two: str, sign: int) -> float | None:
        """The years along the strongest walk of a sign; nothing where there is none."""
        if one not in self._found:
            self._found[one] = self._from(one)
        walk = self._found[one].get((two, sign))
        return None if walk is None else sum(self._years[link] for link in pairwise(walk))

    def _from(self, start: str) -> dict[tuple[str, int], tuple[str, ...]]:
        best: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
        reached = {(start, 1): (1.0, (start,))}
        for _ in range(self._steps):
            further: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
            for (name, sign), (size, walk) in reached.items():
                for other, number in self._size.get(name, {}).items():
                    if number:
                        end, way = (other, sign if number > 0 else -sign), (size * abs(number), (*walk, other))
                        if end not in further or _before(way, further[end]):
                            further[end] = way
            longer = {end: way for end, way in further.items() if end not in best or _stronger(way, best[end])}
            best.update(longer)
            reached = longer if self._open else further
            if not reached:
                break
        return {end: walk for end, (_, walk) in best.items()}


def _stronger(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    return round(one[0], DIGITS) > round(two[0], DIGITS)


def _before(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    """Whether a walk is stronger than another of as many influences, or as strong and earlier by id."""
    return (-round(one[0], DIGITS), one[1]) < (-round(two[0], DIGITS), two[1])
