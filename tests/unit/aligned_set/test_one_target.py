"""One target a measure: worked out by hand where wishes agree, differ with a baseline, and differ without one."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.adoption import OneTarget
from tests.small import Cells, small, target

WAITS: Cells = {"id": "waits", "outcome": "prompt", "direction": "higher", "unit": "%", "step": 1}


def place(*targets: Cells, **cells: Any) -> System:
    return small(
        outcomes=[{"id": "prompt", "dimension": "outcomes"}], measures=[{**WAITS, **cells}], targets=list(targets)
    )


def one(system: System) -> OneTarget:
    found = al.propose(system, balance=False).kept[0].one_target
    assert found is not None
    return found


def test_what_all_say_alike_is_agreed() -> None:
    found = one(place(target("council", "waits", "at_least", 95), target("trust", "waits", "at_least", 95)))
    assert (found.sense, found.value, found.basis) == ("at_least", 95, "agreed")
    assert found.sentence == "“Waits”: 95% or more."
    assert found.today == ("95% or more",)


def test_with_a_baseline_the_most_demanding_of_the_shared_values_meets_all() -> None:
    wishes = (
        target("council", "waits", "at_least", 90, due="2020"),
        target("trust", "waits", "at_least", 95, due="2019-12-31"),
        target("region", "waits", "increase"),  # by one step or more: 95 is more
    )
    found = one(place(*wishes, baseline=88))
    assert (found.sense, found.value, found.due, found.basis) == ("at_least", 95, "2020", "shared value")
    assert found.sentence == (
        "“Waits”: 95% or more (due 2020), to be negotiated: the most that is asked; today 90% or more (due 2020) or "
        "95% or more (due 2019-12-31) or up."
    )


def test_changes_from_levels_of_ones_own_are_compared_by_size() -> None:
    # From 80 and from the baseline of 88 up by 5: 85 and 93, but one wish. Up by 3 from 88 is another.
    rows = [{"measure": "waits", "agency": "council", "value": 80}]
    alike = place(target("council", "waits", "increase", 5), target("trust", "waits", "increase", 5), baseline=88)
    found = one(alike.replace(levels=rows))
    assert (found.sense, found.value, found.basis) == ("increase", 5, "agreed")
    other = place(target("council", "waits", "increase", 5), target("trust", "waits", "increase", 3), baseline=88)
    found = one(other.replace(levels=rows))
    assert (found.sense, found.value, found.basis) == ("increase", 3, "median")
    assert one(other).basis == "shared value"


def test_two_ways_meet_in_the_middle() -> None:
    # 100 or more against 90 or less, a step of 1, equal power: each gives way by five.
    found = one(place(target("a", "waits", "at_least", 100), target("b", "waits", "at_most", 90), baseline=95))
    assert (found.sense, found.value, found.upper, found.basis) == ("between", 95, 95, "shared value")


@pytest.mark.parametrize(
    ("wishes", "wanted"),
    [
        # weights 1, 1, 0.5: half of 2.5 is reached at 95
        ([("at_least", 90, 1), ("at_least", 95, 1), ("at_least", 99, 0.5)], ("at_least", 95)),
        # the lower of two that weigh the same
        ([("at_most", 4, 1), ("at_most", 8, 1)], ("at_most", 4)),
        # sizes of changes from an unknown level are compared with each other
        ([("increase", 2, 1), ("increase", 6, 0.4), ("increase", None, 1)], ("increase", 2)),
    ],
)
def test_without_a_baseline_it_is_the_weighted_median(wishes: Any, wanted: Any) -> None:
    rows = [
        target(f"a{at}", "waits", sense, value, weight=weight, due=f"202{at}")
        for at, (sense, value, weight) in enumerate(wishes)
    ]
    down = wanted[0] in ("at_most", "decrease")
    found = one(place(*rows, direction="lower" if down else "higher"))
    assert (found.sense, found.value) == wanted
    assert (found.basis, found.due) == ("median", f"202{len(wishes) - 1}")


def test_dates_alone_may_differ_and_who_names_no_value_takes_that_of_others() -> None:
    found = one(place(target("a", "waits", "increase", due="2021"), target("b", "waits", "at_least", 95, due="2020")))
    assert (found.sense, found.value, found.due, found.basis) == ("at_least", 95, "2021", "latest date")
    found = one(place(target("a", "waits", "increase"), target("b", "waits", "at_least", 95, due="2020")))
    assert (found.value, found.due, found.basis) == (95, "2020", "agreed")


def test_of_the_milestones_of_one_body_the_last_counts_and_no_lapsed_target() -> None:
    steps = [target("a", "waits", "at_least", 80 + at, due=f"202{at}") for at in range(5)]
    system = place(*steps, target("b", "waits", "at_least", 99, due="2010")).replace(about={"year": 2020})
    assert (one(system).value, one(system).basis) == (84, "agreed")


def test_guardrails_count_where_nobody_pushes() -> None:
    found = one(place(target("a", "waits", "hold", 2), target("b", "waits", "hold", 4), baseline=90))
    assert (found.sense, found.value, found.basis) == ("hold", 2, "median")


def test_an_inferred_wish_counts_only_where_there_is_no_other() -> None:
    rows = (target("a", "waits", "at_least", 90), target("b", "waits", "at_least", 99, revealed=True))
    assert one(place(*rows)).value == 90


def test_holders_are_named_by_tier_and_nobody_has_a_target_on_a_new_measure() -> None:
    system = small(
        tiers=[{"id": "town", "level": 1}, {"id": "state", "level": 0}],
        agencies=[{"id": "council", "tier": "town"}, {"id": "ministry", "tier": "state"}],
        outcomes=[{"id": "prompt", "dimension": "outcomes"}],
        measures=[WAITS, {**WAITS, "id": "calls"}],
        targets=[target("ministry", "waits", "at_least", 95, for_agency="council")],
    )
    proposal = al.propose(system, balance=False, keep=["calls"])
    rows = {row.measure: row for row in proposal.kept}
    assert [(each.tier, each.agencies) for each in rows["waits"].holders] == [
        ("state", ("ministry",)),
        ("town", ("council",)),
    ]
    assert rows["calls"].one_target is None
    assert rows["calls"].holders == ()
    assert list(proposal.frames["targets"]()["measure"]) == ["waits"]
    assert list(proposal.frames["holders"]()["tier"]) == ["state", "town"]
