"""What must hold of every cover, whatever the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import alignment as al

Problem = tuple[np.ndarray[Any, Any], list[int], list[tuple[int, int, int]]]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    cells = draw(st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns))
    matrix = np.array(cells).reshape(rows, columns)
    matrix[~matrix.any(axis=1), 0] = True
    costs = draw(st.lists(st.integers(0, 9), min_size=columns, max_size=columns))
    pair = st.tuples(st.integers(0, columns - 1), st.integers(0, columns - 1), st.integers(0, 9))
    pairs = draw(st.lists(pair.filter(lambda each: each[0] != each[1]), max_size=12)) if columns > 1 else []
    return matrix, costs, pairs


def cost(matrix: Any, costs: Any, pairs: Any) -> float:
    found = al.cover(matrix, costs, pairs, solver="highs")
    assert found.proven
    return found.cost


@settings(max_examples=40, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_columns_and_pairs_changes_no_cost(problem: Problem, dice: Any) -> None:
    matrix, costs, pairs = problem
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    dice.shuffle(rows)
    dice.shuffle(columns)
    place = {column: at for at, column in enumerate(columns)}
    moved = [(place[two], place[one], paid) for one, two, paid in reversed(pairs)]
    assert cost(matrix[rows][:, columns], [costs[at] for at in columns], moved) == cost(*problem)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 5))
def test_a_row_twice_changes_no_cost(problem: Problem, row: int) -> None:
    matrix, costs, pairs = problem
    again = np.vstack([matrix, matrix[row % len(matrix)]])
    assert cost(again, costs, pairs) == cost(*problem)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 9), st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_further_column_never_costs_more(problem: Problem, price: int, serves: list[bool]) -> None:
    matrix, costs, pairs = problem
    wider = np.column_stack([matrix, serves[: len(matrix)]])
    assert cost(wider, [*costs, price], pairs) <= cost(*problem)


@settings(max_examples=40, deadline=None)
@given(problems(), st.sampled_from([3, 0.5, 0.01, 1e6]))
def test_costs_and_penalties_times_a_number_are_the_cost_times_it(problem: Problem, times: float) -> None:
    matrix, costs, pairs = problem
    scaled = [(one, two, paid * times) for one, two, paid in pairs]
    assert cost(matrix, np.array(costs) * times, scaled) == pytest.approx(times * cost(*problem))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_penalty_less_never_costs_more(problem: Problem) -> None:
    matrix, costs, pairs = problem
    assert cost(matrix, costs, pairs[1:]) <= cost(*problem)
