"""Can they all be met: hand-checked systems, boundaries, words, and answers that do not depend on the order of rows."""

from __future__ import annotations

import itertools

import pytest

import alignment as al
from alignment.models import System
from tests.random_moves import random_moves
from tests.random_systems import shuffled
from tests.small import Cells, measures, small, target


def budget(effort: float = 5, **more: list[Cells]) -> System:
    """One council with three wishes of two steps each, and effort for some of them."""
    tables: dict[str, list[Cells]] = {
        "agencies": [{"id": "council", "effort": effort}],
        "measures": measures("buses", "parks", "roads", baseline=10, step=1),
        "targets": [
            target("council", name, "at_least", 12, id=name, weight=weight)
            for name, weight in (("buses", 1.0), ("parks", 0.25), ("roads", 0.5))
        ],
    }
    return small(**{**tables, **more})


def test_three_that_cannot_all_be_met_are_a_joint_conflict() -> None:
    (found,) = al.find_conflicts(budget(), "joint")
    assert found.id == "joint.buses-up.parks-up.roads-up"
    assert found.severity == 0.5  # the cube root of 1 * 1/4 * 1/2
    assert found.confidence == 1
    assert found.sentence == (
        "Council wants three things of which any part can be met, but not all together, as Council has no more than 5 "
        "steps of effort."
    )
    assert found.suggestion == "Agree who gives way: if each gave way by 0.333 steps, all could be met."
    assert [row.row for row in found.evidence] == ["buses", "parks", "roads", "council"]


@pytest.mark.parametrize(("effort", "number"), [(6, 0), (6 - 1e-9, 0), (6 - 1e-5, 1), (3.9, 0)])
def test_a_boundary_is_met_and_less_than_three_are_no_joint_conflict(effort: float, number: int) -> None:
    assert len(al.find_conflicts(budget(effort), "joint")) == number


def test_pairs_and_single_targets_are_told_apart() -> None:
    found = al.find_joint_conflicts(budget(3), every=True)
    assert [each.targets for each in found.pairs] == [("buses", "parks"), ("buses", "roads"), ("parks", "roads")]
    assert found.complete
    assert all(each.verified for each in found.sets)
    alone = al.find_joint_conflicts(budget(1), every=True)
    assert [each.targets for each in alone.alone] == [("buses",), ("parks",), ("roads",)]
    assert not alone.pairs


def test_a_limit_cuts_what_is_said_to_be_known() -> None:
    pairs = al.find_joint_conflicts(budget(3), 2, every=True)
    assert (len(pairs.sets), pairs.complete) == (2, False)
    assert pairs.up_to < 2
    again = [target("council", "buses", "at_least", 12, id="again"), target("council", "buses", "at_least", 12, id="b")]
    rows = [row.model_dump(exclude_none=True) for row in budget(1).targets]
    alone = al.find_joint_conflicts(budget(1, targets=[*rows, *again]), 4, every=True)
    assert (len(alone.sets), alone.complete, alone.up_to) == (4, False, 0)
    assert "There may be more." in str(alone)
    assert al.find_joint_conflicts(budget(1, targets=[*rows, *again]), 5, every=True).complete


def test_yes_comes_with_the_moves_of_least_effort() -> None:
    answer = al.can_all_be_met(budget(6))
    assert answer.met
    assert [(move.measure, move.effort) for move in answer.moves] == [("buses", 2), ("parks", 2), ("roads", 2)]
    assert [level.level for level in answer.levels] == [12, 12, 12]
    assert answer.conflict is None
    assert str(answer).startswith(
        "Yes: the 3 assessed targets can all be met.\n  Council pushes buses up by 2 steps, with 2 steps"
    )


def test_no_comes_with_a_set_that_conflicts() -> None:
    answer = al.can_all_be_met(budget(5))
    assert answer.met is False
    assert answer.conflict is not None
    assert answer.conflict.targets == ("buses", "parks", "roads")
    assert [(fact.what, fact.id) for fact in answer.conflict.facts] == [("effort", "council")]


def test_the_smallest_repair_is_the_lightest() -> None:
    repair = al.smallest_repair(budget(5))
    assert [row.target for row in repair.given_up] == ["parks"]
    assert (repair.weight, repair.bound, repair.proven, repair.apart) == (0.25, 0.25, True, 1)
    both = al.smallest_repair(budget(3), every=True)
    assert both.repairs == (("parks", "roads"),)
    assert both.repairs_complete


def test_all_repairs_that_weigh_the_same() -> None:
    system = budget(
        5, targets=[target("council", name, "at_least", 12, id=name) for name in ("buses", "parks", "roads")]
    )
    repair = al.smallest_repair(system, every=True)
    assert repair.repairs == (("buses",), ("parks",), ("roads",))


