r"""The relaxation of a covering problem with penalties, made tight where it is loose.

Of the rows :math:`y_{ij} \ge z_i + z_j - 1` only those that a solution breaks are added, and with them their columns.
Two families of rows lift the bound:

- *cliques*: for a set C of columns whose pairs are all penalised and any whole k,
  :math:`\sum_{C} y_{ij} \ge k \sum_C z_i - k(k + 1)/2`;
- *products*: a row r times a column j not in it, :math:`\sum_{i \in r} w_i \ge z_j` with :math:`w_i = y_{ij}` where the
  pair is penalised and :math:`z_i` where it is not.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Bools, Floats, Ints
from alignment.linear import Linear
from alignment.solver import Clock
from alignment.solver.relaxation import Cut, Relaxation

from .problem import Covering
from .reduce import penalty_table

BROKEN: Final = 1e-6
"""From where a row of a pair counts as broken."""

NEAR: Final = 1e-6
"""How near to 0 or 1 a value has to be to count as whole."""


class Cuts:
    """The relaxation of a covering problem, and the rows that a solution of it breaks.

    Parameters
    ----------
    covering
        The problem, all columns whole.
    clock
        How long there is.
    """

    def __init__(self, covering: Covering, clock: Clock) -> None:
        self.covering = covering
        pairs = len(covering.pairs)
        wide = bool(covering.also.shape[0] and covering.also[:, covering.columns :].nnz)
        self.relaxation = Relaxation(_without_pairs(covering, pairs if wide else 0), clock)
        self.fixed_rows = self.relaxation.rows
        self.place = np.arange(pairs) + covering.columns if wide else np.full(pairs, -1)
        """The column of each pair; -1 while it has none."""
        self.stated: Bools = np.zeros(pairs, dtype=bool)
        """The pairs whose row is there."""
        self.known: set[Any] = set()
        self.rows = covering.matrix.tocsr()
        self.ids = penalty_table(covering, np.arange(1.0, pairs + 1))
        """The number of each pair, counted from 1, columns x columns."""

    def twin(self) -> Cuts:
        """The same once more, for another thread."""
        twin = object.__new__(Cuts)
        twin.__dict__.update(self.__dict__)
        twin.relaxation = self.relaxation.twin()
        twin.place, twin.stated, twin.known = self.place.copy(), self.stated.copy(), set(self.known)
        return twin

    @property
    def z(self) -> Floats:
        """Values of the columns."""
        return self.relaxation.values[: self.covering.columns]

    @property
    def whole(self) -> bool:
        """Whether the values of all columns are whole."""
        # A solver's value may also be a little below 0 or above 1: what is not loose is whole.
        return not ((self.z > NEAR) & (self.z < 1 - NEAR)).any()

    def _y(self) -> Floats:
        return np.where(self.place >= 0, self.relaxation.values[np.maximum(self.place, 0)], 0.0)

    def _column(self, pair: int) -> int:
        if self.place[pair] < 0:
            self.place[pair] = self.relaxation.add_column(self.covering.penalties[pair])
        return int(self.place[pair])

    def state_pairs(self) -> int:
        """Add the rows of pairs that the solution breaks; how many."""
        one, two = self.covering.pairs[:, 0], self.covering.pairs[:, 1]
        z = self.z
        broken = np.flatnonzero((z[one] + z[two] - 1 - self._y() > BROKEN) & ~self.stated)
        self.stated[broken] = True
        cuts = [
            Cut((int(one[pair]), int(two[pair]), self._column(pair)), (1, 1, -1), -np.inf, 1)
            for pair in broken.tolist()
        ]
        self.relaxation.add_rows(cuts)
        return len(cuts)

    def state_products(self, least: float, most: int) -> int:
        """Add products that the solution breaks by more than `least`, the worst first; how many."""
        if not len(self.stated):
            return 0
        z = self.z
        used = np.flatnonzero(z > NEAR)
        near = self.ids[:, used].tocoo()
        pair = near.data.astype(np.int64) - 1
        instead = sparse.csr_array((z[near.row] - self._y()[pair], (near.row, near.col)), shape=near.shape)
        short = z[used][None, :] - (self.rows @ z)[:, None] + (self.rows @ instead).toarray()
        short[self.rows[:, used].toarray() > 0] = -1
        rows, columns = np.nonzero(short > least)
        worst = np.argsort(-short[rows, columns], kind="stable")[:most]
        wanted = [(int(rows[at]), int(used[columns[at]])) for at in worst]
        new = [each for each in wanted if each not in self.known]
        self.known.update(new)
        self.relaxation.add_rows([self._product(row, column) for row, column in new])
        return len(new)

    def _product(self, row: int, column: int) -> Cut:
        members = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]].tolist()
        span = slice(self.ids.indptr[column], self.ids.indptr[column + 1])
        pair = dict(zip(self.ids.indices[span].tolist(), self.ids.data[span].astype(int).tolist(), strict=True))
        columns = [self._column(pair[each] - 1) if each in pair else each for each in members]
        return Cut([*columns, column], [*[1.0] * len(columns), -1.0], 0, np.inf)

    def state_cliques(self, least: float) -> int:
        """Add cliques that the solution breaks by more than `least`, one from each column; how many."""
        if not len(self.stated):
            return 0
        used = np.flatnonzero(self.z > NEAR)
        ids = self.ids[used][:, used].toarray().astype(np.int64)
        z, y = self.z[used], np.where(ids > 0, self._y()[np.maximum(ids - 1, 0)], 0.0)
        cuts: list[Cut] = []
        for seed in range(len(used)):
            members = _clique(seed, z, y, ids > 0)
            if len(members) > 2:
                cuts += self._clique(members, used, ids, float(z[members].sum()), y, least)
        self.relaxation.add_rows(cuts)
        return len(cuts)

    def _clique(self, members: Ints, used: Ints, ids: Ints, total: float, y: Floats, least: float) -> list[Cut]:
        times = max(1, int(total))
        broken = times * total - times * (times + 1) / 2 - y[np.ix_(members, members)].sum() / 2
        name = (times, *sorted(used[members].tolist()))
        if broken <= least or name in self.known:
            return []
        self.known.add(name)
        both = [self._column(int(ids[one, two]) - 1) for one, two in combinations(members.tolist(), 2)]
        columns = [*used[members].tolist(), *both]
        numbers = [float(times)] * len(members) + [-1.0] * len(both)
        return [Cut(columns, numbers, -np.inf, times * (times + 1) / 2)]

    def forget_slack(self) -> None:
        """Take out added rows that do not bind; they come back when they are broken."""
        self.relaxation.drop_slack(self.fixed_rows)
        self.stated[:] = False
        self.known.clear()


def _clique(seed: int, z: Floats, y: Floats, near: Any) -> Ints:
    """Columns that are penalised beside each other, grown from one by what each adds to the break."""
    members, open_, gain = [seed], near[seed].copy(), z - y[seed]
    while open_.any():
        best = int(np.where(open_, gain, -np.inf).argmax())
        if gain[best] <= NEAR:
            break
        members.append(best)
        open_ &= near[best]
        gain = gain - y[best]
    return np.array(members)


def _without_pairs(covering: Covering, pairs: int) -> Linear:
    """The problem without the rows of pairs, and with the columns of pairs only where further rows speak of them."""
    wide = sparse.hstack([covering.matrix, sparse.csr_array((covering.matrix.shape[0], pairs))]).tocsr()
    rows, further = wide, covering.also.shape[0]
    if further:
        rows = sparse.vstack([wide, covering.also[:, : covering.columns + pairs]]).tocsr()
    size, number = covering.columns + pairs, covering.matrix.shape[0]
    return Linear(
        costs=np.concatenate([covering.costs, covering.penalties[:pairs]]),
        rows=rows,
        least=np.concatenate([np.ones(number), covering.least]),
        most=np.concatenate([np.full(number, np.inf), covering.most]),
        lower=np.zeros(size),
        upper=np.ones(size),
        whole=np.zeros(size, dtype=bool),
    )
