"""What a way does and what multipliers prove, by hand: one agency pushes one measure ten steps either way."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from scipy import optimize

from alignment.judge.arithmetic import least
from alignment.judge.feasibility import TOLERANCE, Allowed, Feasibility, Mark
from alignment.models import System
from tests.small import measures, push, small, target

X: Mark = ("measure", "x")
SPENT: Mark = ("effort", "a")


def one(sense: str, value: float, **tables: Any) -> Feasibility:
    """Somebody wants x, which stands at 0, at so much."""
    return Feasibility(system(sense, value, **tables))


def system(sense: str, value: float, **tables: Any) -> System:
    return small(
        measures=measures("x", baseline=0, step=1), targets=[target("a", "x", sense, value, id="wish")], **tables
    )


def limited(value: float) -> Feasibility:
    """Two steps can be spent."""
    return one("at_least", value, agencies=[{"id": "a", "effort": 2}])


HALF: dict[str, Any] = {"controls": [{"agency": "a", "measure": "x", "share": 0.5}]}


# Lines


def test_what_has_to_hold_is_as_worked_out_by_hand() -> None:
    """What moves without an end that holds, or has an end and does not move, makes no line."""
    town = small(
        agencies=[{"id": "a", "effort": 2}],
        measures=[
            {"id": "v", "ceiling": 5},
            {"id": "w", "baseline": 1, "step": 2, "floor": 0},
            {"id": "x", "baseline": 0, "step": 1},
            {"id": "y", "baseline": 1, "step": 1, "ceiling": 5},
            {"id": "z", "baseline": 0, "step": 1},
        ],
        targets=[target("a", "x", "at_least", 4, id="wish")],
        influences=[push("x", "y", 0.5)],
        resources=[
            {"id": "beds", "capacity": 5},
            {"id": "cars", "capacity": 4},
            {"id": "rooms", "in_use": 3},
            {"id": "staff", "floor": 3, "in_use": 10},
        ],
        draws=[
            {"measure": "x", "resource": "beds", "moving": "up", "per_step": 0.625},
            {"measure": "x", "resource": "beds", "moving": "down", "per_step": 0.125},
            {"measure": "x", "resource": "rooms", "moving": "up", "per_step": 1},
            {"measure": "x", "resource": "staff", "moving": "down", "per_step": 2},
        ],
    )
    able = Feasibility(town)
    # The columns are the effort of a on x, up and down.
    assert [(tuple(line), row) for line, row in zip(able.lines, able.rows.toarray().tolist(), strict=True)] == [
        ((("measure", "w"), -0.5, inf), [0.0, 0.0]),
        ((("measure", "x"), -inf, inf), [1.0, -1.0]),
        ((("measure", "y"), -inf, 4.0), [0.5, -0.5]),
        ((("resource", "beds"), -inf, 20.0), [1.0, -1.0]),
        ((("resource", "staff"), -3.5, inf), [-1.0, 1.0]),
        ((("effort", "a"), -inf, 2.0), [1.0, 1.0]),
    ]
    assert able.demands == {"wish": (("measure", "x"), 4.0, inf)}


def test_a_resource_that_nobody_can_move_keeps_its_ends() -> None:
    nobody = small(
        measures=measures("x", baseline=0, step=1),
        targets=[],
        resources=[{"id": "beds", "capacity": 5, "in_use": 6}],
        draws=[{"measure": "x", "resource": "beds", "moving": "up", "per_step": 2}],
    )
    able = Feasibility(nobody)
    assert [tuple(line) for line in able.lines] == [(("resource", "beds"), -inf, -1.0)]
    assert able.miss([]).bound == 1.0


# What can be met


@pytest.mark.parametrize(
    ("give", "met"),
    [(0.0, False), (0.5, False), (1.0, True), ({"wish": 1.0}, True), ({"wish": 0.5}, False), ({"other": 9.0}, False)],
)
def test_what_is_given_eases_what_is_asked(give: Any, met: bool) -> None:
    assert one("at_least", 11).can(["wish"], give) == met
    assert one("at_most", -11).can(["wish"], give) == met


@pytest.mark.parametrize(("far", "met"), [(1.5e-7, True), (2.5e-7, False)])
def test_what_is_missed_by_two_ten_millionths_is_met(far: float, met: bool) -> None:
    assert one("at_least", 10 + far).can(["wish"]) == met


def test_what_was_found_to_do_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    able = one("at_least", 4)
    first = able.miss(["wish"])

    def stopped(*_: Any, **__: Any) -> Any:
        raise AssertionError("a programme is solved")

    monkeypatch.setattr(optimize, "linprog", stopped)
    for targets in (["wish"], []):
        found = able.miss(targets)
        assert first.point is not None
        assert found.point is not None
        assert found.point.tolist() == first.point.tolist()
        assert (found.bound, found.value) == (0.0, 0.0)


def test_what_can_be_done_costs_nothing() -> None:
    assert least(one("at_least", 4).programme(["wish"]), TOLERANCE).value == 0


# Ways


@pytest.mark.parametrize(
    ("able", "push", "point"),
    [
        (one("at_least", 4), 3.0, [3.0]),
        (one("at_least", 4), -3.0, [-3.0]),
        # Of a step of effort half arrives.
        (one("at_least", 4, **HALF), -3.0, [-1.5]),
        # What is limited is counted up and down.
        (limited(4), 3.0, [3.0, 0.0]),
        (limited(4), -3.0, [0.0, 3.0]),
    ],
)
def test_a_way_is_a_point(able: Feasibility, push: float, point: list[float]) -> None:
    found = able.point({("a", "x"): push})
    assert found is not None
    assert found.tolist() == point


@pytest.mark.parametrize(
    ("way", "stands"),
    [
        ({}, True),
        ({("a", "x"): 0.5}, True),
        ({("a", "x"): 0.5 + 5e-7}, True),
        ({("a", "x"): -0.5 - 5e-7}, True),
        ({("a", "x"): 0.5 + 2e-6}, False),
        ({("a", "x"): -0.6}, False),
        ({("b", "x"): 0.1}, False),
        ({("b", "x"): 0.0}, True),
        ({("a", "nowhere"): 0.1}, False),
    ],
)
def test_nobody_pushes_further_than_they_can_or_what_they_cannot(
    way: dict[tuple[str, str], float], stands: bool
) -> None:
    able = Feasibility(system("at_least", 4), Allowed(reach=0.5))
    assert (able.point(way) is not None) == stands


def test_whoever_controls_nothing_of_a_measure_cannot_push_it() -> None:
    shares = [{"agency": name, "measure": "x", "share": share} for name, share in (("a", 1), ("b", 0))]
    able = one("at_least", 4, agencies=[{"id": "b"}], controls=shares)
    assert able.point({("a", "x"): 1.0}) is not None
    assert able.point({("b", "x"): 1.0}) is None


@pytest.mark.parametrize(
    ("sense", "value", "push", "give", "kept"),
    [
        ("at_least", 4, 4.0, 0.0, True),
        ("at_least", 4, 4 - 2.5e-7, 0.0, True),
        ("at_least", 4, 4 - 3.5e-7, 0.0, False),
        ("at_least", 4, 3.0, 0.0, False),
        ("at_least", 4, 3.0, 1.0, True),
        ("at_least", 4, 3.0, {"wish": 1.0}, True),
        ("at_most", 4, 4 + 2.5e-7, 0.0, True),
        ("at_most", 4, 4 + 3.5e-7, 0.0, False),
        ("at_most", 4, 5.0, 1.0, True),
        ("at_most", -4, -4.0, 0.0, True),
        ("at_most", -4, 0.0, 0.0, False),
        ("at_least", 4, 11.0, 0.0, False),
    ],
)
def test_a_way_meets_what_is_asked(sense: str, value: float, push: float, give: Any, kept: bool) -> None:
    assert one(sense, value).keeps({("a", "x"): push}, ["wish"], give) == kept


def test_where_nothing_has_to_hold_any_way_does() -> None:
    nothing = Feasibility(small(measures=[{"id": "x"}], targets=[target("a", "x", "increase")]))
    assert nothing.lines == []
    assert nothing.can([])
    assert nothing.keeps({("a", "x"): 1.0}, [])
    assert not nothing.keeps({("b", "x"): 1.0}, [])


def test_what_can_be_spent_may_be_set_aside() -> None:
    """Two steps can be spent, four are asked."""
    able = Feasibility(limited(4).system, Allowed(limits=False))
    assert not limited(4).keeps({("a", "x"): 4.0}, ["wish"])
    assert able.keeps({("a", "x"): 4.0}, ["wish"])
    assert able.can(["wish"])
    assert not limited(4).can(["wish"])


# Multipliers


@pytest.mark.parametrize(
    ("able", "numbers", "give", "proven"),
    [
        # Twelve steps are asked, ten can be made.
        (one("at_least", 12), [(X, 1.0)], 0.0, True),
        (one("at_least", 12), [(X, 0.5)], 0.0, True),
        (one("at_least", 12), [(X, 1.0)], 1.0, True),
        (one("at_least", 12), [(X, 1.0)], {"wish": 1.0}, True),
        (one("at_least", 12), [(X, 1.0)], 2.0, False),
        (one("at_least", 12), [(X, 1.0)], {"wish": 2.5}, False),
        (one("at_most", -12), [(X, -1.0)], 0.0, True),
        (one("at_most", -12), [(X, -1.0)], 2.0, False),
        # Nothing is proven by no number, by a line that nobody knows, by an end that is not there.
        (one("at_least", 12), [], 0.0, False),
        (one("at_least", 12), [(SPENT, 1.0)], 0.0, False),
        (one("at_least", 12), [(X, 1.0), (("measure", "y"), 1.0)], 0.0, False),
        (one("at_least", 12), [(X, -1.0)], 0.0, False),
        (one("at_most", -12), [(X, 1.0)], 0.0, False),
        # Eight steps can be made, however large the number.
        (one("at_least", 8), [(X, 1.0)], 0.0, False),
        (one("at_least", 8), [(X, 2.0)], 0.0, False),
        # A line may be missed by a ten-millionth.
        (one("at_least", 10), [(X, 1.0)], 0.0, False),
        (one("at_least", 10 + 7e-8), [(X, 10.0)], 0.0, False),
        (one("at_least", 10 + 1.3e-7), [(X, 10.0)], 0.0, True),
        # Three steps of effort are asked, two can be spent.
        (limited(3), [(X, 1.0), (SPENT, -1.0)], 0.0, True),
        (limited(3), [(X, 1.0), (SPENT, -0.5)], 0.0, False),
        (limited(2), [(X, 1.0), (SPENT, -1.0)], 0.0, False),
        (limited(12), [(X, 1.0), (SPENT, 0.0)], 0.0, True),
    ],
)
def test_numbers_prove_that_what_is_asked_cannot_be_met(
    able: Feasibility, numbers: list[tuple[Mark, float]], give: Any, proven: bool
) -> None:
    assert able.contradict(numbers, ["wish"], give) == proven


def test_numbers_prove_nothing_where_nothing_is_asked() -> None:
    assert not one("at_least", 12).contradict([(X, 1.0)], [])
    assert one("at_least", 10.5).contradict([(X, 1.0)], ["wish"])
