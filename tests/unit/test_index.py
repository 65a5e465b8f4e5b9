"""Where targets stand today: what they accept, whether they are met, what they need and can spare."""

from __future__ import annotations

import math
from typing import Any

import pytest

from alignment.index import Index, equal, up_to
from tests.small import Cells, small, target

INF = math.inf


def of(target_cells: Cells, **cells: Any) -> tuple[Any, ...]:
    """What one target accepts, wishes, whether it is met and pushes, its need and its slack."""
    rows = small(measures=[{"id": "m", "step": 2, **cells}], targets=[target_cells]).derive(Index).targets
    columns = (rows.low, rows.high, rows.wish, rows.met, rows.pushes, rows.need, rows.slack)
    return tuple(column[0].item() for column in columns)


UP, DOWN = {"direction": "higher"}, {"direction": "lower"}


@pytest.mark.parametrize(
    ("asked", "measure", "wanted"),
    [
        (target("a", "m", "at_least", 60), {"baseline": 50}, (60, INF, 1, False, True, 5, 0)),
        (target("a", "m", "at_least", 46), {"baseline": 50}, (46, INF, 1, True, False, 0, 2)),
        (target("a", "m", "at_least", 92), {"baseline": 91.99999999999999}, (92, INF, 1, True, False, 0, 0)),
        (target("a", "m", "at_most", 46), {"baseline": 50}, (-INF, 46, -1, False, True, 2, 0)),
        (target("a", "m", "at_most", 53), {"baseline": 50}, (-INF, 53, -1, True, False, 0, 1.5)),
        (target("a", "m", "increase", 5), {"baseline": 50}, (55, INF, 1, False, True, 2.5, 0)),
        (target("a", "m", "increase"), {"baseline": 50}, (52, INF, 1, False, True, 1, 0)),
        (target("a", "m", "decrease"), {"baseline": 50}, (-INF, 48, -1, False, True, 1, 0)),
        (target("a", "m", "between", 40, upper=60), {"baseline": 50}, (40, 60, 0, True, False, 0, 0)),
        (target("a", "m", "between", 54, upper=60), {"baseline": 50}, (54, 60, 1, False, True, 2, 0)),
        (target("a", "m", "hold", 3), {"baseline": 50, **UP}, (47, INF, 1, True, False, 0, 1.5)),
        (target("a", "m", "hold"), {"baseline": 50, **DOWN}, (-INF, 50, -1, True, False, 0, 0)),
        (target("a", "m", "hold", 3), {"baseline": 50}, (47, 53, 0, True, False, 0, 1.5)),
    ],
)
def test_with_a_baseline(asked: Cells, measure: Cells, wanted: tuple[Any, ...]) -> None:
    assert of(asked, **measure) == wanted


@pytest.mark.parametrize(
    ("asked", "measure", "need", "slack", "assumed"),
    [
        (target("a", "m", "at_least", 60), {}, 1, 0, (True, True)),
        (target("a", "m", "increase", 5), {}, 2.5, 0, (False, True)),
        (target("a", "m", "decrease"), {}, 1, 0, (False, True)),
        (target("a", "m", "between", 1, upper=2), {}, 1, 0, (True, True)),
        (target("a", "m", "hold", 3), UP, 0, 1.5, (False, False)),
    ],
)
def test_without_a_baseline(
    asked: Cells, measure: Cells, need: float, slack: float, assumed: tuple[bool, bool]
) -> None:
    rows = small(measures=[{"id": "m", "step": 2, **measure}], targets=[asked]).derive(Index).targets
    assert not rows.met[0]
    assert (rows.need[0], rows.slack[0]) == (need, slack)
    assert (rows.need_assumed[0], rows.slack_assumed[0]) == assumed
    assert rows.pushes[0] == (asked["sense"] not in ("hold", "between"))
    assert rows.known[0] == (asked["sense"] in ("at_least", "between"))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (92, 91.99999999999999, True),
        (1, 1 + 0.9e-9, True),
        (1, 1 + 3e-9, False),
        (0, 1e-300, False),
        (0, 0, True),
        (INF, INF, True),
        (INF, 5, False),
        (INF, -INF, False),
        (math.nan, math.nan, False),
    ],
)
def test_levels_are_equal_but_for_the_noise_of_decimals(one: float, two: float, same: bool) -> None:
    assert bool(equal(one, two)) == bool(equal(two, one)) == same
    assert bool(up_to(one, two)) == (one <= two or same)
