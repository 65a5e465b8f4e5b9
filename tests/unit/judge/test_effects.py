"""The judge's net effects and years against cases worked out by hand from decision 5."""

from __future__ import annotations

from typing import Any

import pytest

from alignment.judge.effects import Walks, net_of
from alignment.models import System
from tests.small import Cells, measures, push, small


def read_twice(*links: Cells, **tables: Any) -> System:
    """a moves b by 0.8, c moves d by 0.5, and b and c are one thing."""
    return small(
        measures=measures("a", "b", "c", "d", direction="higher"),
        targets=[],
        influences=[push("a", "b", 0.8, lag_years=2), push("c", "d", 0.5, lag_years=1), *links],
        overlaps=[{"measure_a": "b", "measure_b": "c", "kind": "same"}],
        agencies=[],
        **tables,
    )


def effect(system: System, one: str, two: str, steps: int = 2, decay: float = 0.5) -> float:
    place, net = net_of(system, steps, decay)
    return float(net[place[one], place[two]])


def test_a_middle_thing_that_is_read_twice_is_walked_through_once() -> None:
    system = read_twice()
    assert effect(system, "a", "c") == 0.8
    assert effect(system, "b", "d") == 0.5
    assert effect(system, "a", "d") == pytest.approx(0.2)
    assert effect(system, "b", "c") == effect(system, "c", "b") == 0
    assert Walks(system, 2).years("a", "d", 1) == 3
    assert Walks(system, 2).years("b", "c", 1) is None


def test_a_row_between_twins_is_all_that_stands_between_them() -> None:
    system = read_twice(push("b", "c", 0.25, lag_years=4), push("c", "b", -0.125))
    assert (effect(system, "b", "c"), effect(system, "c", "b")) == (0.25, -0.125)
    # b on d: 0.5 of c's, and by its own row on c 0.25 * 0.5, halved.
    assert effect(system, "b", "d") == pytest.approx(0.5625)
    # c on d: its own; b has nothing on d but from c.
    assert effect(system, "c", "d") == 0.5
    assert Walks(system, 0).years("b", "c", 1) == 4


def test_all_walks_round_a_loop_pass_what_is_read_twice_once() -> None:
    # Round by c, d and a: 0.8 * 0.5 * 0.5 = 0.2 a time. a on d 0.4 / 0.8, b on d 0.5 / 0.8.
    system = read_twice(push("d", "a", 0.5, lag_years=5))
    assert effect(system, "a", "d", 0, 1.0) == pytest.approx(0.5)
    assert effect(system, "b", "d", 0, 1.0) == pytest.approx(0.625)
    # b comes back to itself by d and a, 0.5 * 0.5 * 0.8, and so on: 0.2 / 0.8, in 1 + 5 + 2 years.
    assert effect(system, "b", "b", 0, 1.0) == pytest.approx(0.25)
    assert Walks(system, 0).years("b", "b", 1) == 8
