"""A linear programme whose bounds change from one solve to the next, with the reason where it cannot be met."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np

from alignment.errors import SolverTrouble
from alignment.index import Floats, Ints
from alignment.linear import Linear

from .clock import Clock
from .highs import bulk, simplex

STRAY: Final = 1e-8
"""By how much, in parts of a bound and 1, a row worked out anew may miss it."""

Status = Literal["met", "impossible", "unknown"]
"""Whether values were found, it is proved that there are none, or time ran out."""


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
    ray
        After one that was impossible: a number for each row, above 0 for its lower bound and below for its upper one,
        such that the rows added up with it contradict the bounds of the columns (Farkas).
    solves
        How many solves there were.
    """

    def __init__(self, linear: Linear, clock: Clock) -> None:
        import highspy

        self._clock = clock
        self._known: Any = highspy.HighsModelStatus
        self._model = simplex(primal_feasibility_tolerance=1e-9)
        self._model.passModel(bulk(linear, whole=False))
        self._rows = linear.rows
        self._least: Floats = np.array(linear.least, dtype=float)
        self._most: Floats = np.array(linear.most, dtype=float)
        self.columns = linear.columns
        self.values: Floats = np.zeros(linear.columns)
        self.ray: Floats | None = None
        self.solves = 0

    def bounds(self, least: Floats, most: Floats) -> None:
        """Set the bounds of the rows; only those that differ are handed over."""
        changed = np.flatnonzero((least != self._least) | (most != self._most))
        if len(changed):
            self._model.changeRowsBounds(len(changed), changed.astype(np.int32), least[changed], most[changed])
            self._least, self._most = least.copy(), most.copy()

    def costs(self, costs: Floats) -> None:
        """Set the costs of all columns."""
        self._model.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), costs.astype(float))

    def columns_to(self, which: Ints, lower: Floats, upper: Floats) -> None:
        """Set the bounds of some columns."""
        self._model.changeColsBounds(len(which), which.astype(np.int32), lower.astype(float), upper.astype(float))

    def solve(self) -> Status:
        """Solve it once.

        Raises
        ------
        SolverTrouble
            HiGHS failed.
        """
        if self._clock.stopped != "finished":
            return "unknown"
        if not self.columns:
            # Without a column every row is 0: HiGHS has no word on that.
            return "met" if bool((self._least <= 0).all() and (self._most >= 0).all()) else "impossible"
        model, known = self._model, self._known
        status = self._run()
        if status not in (known.kOptimal, known.kInfeasible, known.kTimeLimit):
            # A basis can go stale when many bounds change; from nothing it is a fresh programme.
            model.clearSolver()
            status = self._run()
        if status in (known.kTimeLimit, known.kNotset):
            return "unknown"  # also where it refuses numbers so far apart that they mean nothing to it
        if status == known.kInfeasible:
            self.ray = self._ray()
            return "impossible"
        if status != known.kOptimal:
            raise SolverTrouble(f"The solver stopped without an answer: {status}.")
        self._keep()
        if self._strays():
            # Its own row values drift over many warm solves, by more than it says.
            model.clearSolver()
            if self._run() == known.kOptimal:
                self._keep()
        return "met"

    @property
    def value(self) -> float:
        """The least value, after a solve that was met."""
        return float(self._model.getInfo().objective_function_value)

    @property
    def duals(self) -> Floats:
        """How much the value changes per unit of each row's bound, after a solve that was met."""
        return np.array(self._model.getSolution().row_dual, dtype=float)

    def _keep(self) -> None:
        self.values = np.array(self._model.getSolution().col_value, dtype=float)

    def _strays(self) -> bool:
        movement = self._rows @ self.values
        below = self._least - movement > STRAY * (1 + np.abs(self._least))
        above = movement - self._most > STRAY * (1 + np.abs(self._most))
        return bool(below.any() or above.any())

    def _run(self) -> Any:
        self._model.setOptionValue("time_limit", self._model.getRunTime() + max(0.01, self._clock.left))
        self._model.run()
        self.solves += 1
        return self._model.getModelStatus()

    def _ray(self) -> Floats | None:
        _, there, ray = self._model.getDualRay()
        return np.array(ray, dtype=float) if there else None
