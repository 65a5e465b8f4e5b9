"""Warm linear programmes behind a HiGHS that lies: values, bounds and contradictions are those of the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from alignment.linear import Linear
from alignment.solver import Clock, Warm
from alignment.solver.check import contradicts, holds, objective
from tests.liars import LIES, Lie, When, always, lying_cbc, lying_simplex, with_start
from tests.programmes import linear_of, random_linear
from tests.running import posix

SEEDS = range(16)
WHENS = pytest.mark.parametrize("when", [with_start, always], ids=["start", "always"])
lies = pytest.mark.parametrize("lie", LIES)


def loose(seed: int) -> Linear:
    linear = random_linear(seed)
    return linear_of(linear.costs, linear.rows.toarray(), linear.least, linear.most, whole=False)


def truth(linear: Linear) -> float:
    """The least value, by scipy; infinite where there is none."""
    rows, low, high = linear.rows.toarray(), np.isfinite(linear.least), np.isfinite(linear.most)
    found: Any = linprog(
        linear.costs,
        A_ub=np.vstack([-rows[low], rows[high]]),
        b_ub=np.concatenate([-linear.least[low], linear.most[high]]),
        bounds=np.column_stack([linear.lower, linear.upper]).tolist(),
    )
    return float(found.fun) if found.status == 0 else np.inf


def right(warm: Warm, linear: Linear) -> None:
    least, status = truth(linear), warm.solve()
    assert status == ("met" if least < np.inf else "impossible")
    if status == "met":
        assert holds(linear, warm.values)
        assert warm.value == pytest.approx(objective(linear, warm.values))
        assert warm.value == pytest.approx(least, abs=1e-5)
    else:
        assert warm.ray is None or contradicts(linear, warm.ray)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_right_and_asks_once(seed: int) -> None:
    linear = loose(seed)
    warm = Warm(linear, Clock(60))
    right(warm, linear)
    assert warm.solves == 1
    if truth(linear) == np.inf:
        assert warm.ray is not None


@WHENS
@lies
def test_of_a_lying_highs_only_the_truth_is_left(lie: Lie, when: When, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_simplex(monkeypatch, lie, when)
    for seed in SEEDS[:6]:
        linear = loose(seed)
        warm = Warm(linear, Clock(60))
        for _ in range(2):  # the second time it knows where it was
            right(warm, linear)


@lies
def test_as_bounds_and_costs_change_it_stays_right(lie: Lie, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_simplex(monkeypatch, lie, with_start)
    linear = loose(2)
    warm = Warm(linear, Clock(60))
    for shift in (0.0, 1.0, 3.0, 9.0):
        least, most = linear.least + shift, linear.most + shift
        warm.bounds(least, most)
        warm.costs(linear.costs[::-1])
        warm.columns_to(np.array([0]), np.array([0.25]), np.array([0.75]))
        lower, upper = linear.lower.copy(), linear.upper.copy()
        lower[0], upper[0] = 0.25, 0.75
        none = np.zeros(linear.columns, dtype=bool)
        right(warm, Linear(linear.costs[::-1].copy(), linear.rows, least, most, lower, upper, none))


@posix
@lies
def test_where_both_lie_nobody_knows(lie: Lie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_simplex(monkeypatch, lie)
    lying_cbc(monkeypatch, tmp_path, lie)
    linear, clock = loose(7), Clock(60)
    warm = Warm(linear, clock)
    status = warm.solve()
    if lie == "infeasible":
        # They agree, and no arithmetic shows that a ray is needed; what is not proved by numbers has none.
        assert (status, warm.ray) == ("impossible", None)
        return
    if status == "met":  # HiGHS only held back that it had come to an end
        right(warm, linear)
        return
    assert status == "unknown"
    assert clock.ending == "solvers disagree"
