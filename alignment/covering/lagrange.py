r"""A bound for coverings that are too large for a linear programme, by paying for rows and pairs.

With a price :math:`\lambda_r \ge 0` for each row and :math:`0 \le \mu_{ij} \le p_{ij}` for each pair,

.. math:: L = \sum_r \lambda_r - \sum_{ij} \mu_{ij}
    + \sum_j \min\Bigl(0, \; c_j - \sum_{r \ni j} \lambda_r + \sum_i \mu_{ij}\Bigr)

is at most the cost of every cover; subgradient steps (Held, Wolfe, Crowder 1974) make it large.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from alignment.index import Floats

from .problem import Covering

ROUNDS: Final = 3_000
"""Steps at most."""

PATIENCE: Final = 15
"""Steps without a better bound after which they become half as long."""

SHORTEST: Final = 0.005
"""Steps end when they are this part of the length that would close the gap."""


@dataclass(frozen=True, eq=False)
class Priced:
    """A bound and what it rests on.

    Attributes
    ----------
    bound
        No set costs less.
    reduced
        What the bound rises by at least when a column is chosen; below 0 it falls by that where it is not.
    """

    bound: float
    reduced: Floats


def priced(covering: Covering, target: float, stop: Callable[[], bool], rounds: int = ROUNDS) -> Priced:
    """The best bound that some steps find.

    Parameters
    ----------
    covering
        The problem, without further rows; costs and penalties not below 0.
    target
        The cost of a known set.
    stop
        Whether to end now, with what there is.
    rounds
        Steps at most.
    """
    prices = _Prices(covering)
    best, length, idle = prices.worth(), 1.0, 0
    for _ in range(rounds):
        if stop() or length < SHORTEST or best.bound >= target:
            break
        prices.step(length, target)
        found = prices.worth()
        better = found.bound > best.bound + 1e-6 * abs(best.bound)
        idle = 0 if better else idle + 1
        best = found if found.bound > best.bound else best
        if idle >= PATIENCE:
            length, idle = length / 2, 0
    return best


class _Prices:
    """Prices of rows and pairs, and steps that better them."""

    def __init__(self, covering: Covering) -> None:
        self.covering = covering
        self.by_row: Any = covering.matrix.tocsr()
        self.by_column: Any = covering.matrix.T.tocsr()
        each = covering.costs / np.maximum(np.diff(self.by_column.indptr), 1)
        self.rows = np.minimum.reduceat(each[self.by_row.indices], self.by_row.indptr[:-1])
        self.pairs = np.zeros(len(covering.pairs))
        self.reduced = self._reduced()
        self.way: tuple[Floats, Floats] = (np.zeros(len(self.rows)), np.zeros(len(self.pairs)))

    def _reduced(self) -> Floats:
        reduced = self.covering.costs - self.by_column @ self.rows
        np.add.at(reduced, self.covering.pairs[:, 0], self.pairs)
        np.add.at(reduced, self.covering.pairs[:, 1], self.pairs)
        return reduced

    def worth(self) -> Priced:
        """The bound of the prices as they are."""
        bound = self.rows.sum() - self.pairs.sum() + np.minimum(self.reduced, 0).sum()
        return Priced(float(bound), self.reduced)

    def step(self, length: float, target: float) -> None:
        """Move the prices the way that the relaxed answer is wrong, and a little of the way they went before."""
        z = (self.reduced < 0).astype(float)
        one, two = self.covering.pairs[:, 0], self.covering.pairs[:, 1]
        rows, pairs = 1 - self.by_row @ z, z[one] + z[two] - 1
        # What a bound of 0 keeps from moving should not shorten the step of the others.
        rows[(self.rows <= 0) & (rows < 0)] = 0
        pairs[(self.pairs <= 0) & (pairs < 0)] = 0
        pairs[(self.pairs >= self.covering.penalties) & (pairs > 0)] = 0
        rows, pairs = rows + 0.3 * self.way[0], pairs + 0.3 * self.way[1]
        self.way = rows, pairs
        size = float(rows @ rows + pairs @ pairs)
        if size == 0:
            return
        far = length * (1.02 * target - self.worth().bound) / size
        self.rows = np.maximum(self.rows + far * rows, 0)
        self.pairs = np.clip(self.pairs + far * pairs, 0, self.covering.penalties)
        self.reduced = self._reduced()
