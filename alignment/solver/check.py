r"""What a solver says, held against its own rows and objective: nothing in here knows a solver.

A point has to fulfil every row. Between whole numbers that is exact; where a row has a coefficient that is not whole,
it may be missed by `NEAR`, where a column is not whole by `LOOSE`, in parts of its bound and 1. The bound has to lie
where the point says: not above it, and at the end not below it by more than the gap that was asked for.

Without whole columns there are certificates, which need no trust. For any number :math:`y_r` of each row

.. math:: c^T x \ge \sum_{y_r > 0} y_r\, l_r + \sum_{y_r < 0} y_r\, h_r + \min_{x} \; (c - A^T y)^T x

with l and h the least and the most that rows may be, over what columns may be (weak duality). Where c is 0 and the
right-hand side is above 0, no x fulfils all rows (Farkas).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from alignment.index import Bools, Floats
from alignment.linear import Linear

from .clock import Outcome

NEAR: Final = 1e-9
"""By how much whole values may miss a row with coefficients that are not whole; in parts of its bound and 1."""

LOOSE: Final = 1e-6
"""By how much values that are not whole may miss a row, a bound or an objective; in parts of it and 1."""

ROUNDING: Final = 1e-12
"""What adding up may be off by; in parts of the sum without signs."""

NOTHING: Final = 1e-8
"""Reduced costs of columns without a bound are 0 up to here; in parts of what they are made of, and 1."""

NONE: Final = float(np.finfo(float).tiny)
"""As good as 0, and unlike 0 it can be multiplied by a bound that is not there."""

CONTRADICTION: Final = 1e-10
"""What rows have to miss, added up with numbers of which the largest is 1, before they contradict each other."""

Numbers = Sequence[float] | Floats


def objective(linear: Linear, values: Numbers) -> float:
    """The objective at some values."""
    return float(linear.costs @ np.asarray(values, dtype=float))


def rounded(linear: Linear, values: Numbers) -> Floats:
    """Values with the whole ones rounded: what is meant by them."""
    found = np.asarray(values, dtype=float)
    return np.where(linear.whole, np.round(found), found) if linear.whole.any() else found


def holds(linear: Linear, values: Numbers, loose: float = LOOSE) -> bool:
    """Whether values are a point: whole where they have to be, and within all bounds and rows.

    Parameters
    ----------
    linear
        The programme.
    values
        A value for each column.
    loose
        By how much values that are not whole may miss a row or bound; in parts of it and 1.
    """
    given = np.asarray(values, dtype=float)
    if given.shape != (linear.columns,) or not np.isfinite(given).all():
        return False
    found = rounded(linear, given)
    if found is not given and (np.abs(given - found) > LOOSE).any():
        return False
    if not _within(found, linear.lower, linear.upper) and _misses(found, linear.lower, linear.upper, loose):
        return False
    sums = linear.rows @ found
    # By how much rows may be missed is only looked at where some are.
    if _within(sums, linear.least, linear.most):
        return True
    return not _misses(sums, linear.least, linear.most, _air(linear, loose))


def _within(found: Floats, least: Floats, most: Floats) -> bool:
    return bool(((found >= least) & (found <= most)).all())


def _misses(found: Floats, least: Floats, most: Floats, air: Floats | float) -> bool:
    below = found < least - air * (1 + np.abs(least))
    return bool((below | (found > most + air * (1 + np.abs(most)))).any())


def _air(linear: Linear, loose: float) -> Floats | float:
    """By how much each row may be missed; by nothing where all is whole: there floats add up exactly."""
    if not linear.whole.any():
        return loose
    rows: Any = linear.rows.tocsr()
    broken = _of_rows(rows, rows.data != np.round(rows.data))
    free = _of_rows(rows, ~linear.whole[rows.indices])
    return np.where(free, loose, np.where(broken, NEAR, NONE))


def _of_rows(rows: Any, marks: Any) -> Bools:
    """Of each row, whether any of its entries is marked."""
    return np.diff(np.concatenate([[0], np.cumsum(marks)])[rows.indptr]) > 0


def least_of(linear: Linear, numbers: Numbers) -> float:
    """What the objective is at least, given a number for each row (weak duality); true whatever the numbers are.

    Parameters
    ----------
    linear
        The programme; columns need not be whole.
    numbers
        Above 0 for the least a row may be, below 0 for the most. A solver's dual values make the most of it.
    """
    found = np.array(numbers, dtype=float)
    if found.shape != (linear.rows.shape[0],) or not np.isfinite(found).all():
        return -np.inf
    bounds = np.where(found > 0, linear.least, linear.most)
    # A number for a bound that is not there says nothing.
    found[~np.isfinite(bounds)] = 0.0
    rows = found * np.where(found == 0, 0.0, bounds)
    columns = _from_columns(linear, found)
    size = float(np.abs(rows).sum() + np.abs(columns).sum())
    return float(rows.sum() + columns.sum()) - ROUNDING * size if np.isfinite(size) else -np.inf


def _from_columns(linear: Linear, numbers: Floats) -> Floats:
    pull = pulled(linear.rows, numbers)
    reduced = linear.costs - pull
    bounds = np.where(reduced > 0, linear.lower, linear.upper)
    little = np.abs(reduced) <= NOTHING * (1 + np.abs(linear.costs) + np.abs(pull))
    return reduced * np.where((little & ~np.isfinite(bounds)) | (reduced == 0), 0.0, bounds)


def pulled(rows: Any, numbers: Floats) -> Floats:
    """Rows added up with a number each: :math:`A^T y`."""
    rows = rows.tocsr()
    each = np.repeat(numbers, np.diff(rows.indptr))
    return np.bincount(rows.indices, weights=rows.data * each, minlength=rows.shape[1]).astype(float)


def contradicts(linear: Linear, numbers: Numbers | None) -> bool:
    """Whether rows, added up with some numbers, cannot be what they have to be (Farkas): a proof that no point is.

    Parameters
    ----------
    linear
        The programme; its objective is not looked at.
    numbers
        A number for each row, as a solver's ray has it.
    """
    found = np.asarray(() if numbers is None else numbers, dtype=float)
    size = float(np.abs(found).max(initial=0.0))
    if size == 0 or not np.isfinite(size):
        return False
    return least_of(replace(linear, costs=np.zeros(linear.columns)), found / size) > CONTRADICTION


def checked(linear: Linear, outcome: Outcome, gap: float, least: float = np.inf) -> Outcome:
    """What of an outcome can be true.

    Parameters
    ----------
    linear
        The programme.
    outcome
        What a solver said.
    gap
        Two points whose objectives differ by less are not told apart.
    least
        The least objective of a point that is known.

    Returns
    -------
    Outcome
        Whole values are rounded, and values that are no point gone; so is a bound above a known point. Where it says
        that it finished, and its point, its bound and what is known do not go together, solvers disagree.
    """
    return claim(linear, outcome, point(linear, outcome), gap, least)


def point(linear: Linear, outcome: Outcome) -> tuple[float, ...] | None:
    """The values of an outcome, the whole ones rounded; None where they are no point."""
    if outcome.values is None or not holds(linear, outcome.values):
        return None
    return tuple(rounded(linear, outcome.values).tolist())


def claim(
    linear: Linear, outcome: Outcome, values: tuple[float, ...] | None, gap: float, least: float = np.inf
) -> Outcome:
    """As `checked`, where it is known which values are a point."""
    if outcome.stopped == "finished" and outcome.infeasible:
        return replace(outcome, values=None) if least == np.inf else doubted(None)
    value = np.inf if values is None else objective(linear, values)
    air = _air_of(linear, values)
    # Without whole columns the numbers of rows prove a bound, so that no word for it is needed.
    bound = outcome.bound if linear.whole.any() else least_of(linear, outcome.numbers or ())
    if not bound <= min(value, least) + air:
        bound = -np.inf
    if not bound >= value - gap - air:
        # What columns may be gives a bound of its own.
        bound = max(bound, least_of(linear, np.zeros(len(linear.least))))
    if outcome.stopped == "finished" and not (np.isfinite(value) and bound >= value - gap - air):
        return doubted(values)
    return replace(outcome, values=values, bound=bound, infeasible=False)


def doubted(values: tuple[float, ...] | None, bound: float = -np.inf) -> Outcome:
    """An end without a proof, as what was said could not be true."""
    return Outcome(values, bound, infeasible=False, stopped="solvers disagree")


def _air_of(linear: Linear, values: Sequence[float] | None) -> float:
    """By how much a bound and an objective may differ from rounding alone."""
    sizes = np.abs(linear.costs * np.asarray(0.0 if values is None else values, dtype=float))
    if not linear.whole.any():
        return LOOSE * (1 + float(sizes.sum()))
    loose = ~linear.whole
    steepest = float(np.abs(linear.costs[loose]).max(initial=0.0))
    return LOOSE + NEAR * (float(sizes[loose].sum()) + steepest) + ROUNDING * float(sizes.sum())
