"""A covering problem made smaller: rows that others imply, columns that others can stand in for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Bools, Floats, Ints

from .problem import Covering

WORK: Final = 2e7
"""Products of numbers that a look for dominance may need: beyond, it costs more than it gives."""

ROUNDS: Final = 4


@dataclass(frozen=True, eq=False)
class Reduced:
    """A smaller problem whose best sets are best sets of a larger one.

    Attributes
    ----------
    covering
        The smaller problem.
    larger
        The larger one.
    kept
        The larger one's number of each column.
    stand_in
        For each column of the larger one, the column of the smaller one that does at least as well.
    """

    covering: Covering
    larger: Covering
    kept: Ints
    stand_in: Ints

    def lift(self, chosen: Bools) -> Bools:
        """A set of the smaller problem in columns of the larger one."""
        found = np.zeros(self.larger.columns, dtype=bool)
        found[self.kept[chosen]] = True
        return found

    def lower(self, chosen: Bools) -> Bools:
        """A set of the larger problem as one of the smaller, that costs no more."""
        found = np.zeros(self.covering.columns, dtype=bool)
        found[self.stand_in[chosen]] = True
        return found


def reduced(covering: Covering) -> Reduced:
    """A covering problem without rows and columns that do not matter.

    A row goes when the columns of another are all among its own. A column goes when another serves its rows at no
    higher cost and with no higher penalty beside any third; not where further rows speak of columns.

    Parameters
    ----------
    covering
        The problem.
    """
    kept = np.arange(covering.columns)
    stand_in = kept.copy()
    small = covering
    for _ in range(ROUNDS):
        rows = _needed_rows(small.matrix)
        small = replace(small, matrix=small.matrix[rows])
        others = np.arange(small.columns) if small.also.shape[0] else _stand_ins(small)
        stay = np.flatnonzero(others == np.arange(small.columns))
        if len(stay) == small.columns:
            break
        place = np.cumsum(others == np.arange(small.columns)) - 1
        stand_in, kept = place[others[stand_in]], kept[stay]
        small = _with_columns(small, stay, place)
    return Reduced(small, covering, kept, stand_in)


def _with_columns(covering: Covering, stay: Ints, place: Ints) -> Covering:
    mark = np.zeros(covering.columns, dtype=bool)
    mark[stay] = True
    pairs = mark[covering.pairs].all(axis=1)
    return replace(
        covering,
        matrix=covering.matrix[:, stay],
        costs=covering.costs[stay],
        pairs=place[covering.pairs[pairs]],
        penalties=covering.penalties[pairs],
        whole=covering.whole[stay],
    )


def _needed_rows(matrix: Any) -> Ints:
    """Rows that no other implies; of equal ones the first."""
    inner = _inner(matrix.T.tocsr())
    if inner is None:
        return np.arange(int(matrix.shape[0]))
    one, two = inner  # the columns of `one` are all in `two`
    return np.setdiff1d(np.arange(int(matrix.shape[0])), _beaten(one, two))


def _beaten(better: Ints, worse: Ints) -> Ints:
    """Of pairs (better, worse) the worse; where both are as good as each other, the later."""
    known = set(zip(better.tolist(), worse.tolist(), strict=True))
    found = [two for one, two in known if (two, one) not in known or one < two]
    return np.unique(np.array(found, dtype=np.int64))


def _inner(matrix: Any) -> tuple[Ints, Ints] | None:
    """Pairs of different columns of a matrix where the first is in the second; nothing where that is much work."""
    lengths = np.diff(matrix.indptr).astype(float)
    if (lengths**2).sum() > WORK:
        return None
    sizes = np.asarray(matrix.sum(axis=0)).ravel()
    shared = (matrix.T @ matrix).tocoo()
    inside = (shared.data == sizes[shared.row]) & (shared.row != shared.col)
    return shared.row[inside].astype(np.int64), shared.col[inside].astype(np.int64)


def _stand_ins(covering: Covering) -> Ints:
    """For each column the one that can always take its place: mostly itself."""
    found = np.arange(covering.columns)
    inner = _inner(covering.matrix.tocsr())
    if inner is None:
        return found
    worse, better = inner
    cheap = covering.costs[better] <= covering.costs[worse]
    table = penalty_table(covering)
    fine = [_no_dearer(table, one, two) for one, two in zip(better[cheap], worse[cheap], strict=True)]
    better, worse = better[cheap][fine], worse[cheap][fine]
    beaten = _beaten(better, worse)
    for one, two in zip(better.tolist(), worse.tolist(), strict=True):
        if two in beaten and one not in beaten:
            found[two] = one
    return found


def _no_dearer(table: Any, better: int, worse: int) -> bool:
    """Whether a column has no higher penalty than another beside any third."""
    mine = slice(table.indptr[better], table.indptr[better + 1])
    if mine.start == mine.stop:
        return True
    theirs = slice(table.indptr[worse], table.indptr[worse + 1])
    known = dict(zip(table.indices[theirs].tolist(), table.data[theirs].tolist(), strict=True))
    return all(
        column == worse or number <= known.get(column, 0.0)
        for column, number in zip(table.indices[mine].tolist(), table.data[mine].tolist(), strict=True)
    )


def penalty_table(covering: Covering, numbers: Floats | None = None) -> Any:
    """Penalties, or other numbers of pairs, columns x columns, both ways round."""
    one, two = covering.pairs[:, 0], covering.pairs[:, 1]
    data = covering.penalties if numbers is None else numbers
    shape = (covering.columns, covering.columns)
    both = (np.concatenate([one, two]), np.concatenate([two, one]))
    return sparse.csr_array((np.concatenate([data, data]).astype(float), both), shape=shape)
