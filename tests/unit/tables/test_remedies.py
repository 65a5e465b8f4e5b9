"""What a fault says to do invites no made-up number, takes nothing away, and is no fault itself."""

from __future__ import annotations

from typing import Any, Final

import pytest

from .cases import Tables, place, told

WRONG: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("controls", {"agency": "dept", "measure": "occupancy", "share": ""}, "keep the row elsewhere until"),
    ("controls", {"agency": "dept", "measure": "occupancy", "share": "some"}, "keep the row elsewhere until"),
    ("captures", {"measure": "occupancy", "outcome": "safe", "validity": "n/a"}, "keep the row elsewhere until"),
    ("targets", {"agency": "dept", "measure": "long-waits", "sense": "at_least"}, "use sense increase if only"),
    ("targets", {"agency": "dept", "measure": "long-waits", "sense": "between"}, "keep the row elsewhere until"),
    ("targets", {"agency": "dept", "measure": "long-waits", "sense": "decrease", "value": 0}, "Clear the cell"),
    ("targets", {"agency": "dept", "measure": "long-waits", "sense": "at_most", "upper": 9}, "or move it to value"),
    (
        "targets",
        {"agency": "dept", "measure": "long-waits", "sense": "at_most", "value": 8, "upper": 9},
        "or keep the number in note",
    ),
    ("influences", {"source_measure": "occupancy", "target_measure": "heard-share"}, "keep the row elsewhere until"),
)


def with_row(table: str, row: dict[str, Any]) -> Tables:
    tables = place()
    tables.setdefault(table, []).append(row)
    return tables


@pytest.mark.parametrize(("table", "row", "remedy"), WRONG)
def test_no_number_is_to_be_made_up(table: str, row: dict[str, Any], remedy: str) -> None:
    (fault,) = told(with_row(table, row))
    assert remedy in fault.remedy
    assert "elete" not in fault.remedy


MENDED: Final[tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]] = (
    ("targets", {"sense": "at_most", "upper": 9}, {"sense": "at_most", "value": 9}),
    ("targets", {"sense": "at_most", "upper": 9}, {"sense": "between", "upper": 9}),
    ("targets", {"sense": "at_most", "value": 8, "upper": 9}, {"sense": "between", "value": 8, "upper": 9}),
    ("targets", {"sense": "at_most", "value": 8, "upper": 9}, {"sense": "at_most", "value": 8, "note": "9"}),
    ("targets", {"sense": "decrease", "value": 0}, {"sense": "decrease"}),
    ("targets", {"sense": "decrease", "value": -3}, {"sense": "decrease", "value": 3}),
    ("targets", {"sense": "at_least"}, {"sense": "increase"}),
)


@pytest.mark.parametrize(("table", "wrong", "right"), MENDED)
def test_what_is_said_leads_to_no_other_fault(table: str, wrong: dict[str, Any], right: dict[str, Any]) -> None:
    who = {"agency": "dept", "measure": "long-waits"}
    assert len(told(with_row(table, {**who, **wrong}))) == 1
    assert told(with_row(table, {**who, **right})) == []


def test_rows_that_are_there_twice_are_not_to_be_thrown_away() -> None:
    tables = place()
    tables["controls"] = [
        {"agency": "dept", "measure": "occupancy", "share": 0.2},
        {"agency": "dept", "measure": "occupancy", "share": 0.3},
    ]
    tables["about"] = [{"name": "One"}, {"year": 2026}]
    assert [fault.remedy for fault in told(tables)] == [
        "Join the two in one row",
        "Make one row of the two, or say what sets them apart",
    ]