def test_targets_without_a_baseline_are_named_not_guessed() -> None:
    system = budget(6, measures=[*measures("buses", "parks", baseline=10, step=1), {"id": "roads"}])
    answer = al.can_all_be_met(system)
    assert answer.met
    assert [(row.target, row.why) for row in answer.not_assessed] == [("roads", "nobody says where roads stands today")]
    assert "1 target was not assessed, as there is no baseline for roads." in str(answer)


def test_hard_facts_that_contradict_each_other_are_faults_of_the_input() -> None:
    system = budget(
        6,
        resources=[{"id": "staff", "floor": 50, "capacity": 60, "in_use": 10, "unit": "people"}],
        draws=[{"measure": "buses", "resource": "staff", "moving": "up", "per_step": 5}],
    )
    with pytest.raises(al.InputError) as raised:
        al.can_all_be_met(system)
    assert "at least 50 people of “Staff” has to be used; Council has no more than 6 steps" in str(raised.value)
    assert [fault.table for fault in raised.value.faults] == ["resources", "agencies"]
    found = al.find_conflicts(system)
    assert found.notes == ("joint conflicts not assessed: floors, caps and efforts alone contradict each other",)


def test_a_side_lists_everybody_who_asks_as_much() -> None:
    more = [target("region", "buses", "at_least", 13, id="region"), target("town", "buses", "at_least", 11, id="town")]
    agencies: list[Cells] = [
        {"id": name, "effort": effort} for name, effort in (("council", 5), ("region", 0), ("town", 0))
    ]
    plain = budget(5)
    rows = [row.model_dump(exclude_none=True) for row in plain.targets]
    system = budget(5, agencies=agencies, targets=[*rows, *more])
    found = al.find_conflicts(system, "joint")
    assert len(found) == 1
    assert found[0].sides[0].targets == ("buses", "region") or found[0].sides[0].targets == ("region",)


def test_the_order_of_rows_changes_nothing() -> None:
    for seed in range(12):
        system = random_moves(seed)
        other = shuffled(system, seed + 1)
        for ask in (al.can_all_be_met, al.find_joint_conflicts, al.smallest_repair):
            one, two = ask(system).model_dump(), ask(other).model_dump()
            assert {**one, "system": ""} == {**two, "system": ""}


def test_stopped_searches_say_so() -> None:
    found = al.find_joint_conflicts(random_moves(3), time_limit=1e-9)
    assert (found.complete, found.stopped) == (False, "time limit")
    answer = al.can_all_be_met(random_moves(3), time_limit=1e-9)
    assert (answer.met, answer.stopped) == (None, "time limit")
    repair = al.smallest_repair(random_moves(3), time_limit=1e-9)
    assert (repair.proven, repair.stopped) == (False, "time limit")
    assert len(repair.given_up) == repair.assessed


def test_ctrl_c_ends_with_what_there_is() -> None:
    calls = itertools.count()

    def stop(_: str) -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt

    found = al.find_joint_conflicts(budget(3), every=True, progress=stop)
    assert (found.complete, found.stopped) == (False, "interrupted")
    assert found.sets


@pytest.mark.parametrize("asked", [{"limit": 0}, {"time_limit": 0}, {"reach": -1}, {"effort": -1}])
def test_options_out_of_range_are_refused(asked: dict[str, float]) -> None:
    with pytest.raises(al.OptionError):
        al.find_joint_conflicts(budget(), **asked)  # type: ignore[arg-type]


def test_a_limit_ends_the_list_and_says_so() -> None:
    found = al.find_joint_conflicts(budget(3), 2, every=True)
    assert len(found.sets) == 2
    assert not found.complete


def test_london_has_no_joint_conflict_while_effort_is_free_and_has_when_it_is_not() -> None:
    london = al.read(al.example("london-2018"))
    free = al.find_joint_conflicts(london, every=True)
    assert free.complete
    assert [each.size for each in free.sets] == [2, 2]
    assert not al.find_conflicts(london, "joint")
    tight = al.find_joint_conflicts(london, effort=15)
    assert tight.joint
    assert all(each.verified for each in tight.sets)
    assert len(free.not_assessed) == 25


def test_sets_found_before_the_end_are_kept_wherever_it_comes() -> None:
    """Whoever stops it while the first sets are looked for, gets those found so far."""

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    found = al.find_joint_conflicts(budget(3), every=True, progress=stop)
    assert (found.stopped, len(found.sets), found.complete) == ("interrupted", 1, False)
