"""A good first set: greedy, then a walk that drops columns and mends what opens; rows that keep opening weigh more.

The walk is the row weighting local search for set covering of Gao, Yao, Weise and Li (2015), with costs, and with the
penalties beside the columns that are chosen, as the price of a column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from alignment.index import Bools, Ints

from .problem import Covering
from .reduce import penalty_table

STEPS: Final = 3_000
"""Rounds of the walk."""

WORK: Final = 2e7
"""Entries that the walk may touch: fewer rounds where columns are long."""

TINY: Final = 1e-9


def first_set(
    covering: Covering, stop: Callable[[], bool], start: Bools | None = None, steps: int = STEPS, work: float = WORK
) -> Bools:
    """A good set, the same every time unless it is stopped.

    Parameters
    ----------
    covering
        The problem, every row with a column. Further rows are not looked at.
    stop
        Whether to end now, with what there is.
    start
        A set to begin from; none is the greedy one.
    steps
        Rounds of the walk.
    work
        Entries that it may touch.
    """
    walk = _Walk(covering)
    walk.begin(start)
    for step in range(steps):
        if stop() or walk.work > work:
            break
        walk.round(step)
    walk.keep()
    return walk.best


class _Walk:
    """A set that changes: how often each row is served, and what each column would give and cost."""

    def __init__(self, covering: Covering) -> None:
        self.rows = covering.matrix.tocsr()
        self.columns = covering.matrix.T.tocsr()
        self.penalties = penalty_table(covering)
        number, size = covering.matrix.shape
        self.chosen = np.zeros(size, dtype=bool)
        self.served = np.zeros(number, dtype=np.int64)
        self.servants = np.zeros(number, dtype=np.int64)
        """The sum of the columns that serve a row: where there is one, that one."""
        self.weights = np.ones(number)
        self.price = covering.costs.astype(float)
        self.score = self.columns @ self.weights
        """Of a chosen column the weight of the rows that only it serves; of another, that of the rows nobody serves."""
        self.total = 0.0
        self.least = np.inf
        self.best = np.ones(size, dtype=bool)
        self.moved = np.zeros(size, dtype=np.int64)
        self.work = 0.0
        self.dice = np.random.default_rng(0)

    def begin(self, start: Bools | None) -> None:
        """The set to begin from; the greedy one mends what is open."""
        for column in [] if start is None else np.flatnonzero(start).tolist():
            self.add(column)
        while (self.served == 0).any():
            self.add(int(np.where(self.chosen, -1.0, self.score / (self.price + TINY)).argmax()))

    def keep(self) -> None:
        """Remember the set if it is the best so far."""
        if self.total < self.least - TINY and self.served.all():
            self.least, self.best = self.total, self.chosen.copy()

    def round(self, step: int) -> None:
        """Drop until something opens, drop one more, and mend."""
        while self.served.all():
            self.keep()
            if not self.chosen.any():
                return
            self._drop(self._least_useful(np.flatnonzero(self.chosen)), step)
        chosen = np.flatnonzero(self.chosen & (self.moved < step))
        if len(chosen):
            self._drop(self._least_useful(chosen), step)
        self._mend(step)

    def _least_useful(self, columns: Ints) -> int:
        worth = self.score[columns] / (self.price[columns] + TINY)
        equal = columns[worth <= worth.min() + TINY]
        return int(equal[self.moved[equal].argmin()])

    def _drop(self, column: int, step: int) -> None:
        self.drop(column)
        self.moved[column] = step

    def _mend(self, step: int) -> None:
        """Serve open rows, as long as the set stays cheaper than the best."""
        while len(open_rows := np.flatnonzero(self.served == 0)):
            columns = self._of_row(open_rows[self.dice.integers(len(open_rows))])
            columns = columns[self.moved[columns] < step]
            if not len(columns):
                return
            worth = self.score[columns] / (self.price[columns] + TINY)
            equal = columns[worth >= worth.max() - TINY]
            column = int(equal[self.moved[equal].argmin()])
            if self.total + self.price[column] >= self.least - TINY:
                self._weigh(open_rows)
                return
            self.add(column)
            self.moved[column] = step
            self._weigh(np.flatnonzero(self.served == 0))

    def _weigh(self, rows: Ints) -> None:
        self.weights[rows] += 1
        for row in rows.tolist():
            self.score[self._of_row(row)] += 1

    def _of_row(self, row: int) -> Ints:
        return self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]

    def _of_column(self, column: int) -> Ints:
        rows = self.columns.indices[self.columns.indptr[column] : self.columns.indptr[column + 1]]
        self.work += len(rows) + 50
        return rows

    def add(self, column: int) -> None:
        """Choose a column."""
        rows = self._of_column(column)
        opened, once = rows[self.served[rows] == 0], rows[self.served[rows] == 1]
        for row in opened.tolist():
            columns = self._of_row(row)
            self.work += len(columns)
            self.score[columns] -= self.weights[row]
        np.subtract.at(self.score, self.servants[once], self.weights[once])
        self.score[column] = self.weights[opened].sum()
        self.total += self.price[column]
        self._change(column, rows, 1)

    def drop(self, column: int) -> None:
        """Leave a column out."""
        rows = self._of_column(column)
        self._change(column, rows, -1)
        self.total -= self.price[column]
        opened, once = rows[self.served[rows] == 0], rows[self.served[rows] == 1]
        for row in opened.tolist():
            columns = self._of_row(row)
            self.work += len(columns)
            self.score[columns] += self.weights[row]
        np.add.at(self.score, self.servants[once], self.weights[once])
        self.score[column] = self.weights[opened].sum()

    def _change(self, column: int, rows: Ints, way: int) -> None:
        self.chosen[column] = way > 0
        self.served[rows] += way
        self.servants[rows] += way * column
        span = slice(self.penalties.indptr[column], self.penalties.indptr[column + 1])
        self.price[self.penalties.indices[span]] += way * self.penalties.data[span]
