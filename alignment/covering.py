r"""Minimum-cost covering with pairwise penalties, as arrays: the problem behind every stage of an aligned set.

Choose columns so that every row has one, at the least cost plus the penalties of pairs that are both chosen:

.. math:: \min \; c^T z + \sum_{(i,j)} p_{ij} z_i z_j \quad \text{with} \quad A z \ge 1, \; z \in \{0, 1\}^n
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from .index import Floats, Ints
from .linear import Linear
from .solver import Clock, How, Outcome, minimise


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
    whole: np.ndarray[Any, np.dtype[np.bool_]]
    also: Any = field(default_factory=_no_rows)
    least: Floats = field(default_factory=_no_floats)
    most: Floats = field(default_factory=_no_floats)

    @property
    def columns(self) -> int:
        """How many columns there are, those of pairs not counted."""
        return len(self.costs)

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


def least_cover(
    covering: Covering,
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
    how: How = "highs",
) -> Outcome:
    """The columns that cover all rows at least cost and penalty.

    Parameters
    ----------
    covering
        The problem.
    clock
        How long there is.
    start
        Values of a known set: of the columns, then of the pairs.
    gap
        Two sets whose costs differ by less are not told apart; for whole costs a little less than 1 is exact.
    how
        Which solver.
    """
    return minimise(covering.linear(), clock, start, gap, how)
