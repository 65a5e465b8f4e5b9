"""The movement model, number by number, without a solver."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from alignment.effects.net_effects import net_effects
from alignment.errors import OptionError
from alignment.feasibility.moves import Lever, Reason, movers, moves_of
from alignment.index import Index
from alignment.models import System
from tests.small import Cells, push, small, target


def place(**more: list[Cells]) -> System:
    tables: dict[str, list[Cells]] = {
        "measures": [
            {"id": "a", "baseline": 10, "floor": 0, "ceiling": 20, "step": 2},
            {"id": "b", "baseline": 50, "step": 5},
            {"id": "c"},
        ],
        "targets": [target("x", "a", "at_least", 14), target("y", "b", "decrease", for_agency="z")],
        "influences": [push("a", "b", 0.5)],
    }
    return small(**{**tables, **more})


def test_a_step_of_effort_moves_what_the_measure_moves() -> None:
    moves = moves_of(net_effects(place()))
    assert moves.levers == (Lever(0, (0,), 0), Lever(1, (1, 2), 0))
    assert moves.upper.tolist() == [10, 20]  # y wants b and z must deliver it: both push
    assert moves.reasons == (Reason("measure", 0), Reason("measure", 1))
    assert moves.rows.toarray().tolist() == [[1, 0], [0.5, 1]]


def test_what_holds_anyway_and_what_is_asked_are_in_steps() -> None:
    moves = moves_of(net_effects(place()))
    assert (moves.least.tolist(), moves.most.tolist()) == ([-5, -np.inf], [5, np.inf])
    assert (moves.row.tolist(), moves.low.tolist(), moves.high.tolist()) == ([0, 1], [2, -np.inf], [np.inf, -1])


def test_targets_without_a_baseline_are_set_aside() -> None:
    system = place(targets=[target("x", "c", "at_least", 1, id="t"), target("x", "a", "increase", 1, id="u")])
    moves = moves_of(net_effects(system))
    keys = moves.index.targets.keys
    assert [keys[at] for at in moves.missing] == ["t"]
    assert [keys[at] for at in moves.targets] == ["u"]


def test_controls_are_shares_and_end_the_right_of_all_others() -> None:
    controls = [{"agency": "y", "measure": "a", "share": 0.25}, {"agency": "x", "measure": "b", "share": 0}]
    system = place(controls=controls)
    assert movers(system.derive(Index)) == {0: {1: 0.25}}
    assert moves_of(net_effects(system)).upper.tolist() == [2.5]


def test_limited_effort_is_a_column_each_way_and_a_row() -> None:
    system = place(agencies=[{"id": "x", "effort": 3}])
    moves = moves_of(net_effects(system))
    assert [lever.way for lever in moves.levers] == [1, -1, 0]
    assert moves.reasons[-1] == Reason("effort", 0)
    assert moves.rows.toarray()[-1].tolist() == [1, 1, 0]
    assert moves.most[-1] == 3


def test_effort_for_all_is_for_those_without_their_own() -> None:
    moves = moves_of(net_effects(place(agencies=[{"id": "x", "effort": 3}])), effort=7)
    assert moves.most[-3:].tolist() == [3, 7, 7]


def test_a_resource_is_a_row_with_what_is_in_use_taken_off() -> None:
    system = place(
        resources=[{"id": "r", "capacity": 30, "floor": 5, "in_use": 10}, {"id": "s", "capacity": 1}],
        draws=[
            {"measure": "a", "resource": "r", "moving": "up", "per_step": 2},
            {"measure": "b", "resource": "r", "moving": "down", "per_step": 4},
            {"measure": "a", "resource": "s", "moving": "up"},
        ],
    )
    moves = moves_of(net_effects(system))
    assert moves.reasons[2:] == (Reason("resource", 0),)  # how much of s a step takes is not known
    # A step of a is a step up of a and half a step up of b: 2 - 4/2 = 0. A step of b frees 4.
    assert moves.rows.toarray()[2].tolist() == [0, -1]
    assert moves.scale[2] == 4
    assert (moves.least[2], moves.most[2]) == (-5 / 4, 20 / 4)


def test_both_ways_of_a_draw_are_one_line_told_twice() -> None:
    ways = [("up", 2), ("down", -2)]
    draws = [{"measure": "b", "resource": "r", "moving": way, "per_step": size} for way, size in ways]
    moves = moves_of(net_effects(place(resources=[{"id": "r", "capacity": 30}], draws=draws)))
    assert moves.scale[2] == 2


@pytest.mark.parametrize("asked", [{"reach": 0}, {"reach": float("nan")}, {"effort": -1}, {"effort": float("inf")}])
def test_options_out_of_range_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        moves_of(net_effects(place()), **asked)


@pytest.mark.parametrize(
    ("direction", "low", "high"), [("higher", -1.5, np.inf), ("lower", -np.inf, 1.5), ("none", -1.5, 1.5)]
)
def test_a_hold_is_met_within_its_margin(direction: str, low: float, high: float) -> None:
    system = small(
        measures=[{"id": "m", "baseline": 50, "step": 2, "direction": direction}], targets=[target("a", "m", "hold", 3)]
    )
    moves = moves_of(net_effects(system))
    assert (moves.low[0], moves.high[0]) == (low, high)


@pytest.mark.parametrize(("sense", "wanted"), [("increase", (1.0, np.inf)), ("decrease", (-np.inf, -1.0))])
def test_a_change_without_a_value_asks_for_one_step(sense: str, wanted: tuple[float, float]) -> None:
    system = small(measures=[{"id": "m", "baseline": 0.1, "step": 0.3}], targets=[target("a", "m", sense)])
    moves = moves_of(net_effects(system))
    assert (moves.low[0], moves.high[0]) == wanted
