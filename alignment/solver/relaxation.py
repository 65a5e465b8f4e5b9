"""A linear programme that is solved over and over with a little changed, each time from where the last one ended.

Of what HiGHS says only the numbers of the rows are used: the value of a solve is what they prove (weak duality), and a
contradiction is one by adding up (Farkas). Where its word or its values do not fit, it is not sure: a lie makes a
search longer, never its answer wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from alignment.index import Floats, Ints
from alignment.linear import Linear

from .check import LOOSE, contradicts, holds, least_of, pulled
from .clock import Clock
from .highs import bulk, relaxed, simplex

NO_LIMIT: Final = 2**31 - 1

NEAR: Final = 1e-9
"""By how much more than the cutoff is asked for; in parts of it and 1."""


@dataclass(frozen=True)
class Cut:
    """A row to be added: its columns, their numbers, and its bounds."""

    columns: Sequence[int]
    numbers: Sequence[float]
    least: float
    most: float


class Relaxation:
    """A linear programme in HiGHS, with a warm start from one solve to the next.

    Parameters
    ----------
    linear
        The programme; which columns are whole is not looked at. None is an empty one.
    clock
        How long there is.
    """

    def __init__(self, linear: Linear | None, clock: Clock) -> None:
        import highspy

        self._clock = clock
        self._model = simplex()
        self._known = highspy.HighsModelStatus
        self._linear = EMPTY if linear is None else relaxed(linear)
        self._cutoff = np.inf
        if linear is not None:
            self._model.passModel(bulk(linear, whole=False))
        self.values: Floats = np.zeros(self.columns)
        self.reduced: Floats = np.zeros(self.columns)
        self.sure = False
        self.solves = 0

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self._linear.columns

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self._linear.rows.shape[0])

    def solve(self, iterations: int = NO_LIMIT) -> float:
        """The least value; infinite where there is none, some bound of it where it is above the cutoff.

        `sure` says whether it came to an end and the value is proved; otherwise it is a guess.
        """
        model, known = self._model, self._known
        model.setOptionValue("simplex_iteration_limit", iterations)
        model.setOptionValue("time_limit", model.getRunTime() + max(0.01, self._clock.left))
        model.run()
        self.solves += 1
        status = model.getModelStatus()
        if status == known.kInfeasible:
            self.sure = self._contradicts()
            return np.inf
        if status not in (known.kOptimal, known.kObjectiveBound):
            self.sure = False
            return float(model.getInfo().objective_function_value)
        found = model.getSolution()
        duals = np.array(found.row_dual, dtype=float)
        value = least_of(self._linear, duals)
        if status == known.kObjectiveBound:
            self.sure = value >= self._cutoff
            return value
        values, said = np.array(found.col_value, dtype=float), float(model.getInfo().objective_function_value)
        self.sure = said - value <= LOOSE * (1 + abs(said)) and holds(self._linear, values)
        if self.sure:
            self.values, self.reduced = values, self._linear.costs - pulled(self._linear.rows, duals)
        return value

    def _contradicts(self) -> bool:
        _, there, ray = self._model.getDualRay()
        return bool(there) and contradicts(self._linear, np.array(ray, dtype=float))

    def twin(self) -> Relaxation:
        """The same programme once more, for another thread."""
        twin = Relaxation(None, self._clock)
        twin._model.passModel(self._model.getLp())
        twin._linear, twin.values = relaxed(self._linear), self.values
        twin.restore(self.basis())
        return twin

    def forget(self) -> None:
        """Start the next solve from nothing."""
        self._model.clearSolver()

    def cutoff(self, value: float) -> None:
        """Solves may end when they are above this."""
        self._cutoff = value
        # A little more is asked for than is needed, so that rounding does not spoil the proof.
        self._model.setOptionValue("objective_bound", float(value + NEAR * (1 + abs(value))))

    def bound(self, low: NDArray[Any], high: NDArray[Any]) -> None:
        """Set the bounds of the first columns."""
        size = len(low)
        self._linear.lower[:size], self._linear.upper[:size] = low, high
        self._model.changeColsBounds(size, np.arange(size, dtype=np.int32), low.astype(float), high.astype(float))

    def bound_one(self, column: int, low: float, high: float) -> None:
        """Set the bounds of one column."""
        self._linear.lower[column], self._linear.upper[column] = low, high
        self._model.changeColBounds(column, low, high)

    def add_column(self, cost: float) -> int:
        """A further column from 0 to 1, in no row yet."""
        self._model.addCol(float(cost), 0.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
        self._linear = _with_column(self._linear, float(cost))
        self.values = np.append(self.values, 0.0)
        return self.columns - 1

    def add_rows(self, cuts: Sequence[Cut]) -> None:
        """Further rows."""
        if not cuts:
            return
        lengths = [len(cut.columns) for cut in cuts]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
        columns = np.concatenate([np.asarray(cut.columns) for cut in cuts]).astype(np.int32)
        numbers = np.concatenate([np.asarray(cut.numbers) for cut in cuts]).astype(float)
        least, most = (np.array([getattr(cut, name) for cut in cuts], dtype=float) for name in ("least", "most"))
        self._model.addRows(len(cuts), least, most, len(columns), starts, columns, numbers)
        ends = np.append(starts, len(columns))
        new = sparse.csr_array((numbers, columns, ends), shape=(len(cuts), self.columns))
        self._linear = replace(
            self._linear,
            rows=sparse.vstack([self._linear.rows, new]).tocsr(),
            least=np.append(self._linear.least, least),
            most=np.append(self._linear.most, most),
        )

    def drop_slack(self, first: int) -> Ints:
        """Take out the rows from some place on that do not bind; which they were, counted from there."""
        duals = np.array(self._model.getSolution().row_dual)[first:]
        slack = np.flatnonzero(np.abs(duals) < 1e-9)
        if len(slack):
            self._model.deleteRows(len(slack), (slack + first).astype(np.int32))
            kept = np.delete(np.arange(self.rows), slack + first)
            rows, least, most = self._linear.rows[kept], self._linear.least[kept], self._linear.most[kept]
            self._linear = replace(self._linear, rows=rows, least=least, most=most)
        return slack

    def basis(self) -> Any:
        """Where the last solve ended."""
        return self._model.getBasis(), self.columns, self.rows

    def restore(self, basis: Any) -> None:
        """Begin the next solve at a basis, which may know fewer rows and columns than there are now."""
        self._model.setBasis(self._grown(*basis))

    def _grown(self, basis: Any, columns: int, rows: int) -> Any:
        import highspy

        columns, rows = self.columns - columns, self.rows - rows
        if not columns and not rows:
            return basis
        grown = highspy.HighsBasis()
        grown.col_status = [*basis.col_status, *[highspy.HighsBasisStatus.kLower] * columns]
        grown.row_status = [*basis.row_status, *[highspy.HighsBasisStatus.kBasic] * rows]
        grown.valid = True
        return grown


def _with_column(linear: Linear, cost: float) -> Linear:
    rows: Any = linear.rows
    return replace(
        linear,
        costs=np.append(linear.costs, cost),
        rows=sparse.csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], linear.columns + 1)),
        lower=np.append(linear.lower, 0.0),
        upper=np.append(linear.upper, 1.0),
        whole=np.append(linear.whole, False),
    )


EMPTY: Final = Linear(
    costs=np.zeros(0),
    rows=sparse.csr_array((0, 0)),
    least=np.zeros(0),
    most=np.zeros(0),
    lower=np.zeros(0),
    upper=np.zeros(0),
    whole=np.zeros(0, dtype=bool),
)
