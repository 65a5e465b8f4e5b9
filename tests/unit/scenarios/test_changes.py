"""Every change by hand on systems of a few rows: what it does to which rows, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

import alignment as al
from alignment.index import Index
from alignment.models import System
from alignment.models.options.changes import Change
from alignment.scenarios.changes import applied
from tests.small import measures, push, small, target


def place() -> System:
    """A ministry and two trusts, of which one works for the other."""
    return small(
        tiers=[{"id": "top", "name": "Top", "level": 0}],
        agencies=[
            {"id": "ministry", "tier": "top", "power": 3},
            {"id": "north", "power": 2, "effort": 4, "represents": 3, "sector": "NHS"},
            {"id": "south", "effort": 5, "represents": 2, "tier": "top", "sector": "Other"},
        ],
        accountability=[
            {"agency": "north", "answers_to": "ministry", "kind": "statutory"},
            {"agency": "south", "answers_to": "ministry", "kind": "statutory"},
            {"agency": "north", "answers_to": "south", "kind": "contractual"},
        ],
        outcomes=[{"id": "care", "name": "Care"}],
        measures=[
            {"id": "waits", "outcome": "care", "recorded_by": "north", "collection": "survey"},
            *measures("beds"),
        ],
        captures=[{"measure": "beds", "outcome": "care", "validity": 0.7}],
        collections=[{"id": "survey", "name": "Survey", "cost": 2}],
        targets=[
            target("ministry", "waits", "at_most", 18, id="ministry-waits", for_agency="north", weight=0.5),
            target("north", "beds", "at_least", 90, due="2030"),
            target("south", "beds", "at_least", 90, due="2030", weight=0.25),
            target("south", "waits", "between", 5, upper=9, id="south-waits"),
        ],
        influences=[push("beds", "waits", -0.5), push("waits", "beds", 0.3)],
        controls=[
            {"agency": "north", "measure": "waits", "share": 0.7},
            {"agency": "south", "measure": "waits", "share": 0.3},
        ],
        incentives=[
            {"payer": "south", "payee": "north", "measure": "beds", "pays_for": "increase"},
            {"payer": "ministry", "payee": "north", "measure": "beds", "pays_for": "increase"},
            {"payer": "ministry", "payee": "south", "measure": "beds", "pays_for": "increase"},
        ],
        resources=[{"id": "wards", "name": "Wards", "capacity": 10, "floor": 2, "owner": "north"}],
        draws=[{"measure": "beds", "resource": "wards", "moving": "up", "per_step": 1}],
        relationships=[
            {"agency_a": "north", "agency_b": "south", "trust": 0.5},
            {"agency_a": "ministry", "agency_b": "north", "trust": 0.9, "networks": 0.4},
            {"agency_a": "south", "agency_b": "ministry", "trust": 0.6},
        ],
        finances=[
            {"agency": "north", "item": "beds", "year": 2030, "cost": 3, "saving": 0},
            {"agency": "south", "item": "beds", "year": 2030, "cost": 4, "saving": 1},
        ],
    )


def told(*changes: Change) -> tuple[System, dict[str, str]]:
    """The system after changes, and for each row what happened to it."""
    after, edits = applied(place(), changes)
    return after, {f"{edit.table} {edit.row}": edit.what for edit in edits}


def only(rows: Any) -> Any:
    (row,) = rows
    return row


def test_a_row_more() -> None:
    after, edits = told(al.Add(table="measures", row={"id": "stays", "name": "Stays", "cost": "2"}))
    assert edits == {"measures stays": "added"}
    assert only(row for row in after.measures if row.id == "stays").cost == 2


def test_a_row_more_is_there_for_the_next_change() -> None:
    after, _ = told(
        al.Add(table="targets", row={"id": "new", "agency": "north", "measure": "waits", "sense": "decrease"}),
        al.Reweigh(target="new", weight=0.1),
    )
    assert only(row for row in after.targets if row.id == "new").weight == 0.1


def test_without_a_measure_goes_what_stands_on_it() -> None:
    after, edits = told(al.Drop(table="measures", row="beds"))
    assert edits == {
        "measures beds": "removed",
        "captures beds|care": "removed",
        "targets north:beds:at_least:value=90:due=2030": "removed",
        "targets south:beds:at_least:value=90:due=2030:weight=0.25": "removed",
        "influences beds>waits": "removed",
        "influences waits>beds": "removed",
        "incentives south|north|beds|increase": "removed",
        "incentives ministry|north|beds|increase": "removed",
        "incentives ministry|south|beds|increase": "removed",
        "draws beds|wards|up": "removed",
    }
    assert [row.id for row in after.measures] == ["waits"]


def test_what_can_be_blank_is_cleared() -> None:
    after, edits = told(al.Drop(table="collections", row="survey"), al.Drop(table="outcomes", row="care"))
    assert edits["collections survey"] == "removed"
    assert edits["captures beds|care"] == "removed"
    assert edits["measures waits"] == "changed"
    waits = only(row for row in after.measures if row.id == "waits")
    assert (waits.collection, waits.outcome) == (None, None)


@pytest.mark.parametrize(
    ("table", "row", "number"),
    [
        ("targets", "ministry-waits", 1),
        ("targets", "south:waits", 1),
        ("targets", "south", 2),
        ("targets", "north:beds:at_least:value=90:due=2030", 1),
        ("influences", "beds:waits", 1),
        ("influences", "beds", 1),
        ("controls", "north:waits", 1),
        ("incentives", "ministry", 2),
        ("draws", "beds:wards", 1),
        ("accountability", "north:ministry", 1),
        ("finances", "north:beds:2030", 1),
        ("resources", "wards", 1),
        ("agencies", "north", 1),
    ],
)
def test_rows_are_dropped_by_their_id_or_by_their_first_cells(table: Any, row: str, number: int) -> None:
    after, _ = told(al.Drop(table=table, row=row))
    assert len(place().table(table)) - len(after.table(table)) == number


def test_targets_weigh_otherwise() -> None:
    after, edits = told(al.Reweigh(target="south", weight=0.75), al.Reweigh(target="ministry:waits", weight=1.0))
    assert [row.weight for row in after.targets] == [1.0, None, 0.75, 0.75]
    assert len(edits) == 3


def test_a_target_asks_for_something_else() -> None:
    after, _ = told(
        al.Retarget(target="ministry-waits", value=12, due="2031"),
        al.Retarget(target="south-waits", sense="at_most", value=4),
        al.Retarget(target="north:beds", clear=("due",)),
    )
    rows = [(row.sense, row.value, row.upper, row.due) for row in after.targets]
    assert rows[0] == ("at_most", 12, None, "2031")
    assert rows[1] == ("at_least", 90, None, None)
    assert rows[3] == ("at_most", 4, None, None)


def test_caps_and_floors() -> None:
    after, edits = told(al.ChangeCap(resource="wards", capacity=None), al.ChangeFloor(resource="wards", floor=5.0))
    wards = only(after.resources)
    assert (wards.capacity, wards.floor) == (None, 5)
    assert edits == {"resources wards": "changed"}


@pytest.mark.parametrize(
    ("before", "after", "limited"), [(10, 12, None), (10, None, None), (None, 8, None), (10, 8, True)]
)
def test_a_resource_is_known_to_be_full_only_at_the_cap_it_had(
    before: float | None, after: float | None, limited: bool | None
) -> None:
    row = {"id": "wards", "capacity": before, "limited": True}
    system = small(agencies=[{"id": "a"}], measures=measures("beds"), targets=[], resources=[row])
    assert al.apply(system, al.ChangeCap(resource="wards", capacity=after)).resources[0].limited is limited


def test_what_does_not_differ_is_no_edit() -> None:
    assert told(al.ChangeCap(resource="wards", capacity=10.0))[1] == {}


def test_an_agency_is_no_more() -> None:
    after, edits = told(al.RemoveAgency(agency="north"))
    assert only(row for row in after.targets if row.id == "ministry-waits").deliverer == "ministry"
    assert only(after.resources).owner is None
    assert next(row for row in after.measures if row.id == "waits").recorded_by is None
    kept = {"accountability": 1, "targets": 3, "controls": 1, "incentives": 1, "relationships": 1, "finances": 1}
    assert {table: len(after.table(table)) for table in kept} == kept
    assert sum(what == "removed" for what in edits.values()) == 10


def test_two_agencies_become_one() -> None:
    after, edits = told(al.MergeAgencies(agency="north", into="south"))
    south = only(row for row in after.agencies if row.id == "south")
    assert (south.power, south.effort, south.represents, south.tier, south.sector) == (2, 9, 5, "top", "Other")
    assert [(row.agency, row.answers_to) for row in after.accountability] == [("south", "ministry")]
    assert only(after.controls).share == 1
    assert [(row.payer, row.payee) for row in after.incentives] == [("ministry", "south")]
    assert only(after.resources).owner == "south"
    relation = only(after.relationships)
    assert (relation.agency_a, relation.trust, relation.networks) == ("ministry", 0.6, 0.4)
    finance = only(after.finances)
    assert (finance.agency, finance.cost, finance.saving) == ("south", 7, 1)
    beds = only(row for row in after.targets if row.measure == "beds")
    assert (beds.agency, beds.weight) == ("south", None)
    assert only(row for row in after.targets if row.id == "ministry-waits").for_agency == "south"
    assert edits["controls south|waits"] in ("united", "changed")


@pytest.mark.parametrize(
    ("gone", "stays", "merged"), [(3, 2, 3), (2, 3, 3), (2, 2, 2), (None, 2, 2), (2, None, 2), (None, None, None)]
)
def test_a_merged_body_is_one_voice_with_the_larger_power(
    gone: float | None, stays: float | None, merged: float | None
) -> None:
    system = small(
        agencies=[{"id": "north", "power": gone}, {"id": "south", "power": stays}],
        measures=measures("beds"),
        targets=[],
    )
    assert only(al.apply(system, al.MergeAgencies(agency="north", into="south")).agencies).power == merged


@pytest.mark.parametrize("column", ["effort", "represents"])
@pytest.mark.parametrize(("gone", "stays", "merged"), [(3, 2, 5), (None, 2, 2), (2, None, 2), (None, None, None)])
def test_what_two_bodies_have_adds_up(
    column: str, gone: float | None, stays: float | None, merged: float | None
) -> None:
    system = small(
        agencies=[{"id": "north", column: gone}, {"id": "south", column: stays}],
        measures=measures("beds"),
        targets=[],
    )
    after = only(al.apply(system, al.MergeAgencies(agency="north", into="south")).agencies)
    assert getattr(after, column) == merged


def test_a_target_for_oneself_has_no_deliverer() -> None:
    after, _ = told(al.MergeAgencies(agency="ministry", into="north"))
    assert only(row for row in after.targets if row.id == "ministry-waits").for_agency is None


FAULTS: Mapping[str, tuple[Any, str]] = {
    "no change": ({"change": "drp", "row": "x"}, r"changes\[0\].change: 'drp' is not a change. Did you mean 'drop'"),
    "no word": ({"row": "x"}, r"changes\[0\].change: is missing"),
    "no object": ("drop", r"changes\[0\]: 'drop' is not a change"),
    "no table": ({"change": "drop", "table": "target", "row": "x"}, "Did you mean 'targets'"),
    "a tier that somebody stands on": (al.Drop(table="tiers", row="top"), "'top' stands in agencies.tier"),
    "no field": ({"change": "reweigh", "targt": "a", "target": "a", "weight": 1}, "Did you mean 'target'"),
    "a field is missing": ({"change": "reweigh", "target": "a"}, r"changes\[0\].weight: is missing"),
    "out of range": ({"change": "reweigh", "target": "a", "weight": 2}, "'2' does not fit"),
    "no row": (al.Drop(table="measures", row="bds"), "Did you mean 'beds'"),
    "no such target": (al.Reweigh(target="nrth:beds", weight=1), "Did you mean 'north:beds'"),
    "several measures": (al.Retarget(target="south", value=3), "targets on 2 measures. Say which one, such as south:"),
    "nothing": (al.Retarget(target="south-waits"), "changes nothing"),
    "no resource": (al.ChangeCap(resource="ward", capacity=1), "Did you mean 'wards'"),
    "no agency": (al.RemoveAgency(agency="nort"), "Did you mean 'north'"),
    "itself": (al.MergeAgencies(agency="north", into="north"), "Name another one"),
    "neither agency": (al.MergeAgencies(agency="nort", into="sout"), "2 faults"),
    "a bad cell": (
        al.Add(table="targets", row={"agency": "north", "measure": "beds", "sense": "atleast"}),
        r"changes\[0\], targets.sense: 'atleast' is not one of .* Did you mean 'at_least'",
    ),
    "a bad column": (al.Add(table="outcomes", row={"id": "a", "nme": "A"}), "Did you mean 'name'"),
    "a bad reference": (
        al.Add(table="targets", row={"agency": "nrth", "measure": "beds", "sense": "increase"}),
        r"changes\[0\], targets.agency: 'nrth' is not an id of agencies. Did you mean 'north'",
    ),
    "there already": (al.Add(table="outcomes", row={"id": "care", "name": "Care"}), r"changes\[0\].* is there already"),
    "a contradiction": (
        al.ChangeFloor(resource="wards", floor=11),
        r"changes\[0\], resources.floor: floor 11 is above",
    ),
    "a size below 0": (al.Retarget(target="south-waits", sense="increase", value=-1), r"changes\[0\], targets.value"),
    "an upper end alone": (al.Retarget(target="ministry-waits", upper=20), r"changes\[0\], targets.upper"),
}


@pytest.mark.parametrize("which", FAULTS)
def test_what_is_refused(which: str) -> None:
    change, words = FAULTS[which]
    with pytest.raises(al.InputError, match=words):
        al.apply(place(), [change])


def test_all_faults_at_once() -> None:
    every = [change for change, _ in FAULTS.values() if not isinstance(change, dict | str)]
    with pytest.raises(al.InputError) as found:
        al.apply(place(), cast("Any", every))
    assert {fault.index for fault in found.value.faults if fault.table == "changes"} == {0, 1, 2, 3, 4, 5, 6, 7, 8}
    places = {fault.place for fault in found.value.faults if fault.place}
    assert len(places) >= 5


def test_one_change_needs_no_list_and_the_system_stays() -> None:
    before = place()
    after = al.apply(before, {"change": "remove-agency", "agency": "north"})
    assert before == place()
    assert after == al.apply(before, [al.RemoveAgency(agency="north")])
    assert al.apply(before, []) == before


def test_of_two_levels_that_of_the_agency_which_stays_is_kept() -> None:
    rows = [
        {"measure": "waits", "agency": "north", "value": 30},
        {"measure": "waits", "agency": "south", "value": 20, "period": "2030"},
        {"measure": "beds", "agency": "north", "value": 70, "period": "2029"},
    ]
    system = place().replace(levels=rows)
    for into, other, levels in (
        ("south", "north", {("waits", "south", 20), ("beds", "south", 70)}),
        ("north", "south", {("waits", "north", 30), ("beds", "north", 70)}),
    ):
        after = al.apply(system, al.MergeAgencies(agency=other, into=into))
        assert {(row.measure, row.agency, row.value) for row in after.levels} == levels
    gone = al.apply(system, al.RemoveAgency(agency="north"))
    assert [(row.measure, row.agency) for row in gone.levels] == [("waits", "south")]


def test_a_level_can_be_added_and_dropped() -> None:
    system = place().replace(
        measures=[{"id": "waits", "name": "Waits", "baseline": 20}, {"id": "beds", "name": "Beds"}]
    )
    add = al.Add(table="levels", row={"measure": "waits", "agency": "north", "value": 16})
    # North has to bring waits to 18 or less: from the baseline of 20 it is not met, from its own 16 it is.
    before, after = (each.derive(Index).targets for each in (system, al.apply(system, add)))
    assert [each.met[each.keys.index("ministry-waits")] for each in (before, after)] == [False, True]
    assert al.apply(system, [add, al.Drop(table="levels", row="waits|north")]) == system
