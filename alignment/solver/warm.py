"""A linear programme whose bounds change from one solve to the next, with the reason where it cannot be met.

What HiGHS says is held against the rows each time: values by adding up, the least value by weak duality, a
contradiction by its numbers (`check`). What does not hold is solved again from nothing, then by CBC.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np

from alignment.errors import SolverTrouble
from alignment.index import Floats, Ints
from alignment.linear import Linear

from .cbc import Cbc
from .check import LOOSE, contradicts, holds, least_of, objective
from .clock import Clock
from .highs import bulk, relaxed, simplex
from .rivals import race

STRAY: Final = 1e-8
"""By how much, in parts of a bound and 1, a row worked out anew may miss it before it is solved from nothing."""

Status = Literal["met", "impossible", "unknown"]
"""Whether values were found, it is proved that there are none, or nobody knows: time ran out, or solvers disagree."""


class Warm:
    """A linear programme in HiGHS; each solve begins where the last one ended.

    Parameters
    ----------
    linear
        The programme; whole columns are not looked at.
    clock
        How long there is.

    Attributes
    ----------
    values
        The columns that have the least value, after a solve that was met.
    value, duals
        The least value then, and how much it changes per unit of each row's bound.
    ray
        After one that was impossible: a number for each row, above 0 for its lower bound and below for its upper one,
        such that the rows added up with it contradict the bounds of the columns (Farkas). None where all solvers say
        so, but no such numbers are known.
    solves
        How many solves there were.
    """

    def __init__(self, linear: Linear, clock: Clock) -> None:
        import highspy

        self._clock = clock
        self._known: Any = highspy.HighsModelStatus
        self._model = simplex(primal_feasibility_tolerance=1e-9)
        self._model.passModel(bulk(linear, whole=False))
        self._linear = relaxed(linear)
        self.columns = linear.columns
        self.values: Floats = np.zeros(linear.columns)
        self.value = 0.0
        self.duals: Floats = np.zeros(len(linear.least))
        self.ray: Floats | None = None
        self.solves = 0

    def bounds(self, least: Floats, most: Floats) -> None:
        """Set the bounds of the rows; only those that differ are handed over."""
        linear = self._linear
        changed = np.flatnonzero((least != linear.least) | (most != linear.most))
        if len(changed):
            self._model.changeRowsBounds(len(changed), changed.astype(np.int32), least[changed], most[changed])
            linear.least[:], linear.most[:] = least, most

    def costs(self, costs: Floats) -> None:
        """Set the costs of all columns."""
        self._linear.costs[:] = costs
        self._model.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), costs.astype(float))

    def columns_to(self, which: Ints, lower: Floats, upper: Floats) -> None:
        """Set the bounds of some columns."""
        self._linear.lower[which], self._linear.upper[which] = lower, upper
        self._model.changeColsBounds(len(which), which.astype(np.int32), lower.astype(float), upper.astype(float))

    @property
    def prices(self) -> Floats:
        """What a unit of each column costs once the rows' dual values are paid for: that of a bound it stands at."""
        return self._linear.costs - self._linear.rows.T @ self.duals

    def solve(self) -> Status:
        """Solve it once.

        Raises
        ------
        SolverTrouble
            HiGHS failed, and CBC too.
        """
        if self._clock.stopped != "finished":
            return "unknown"
        if not self.columns:
            # Without a column every row is 0: HiGHS has no word on that.
            return "met" if bool((self._linear.least <= 0).all() and (self._linear.most >= 0).all()) else "impossible"
        self.ray = None
        status = self._run()
        if self._stands(status, STRAY):
            return self._told(status)
        # A basis can go stale when many bounds change, and row values drift; from nothing it is a fresh programme.
        self._model.clearSolver()
        status = self._run()
        return self._told(status) if self._stands(status, LOOSE) else self._elsewhere(status)

    def _run(self) -> Any:
        self._model.setOptionValue("time_limit", self._model.getRunTime() + max(0.01, self._clock.left))
        self._model.run()
        self.solves += 1
        return self._model.getModelStatus()

    def _stands(self, status: Any, stray: float) -> bool:
        """Whether what HiGHS says holds by arithmetic; or that it knows nothing."""
        known, linear = self._known, self._linear
        if status == known.kInfeasible:
            self.ray = self._ray()
            return contradicts(linear, self.ray)
        if status != known.kOptimal:
            return self._clock.stopped != "finished"
        found = self._model.getSolution()
        self._keep(_own(found.col_value), _own(found.row_dual))
        return holds(linear, self.values, stray) and self._least_value()

    def _keep(self, values: Floats, duals: Floats) -> None:
        self.values, self.duals = values, duals
        self.value = objective(self._linear, values) if len(values) == self.columns else np.nan

    def _least_value(self) -> bool:
        """Whether no values have a smaller one (weak duality)."""
        if not self._linear.costs.any():
            return True
        size = 1 + float(np.abs(self._linear.costs) @ np.abs(self.values))
        return self.value - least_of(self._linear, self.duals) <= LOOSE * size

    def _told(self, status: Any) -> Status:
        if status == self._known.kInfeasible:
            return "impossible"
        return "met" if status == self._known.kOptimal else "unknown"

    def _elsewhere(self, status: Any) -> Status:
        """What CBC says, as HiGHS says what does not hold."""
        self.ray = None
        linear = self._linear
        try:
            other = race([(0.0, Cbc(linear, self._clock, None, 0.0))], linear, self._clock)
        except SolverTrouble as trouble:
            if status == self._known.kInfeasible:
                return "impossible"  # twice, and nobody else can be asked
            raise SolverTrouble(f"The solver stopped without an answer: {status}.") from trouble
        if other.stopped == "finished" and other.values is not None:
            self._keep(_own(other.values), _own(other.numbers or ()))
            return "met"
        if other.infeasible and status == self._known.kInfeasible:
            return "impossible"
        if self._clock.stopped == "finished":
            self._clock.doubt()
        return "unknown"

    def _ray(self) -> Floats | None:
        _, there, ray = self._model.getDualRay()
        return _own(ray) if there else None


def _own(values: Any) -> Floats:
    return np.array(values, dtype=float)
