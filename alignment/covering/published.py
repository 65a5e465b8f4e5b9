"""Set covering as others publish it: a matrix, costs, and penalties of pairs; the same code that `propose` runs."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from scipy import sparse

from alignment.errors import InputError, OptionError
from alignment.index import Bools, Floats
from alignment.models.answers.answer import DataAnswer, Document, Frames
from alignment.models.faults import Fault
from alignment.models.numbers import count
from alignment.models.options.covering import CoverOptions
from alignment.options.asked import asked_of
from alignment.options.verb import hash_of, record_of
from alignment.solver import Clock, How, Outcome, Stopped

from .first import first_set
from .least import least_cover
from .problem import Covering

if TYPE_CHECKING:
    import pandas as pd

UNITS: Final = (1, 10, 100, 1_000)
"""What costs are multiplied by until they are whole: then proofs are exact."""

NEARLY: Final = 1 - 1e-6
"""Two whole costs that differ by less than 1 are the same."""

FINE: Final = 1e-6
"""Costs that are not whole are told apart from this on, as a part of the largest."""


class CoverDocument(Document):
    """A cover as plain data; columns are counted from 1, as files count them."""

    rows: int
    """How many rows there are. Unit: rows."""
    columns: int
    """How many columns there are to choose from. Unit: columns."""
    penalised_pairs: int
    """How many pairs of columns have a penalty. Unit: pairs."""
    cost: float
    """The costs of the chosen columns and the penalties of the pairs among them."""
    bound: float
    """No cover costs less."""
    gap: float
    """The part of the cost that is not proven. No unit, 0 to 1."""
    proven: bool
    """Whether no cover is cheaper."""
    stopped: Stopped
    """Why the search ended."""
    chosen: tuple[int, ...]
    """The chosen columns, counted from 1."""


@dataclass(frozen=True, eq=False, repr=False)
class Cover(DataAnswer):
    """A set of columns that serves every row, and how sure it is that none is cheaper.

    Attributes
    ----------
    columns
        The chosen columns, counted from 0, in order.
    cost
        Their costs and the penalties of the pairs among them.
    bound
        No cover costs less; the cost itself where that is proven.
    proven
        Whether no cover is cheaper.
    stopped
        Why the search ended.
    costs
        The costs of the chosen columns, in their order.
    size
        How many rows and columns there are, and how many pairs have a penalty.
    seconds
        How long it took, by the clock; two covers that differ in nothing else are equal.
    """

    columns: tuple[int, ...]
    cost: float
    bound: float
    proven: bool
    stopped: Stopped
    costs: tuple[float, ...] = ()
    size: tuple[int, int, int] = (0, 0, 0)
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float:
        """The part of the cost that is not proven, 0 to 1."""
        return (self.cost - self.bound) / self.cost if self.cost > self.bound else 0.0

    @property
    def frames(self) -> Frames:
        """Tables by name: ``columns``."""
        return {"columns": self._columns}

    def _columns(self) -> pd.DataFrame:
        """A row for each chosen column: ``column``, counted from 1, and ``cost``."""
        import pandas as pd

        return pd.DataFrame({"column": [column + 1 for column in self.columns], "cost": list(self.costs)})

    def document(self) -> CoverDocument:
        """The cover as plain data, without the time: the same file gives the same document."""
        rows, columns, pairs = self.size
        return CoverDocument(
            record=self.record,
            rows=rows,
            columns=columns,
            penalised_pairs=pairs,
            cost=self.cost,
            bound=self.bound,
            gap=self.gap,
            proven=self.proven,
            stopped=self.stopped,
            chosen=tuple(column + 1 for column in self.columns),
        )

    def _title(self) -> str:
        sure = "proven" if self.proven else "not proven"
        return f"{count(len(self.columns), 'column', 'columns')} at a cost of {self.cost:.12g}, {sure}"

    def _lines(self, width: int) -> Iterator[str]:
        rows, columns, pairs = self.size
        sure = "proven: no cover costs less" if self.proven else f"not proven: a gap of {self.gap:.1%}"
        said = count(pairs, "penalised pair", "penalised pairs")
        yield ", ".join([count(rows, "row", "rows"), count(columns, "column", "columns"), said])
        yield f"cost     {self.cost:.12g}"
        yield f"bound    {self.bound:.12g}, {sure}"
        yield f"seconds  {self.seconds:.2f}"
        yield f"columns  {len(self.columns)}: {' '.join(str(column + 1) for column in self.columns)}"


def cover(
    matrix: Any,
    costs: Any,
    penalties: Iterable[tuple[int, int, float]] = (),
    *,
    time_limit: float = 60.0,
    solver: How = "race",
) -> Cover:
    r"""The cheapest set of columns that serves every row, penalties of pairs included.

    .. math:: \min \; c^T z + \sum_{(i,j)} p_{ij} z_i z_j \quad \text{with} \quad A z \ge 1, \; z \in \{0, 1\}^n

    Parameters
    ----------
    matrix
        Rows x columns, sparse or dense; whatever is not 0 says that the column serves the row.
    costs
        Cost of each column, not below 0.
    penalties
        Pairs of columns, counted from 0, with what is paid where both are chosen, not below 0. A pair that is there
        twice is paid twice.
    time_limit
        Unit: seconds.
    solver
        "highs", "cbc", or "race": both at once. With "highs" and "race" branch and bound of our own searches beside
        them. The cost that is proven is the same; of several sets at that cost they may find different ones.

    Returns
    -------
    Cover
        The best set found, proven or with a bound. Ctrl-C ends the search early.

    Raises
    ------
    InputError
        Everything that is wrong with the arrays, such as a row that no column serves.
    OptionError
        The time limit or the solver is none.
    SolverTrouble
        The solver failed.

    Examples
    --------
    Two columns serve all three rows; with a penalty on them both the dear one is better:

    >>> import alignment as al
    >>> matrix = [[1, 0, 1], [1, 1, 1], [0, 1, 1]]
    >>> al.cover(matrix, [2, 2, 5])
    <Cover: 2 columns at a cost of 4, proven>
    >>> al.cover(matrix, [2, 2, 5], [(0, 1, 3)]).columns
    (2,)
    """
    asked = asked_of(CoverOptions, {"time_limit": time_limit, "solver": solver})
    began = time.monotonic()
    covering = covering_of(matrix, costs, penalties)
    unit, gap = _unit(covering)
    clock = Clock(asked.time_limit)
    try:
        outcome = least_cover(_scaled(covering, unit), clock, None, gap, asked.solver)
    except KeyboardInterrupt:  # before anybody had begun to search
        clock.interrupt()
        outcome = Outcome(None, 0.0, infeasible=False, stopped="interrupted")
    found = _told(covering, outcome, unit, gap, time.monotonic() - began)
    return found.recorded(record_of("cover", _hash(covering), asked, found.stopped))


def _hash(covering: Covering) -> str:
    """The hash of what is to be covered, and of what it costs."""
    rows = covering.matrix.tocsr()
    arrays = (rows.indptr, rows.indices, covering.costs, covering.pairs, covering.penalties)
    return hash_of(*(array.tolist() for array in arrays))


def covering_of(matrix: Any, costs: Any, penalties: Iterable[tuple[int, int, float]]) -> Covering:
    """Arrays as a covering problem.

    Raises
    ------
    InputError
        Everything that is wrong with them.
    """
    rows = _matrix(matrix)
    prices = np.asarray(costs, dtype=float).ravel()
    table = _table(penalties)
    faults = [*_cost_faults(rows, prices), *_penalty_faults(rows.shape[1], table), *_row_faults(rows)]
    if faults:
        raise InputError(faults)
    pairs = np.sort(table[:, :2].astype(np.int64), axis=1)
    each, place = np.unique(pairs, axis=0, return_inverse=True)
    paid: Floats = np.bincount(place.ravel(), weights=table[:, 2], minlength=len(each)).astype(float)
    return Covering(rows, prices, each[paid > 0], paid[paid > 0], np.ones(len(prices), dtype=bool))


def _matrix(matrix: Any) -> Any:
    given: Any = matrix if sparse.issparse(matrix) else np.atleast_2d(np.asarray(matrix))
    found: Any = sparse.csr_array(given)
    found.sum_duplicates()
    found.eliminate_zeros()
    return sparse.csr_array((np.ones(found.nnz), found.indices, found.indptr), shape=found.shape)


def _table(penalties: Iterable[tuple[int, int, float]]) -> Floats:
    rows = cast("Any", penalties)
    return np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), dtype=float).reshape(-1, 3)


def _cost_faults(rows: Any, costs: Floats) -> Iterator[Fault]:
    if len(costs) != rows.shape[1]:
        what = f"there are {len(costs)} costs, and the matrix has {rows.shape[1]} columns"
        yield Fault(table="costs", what=what, remedy="Give every column its cost")
    for at in np.flatnonzero(~(np.isfinite(costs) & (costs >= 0))).tolist():
        yield Fault(table="costs", index=at, what=f"is {costs[at]:g}", remedy="Costs are numbers not below 0")


def _penalty_faults(columns: int, table: Floats) -> Iterator[Fault]:
    pairs, paid = table[:, :2], table[:, 2]
    known = (pairs == np.floor(pairs)) & (pairs >= 0) & (pairs < columns)
    for at in np.flatnonzero(~known.all(axis=1)).tolist():
        what = f"pairs {pairs[at, 0]:g} and {pairs[at, 1]:g}"
        yield Fault(table="penalties", index=at, what=what, remedy=f"Columns are 0 to {columns - 1}")
    for at in np.flatnonzero(pairs[:, 0] == pairs[:, 1]).tolist():
        yield Fault(table="penalties", index=at, what="pairs a column with itself", remedy="Add it to its cost")
    for at in np.flatnonzero(~(np.isfinite(paid) & (paid >= 0))).tolist():
        yield Fault(table="penalties", index=at, what=f"is {paid[at]:g}", remedy="Penalties are numbers not below 0")


def _row_faults(rows: Any) -> Iterator[Fault]:
    for at in np.flatnonzero(np.diff(rows.indptr) == 0).tolist():
        yield Fault(table="rows", index=at, what="no column serves it", remedy="Leave the row out, or add a column")


def _unit(covering: Covering) -> tuple[int, float]:
    """What costs are multiplied by, and from where on they are told apart then."""
    numbers = np.concatenate([covering.costs, covering.penalties])
    for unit in UNITS:
        if (np.abs(numbers * unit - np.round(numbers * unit)) < 1e-9).all() and numbers.sum() * unit < 2**50:
            return unit, NEARLY
    return 1, FINE * float(numbers.max(initial=0.0))


def _scaled(covering: Covering, unit: int) -> Covering:
    costs, penalties = np.round(covering.costs * unit), np.round(covering.penalties * unit)
    if unit == 1:
        costs, penalties = covering.costs, covering.penalties
    return Covering(covering.matrix, costs, covering.pairs, penalties, covering.whole)


def _told(covering: Covering, outcome: Outcome, unit: int, gap: float, seconds: float) -> Cover:
    """An outcome in whole columns, its cost worked out anew."""
    chosen = _chosen(covering, outcome)
    cost = covering.cost(chosen)
    bound = max(0.0, outcome.bound)
    proven = outcome.stopped == "finished" or cost * unit - bound <= gap
    if gap == NEARLY and math.isfinite(bound):
        bound = math.ceil(bound - 1e-6)
    least = cost if proven else min(cost, bound / unit)
    columns = tuple(np.flatnonzero(chosen).tolist())
    stopped = "finished" if proven else outcome.stopped
    size = (*covering.matrix.shape, len(covering.pairs))
    costs = tuple(float(covering.costs[at]) for at in columns)
    return Cover(columns, cost, least, proven, stopped, costs, size, seconds)


def _chosen(covering: Covering, outcome: Outcome) -> Bools:
    if outcome.values is None:
        return first_set(covering, lambda: True)
    return np.asarray(outcome.values[: covering.columns]) > 0.5


def overlap_penalties(matrix: Any, costs: Any, allowed: int) -> list[tuple[int, int, int]]:
    r"""Penalties of pairs of columns that overlap, as for set covering with conflicts.

    For columns i and j with :math:`o = |S_i \cap S_j|` rows in common the penalty is
    :math:`\max(o - K, 0)` times :math:`\max(1, \mathrm{round} \max_j c_j / |S_j|)`.

    Parameters
    ----------
    matrix
        Rows x columns, sparse or dense.
    costs
        Cost of each column.
    allowed
        K, how many rows two columns may share for nothing, not below 0.

    Returns
    -------
    list of tuple
        Two columns, counted from 0, and their penalty.

    Raises
    ------
    OptionError
        K is below 0.

    References
    ----------
    F. Carrabs, R. Cerulli, R. Mansini, L. Moreschini and D. Serra (2024), "Solving the set covering problem with
    conflicts on sets: a new parallel GRASP", Computers & Operations Research.

    Examples
    --------
    >>> import alignment as al
    >>> al.overlap_penalties([[1, 1], [1, 1], [1, 0]], [3, 5], 1)
    [(0, 1, 3)]
    """
    if allowed < 0:
        raise OptionError(f"K is {allowed}: two columns cannot share fewer than 0 rows.")
    rows = _matrix(matrix)
    sizes = np.diff(rows.T.tocsr().indptr)
    each = np.asarray(costs, dtype=float)[sizes > 0] / sizes[sizes > 0]
    coefficient = max(1, math.floor(float(each.max(initial=0.0)) + 0.5))
    shared = cast("Any", sparse.triu(rows.T @ rows, k=1)).tocoo()
    over = shared.data > allowed
    paid = (coefficient * (shared.data[over] - allowed)).astype(np.int64)
    found = zip(shared.row[over].tolist(), shared.col[over].tolist(), paid.tolist(), strict=True)
    return sorted(found)
