"""The lightest choice that hits every one of some sets: a covering problem, each connected part by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from alignment.linear import Linear
from alignment.solver import Clock, minimise

Set = tuple[int, ...]

STRAY: Final = 0.1
"""How far a bound may be off beyond the gap that was asked for; two choices differ by 1 or not at all."""


class Hitting:
    """The lightest choices, each part worked out once.

    Parameters
    ----------
    weights
        What each element weighs; whole, above 0.
    clock
        How long there is.
    """

    def __init__(self, weights: Sequence[int], clock: Clock) -> None:
        self._weights, self._clock = weights, clock
        self._known: dict[tuple[tuple[Set, ...], tuple[Set, ...]], Set | None] = {}

    def lightest(self, sets: Sequence[Set], barred: Sequence[Set] = ()) -> Set | None:
        """The lightest elements that hit all sets; None where time ran out, or there are none.

        Parameters
        ----------
        sets
            What is to be hit.
        barred
            Choices that may not be made again, nor anything that holds them.
        """
        found: list[int] = []
        for part, closed in _parts(sets, barred):
            if (part, closed) not in self._known:
                self._known[part, closed] = self._part(part, closed)
            choice = self._known[part, closed]
            if choice is None:
                return None
            found += choice
        return tuple(sorted(found))

    def _part(self, sets: tuple[Set, ...], barred: tuple[Set, ...]) -> Set | None:
        if len(sets) == 1 and not barred:
            return (min(sets[0], key=lambda each: (self._weights[each], each)),)
        names = sorted({each for one in (*sets, *barred) for each in one})
        largest = math.gcd(*(self._weights[name] for name in names))
        # Of weights in millionths a rounding error in its bound can make HiGHS take a heavier choice for the lightest.
        for unit in dict.fromkeys((1, largest)):
            weights = {name: self._weights[name] // unit for name in names}
            outcome = minimise(_covering(names, sets, barred, weights), self._clock, gap=0.5)
            if outcome.stopped != "finished" or outcome.values is None:
                return None
            found = tuple(name for name, value in zip(names, outcome.values, strict=True) if value > 0.5)
            if sum(weights[name] for name in found) - outcome.bound < 0.5 + STRAY:
                return found
        return None


def _covering(names: Sequence[int], sets: Sequence[Set], barred: Sequence[Set], weights: Mapping[int, int]) -> Linear:
    place: Mapping[int, int] = {name: at for at, name in enumerate(names)}
    rows = [[place[each] for each in one] for one in (*sets, *barred)]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([each for row in rows for each in row], dtype=np.int64)
    matrix = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), len(names)))
    return Linear(
        costs=np.array([weights[name] for name in names], dtype=float),
        rows=matrix,
        least=np.array([1.0] * len(sets) + [-np.inf] * len(barred)),
        most=np.array([np.inf] * len(sets) + [len(one) - 1.0 for one in barred]),
        lower=np.zeros(len(names)),
        upper=np.ones(len(names)),
        whole=np.ones(len(names), dtype=bool),
    )


def _parts(sets: Sequence[Set], barred: Sequence[Set]) -> list[tuple[tuple[Set, ...], tuple[Set, ...]]]:
    """The sets and barred choices that have to do with each other."""
    home: dict[int, int] = {}

    def root(each: int) -> int:
        while home.setdefault(each, each) != each:
            home[each] = home[home[each]]
            each = home[each]
        return each

    for one in (*sets, *barred):
        for each in one[1:]:
            home[root(each)] = root(one[0])
    found: dict[int, tuple[list[Set], list[Set]]] = {}
    for kind, group in enumerate((sets, barred)):
        for one in group:
            found.setdefault(root(one[0]), ([], []))[kind].append(one)
    return [(tuple(sorted(hit)), tuple(sorted(closed))) for hit, closed in found.values()]
