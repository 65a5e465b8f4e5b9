"""A proof by numbers that a programme has no point, or a bound of its objective: small, slow, and nothing on trust.

Branch and bound over a warm linear programme, where each branch ends in rows that contradict each other (Farkas).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from alignment.errors import SolverTrouble
from alignment.index import Floats
from alignment.linear import Linear

from .check import holds, least_of, rounded
from .clock import Clock
from .warm import Warm

NODES: Final = 100
"""Branches that are looked at; after them it is not known."""

SECONDS: Final = 0.5
"""The same."""

LARGE: Final = 50_000
"""Programmes with more entries are not looked at: the first linear programme alone may take too long."""

WHOLE: Final = 1e-6
"""How near to whole a value is that is not branched on."""


def emptiness(linear: Linear, clock: Clock) -> Floats | bool:
    """Whether a programme has no point.

    Parameters
    ----------
    linear
        The programme.
    clock
        How long there is; a part of it is used.

    Returns
    -------
    array or bool
        A point; True where it is proved that there is none, False where that is not known.
    """
    if linear.rows.nnz > LARGE:
        return False
    search = _Search(linear, clock.part(min(1.0, SECONDS / max(clock.left, SECONDS))))
    try:
        return search.run()
    except SolverTrouble:
        return False


def bound_of(linear: Linear, clock: Clock) -> float:
    """What the objective is at least, by the linear programme and weak duality.

    Parameters
    ----------
    linear
        The programme.
    clock
        How long there is.
    """
    warm = Warm(linear, clock)
    try:
        numbers = warm.duals if warm.solve() == "met" else np.zeros(linear.rows.shape[0])
    except SolverTrouble:
        numbers = np.zeros(linear.rows.shape[0])
    return least_of(linear, numbers)


class _Search:
    def __init__(self, linear: Linear, clock: Clock) -> None:
        self._linear = linear
        self._whole = np.flatnonzero(linear.whole)
        self._warm = Warm(linear, clock)
        self._warm.costs(np.zeros(linear.columns))

    def run(self) -> Floats | bool:
        """Go through branches, the last first, until all end in a contradiction."""
        open_ = [(self._linear.lower[self._whole], self._linear.upper[self._whole])]
        for _ in range(NODES):
            if not open_:
                return True
            low, high = open_.pop()
            self._warm.columns_to(self._whole, low, high)
            status = self._warm.solve()
            if status == "impossible" and self._warm.ray is not None:
                continue
            if status != "met":
                return False
            found = rounded(self._linear, self._warm.values)
            if holds(self._linear, found):
                return found
            parts = self._branches(low, high)
            if not parts:
                return False
            open_ += parts
        return not open_

    def _branches(self, low: Floats, high: Floats) -> list[tuple[Floats, Floats]]:
        """The two sides of the column that is farthest from whole."""
        values = self._warm.values[self._whole]
        far = np.abs(values - np.round(values))
        if not len(far) or far.max() <= WHOLE:
            return []
        at = int(far.argmax())
        below, above = high.copy(), low.copy()
        below[at], above[at] = np.floor(values[at]), np.ceil(values[at])
        return [(low, below), (above, high)]
