"""Points, multipliers and hitting sets: what is told holds whatever a solver says."""

from __future__ import annotations

import random
from itertools import chain, combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import optimize, sparse

from alignment.judge.arithmetic import Programme, eased, least, least_miss
from alignment.judge.hitting import lightest


def programme(seed: int, *, tight: bool = False) -> Programme:
    """A few rows over columns from -1 to 2; of the tight ones some contradict each other."""
    draw = np.random.default_rng(seed)
    rows = np.round(draw.uniform(-1, 1, (6, 4)), 2)
    return Programme(
        costs=np.round(draw.uniform(-1, 1, 4), 2),
        rows=sparse.csr_array(rows),
        most=np.round(draw.uniform(-3, 0.5, 6) if tight else draw.uniform(0, 1, 6), 2),
        lower=np.full(4, -1.0),
        upper=np.full(4, 2.0),
    )


def corners(step: float) -> np.ndarray[Any, Any]:
    """Points all over the columns' bounds."""
    ticks = np.arange(-1, 2 + step / 2, step)
    return np.array(np.meshgrid(*[ticks] * 4)).reshape(4, -1).T


POINTS = corners(0.25)


@pytest.mark.parametrize("seed", range(20))
def test_no_point_costs_less_than_the_bound(seed: int) -> None:
    asked = programme(seed)
    found = least(asked, 1e-9)
    within = POINTS[(asked.rows @ POINTS.T <= asked.most[:, None]).all(axis=0)]
    assert found.value == pytest.approx(found.bound, abs=1e-7)
    assert (within @ asked.costs >= found.bound - 1e-9).all()
    # Any multipliers give a bound, good or bad.
    for numbers in np.random.default_rng(seed).uniform(0, 2, (20, 6)):
        assert asked.bound(numbers) <= found.value + 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_no_point_misses_by_less(seed: int) -> None:
    asked = programme(seed, tight=True)
    found = least_miss(asked)
    assert found.value == pytest.approx(found.bound, abs=1e-7)
    assert (asked.rows @ POINTS.T - asked.most[:, None]).max(axis=0).min() >= found.bound - 1e-9
    assert least(eased(asked, found.value), 1e-7).value < np.inf
    if found.value > 1e-3:
        assert least(eased(asked, found.value - 1e-3), 1e-9).value == np.inf


def test_without_columns_or_rows() -> None:
    nothing = Programme(np.zeros(0), sparse.csr_array((2, 0)), np.array([1.0, -0.5]), np.zeros(0), np.zeros(0))
    assert least_miss(nothing).bound == least_miss(nothing).value == 0.5
    free = Programme(np.array([1.0]), sparse.csr_array((0, 1)), np.zeros(0), np.array([-1.0]), np.array([2.0]))
    assert (least_miss(free).value, least(free, 0.0).value) == (0.0, -1.0)


def liar(**says: Any) -> Any:
    def solve(*_: Any, **__: Any) -> SimpleNamespace:
        return SimpleNamespace(**says)

    return solve


def row(most: float, *, lower: float = 0.0, upper: float = 2.0, cost: float = 1.0, sign: float = 1.0) -> Programme:
    """One column and one row: it, or what it is below 0, is so much at most."""
    return Programme(
        costs=np.array([cost]),
        rows=sparse.csr_array(np.array([[sign]])),
        most=np.array([most]),
        lower=np.array([lower]),
        upper=np.array([upper]),
    )


def test_of_a_bound_rounding_is_taken_off() -> None:
    """A column that is 1 at least costs 1; its terms are 2 and 2 for the column, 1 for the row."""
    at_least_1 = row(-1.0, sign=-1.0)
    assert 1 - at_least_1.bound(np.array([1.0])) == pytest.approx(5 * 4e-16, abs=3e-16)


def test_the_point_that_is_told_has_the_value() -> None:
    found = least(row(-1.0, sign=-1.0), 1e-9)
    assert found.point is not None
    assert found.point.tolist() == pytest.approx([1.0])
    missed = least_miss(row(-3.0, sign=-1.0))
    assert missed.point is not None
    assert missed.point.tolist() == pytest.approx([2.0])
    assert (missed.bound, missed.value) == pytest.approx((1.0, 1.0))


