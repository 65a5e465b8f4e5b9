"""Moves that are looked at: exactly what is said of them, and how far they may be off.

An effort may be off by two millionths of a step, so a line may be by as much for each effort that could move it, and by
three ten-millionths more; a level is told to a millionth.
"""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.judge.achievement import objections
from alignment.models import System
from tests.changed import other, rows
from tests.small import measures, small, target


def alone(baseline: float = 0, **tables: Any) -> System:
    """Somebody wants two steps more of x."""
    return small(
        measures=measures("x", baseline=baseline, step=1),
        targets=[target("a", "x", "at_least", baseline + 2, id="wish")],
        **tables,
    )


def beyond(far: float) -> System:
    """What is wanted of x lies further than anybody can push it."""
    return small(measures=measures("x", baseline=0, step=1), targets=[target("a", "x", "at_least", 10 + far, id="far")])


def shared() -> System:
    """Two can push x, and both want two steps more of it."""
    return small(
        measures=measures("x", baseline=0, step=1),
        targets=[target(name, "x", "at_least", 2, id=name) for name in ("a", "b")],
    )


def half() -> System:
    """A step of effort moves x by half a step, and four steps can be spent."""
    return alone(agencies=[{"id": "a", "effort": 4}], controls=[{"agency": "a", "measure": "x", "share": 0.5}])


def council(effort: float) -> System:
    """Three wishes of two steps each."""
    names = ("buses", "parks", "roads")
    return small(
        agencies=[{"id": "council", "effort": effort}],
        measures=measures(*names, baseline=10, step=1),
        targets=[target("council", name, "at_least", 12, id=name) for name in names],
    )


def beds(capacity: float) -> System:
    """A step of x uses a bed."""
    return alone(
        resources=[{"id": "beds", "in_use": 10, "capacity": capacity}],
        draws=[{"measure": "x", "resource": "beds", "moving": "up", "per_step": 1}],
    )


def pushed(system: System, effort: float, level: float) -> tuple[str, ...]:
    """What is said where the first move and level are others."""
    found = al.can_all_be_met(system)
    return objections(
        system, other(found, moves=rows(found.moves, 0, effort=effort), levels=rows(found.levels, 0, level=level))
    )


SHORT = ("the level of x moves by 2, not 2 to inf",)


@pytest.mark.parametrize(
    ("system", "effort", "level", "says"),
    [
        (alone(), 2 - 2.25e-6, 2 - 2.25e-6, ()),
        (alone(), 2 - 2.35e-6, 2 - 2.35e-6, SHORT),
        # Two push at once, each by the effort of the move.
        (shared(), 1 - 1.75e-6, 2 - 3.5e-6, ()),
        (shared(), 1 - 2.25e-6, 2 - 4.5e-6, SHORT),
        # Up and down, each moves x by half a step.
        (half(), 4 - 4e-6, 2 - 2e-6, ()),
        (half(), 4 - 6e-6, 2 - 3e-6, SHORT),
    ],
)
def test_a_line_may_be_off_by_what_efforts_may(
    system: System, effort: float, level: float, says: tuple[str, ...]
) -> None:
    assert pushed(system, effort, level) == says


def test_an_effort_may_be_off_for_each_measure_and_way() -> None:
    """Six columns: three measures, up and down."""
    assert pushed(council(6), 2 + 1e-5, 12 + 1e-5) == ()
    assert pushed(council(6), 2 + 1.3e-5, 12 + 1.3e-5) == ("the effort of council moves by 6.00001, not -inf to 6",)


@pytest.mark.parametrize(
    ("baseline", "off", "stands"),
    [
        (0.0, 3e-6, True),
        (0.0, 3.6e-6, False),
        # Of a large level a millionth of a millionth more.
        (1e6, 4.1e-6, True),
        (1e6, 4.5e-6, False),
    ],
)
def test_a_level_may_be_off_by_what_its_line_may_and_a_millionth(baseline: float, off: float, stands: bool) -> None:
    level = baseline + 2
    said = f"x ends up at {level:g}, not {level:g}"
    assert pushed(alone(baseline), 2.0, level + off) == (() if stands else (said,))


def test_moves_of_one_agency_on_one_measure_add_up() -> None:
    found = al.can_all_be_met(alone())
    parts = [other(found.moves[0], effort=effort) for effort in (1.25, 0.75)]
    assert objections(alone(), other(found, moves=tuple(parts))) == ()
    assert objections(alone(), other(found, moves=tuple(parts[:1])))


def test_what_nobody_can_push_is_said() -> None:
    says = ("somebody pushes what they cannot push, or further than they can",)
    assert pushed(alone(), 11.0, 11.0) == says
    assert pushed(alone(), 10 + 2e-6, 10.0) == says
    assert pushed(alone(), 10 + 5e-7, 10.0) == ()


def test_a_resource_that_is_used_too_much_is_named() -> None:
    assert objections(beds(11), al.can_all_be_met(beds(12))) == ("the use of beds moves by 2, not -inf to 1",)


def test_a_measure_without_its_level_is_told_of_alone() -> None:
    found = al.can_all_be_met(shared())
    missing = other(found, levels=rows(found.levels, 0, measure="y"))
    assert objections(shared(), missing) == ("not every measure with a target has its level",)


@pytest.mark.parametrize(
    ("far", "says"), [(1.5e-7, ()), (2.5e-7, ("not all can be met",)), (1.0, ("not all can be met",))]
)
def test_without_levels_that_all_can_be_met_is_worked_out(far: float, says: tuple[str, ...]) -> None:
    yes = other(al.can_all_be_met(beyond(0)), moves=(), levels=())
    assert objections(beyond(far), yes) == says


@pytest.mark.parametrize(
    ("far", "says"), [(1.0, ()), (1.5e-7, ()), (4e-8, ("all can be met",)), (0.0, ("all can be met",))]
)
def test_without_a_set_that_not_all_can_be_met_is_worked_out(far: float, says: tuple[str, ...]) -> None:
    no = other(al.can_all_be_met(beyond(1)), conflict=None)
    assert objections(beyond(far), no) == says
