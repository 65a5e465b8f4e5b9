"""Findings that rest on levels of today at one agency: what is compared, and what the sentences say of it."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflict import Conflict, Kind
from tests.small import Cells, push, small, target


def councils(*wishes: Cells, levels: dict[str, float] | None = None, **tables: Any) -> System:
    """Delays stand at 60, in steps of 2; at some councils otherwise."""
    rows = [{"measure": "delays", "agency": who, "value": value} for who, value in (levels or {"croydon": 81}).items()]
    delays: Cells = {"id": "delays", "unit": "days", "baseline": 60, "step": 2, **tables.pop("delays", {})}
    return small(
        agencies=[{"id": name, "name": name.capitalize()} for name in ("barnet", "croydon", "sutton")],
        measures=[delays, *tables.pop("measures", [])],
        targets=list(wishes),
        levels=rows,
        **tables,
    )


def found(system: System, kind: Kind) -> list[Conflict]:
    return list(al.find_conflicts(system, kind))


def only(system: System, kind: Kind) -> Conflict:
    (conflict,) = found(system, kind)
    return conflict


class TestOpposed:
    def test_a_change_from_an_own_level_beside_a_level(self) -> None:
        # From its own 81 Croydon accepts 83 or more; from the baseline it would accept 62, and so 80 too.
        wishes = target("croydon", "delays", "increase", 2), target("sutton", "delays", "at_most", 80)
        conflict = only(councils(*wishes), "opposed")
        assert conflict.sentence == (
            "Croydon wants “Delays” up by 2 days and Sutton wants it at 80 days or less: no one level satisfies both, "
            "from today's 81 days at Croydon."
        )
        assert not found(councils(*wishes, levels={"croydon": 78}), "opposed")
        assert not found(councils(*wishes, levels={"barnet": 81}), "opposed")

    def test_the_level_is_shown_as_evidence(self) -> None:
        wishes = target("croydon", "delays", "increase", 2), target("sutton", "delays", "at_most", 80)
        rows = {(row.table, row.row): row.says for row in only(councils(*wishes), "opposed").evidence}
        assert rows["levels", "delays|croydon"] == "“Delays”: today 81 days (Croydon's own figure)"

    def test_up_and_down_from_two_places_may_meet_between(self) -> None:
        # Up from 20 to 22 or more, down from 80 to 75 or less: 50 satisfies both.
        wishes = target("croydon", "delays", "increase", 2), target("sutton", "delays", "decrease", 5)
        assert not found(councils(*wishes, levels={"croydon": 20, "sutton": 80}), "opposed")
        # Up from 80, down from 20: no level does.
        conflict = only(councils(*wishes, levels={"croydon": 80, "sutton": 20}), "opposed")
        assert conflict.sentence.endswith(
            "no one level satisfies both, from today's 80 days at Croydon and 20 days at Sutton."
        )
        # Up from 81, down from the baseline.
        assert only(councils(*wishes), "opposed").sentence.endswith(
            "from today's 81 days at Croydon and 60 days elsewhere."
        )

    def test_where_one_level_is_not_known_some_may_satisfy_both(self) -> None:
        wishes = target("croydon", "delays", "increase", 2), target("sutton", "delays", "decrease", 5)
        conflict = only(councils(*wishes, delays={"baseline": None}), "opposed")
        assert conflict.confidence == 0.5
        assert conflict.sentence.endswith(
            "nobody says where it stands today at Sutton, so some level may satisfy both."
        )

    def test_of_one_place_no_level_satisfies_both(self) -> None:
        wishes = (
            target("barnet", "delays", "increase", 2, for_agency="croydon"),
            target("sutton", "delays", "decrease", 5, for_agency="croydon"),
        )
        assert only(councils(*wishes), "opposed").sentence.endswith("down by 5 days: no level satisfies both.")


class TestInconsistent:
    @pytest.mark.parametrize(("size", "severity"), [(10, None), (6, 0.5), (2, 1)])
    def test_changes_from_two_places_are_compared_by_size(self, size: float, severity: float | None) -> None:
        # Sizes of 10 and 6 differ by two steps of 2, half of four; to which levels they lead does not matter.
        wishes = target("croydon", "delays", "decrease", 10), target("sutton", "delays", "decrease", size)
        conflicts = found(councils(*wishes), "inconsistent")
        assert [each.severity for each in conflicts] == ([] if severity is None else [severity])

    def test_a_change_and_a_level_are_compared_as_levels(self) -> None:
        # Down by 10 from 81 is 71: two and a half steps from 66.
        wishes = target("croydon", "delays", "decrease", 10), target("sutton", "delays", "at_most", 66)
        conflict = only(councils(*wishes), "inconsistent")
        assert conflict.severity == 0.625
        assert conflict.sentence == (
            "Sutton wants “Delays” at 66 days or less, while Croydon wants it down by 10 days: two different targets "
            "for one measure, from today's 81 days at Croydon."
        )

    def test_a_smaller_change_that_is_due_earlier_is_a_step_on_the_way(self) -> None:
        wishes = (
            target("croydon", "delays", "decrease", 6, due="2027"),
            target("sutton", "delays", "decrease", 10, due="2029"),
        )
        assert only(councils(*wishes), "inconsistent").confidence == 0.5


def test_spillover_needs_what_the_deliverer_needs() -> None:
    # Croydon's need is (81 - 70) / 2 = 5.5 steps; from the baseline it would be met and push nobody.
    system = councils(
        target("croydon", "delays", "at_most", 70),
        target("sutton", "care", "at_most", 10),
        measures=[{"id": "care", "baseline": 10, "step": 1}],
        influences=[push("delays", "care", -0.5)],
    )
    assert only(system, "spillover").amount == 2.75
    assert not found(system.replace(levels=None), "spillover")


def test_a_tiers_reading_is_made_of_the_levels_below() -> None:
    # Down by 10 from 81 is 71, from 60 it is 50: on average 60.5, not the 55 that is wanted.
    system = small(
        tiers=[{"id": "city", "level": 0}, {"id": "council", "level": 1}],
        agencies=[
            {"id": "mayor", "tier": "city"},
            {"id": "croydon", "tier": "council"},
            {"id": "sutton", "tier": "council"},
        ],
        measures=[{"id": "delays", "baseline": 60, "step": 2, "aggregate": "mean"}],
        targets=[
            target("mayor", "delays", "at_most", 55),
            target("croydon", "delays", "decrease", 10),
            target("sutton", "delays", "decrease", 10),
        ],
        levels=[{"measure": "delays", "agency": "croydon", "value": 81}],
    )
    conflict = only(system, "cascade")
    assert conflict.severity == 0.6875  # 5.5 / 2 = 2.75 steps of four
    assert conflict.sentence.endswith("the average is only 60.5.")
    assert not found(system.replace(levels=None), "cascade")


@pytest.mark.parametrize(
    ("levels", "assumed"),
    [
        ({}, "all three bodies"),
        ({"croydon": 81}, "two of the three bodies"),
        # That it is the baseline is known too: it is the body's own.
        ({"croydon": 60}, "two of the three bodies"),
        ({"croydon": 81, "sutton": 50}, None),
    ],
)
def test_a_figure_that_is_a_bodys_own_is_not_assumed(levels: dict[str, float], assumed: str | None) -> None:
    wishes = [target(who, "delays", "at_most", 70 - at) for at, who in enumerate(("barnet", "croydon", "sutton"))]
    system = councils(*wishes, target("barnet", "delays", "at_least", 90)).replace(
        levels=[{"measure": "delays", "agency": who, "value": value} for who, value in levels.items()]
    )
    said = f"today's figure of “Delays” is one for {assumed} judged on it, not each one's own"
    assert only(system, "opposed").assumed == (() if assumed is None else (said,))
