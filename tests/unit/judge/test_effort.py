"""The effort that is needed, word for word: who spends it, what it meets, how far figures may be off."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.judge.effort import objections
from alignment.judge.feasibility import Allowed
from alignment.models import System
from tests.changed import other, rows
from tests.small import measures, push, small, target

WEIGHTS = {"buses": 1.0, "parks": 0.25, "roads": 0.5}


def council() -> System:
    """Three wishes of two steps each."""
    return small(
        agencies=[{"id": "council", "effort": 5}],
        measures=measures(*WEIGHTS, baseline=10, step=1),
        targets=[target("council", name, "at_least", 12, id=name, weight=weight) for name, weight in WEIGHTS.items()],
    )


def one(wish: float, **agency: float) -> System:
    """Somebody wants x at so much; ten steps are all that can be done."""
    return small(
        agencies=[{"id": "a", **agency}],
        measures=measures("x", baseline=0, step=1),
        targets=[target("a", "x", "at_least", wish, id="wish")],
    )


def tug() -> System:
    """left and right pull at m; what right wants of n is out of anybody's reach."""
    return small(
        agencies=[{"id": "left", "power": 2}, {"id": "right"}],
        measures=measures("m", "n", "o", baseline=15, step=1),
        targets=[
            target("left", "m", "at_least", 20, id="up", weight=0.5),
            target("right", "m", "at_most", 10, id="down"),
            target("right", "n", "at_most", 2, id="far"),
            target("left", "o", "at_least", 17, id="more"),
        ],
    )


FOUND = al.effort_needed(council(), curve=3)
CURVE = FOUND.curve
UNPROVEN = tuple(other(point, proven=False) for point in CURVE[:-1])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({}, ()),
        ({"effort": None}, ()),
        ({"effort": None, "assessed": 4}, ("4 targets are said to be assessed, 3 can be",)),
        ({"assessed": 4, "agencies": ()}, ("4 targets are said to be assessed, 3 can be",)),
        ({"effort": 7.0}, ("all that can be met takes an effort of 6 at least and 6 at most, not 7",)),
        # An effort may be off by two millionths of it and 1.
        ({"effort": 6 + 1.3e-5}, ()),
        ({"effort": 6 + 1.53e-5}, ("all that can be met takes an effort of 6 at least and 6 at most, not 6.00002",)),
        ({"agencies": ()}, ("others can move something than is said",)),
        ({"agencies": rows(FOUND.agencies, 0, spends=6 + 1e-5)}, ()),
        ({"agencies": rows(FOUND.agencies, 0, spends=6 + 1.53e-5)}, ("council spends 6.00002, of 6 that each may",)),
        ({"agencies": rows(FOUND.agencies, 0, has=6.0)}, ("council spends 6, of 6 that each may",)),
    ],
)
def test_what_is_said_of_one_council(cells: dict[str, Any], says: tuple[str, ...]) -> None:
    assert objections(council(), other(FOUND, **cells), each=False) == says


@pytest.mark.parametrize(
    ("curve", "says"),
    [
        ((), ()),
        (CURVE[-1:], ()),
        ((*CURVE, CURVE[-1]), ()),
        (CURVE[1:2], ("with all the effort weight 1 is met, not 1.75",)),
        ((*UNPROVEN, other(CURVE[-1], weight=1.8)), ("with all the effort weight 1.8 is met, not 1.75",)),
        ((*CURVE[:-1], other(CURVE[-1], weight=1.7, proven=False)), ()),
        (rows(CURVE, 3, weight=1.75 + 5e-7), ()),
        (rows(CURVE, 3, weight=1.75 + 1.5e-6), ("with all the effort weight 1.75 is met, not 1.75",)),
        (rows(CURVE, 1, weight=1.6), ("more effort meets less: weight 1.5 after 1.6",)),
        (rows(CURVE, 1, effort=5.0), ("more effort meets less: weight 1.5 after 1",)),
    ],
)
def test_what_is_said_of_less_effort(curve: tuple[Any, ...], says: tuple[str, ...]) -> None:
    assert objections(council(), other(FOUND, curve=curve)) == says


