"""Small inputs met in public reports and real files, which once gave conflicts that are none."""

from __future__ import annotations

from typing import Final

import alignment as al
from alignment.models import System
from tests.small import Cells, push, small, target

MEASURES: Final[list[Cells]] = [
    {"id": "occupancy", "name": "Bed occupancy", "direction": "lower", "unit": "%", "baseline": 95},
    {"id": "long-waits", "name": "Long waits", "direction": "lower", "unit": "%", "baseline": 20},
    {"id": "home-fee", "name": "Weekly fee of a care home", "direction": "lower", "unit": "GBP", "baseline": 700},
    {"id": "heard-share", "name": "People who felt heard", "direction": "higher", "unit": "%", "baseline": 60},
]


def place(targets: list[Cells]) -> System:
    influences = [push("occupancy", "long-waits", 2 / 3), push("home-fee", "occupancy", -2 / 3)]
    return small(measures=MEASURES, targets=targets, influences=influences)


def test_one_agency_goes_through_four_levels_in_turn() -> None:
    quarters = [
        (18, "2026-04-01", "2026-06-30"),
        (15, "2026-07-01", "2026-09-30"),
        (10, "2026-10-01", "2026-12-31"),
        (5, "2027-01-01", "2027-03-31"),
    ]
    rows = [
        target("hospital", "long-waits", "at_most", value, start=start, due=due, id=f"level-{value}")
        for value, start, due in quarters
    ]
    assert not al.find_conflicts(place(rows), "inconsistent")


def test_what_a_spreadsheet_makes_of_92_is_92() -> None:
    rows = [
        target("dept", "occupancy", "at_most", 92),
        target("hospital", "long-waits", "at_most", 5),
        target("borough", "home-fee", "at_most", 650),
        target("hospital", "home-fee", "at_least", 720),
        target("borough", "heard-share", "at_least", 70),
        target("hospital", "occupancy", "at_most", 91.99999999999999),
    ]
    assert not al.find_conflicts(place(rows), "inconsistent")
    assert [each.id for each in al.find_conflicts(place(rows), "opposed")] == ["opposed.home-fee-up.home-fee-down"]
