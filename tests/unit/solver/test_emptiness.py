"""That there is no point, proved by numbers; or one."""

from __future__ import annotations

import numpy as np
import pytest

from alignment.solver import Clock
from alignment.solver.check import holds
from alignment.solver.emptiness import bound_of, emptiness
from tests.liars import LIES, Lie, lying_simplex
from tests.programmes import least_by_trying, linear_of, points, random_linear

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_finds_a_point_or_proves_that_there_is_none(seed: int) -> None:
    linear = random_linear(seed, parts=seed % 2 == 1)
    found = emptiness(linear, Clock(60))
    if points(linear):
        assert not isinstance(found, bool)
        assert holds(linear, found)
    else:
        assert found is True


def test_it_gives_up_on_what_takes_many_branches() -> None:
    assert emptiness(linear_of([0] * 24, [[2] * 24], [25], [25]), Clock(60)) is False
    assert emptiness(linear_of([0] * 3, [[2] * 3], [3], [3]), Clock(60)) is True


def test_it_gives_up_when_time_is_up() -> None:
    assert emptiness(random_linear(4), Clock(0)) is False


@pytest.mark.parametrize("lie", LIES)
def test_on_lies_it_proves_nothing_that_is_wrong(lie: Lie, monkeypatch: pytest.MonkeyPatch) -> None:
    lying_simplex(monkeypatch, lie)
    for seed in SEEDS[:12]:
        linear = random_linear(seed)
        found = emptiness(linear, Clock(60))
        if isinstance(found, bool):
            assert not found or not points(linear), seed
        else:
            assert holds(linear, found), seed
        assert bound_of(linear, Clock(60)) <= least_by_trying(linear) + 1e-6, seed


def test_a_bound_is_that_of_the_relaxation() -> None:
    """Two halves of a triangle's corners are enough: 1.5, where whole ones take 2."""
    linear = linear_of([1, 1, 1], [[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1], [np.inf] * 3)
    assert bound_of(linear, Clock(60)) == pytest.approx(1.5)
    assert bound_of(linear, Clock(0)) == 0
