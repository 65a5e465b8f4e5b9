"""Conflicting sets and lists of them: how near to the edge they may lie, and what is not worked out twice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pytest

import alignment as al
from alignment.judge import joint
from alignment.judge.claims import Sets
from alignment.judge.feasibility import Feasibility
from alignment.models import System
from tests.changed import other, without
from tests.small import measures, small, target


def edge(far: float) -> System:
    """x is wanted further than anybody can push it, and lower; y is within reach."""
    return small(
        measures=measures("x", "y", baseline=0, step=1),
        targets=[
            target("a", "x", "at_least", 10 + far, id="far"),
            target("b", "x", "at_most", 0, id="low"),
            target("b", "y", "at_least", 1, id="near"),
        ],
    )


@pytest.mark.parametrize(("far", "says"), [(4e-8, "far can all be met"), (1.5e-7, None), (1.0, None)])
def test_what_is_missed_by_less_than_half_of_a_ten_millionth_is_met(far: float, says: str | None) -> None:
    # Two push x, so it moves by twenty steps at most.
    assert Sets(Feasibility(edge(10 + far))).objection(("far",)) == says


@pytest.mark.parametrize(
    ("far", "says"), [(1.5e-7, None), (2.5e-7, "far, near cannot all be met even without near"), (-1.0, None)]
)
def test_a_part_that_cannot_be_met_is_named(far: float, says: str | None) -> None:
    both = ("far", "low") if far < 0 else ("far", "near")
    assert Sets(Feasibility(edge(10 + far))).objection(both) == says


def council() -> System:
    """Six steps are wanted of two measures, four can be spent."""
    return small(
        agencies=[{"id": "council", "effort": 4}],
        measures=measures("buses", "parks", baseline=10, step=1),
        targets=[target("council", name, "at_least", 13, id=name) for name in ("buses", "parks")],
    )


def tug() -> System:
    """One wants 20 or more, the other 10 or less."""
    return small(
        measures=measures("m", baseline=15, step=1),
        targets=[target("left", "m", "at_least", 20, id="up"), target("right", "m", "at_most", 10, id="down")],
    )


Ask = Callable[[System], Any]
ASKED: dict[str, tuple[Ask, System, set[tuple[str, ...]]]] = {
    "achieve": (al.can_all_be_met, council(), {("buses", "parks")}),
    "joint": (al.find_joint_conflicts, council(), {("buses", "parks")}),
    "repair": (al.smallest_repair, council(), {("buses", "parks"), ("buses",), ("parks",)}),
    "effort": (al.effort_needed, tug(), {("down", "up")}),
}


@pytest.mark.parametrize(("ask", "system", "shown"), ASKED.values(), ids=ASKED)
def test_what_the_search_shows_is_confirmed_without_a_programme(
    ask: Ask, system: System, shown: set[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    honest = Feasibility.miss

    def miss(self: Feasibility, targets: Collection[str], *give: Any) -> Any:
        asked.append(tuple(sorted(targets)))
        return honest(self, targets, *give)

    monkeypatch.setattr(Feasibility, "miss", miss)
    ask(system)
    assert shown.isdisjoint(asked)


def test_a_set_that_only_a_later_beginning_shows_is_missed() -> None:
    """a and c go together, so a trial that begins with a holds neither set; one that begins with b holds the second."""
    system = small(
        measures=measures("m", baseline=0, step=1),
        targets=[
            target("a", "m", "at_least", 2, id="a"),
            target("b", "m", "at_most", 0, id="b"),
            target("c", "m", "at_least", 1, id="c"),
        ],
    )
    found = al.find_joint_conflicts(system, every=True)
    assert [each.targets for each in found.sets] == [("a", "b"), ("b", "c")]
    first = other(found, sets=without(found.sets, 1))
    assert joint.objections(system, first) == ("there are more sets than the list of all has",)
    assert joint.objections(system, other(first, complete=False)) == ()


@pytest.mark.parametrize(("far", "says"), [(1.5e-7, ()), (2.5e-7, ("there are more sets than the list of all has",))])
def test_a_list_of_none_is_one_of_all_where_all_can_be_met(far: float, says: tuple[str, ...]) -> None:
    def one(wish: float) -> System:
        return small(measures=measures("x", baseline=0, step=1), targets=[target("a", "x", "at_least", wish, id="x")])

    none = al.find_joint_conflicts(one(10), every=True)
    assert none.sets == ()
    assert joint.objections(one(10 + far), none) == says


def test_a_list_that_somebody_changed() -> None:
    """A set told twice, and targets of which nobody knows where their measure stands."""
    found = al.find_joint_conflicts(council(), every=True)
    bare = small(measures=[{"id": "trees"}], targets=[target("council", "trees", "increase", id="trees")])
    same = Sets(Feasibility(council())).objection(("buses", "buses"))
    assert same == "of buses, buses some ask the same"
    twice = other(found, sets=(*found.sets, *found.sets))
    assert joint.objections(council(), twice) == ("buses, parks hold another set, or are held by one",)
    missing = other(found, not_assessed=al.can_all_be_met(bare).not_assessed)
    assert joint.objections(council(), missing) == ("others are without a baseline than is said",)
