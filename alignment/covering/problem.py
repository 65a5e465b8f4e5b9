r"""Minimum-cost covering with pairwise penalties, as arrays: the problem behind every stage of an aligned set.

Choose columns so that every row has one, at the least cost plus the penalties of pairs that are both chosen:

.. math:: \min \; c^T z + \sum_{(i,j)} p_{ij} z_i z_j \quad \text{with} \quad A z \ge 1, \; z \in \{0, 1\}^n
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Bools, Floats, Ints
from alignment.linear import Linear

AIR: Final = 1e-9
"""How far a sum may be off."""


def _no_rows() -> Any:
    return sparse.csr_array((0, 0))


def _no_floats() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Covering:
    """A covering problem with penalties, and further rows where they are needed.

    Attributes
    ----------
    matrix
        Which columns serve which rows, sparse (rows x columns), 0 or 1.
    costs
        Cost of each column.
    pairs
        Penalised pairs of columns (pairs x 2).
    penalties
        What is paid where both of a pair are chosen; not below 0.
    whole
        Which columns are 0 or 1; the others lie between and follow from them.
    also
        Further rows, sparse, over the columns and then a column for each pair that is 1 where both are chosen.
    least, most
        Bounds of the further rows; infinite is none.
    """

    matrix: Any
    costs: Floats
    pairs: Ints
    penalties: Floats
    whole: Bools
    also: Any = field(default_factory=_no_rows)
    least: Floats = field(default_factory=_no_floats)
    most: Floats = field(default_factory=_no_floats)

    def __post_init__(self) -> None:
        """An empty list of pairs has pairs for entries, too."""
        object.__setattr__(self, "pairs", np.asarray(self.pairs, dtype=np.int64).reshape(-1, 2))

    @property
    def columns(self) -> int:
        """How many columns there are, those of pairs not counted."""
        return len(self.costs)

    def cost(self, chosen: Bools) -> float:
        """Cost and penalties of the chosen columns."""
        both = chosen[self.pairs[:, 0]] & chosen[self.pairs[:, 1]]
        return float(self.costs[chosen].sum() + self.penalties[both].sum())

    def values(self, chosen: Bools) -> Floats:
        """A value for each column and then each pair."""
        both = chosen[self.pairs[:, 0]] & chosen[self.pairs[:, 1]]
        return np.concatenate([chosen, both]).astype(float)

    def holds(self, chosen: Bools) -> bool:
        """Whether every row and every further row is fulfilled."""
        if (self.matrix @ chosen.astype(float) < 0.5).any():
            return False
        if not self.also.shape[0]:
            return True
        sums = self.also @ self.values(chosen)
        return bool((sums >= self.least - AIR).all() and (sums <= self.most + AIR).all())

    def linear(self) -> Linear:
        """The problem as a linear programme: columns, then one for each pair, at least the sum of both less 1."""
        size, number = self.columns, len(self.pairs)
        both = _pair_rows(self.pairs, size)
        wide = sparse.hstack([self.matrix, sparse.csr_array((self.matrix.shape[0], number))])
        parts = [wide, both, *([self.also] if self.also.shape[0] else [])]
        free = np.full(number, -np.inf)
        return Linear(
            costs=np.concatenate([self.costs, self.penalties]),
            rows=sparse.vstack(parts).tocsr(),
            least=np.concatenate([np.ones(self.matrix.shape[0]), free, self.least]),
            most=np.concatenate([np.full(self.matrix.shape[0], np.inf), np.ones(number), self.most]),
            lower=np.zeros(size + number),
            upper=np.ones(size + number),
            whole=np.concatenate([self.whole, np.zeros(number, dtype=bool)]),
        )


def _pair_rows(pairs: Ints, size: int) -> Any:
    """A row for each pair: one + other - both."""
    number = len(pairs)
    rows = np.repeat(np.arange(number), 3)
    columns = np.column_stack([pairs, size + np.arange(number)]).ravel() if number else np.zeros(0, dtype=np.int64)
    return sparse.csr_array((np.tile([1.0, 1.0, -1.0], number), (rows, columns)), shape=(number, size + number))
