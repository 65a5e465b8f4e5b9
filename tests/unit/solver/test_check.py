"""What a solver says, held against its rows: by hand, and against every point of small programmes."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from alignment.index import Floats
from alignment.linear import Linear
from alignment.solver import Outcome
from alignment.solver.check import checked, contradicts, holds, least_of, objective, rounded
from alignment.solver.clock import Stopped
from tests.programmes import least_by_trying, linear_of, points, random_linear

COVER = linear_of([3, 2, 2], [[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1], [np.inf] * 3)
"""Any two of three columns; the cheapest are the last two, at 4."""


def said(
    values: tuple[float, ...] | None, bound: float, stopped: Stopped = "finished", *, none: bool = False
) -> Outcome:
    return Outcome(values, bound, infeasible=none, stopped=stopped)


@pytest.mark.parametrize("parts", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_a_point_is_what_fulfils_every_row(seed: int, parts: bool) -> None:
    linear = random_linear(seed, parts=parts)
    known = {tuple(each) for each in points(linear)}
    every = product((0.0, 1.0), repeat=linear.columns)
    assert {each for each in every if holds(linear, each)} == known


def test_between_whole_numbers_a_row_is_missed_by_nothing() -> None:
    """A million and one are not a million, however near that is in parts of it."""
    linear = linear_of([0, 0], [[1e6, 1]], [-np.inf], [1e6])
    assert holds(linear, (1, 0))
    assert not holds(linear, (1, 1))
    near = linear_of([0, 0], [[1, 1e-8]], [-np.inf], [1])
    assert not holds(near, (1, 1))


def test_a_value_is_whole_where_it_has_to_be() -> None:
    assert holds(COVER, (0, 1 - 1e-9, 1 + 1e-9))
    assert not holds(COVER, (0, 1, 0.99))
    assert not holds(COVER, (0.5, 0.5, 0.5))
    loose = linear_of(COVER.costs, COVER.rows.toarray(), COVER.least, COVER.most, whole=False)
    assert holds(loose, (0.5, 0.5, 0.5))
    assert rounded(COVER, (0, 1 - 1e-9, 1 + 1e-9)).tolist() == [0, 1, 1]


@pytest.mark.parametrize("values", [(), (0, 1), (0, 1, 1, 1), (0, 1, np.nan), (0, 1, np.inf), (0, 2, 1), (-1, 1, 1)])
def test_values_that_are_none_or_out_of_bounds_are_no_point(values: tuple[float, ...]) -> None:
    assert not holds(COVER, values)


def test_a_column_that_is_not_whole_has_a_millionth_of_air() -> None:
    linear = linear_of([1, 1], [[1, 1]], [1], [np.inf], whole=[True, False])
    assert holds(linear, (0, 1 - 1e-7))
    assert not holds(linear, (0, 1 - 1e-5))


def test_what_is_right_is_left_as_it_is() -> None:
    assert checked(COVER, said((0, 1, 1), 4), 0) == said((0, 1, 1), 4)
    assert checked(COVER, said((0, 1, 1), 3.1), 0.999) == said((0, 1, 1), 3.1)


@pytest.mark.parametrize(
    ("outcome", "least"),
    [
        (said((1, 0, 0), 3), np.inf),  # no point
        (said((1, 1, 0), 4), np.inf),  # a point that is not worth what is said
        (said((0, 1, 1), 3), np.inf),  # a bound below it
        (said((0, 1, 1), 4.5), np.inf),  # a bound above it
        (said((0, 1, 1), np.nan), np.inf),
        (said((1, 1, 0), 5), 4.0),  # somebody knows better
        (said(None, 4), np.inf),  # the best, but no word which
        (said(None, np.inf, none=True), 4.0),  # none, and somebody has one
    ],
)
def test_a_proof_that_does_not_fit_is_none(outcome: Outcome, least: float) -> None:
    found = checked(COVER, outcome, 0, least)
    assert found.stopped == "solvers disagree"
    assert not found.infeasible
    assert found.bound <= 4


def test_a_point_is_kept_where_only_its_bound_is_wrong() -> None:
    assert checked(COVER, said((1, 1, 0), 4), 0).values == (1, 1, 0)
    assert checked(COVER, said((1, 0, 0), 3), 0).values is None


def test_at_a_time_limit_a_bound_above_a_known_point_is_dropped() -> None:
    assert checked(COVER, said((1, 1, 0), 3.5, "time limit"), 0).bound == 3.5
    wrong = checked(COVER, said((1, 1, 0), 4.5, "time limit"), 0, 4.0)
    assert (wrong.values, wrong.stopped) == ((1, 1, 0), "time limit")
    assert wrong.bound <= 4
    assert checked(COVER, said((1, 0, 0), 3.5, "time limit"), 0).values is None


def relaxed(linear: Linear) -> Linear:
    return linear_of(linear.costs, linear.rows.toarray(), linear.least, linear.most, whole=False)


def dual_values(linear: Linear) -> tuple[float, Floats]:
    """The least of the relaxation and the number of each row, by scipy."""
    rows = linear.rows.toarray()
    low, high = np.isfinite(linear.least), np.isfinite(linear.most)
    found: Any = linprog(
        linear.costs,
        A_ub=np.vstack([-rows[low], rows[high]]),
        b_ub=np.concatenate([-linear.least[low], linear.most[high]]),
        bounds=(0, 1),
    )
    numbers = np.zeros(len(rows))
    if found.status == 0:
        numbers[low] -= found.ineqlin.marginals[: low.sum()]
        numbers[high] += found.ineqlin.marginals[low.sum() :]
    return float(found.fun) if found.status == 0 else np.inf, numbers


@pytest.mark.parametrize("seed", range(40))
def test_any_numbers_give_a_bound_and_dual_values_the_best(seed: int) -> None:
    linear = relaxed(random_linear(seed))
    least, numbers = dual_values(linear)
    if least == np.inf:
        return
    assert least_of(linear, numbers) == pytest.approx(least, abs=1e-6)
    dice = np.random.default_rng(seed)
    for _ in range(50):
        assert least_of(linear, dice.normal(size=len(numbers)) * 3) <= least + 1e-9
    assert least_of(linear, numbers[:-1]) == -np.inf
    assert least_of(linear, np.full(len(numbers), np.nan)) == -np.inf


def test_a_linear_programme_is_believed_for_its_numbers_only() -> None:
    linear = relaxed(COVER)
    best = Outcome((0.5, 0.5, 0.5), 3.5, infeasible=False, stopped="finished", numbers=(1.5, 0.5, 1.5))
    assert checked(linear, best, 0).bound == pytest.approx(3.5)
    for numbers in (None, (), (1.0, 1.0, 1.0), (3.0, 1.0, 3.0)):
        other = Outcome((0.5, 0.5, 0.5), 3.5, infeasible=False, stopped="finished", numbers=numbers)
        assert checked(linear, other, 0).stopped == "solvers disagree"
    dearer = Outcome((1, 1, 0), 5, infeasible=False, stopped="finished", numbers=(1.5, 0.5, 1.5))
    assert checked(linear, dearer, 0).stopped == "solvers disagree"


def test_a_column_without_a_bound_takes_rounding_for_nothing() -> None:
    linear = Linear(
        np.array([1.0]), COVER.rows[:1, :1], np.array([2.0]), np.array([np.inf]), np.zeros(1), np.full(1, np.inf),
        np.zeros(1, dtype=bool),
    )  # fmt: skip
    assert least_of(linear, [1 + 1e-12]) == pytest.approx(2)
    assert least_of(linear, [1.1]) == -np.inf


def test_rows_contradict_each_other_where_no_values_are_both() -> None:
    linear = linear_of([0, 0], [[1, 1], [1, -1], [0, 1]], [1.5, -np.inf, -np.inf], [np.inf, -0.9, 0.7], whole=False)
    assert contradicts(linear, [1.0, -1.0, -2.0])
    assert contradicts(linear, [1e9, -1e9, -2e9])
    for wrong in ([1.0, 0.0, -1.0], [-1.0, 1.0, 2.0], [0.0, 0.0, 0.0], [np.nan] * 3, [1.0, -1.0], None):
        assert not contradicts(linear, wrong)


@pytest.mark.parametrize("seed", range(60))
def test_no_numbers_contradict_where_there_is_a_point(seed: int) -> None:
    linear = random_linear(seed)
    if least_by_trying(linear) == np.inf:
        return
    dice = np.random.default_rng(seed)
    for _ in range(100):
        assert not contradicts(linear, dice.normal(size=len(linear.least)) * 10)


@pytest.mark.parametrize("seed", range(60))
def test_the_best_of_all_points_stands_and_no_other_does(seed: int) -> None:
    linear = random_linear(seed)
    least = least_by_trying(linear)
    for each in points(linear):
        value = objective(linear, each)
        found = checked(linear, said(tuple(each), value), 1 - 1e-6, least)
        assert (found.stopped == "finished") == (value == least)
