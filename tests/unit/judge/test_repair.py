"""What is said of a repair, word for word, and how close it may be to what can be met."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.judge.feasibility import Allowed
from alignment.judge.repair import objections
from alignment.models import System
from tests.changed import other, rows
from tests.small import measures, small, target

WEIGHTS = {"buses": 1.0, "parks": 0.25, "roads": 0.5}


def council() -> System:
    """Three wishes of two steps each, of which one can be met; of trees nobody knows where they stand."""
    return small(
        agencies=[{"id": "council", "effort": 3}],
        measures=[*measures(*WEIGHTS, baseline=10, step=1), {"id": "trees"}],
        targets=[
            *(target("council", name, "at_least", 12, id=name, weight=weight) for name, weight in WEIGHTS.items()),
            target("council", "trees", "increase", id="trees"),
        ],
    )


def tug(**cells: float) -> System:
    """Three pull at m: two up, one down; what the first wants is what the second wants."""
    wishes = {"down": ("at_most", 10.0), "higher": ("at_least", 20.0), "up": ("at_least", 20.0)}
    return small(
        measures=measures("m", baseline=15, step=1),
        targets=[
            target(name, "m", sense, value, id=name, weight=cells.get(name, 0.5))
            for name, (sense, value) in wishes.items()
        ],
    )


def beyond(far: float) -> System:
    """What is wanted of x lies further than it can be pushed, by so much."""
    return small(measures=measures("x", baseline=0, step=1), targets=[target("a", "x", "at_least", 10 + far, id="far")])


FOUND = al.smallest_repair(council(), every=True)
HEAVIER = ("buses", "parks")


def test_the_repair_is_the_two_that_weigh_least() -> None:
    assert [row.target for row in FOUND.given_up] == ["parks", "roads"]
    assert FOUND.weight == 0.75


def test_another_repair_that_weighs_more_is_weighed() -> None:
    says = ("to give up buses, parks weighs 1.25",)
    assert objections(council(), other(FOUND, repairs=(*FOUND.repairs, HEAVIER))) == says
    assert objections(council(), other(FOUND, repairs=(*FOUND.repairs, HEAVIER)), others=1) == ()


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"proven": True, "bound": 0.0, "weight": 0.75}, ()),
        ({"proven": False, "bound": 0.75}, ()),
        ({"proven": False, "bound": 0.750001}, ("the sets show only that a repair weighs 0.75, not 0.750001",)),
        ({"proven": True, "conflicts": ()}, ("the sets show only that a repair weighs 0, not 0.75",)),
        ({"weight": 0.8}, ("what is given up weighs 0.75, not 0.8",)),
        ({"repairs": (), "weight": 9.0}, ()),
        ({"repairs": (), "assessed": 4}, ("4 targets are said to be assessed, 3 can be",)),
    ],
)
def test_what_is_said_of_weights(cells: dict[str, object], says: tuple[str, ...]) -> None:
    assert objections(council(), other(FOUND, **cells)) == says


def test_a_repair_that_is_said_to_be_the_lightest_is_held_to_what_it_weighs() -> None:
    """Whatever bound goes with it."""
    bus = {"target": "buses", "agency": "council", "measure": "buses", "weight": 1.0}
    heavy = other(FOUND, given_up=rows(FOUND.given_up, 1, **bus), weight=1.25, repairs=(HEAVIER,), bound=0.75)
    assert objections(council(), other(heavy, proven=False)) == ()
    assert objections(council(), other(heavy, proven=True)) == (
        "the sets show only that a repair weighs 0.75, not 1.25",
    )


def test_targets_that_ask_the_same_weigh_together() -> None:
    """down weighs less than the two that want the same."""
    system = tug(down=0.75)
    found = al.smallest_repair(system)
    assert [row.target for row in found.given_up] == ["down"]
    assert objections(system, found) == ()


def test_another_repair_that_leaves_a_conflict_is_named() -> None:
    """Either side may be given up; one of the two that want the same is not enough."""
    system = tug(down=0.5, higher=0.25, up=0.25)
    found = al.smallest_repair(system, every=True)
    assert objections(system, found) == ()
    either = other(found, repairs=(*found.repairs, ("higher", "up")))
    assert objections(system, either) == ()
    light = tug(down=0.5, higher=0.5, up=0.5)
    one = other(al.smallest_repair(light), repairs=(("down",), ("up",)))
    assert objections(light, one) == ("without up, the rest cannot all be met",)


@pytest.mark.parametrize(
    ("far", "says"),
    [
        (1.5e-7, ()),
        (2.5e-7, ("without giving anything up, the rest cannot all be met",)),
        (1.0, ("without giving anything up, the rest cannot all be met",)),
    ],
)
def test_nothing_given_up_is_not_enough(far: float, says: tuple[str, ...]) -> None:
    assert objections(beyond(far), al.smallest_repair(beyond(0))) == says


def test_what_is_given_up_is_named_where_it_is_not_enough() -> None:
    """With an effort of one step not even one wish can be met."""
    tight = Allowed(reach=1.0)
    says = "without parks, roads, the rest cannot all be met"
    assert objections(council(), FOUND, tight)[0] == says
    assert objections(council(), al.smallest_repair(council(), reach=1.0), tight) == ()


def test_a_set_of_a_target_that_cannot_be_assessed_is_not_weighed() -> None:
    strange = other(FOUND, conflicts=rows(FOUND.conflicts, 0, targets=("buses", "trees")))
    says = ("not all of buses, trees are targets that can be assessed",)
    assert objections(council(), strange) == says