def test_what_targets_take_is_looked_at_where_it_is_asked_for() -> None:
    wrong = other(FOUND, targets=rows(FOUND.targets, 0, alone=1.5))
    assert objections(council(), wrong) == ("buses takes an effort of 2 at least and 2 at most, not 1.5",)
    assert objections(council(), wrong, each=False) == ()
    missing = other(FOUND, targets=FOUND.targets[1:])
    assert objections(council(), missing) == ("what targets take is not told of each",)
    # Where something else is wrong it is not looked at.
    assert objections(council(), other(wrong, agencies=())) == ("others can move something than is said",)


def test_where_all_is_met_no_effort_is_needed() -> None:
    found = al.effort_needed(one(-1), curve=2)
    assert found.effort == 0
    assert objections(one(-1), found) == ()
    wasted = other(found, agencies=rows(found.agencies, 0, spends=0.5))
    assert objections(one(-1), wasted) == ("a spends 0.5, of 0 that each may",)


def test_of_nobody_no_effort_is_needed() -> None:
    nobody = small(measures=measures("x", baseline=0, step=1), targets=[])
    assert objections(nobody, other(al.effort_needed(nobody), effort=0.0)) == ()


def test_power_counts_where_it_is_asked_for() -> None:
    """Of eight steps an agency of half the power spends sixteen efforts."""
    weak = one(8, power=0.5)
    for by_power, effort in ((True, 16.0), (False, 8.0)):
        found = al.effort_needed(weak, by_power=by_power)
        assert found.effort == effort
        assert objections(weak, found) == ()
        assert objections(weak, other(found, by_power=not by_power))
        said = f"all that can be met takes an effort of {effort:g} at least and {effort:g} at most, not {effort + 1:g}"
        assert objections(weak, other(found, effort=effort + 1))[0] == said


def test_steps_and_decay_count() -> None:
    """Pushing x moves y by a half, and z by a half of that, times the decay."""
    chain = small(
        measures=measures("x", "y", "z", baseline=0, step=1),
        targets=[target("a", "z", "at_least", 4, id="z"), target("a", "x", "at_least", 4, id="x")],
        influences=[push("x", "y", 0.5), push("y", "z", 0.5)],
    )
    found = al.effort_needed(chain, decay=1.0)
    assert objections(chain, found, Allowed(decay=1.0)) == ()
    assert objections(chain, found, Allowed(decay=0.5))
    assert objections(chain, al.effort_needed(chain, decay=0.5), Allowed(decay=0.5)) == ()


@pytest.mark.parametrize(("far", "says"), [(4e-8, ("wish can be met alone",)), (1.5e-7, ()), (1.0, ())])
def test_what_can_hardly_be_met_alone(far: float, says: tuple[str, ...]) -> None:
    found = al.effort_needed(one(10 + far))
    assert objections(one(10 + far), found) == ()
    assert objections(one(10 + far), other(found, targets=rows(found.targets, 0, alone=None))) == says


def test_where_a_line_has_to_be_missed_the_effort_is_known_all_the_same() -> None:
    """The wish is missed by less than a ten-millionth, by pushing as far as one can."""
    edge = one(10 + 8e-8)
    found = al.effort_needed(edge)
    assert objections(edge, found) == ()
    assert objections(edge, other(found, effort=11.0))[0] == (
        "all that can be met takes an effort of 10 at least and 10 at most, not 11"
    )


def test_what_is_given_up_is_looked_at() -> None:
    """far cannot be met alone, and up weighs less than down."""
    found = al.effort_needed(tug())
    assert [row.target for row in found.alone] == ["far"]
    assert [row.target for row in found.given_up] == ["up"]
    assert objections(tug(), found) == ()
    told = other(found, alone=rows(found.alone, 0, weight=0.3))
    assert objections(tug(), told) == ("far is another target than is said",)
    heavier = other(found, given_up=rows(found.given_up, 0, target="down", agency="right", weight=1.0))
    assert "the sets show only that a repair weighs 1.5, not 2" in objections(tug(), heavier)
    bare = other(found, alone=())
    assert "without up, the rest cannot all be met" in objections(tug(), bare)
    near = other(found, alone=(other(found.alone[0], target="more", agency="left", measure="o"), *found.alone))
    assert "more can all be met" in objections(tug(), near)
