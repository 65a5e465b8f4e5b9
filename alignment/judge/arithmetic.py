r"""A linear programme whose solver is not believed: what it says is worked out again, by arithmetic alone.

Of the least :math:`c x` with :math:`A x \le b` and :math:`l \le x \le u`, any point within the rows shows that it is no
more, and any multipliers :math:`y \ge 0` that it is no less than

.. math:: - b y + \sum_j \min_{l_j \le x_j \le u_j} (c + A^T y)_j \, x_j .

So point and multipliers may come from anywhere, and what is told of them holds. Whether rows can all be kept is told by
the least by which the worst of them is missed: multipliers that hold it above 0 are a contradiction (Farkas).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

ROUNDING: Final = 4e-16
"""What a sum of floats may be off by, in parts of its terms."""

FINE: Final = 1e-10
"""How far HiGHS may stray from a row or a price: as little as it lets one ask for."""


@dataclass(frozen=True, eq=False)
class Programme:
    """The least ``costs @ x`` with ``rows @ x <= most`` and ``lower <= x <= upper``, all columns bounded.

    Attributes
    ----------
    costs
        Cost of each column.
    rows
        A sparse matrix (rows x columns).
    most
        What each row may be at most.
    lower, upper
        Bounds of the columns.
    """

    costs: Floats
    rows: Any
    most: Floats
    lower: Floats
    upper: Floats

    def miss(self, point: Floats) -> float:
        """By how much a point misses the row that it misses most; 0 where it keeps to all."""
        return float((self.rows @ point - self.most).max(initial=0.0))

    def bound(self, multipliers: Floats) -> float:
        """What no point within the rows costs less than, given a number from 0 for each row; rounding taken off."""
        reduced = self.costs + self.rows.T @ multipliers
        found = float(np.minimum(reduced * self.lower, reduced * self.upper).sum() - self.most @ multipliers)
        far = np.maximum(np.abs(self.lower), np.abs(self.upper))
        terms = (np.abs(self.costs) + abs(self.rows).T @ multipliers) @ far + np.abs(self.most) @ multipliers
        return found - ROUNDING * float(terms)


@dataclass(frozen=True, eq=False)
class Least:
    """What is known of a least value.

    Attributes
    ----------
    bound
        It is no less; minus infinity where nothing shows it.
    value
        It is no more; infinity where nothing shows it.
    point
        The point that has the value.
    """

    bound: float
    value: float
    point: Floats | None = None


def least(programme: Programme, slack: float) -> Least:
    """The least cost, as far as a point and multipliers show it.

    Parameters
    ----------
    programme
        The programme.
    slack
        By how much a point may miss a row.
    """
    point, multipliers = _asked(programme)
    bound = -np.inf if multipliers is None else programme.bound(multipliers)
    if point is None or programme.miss(point) > slack:
        return Least(bound, np.inf)
    return Least(bound, float(programme.costs @ point), point)


def least_miss(programme: Programme) -> Least:
    """The least by which the worst row has to be missed; costs play no part."""
    start = np.clip(0.0, programme.lower, programme.upper)
    most = programme.miss(start)
    size = len(programme.most)
    eased = Programme(
        costs=np.append(np.zeros(len(start)), 1.0),
        rows=sparse.csr_array(sparse.hstack([programme.rows, sparse.csr_array(-np.ones((size, 1)))])),
        most=programme.most,
        lower=np.append(programme.lower, 0.0),
        upper=np.append(programme.upper, most),
    )
    if not most or not len(start):
        return Least(most, most, start)
    point, multipliers = _asked(eased)
    bound = 0.0 if multipliers is None else max(0.0, eased.bound(multipliers))
    best = start if point is None else min((start, point[:-1]), key=programme.miss)
    return Least(bound, programme.miss(best), best)


def eased(programme: Programme, slack: float) -> Programme:
    """A programme whose rows may all be missed by a little."""
    return replace(programme, most=programme.most + slack)


def _asked(programme: Programme) -> tuple[Floats | None, Floats | None]:
    """A point within the columns' bounds and multipliers from 0, as HiGHS says; nothing where it says nothing."""
    if not len(programme.costs):
        return np.zeros(0), np.zeros(len(programme.most))
    from scipy import optimize

    linprog: Any = optimize.linprog
    for presolve in (True, False):
        done: Any = linprog(
            programme.costs,
            programme.rows,
            programme.most,
            bounds=np.column_stack([programme.lower, programme.upper]),
            options={
                "presolve": presolve,
                "primal_feasibility_tolerance": FINE,
                "dual_feasibility_tolerance": FINE,
            },
        )
        if done.status == 0:
            return np.clip(done.x, programme.lower, programme.upper), np.maximum(-done.ineqlin.marginals, 0.0)
        if done.status == 2:
            break
    return None, None