@pytest.mark.parametrize(
    ("asked", "point", "missed"),
    [
        (row(0.0, lower=-1.0), 0.0, 0.0),
        (row(0.5, lower=1.0), 1.0, 0.5),
        (row(0.5, lower=-2.0, upper=-1.0, sign=-1.0), -1.0, 0.5),
    ],
)
def test_what_is_nearest_to_nothing_is_tried_without_a_solver(
    asked: Programme, point: float, missed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimize, "linprog", liar(status=4))
    found = least_miss(asked)
    assert found.point is not None
    assert found.point.tolist() == [point]
    assert (found.bound, found.value) == (0.0, missed)


@pytest.mark.parametrize(("status", "presolve"), [(4, [True, False]), (1, [True, False]), (2, [True])])
def test_a_solver_that_gives_up_is_asked_again_another_way(
    status: int, presolve: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that says that there is no point is not."""
    asked: list[dict[str, Any]] = []

    def solve(*_: Any, options: dict[str, Any], **__: Any) -> SimpleNamespace:
        asked.append(options)
        return SimpleNamespace(status=status)

    monkeypatch.setattr(optimize, "linprog", solve)
    found = least(row(1.0), 1e-9)
    assert (found.bound, found.value, found.point) == (-np.inf, np.inf, None)
    fine = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    assert asked == [{"presolve": way, **fine} for way in presolve]


@pytest.mark.parametrize(("says", "point"), [(-99.0, 0.0), (99.0, 2.0)])
def test_a_point_out_of_bounds_is_brought_within(says: float, point: float, monkeypatch: pytest.MonkeyPatch) -> None:
    told = SimpleNamespace(marginals=np.zeros(1))
    monkeypatch.setattr(optimize, "linprog", liar(status=0, x=np.array([says]), ineqlin=told))
    found = least(row(5.0), 1e-9)
    assert (found.value, found.bound) == (point, pytest.approx(0.0))


def test_nothing_costs_nothing() -> None:
    """Without columns: where its rows are kept, else there is no point."""
    for most, value in ((np.array([1.0, 0.5]), 0.0), (np.array([1.0, -0.5]), np.inf)):
        nothing = Programme(np.zeros(0), sparse.csr_array((2, 0)), most, np.zeros(0), np.zeros(0))
        found = least(nothing, 1e-9)
        assert (found.bound, found.value) == (0.0, value)


LIES = {
    "a point that misses rows": {"status": 0, "x": np.full(5, 2.0), "marginals": np.zeros(6)},
    "multipliers that prove nothing": {"status": 0, "x": np.zeros(5), "marginals": np.full(6, -9.0)},
    "multipliers of the wrong sign": {"status": 0, "x": np.zeros(5), "marginals": np.full(6, 9.0)},
    "a point out of bounds": {"status": 0, "x": np.full(5, 99.0), "marginals": np.zeros(6)},
    "that it cannot be met": {"status": 2},
    "that it gave up": {"status": 4},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_solver_that_lies_shows_nothing(lie: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = programme(3)
    honest, miss = least(asked, 1e-9), least_miss(programme(3, tight=True))
    says = {**lie, "ineqlin": SimpleNamespace(marginals=lie.get("marginals"))}
    if "x" in lie:
        says["x"] = lie["x"][:4]
    monkeypatch.setattr(optimize, "linprog", liar(**says))
    found = least(asked, 1e-9)
    assert found.bound <= honest.value + 1e-9
    assert found.value >= honest.bound - 1e-9
    if "x" in lie:
        says["x"] = lie["x"]
    monkeypatch.setattr(optimize, "linprog", liar(**says))
    missed = least_miss(programme(3, tight=True))
    assert missed.bound <= miss.value + 1e-9
    assert missed.value >= miss.bound - 1e-9


@pytest.mark.parametrize("seed", range(60))
def test_the_lightest_hitting_set_is_that_of_brute_force(seed: int) -> None:
    draw = random.Random(seed)
    names = "abcdefgh"
    weights = {name: draw.choice((1, 2, 3, 5)) for name in names}
    sets = [draw.sample(names, draw.randint(1, 4)) for _ in range(draw.randint(0, 7))]
    every = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    best = min(sum(weights[each] for each in some) for some in every if all(set(some) & set(one) for one in sets))
    assert lightest(sets, weights) == best


def test_too_much_to_try_says_nothing() -> None:
    draw = random.Random(1)
    sets = [draw.sample(range(80), 4) for _ in range(200)]
    assert lightest(sets, dict.fromkeys(range(80), 1)) is None
