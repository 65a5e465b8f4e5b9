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
from tests.small import measures, small, target
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
    assert "council has 5 steps and would spend 6" in str(need)


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


def test_the_next_largest_concession_comes_next_if_asked() -> None:
    more = [target("left", "n", "at_least", 18, id="n-up"), target("third", "n", "at_most", 14, id="n-down")]
    rows = [row.model_dump(exclude_none=True) for row in tug().targets]
    system = small(
        agencies=[{"id": name} for name in ("left", "right", "third")],
        measures=[*measures("m", "n", baseline=15, step=1)],
        targets=[*rows, *more],
    )
    fair = al.shared_values(system, lexicographic=True)
    assert fair.largest == 5
    assert {row.agency: row.concession for row in fair.agencies} == {"left": 5, "right": 5, "third": 0}


@pytest.mark.parametrize("seed", part_of(range(40)))
def test_concessions_let_everything_be_met_and_prices_are_finite_differences(seed: int) -> None:
    system = random_moves(seed)
    shared = al.shared_values(system)
    assert shared.largest is not None
    movement = Movement(system)
    given = {row.target: row.concession + 1e-5 for row in shared.targets}
    assert movement.met(given, given)
    for price in shared.prices:
        changed = al.shared_values(_with_more(system, price.what, price.id, 1e-3))
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
