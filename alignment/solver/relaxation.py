"""A linear programme that is solved over and over with a little changed, each time from where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alignment.index import Floats, Ints
from alignment.linear import Linear

from .clock import Clock
from .highs import bulk, simplex

NO_LIMIT: Final = 2**31 - 1


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
        self.columns = self.rows = 0
        if linear is not None:
            self._model.passModel(bulk(linear, whole=False))
            self.columns, self.rows = linear.columns, int(linear.rows.shape[0])
        self.values: Floats = np.zeros(self.columns)
        self.reduced: Floats = np.zeros(self.columns)
        self.sure = False
        self.solves = 0

    def solve(self, iterations: int = NO_LIMIT) -> float:
        """The least value; infinite where there is none below the cutoff. `sure` says whether it came to an end."""
        model, known = self._model, self._known
        model.setOptionValue("simplex_iteration_limit", iterations)
        model.setOptionValue("time_limit", model.getRunTime() + max(0.01, self._clock.left))
        model.run()
        self.solves += 1
        status = model.getModelStatus()
        self.sure = status in (known.kOptimal, known.kInfeasible, known.kObjectiveBound)
        if self.sure and status != known.kOptimal:
            return np.inf
        if self.sure:
            found = model.getSolution()
            self.values, self.reduced = np.array(found.col_value), np.array(found.col_dual)
        return float(model.getInfo().objective_function_value)

    def twin(self) -> Relaxation:
        """The same programme once more, for another thread."""
        twin = Relaxation(None, self._clock)
        twin._model.passModel(self._model.getLp())
        twin.columns, twin.rows, twin.values = self.columns, self.rows, self.values
        twin.restore(self.basis())
        return twin

    def forget(self) -> None:
        """Start the next solve from nothing."""
        self._model.clearSolver()

    def cutoff(self, value: float) -> None:
        """Solves may end when they are above this."""
        self._model.setOptionValue("objective_bound", float(value))

    def bound(self, low: NDArray[Any], high: NDArray[Any]) -> None:
        """Set the bounds of the first columns."""
        size = len(low)
        self._model.changeColsBounds(size, np.arange(size, dtype=np.int32), low.astype(float), high.astype(float))

    def bound_one(self, column: int, low: float, high: float) -> None:
        """Set the bounds of one column."""
        self._model.changeColBounds(column, low, high)

    def add_column(self, cost: float) -> int:
        """A further column from 0 to 1, in no row yet."""
        self._model.addCol(float(cost), 0.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
        self.columns += 1
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
        self.rows += len(cuts)

    def drop_slack(self, first: int) -> Ints:
        """Take out the rows from some place on that do not bind; which they were, counted from there."""
        duals = np.array(self._model.getSolution().row_dual)[first:]
        slack = np.flatnonzero(np.abs(duals) < 1e-9)
        if len(slack):
            self._model.deleteRows(len(slack), (slack + first).astype(np.int32))
            self.rows -= len(slack)
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
