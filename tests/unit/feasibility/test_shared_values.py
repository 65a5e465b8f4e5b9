"""Effort needed and shared values: by hand, by other means, by finite differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import alignment as al
from alignment.models import System
from tests.movement import Movement
from tests.random_moves import random_moves
from tests.random_systems import shuffled
from tests.small import measures, push, small, target
from tests.thoroughly import part_of
from tests.unit.feasibility.test_joint import budget


def test_effort_of_one_council_is_all_it_has_to_do() -> None:
    need = al.effort_needed(budget(5), curve=3)
    assert need.effort == 6
    assert [(row.agency, row.has, row.spends, row.bottleneck) for row in need.agencies] == [("council", 5, 6, 1)]
    assert [(row.target, row.alone, row.adds) for row in need.targets] == [
        ("buses", 2, 2),
        ("parks", 2, 2),
        ("roads", 2, 2),
    ]
    assert [(point.effort, point.met, point.weight) for point in need.curve] == [
        (0, 0, 0),
        (2, 1, 1),
        (4, 2, 1.5),
        (6, 3, 1.75),
    ]
    assert "Council has 5 steps and would spend 6" in str(need)


def test_power_is_the_measure_of_effort_if_asked() -> None:
    system = budget(5, agencies=[{"id": "council", "power": 2}])
    assert al.effort_needed(system, by_power=True).effort == 3


def test_what_cannot_be_met_even_alone_comes_first() -> None:
    far = target("council", "buses", "at_least", 25, id="far")
    system = budget(5, targets=[far, target("council", "parks", "at_least", 12, id="near")])
    need = al.effort_needed(system)
    assert [row.target for row in need.alone] == ["far"]
    assert not need.given_up
    assert need.effort == 2
    assert [(row.target, row.alone, row.adds) for row in need.targets] == [("far", None, None), ("near", 2, 2)]


@pytest.mark.parametrize("seed", part_of(range(30)))
def test_a_little_less_effort_is_not_enough(seed: int) -> None:
    system = random_moves(seed)
    need = al.effort_needed(system)
    assert need.effort is not None
    given = {row.target for row in (*need.alone, *need.given_up)}
    rest = {row.target for row in need.targets} - given
    names = [row.id for row in system.agencies]
    assert Movement(system, efforts=dict.fromkeys(names, need.effort + 1e-5)).met(rest)
    if need.effort > 1e-3:
        assert not Movement(system, efforts=dict.fromkeys(names, need.effort - 1e-3)).met(rest)


def tug(power: float = 1.0) -> System:
    """One wants 20 or more, the other 10 or less."""
    return small(
        agencies=[{"id": "left", "power": power}, {"id": "right"}],
        measures=measures("m", baseline=15, step=1),
        targets=[target("left", "m", "at_least", 20, id="up"), target("right", "m", "at_most", 10, id="down")],
    )


@pytest.mark.parametrize("power", [0.25, 0.5, 0.99, 1.0, 1.01, 2.0, 4.0])
def test_shared_values_move_with_power_and_do_not_jump(power: float) -> None:
    """Ten steps apart: p c = c' and c + c' = 10, so the shared level is 20 - 10 / (1 + p)."""
    for shared in (al.shared_values(tug(power)), al.shared_values(tug(), power={"left": power})):
        level = 20 - 10 / (1 + power)
        assert [row.shared for row in shared.targets] == pytest.approx([level, level], abs=2e-6)
        assert shared.largest == pytest.approx(10 * power / (1 + power), abs=2e-6)


def test_the_next_largest_concession_comes_next() -> None:
    more = [target("left", "n", "at_least", 18, id="n-up"), target("third", "n", "at_most", 14, id="n-down")]
    rows = [row.model_dump(exclude_none=True) for row in tug().targets]
    system = small(
        agencies=[{"id": name} for name in ("left", "right", "third")],
        measures=[*measures("m", "n", baseline=15, step=1)],
        targets=[*rows, *more],
    )
    fair = al.shared_values(system)
    assert fair.largest == 5
    assert {row.agency: row.concession for row in fair.agencies} == {"left": 5, "right": 5, "third": 0}


def test_an_unrelated_target_does_not_decide_who_wins() -> None:
    """On n two steps are short: a step each. Were it not for m, where two each have to go, nothing would change."""
    there = [target("left", "m", "at_least", 18, id="up"), target("right", "m", "at_most", 14, id="down")]
    rows = [
        target("north", "n", "at_least", 17, id="north"),
        target("south", "n", "at_most", 15, id="south", weight=0.5),
    ]
    for far in ([], there):
        shared = al.shared_values(small(measures=measures("m", "n", baseline=15, step=1), targets=[*far, *rows]))
        told = {row.agency: row.concession for row in shared.agencies}
        assert (told["north"], told["south"]) == (1, 1)
    plain = al.shared_values(
        small(measures=measures("m", "n", baseline=15, step=1), targets=[*there, *rows]), lexicographic=False
    )
    assert {row.agency: row.concession for row in plain.agencies}["south"] == 2


def assumed(wish: float = 12, **cells: Any) -> System:
    """The council wants so many steps of buses, which it alone moves; nobody says how far they can go."""
    return small(
        agencies=[{"id": "council"}],
        measures=[{"id": "buses", "baseline": 0, "step": 2, "unit": "%", **cells}],
        targets=[target("council", "buses", "at_least", 2 * wish, id="wish")],
    )


def test_what_rests_on_an_assumed_reach_says_so_and_what_more_would_do() -> None:
    """Twelve steps are wanted and ten assumed: twelve would be enough, and one more spares one step of concession."""
    (fact,) = al.can_all_be_met(assumed()).conflict.facts  # pyright: ignore[reportOptionalMemberAccess]
    assert (fact.what, fact.measures, fact.assumed, fact.enough) == ("reach", ("buses",), True, 12)
    for ask in (al.can_all_be_met, al.find_joint_conflicts, al.smallest_repair, al.effort_needed):
        (reach,) = ask(assumed()).reaches
        assert (reach.measure, reach.reach, reach.sets, reach.enough) == ("buses", 10, 1, 12)
        assert "10 steps (20 percentage points)" in reach.sentence
        assert reach.sentence.split(":")[0] in " ".join(str(ask(assumed())).split())
    (reach,) = al.shared_values(assumed()).reaches
    assert reach.spares == 1
    assert "Council settles for buses at 20% instead of 24%: 2 steps (4 percentage points)." in str(
        al.shared_values(assumed())
    ).replace("\n    ", " ")


def test_an_assumed_reach_that_binds_where_all_is_met_is_told_too() -> None:
    """Of x ten steps can be made at a step each, the eleventh only through y, at two: one more of x spares two of y."""
    system = small(
        agencies=[{"id": "a"}],
        measures=measures("x", "y", baseline=0, step=1),
        targets=[target("a", "x", "at_least", 11, id="wish")],
        controls=[{"agency": "a", "measure": "x", "share": 1}, {"agency": "a", "measure": "y", "share": 1}],
        influences=[push("y", "x", 0.5)],
    )
    (reach,) = al.can_all_be_met(system).reaches
    assert (reach.measure, reach.sets, reach.enough, reach.spares) == ("x", 0, None, 1)


def test_a_reach_that_is_known_or_asked_for_is_no_assumption() -> None:
    """From 0 to 40 are twenty steps; asked for are eleven."""
    known = assumed(12, floor=0, ceiling=40)
    assert al.can_all_be_met(known).met
    assert not al.can_all_be_met(known).reaches
    (fact,) = al.can_all_be_met(assumed(), reach=11).conflict.facts  # pyright: ignore[reportOptionalMemberAccess]
    assert (fact.says, fact.assumed, fact.enough) == ("no agency can push buses further than 11 steps", False, None)
    half = small(
        agencies=[{"id": "council"}],
        measures=[{"id": "buses", "baseline": 0, "step": 2, "floor": 0, "ceiling": 40}],
        targets=[target("council", "buses", "at_least", 24, id="wish")],
        controls=[{"agency": "council", "measure": "buses", "share": 0.5}],
    )
    answer = al.can_all_be_met(half)
    assert not answer.reaches
    assert "no agency can push buses further than 20 steps" in str(answer).replace("\n    ", " ")


@pytest.mark.parametrize("seed", part_of(range(40)))
def test_concessions_let_everything_be_met_and_prices_are_finite_differences(seed: int) -> None:
    system = random_moves(seed)
    shared = al.shared_values(system, lexicographic=False)
    assert shared.largest is not None
    movement = Movement(system)
    given = {row.target: row.concession + 1e-5 for row in shared.targets}
    assert movement.met(given, given)
    for price in shared.prices:
        changed = al.shared_values(_with_more(system, price.what, price.id, 1e-3), lexicographic=False)
        assert changed.largest is not None
        assert (shared.largest - changed.largest) / 1e-3 == pytest.approx(price.largest, abs=5e-3)
        if price.largest == 0:
            assert shared.total is not None
            assert changed.total is not None
            assert (shared.total - changed.total) / 1e-3 == pytest.approx(price.total, abs=5e-3)


def _with_more(system: System, what: str, name: str, more: float) -> System:
    tables: dict[str, Any] = system.model_dump(exclude_none=True)
    table = "agencies" if what == "effort" else "resources"
    cell, sign = {"effort": ("effort", 1), "cap": ("capacity", 1), "ring-fence": ("floor", -1)}[what]
    for row in tables[table]:
        if row["id"] == name:
            row[cell] += sign * more
    return System.model_validate(tables)


def test_only_some_measures() -> None:
    london = al.read(al.example("london-2018"))
    shared = al.shared_values(london, ["homecare-fee"])
    assert {row.measure for row in shared.targets} == {"homecare-fee"}
    with pytest.raises(al.UnknownWord):
        al.shared_values(london, ["homecare-fees"])


def test_the_order_of_rows_changes_nothing() -> None:
    for seed in range(8):
        system = random_moves(seed)
        for ask in (al.effort_needed, al.shared_values):
            one, two = ask(system).model_dump(), ask(shuffled(system, seed)).model_dump()
            assert {**one, "system": ""} == {**two, "system": ""}


def test_stopped_searches_say_so() -> None:
    need, shared = al.effort_needed(budget(), time_limit=1e-9), al.shared_values(budget(), time_limit=1e-9)
    assert (need.effort, need.stopped) == (None, "time limit")
    assert (shared.largest, shared.stopped) == (None, "time limit")
    assert "Not known" in str(need)
    assert "Not known" in str(shared)


@pytest.mark.parametrize("power", [{"left": 0}, {"left": "much"}, {"left": np.inf}])
def test_power_is_above_nothing(power: dict[str, Any]) -> None:
    with pytest.raises(al.OptionError):
        al.shared_values(tug(), power=power)


def test_a_curve_has_a_whole_number_of_points() -> None:
    with pytest.raises(al.OptionError):
        al.effort_needed(tug(), curve=-1)


def test_without_prices_the_values_are_the_same() -> None:
    system = al.read(al.example("winter-pressure"))
    whole, values = al.shared_values(system), al.shared_values(system, prices=False)
    assert whole.prices
    assert not values.prices
    assert [row.shared for row in values.targets] == [row.shared for row in whole.targets]
