"""Keys by hand: what a row is called, which rows a word names, and where keys are told."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import alignment as al
from alignment.models import TABLES, Row, System
from alignment.models.options.aligned_set import Options
from alignment.models.system.keys import Keys, begins, key_of, keys_of, rows_named
from alignment.options.weighing import weighed
from alignment.tables import read, to_frames, write
from tests.small import measures, push, small, target

PAID = {"payer": "a", "payee": "b", "measure": "m", "pays_for": "increase"}

CALLED: list[tuple[str, dict[str, Any], str]] = [
    ("measures", {"id": "beds", "name": "Beds"}, "beds"),
    ("targets", {"id": "own", "agency": "a", "measure": "m", "sense": "increase"}, "own"),
    ("targets", {"agency": "a", "measure": "m", "sense": "increase"}, "a:m:increase"),
    (
        "targets",
        {"agency": "a", "measure": "m", "sense": "between", "value": 1, "upper": 2.5, "for_agency": "b", "due": "2030"},
        "a:m:between:value=1:upper=2.5:for=b:due=2030",
    ),
    (
        "targets",
        {"agency": "a", "measure": "m", "sense": "decrease", "population": "old", "weight": 0.5, "revealed": False},
        "a:m:decrease:population=old:weight=0.5:revealed=no",
    ),
    ("influences", {"source_measure": "beds", "target_measure": "waits", "effect": 1}, "beds>waits"),
    ("incentives", PAID, "a|b|m|increase"),
    ("accountability", {"agency": "a", "answers_to": "b", "kind": "electoral"}, "a|b|electoral"),
    ("accountability", {"agency": "a", "answers_to": "b"}, "a|b"),
    ("overlaps", {"measure_a": "m", "measure_b": "n", "kind": "same"}, "m|n"),
    ("draws", {"measure": "m", "resource": "beds", "moving": "up"}, "m|beds|up"),
    ("levels", {"measure": "m", "agency": "a", "value": 3}, "m|a"),
    ("levels", {"measure": "m", "agency": "a", "value": 3, "period": "2018"}, "m|a|2018"),
    ("pathways", {"pathway": "fall", "step": 2, "agency": "a", "population": "old"}, "fall|2|a||old"),
    ("pathways", {"pathway": "fall", "step": 2.5, "agency": "a"}, "fall|2.5|a"),
    (
        "series",
        {"measure": "m", "area": "St Mary's: east", "period": "2018 Q1", "value": 3},
        "m|St Mary's: east|2018 Q1",
    ),
    ("finances", {"agency": "a", "item": "m", "year": 2030, "cost": 1, "saving": 0}, "a|m|2030"),
    ("finances", {"agency": "a", "item": "m", "year": 1, "cost": 1, "saving": 0}, "a|m|1"),
]


@pytest.mark.parametrize(("table", "cells", "key"), CALLED)
def test_what_a_row_is_called(table: str, cells: dict[str, Any], key: str) -> None:
    assert key_of(TABLES[table](**cells)) == key


def rows_of(table: str, *cells: dict[str, Any]) -> list[Row]:
    return [TABLES[table](**row) for row in cells]


def test_rows_that_would_be_called_the_same_are_numbered_by_what_they_say() -> None:
    rows = rows_of("influences", *(push("a", "b", effect) for effect in (0.3, 0.1, 0.2)), push("a", "c", 1))
    assert keys_of(rows) == ("a>b#3", "a>b", "a>b#2", "a>c")
    assert keys_of(rows[::-1]) == ("a>c", "a>b#2", "a>b", "a>b#3")


def test_a_number_is_no_other_row_s_key() -> None:
    wards = [("a|b", "c#2"), ("a", "b|c"), ("a|b", "c")]
    rows = rows_of("series", *({"measure": "m", "area": area, "period": when, "value": 1} for area, when in wards))
    assert keys_of(rows) == ("m|a|b|c#2", "m|a|b|c", "m|a|b|c#3")


def test_new_rows_go_round_the_keys_that_are_taken() -> None:
    rows = rows_of("influences", push("a", "b", 1), push("a", "b", 2), push("b", "a", 1))
    assert keys_of(rows, {"a>b", "a>b#3"}) == ("a>b#2", "a>b#4", "b>a")


def test_a_word_names_a_key_before_it_names_first_cells() -> None:
    rows = rows_of(
        "targets",
        {"agency": "a", "measure": "m", "sense": "increase"},
        {"agency": "a", "measure": "m", "sense": "increase", "value": 2},
        {"agency": "a", "measure": "m", "sense": "decrease", "id": "less"},
    )
    keys = keys_of(rows)
    assert rows_named(rows, keys, "a:m:increase") == rows[:1]
    assert rows_named(rows, keys, "a : m") == rows
    assert rows_named(rows, keys, "less") == rows[2:]
    assert rows_named(rows, keys, "a:m:decrease") == rows[2:]
    assert rows_named(rows, keys, "a:m:increase:value=2.0") == rows[1:2]
    assert rows_named(rows, keys, "a:m:increase:value=2:due=2030") == []


def test_blank_cells_and_whole_numbers_among_first_cells() -> None:
    (row,) = rows_of("pathways", {"pathway": "fall", "step": 2, "agency": "a", "population": "old"})
    assert [begins(row, word) for word in ("fall:2", "fall:2.0:a", "fall:2:a::old", "fall:3", "fall:2:a:old")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def pushes() -> System:
    """Parallel influences and incentives, and two targets that differ in their notes alone."""
    return small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=measures("m", "n", outcome="care"),
        targets=[target("a", "m", "increase", 2, note=note) for note in ("one", "two")]
        + [target("b", "n", "decrease")],
        influences=[push("m", "n", effect) for effect in (1, 2, 3)],
        incentives=[{**PAID, "rate": rate} for rate in (5, 7)],
    )


def test_the_keys_of_a_system() -> None:
    keys = pushes().derive(Keys)
    assert keys.of("targets") == ("a:m:increase:value=2", "a:m:increase:value=2#2", "b:n:decrease")
    assert keys.of("incentives") == ("a|b|m|increase", "a|b|m|increase#2")
    assert keys.of("tiers") == ()
    assert keys.key("influences", pushes().influences[1]) == "m>n#2"


def effects(system: System) -> list[float | None]:
    return [row.effect for row in system.influences]


def test_keys_of_the_system_given_hold_for_all_changes_of_a_list() -> None:
    drop = [al.Drop(table="influences", row=row) for row in ("m>n", "m>n#2")]
    assert effects(al.apply(pushes(), drop)) == [3]
    assert effects(al.apply(pushes(), drop[::-1])) == [3]
    assert effects(al.apply(al.apply(pushes(), drop[0]), drop[0])) == [3]


def test_a_row_that_is_gone_is_not_another_one() -> None:
    for table, row in (("influences", "m>n"), ("targets", "a:m:increase:value=2")):
        twice: Any = [al.Drop.model_validate({"table": table, "row": row})] * 2
        with pytest.raises(al.InputError, match=rf"changes\[1\].row: '{row}' is no row of {table}"):
            al.apply(pushes(), twice)


def test_a_row_answers_to_the_key_it_had_before_it_was_changed() -> None:
    key = "a:m:increase:value=2"
    changes = [al.Reweigh(target=key, weight=0.5), al.Retarget(target=key, value=3)]
    after = al.apply(pushes(), changes)
    assert [(row.value, row.weight, row.note) for row in after.targets[:2]] == [(3, 0.5, "one"), (2, None, "two")]
    after = al.apply(pushes(), [*changes, al.Drop(table="targets", row="a:m:increase:value=3:weight=0.5")])
    assert [row.note for row in after.targets] == ["two", None]


def test_a_new_row_takes_the_key_of_none_that_is_there() -> None:
    add = al.Add(table="influences", row=push("m", "n", 0.5))
    assert effects(al.apply(pushes(), [add, al.Drop(table="influences", row="m>n")])) == [2, 3, 0.5]
    assert effects(al.apply(pushes(), [add, al.Drop(table="influences", row="m>n#4")])) == [1, 2, 3]
    gone = al.Drop(table="influences", row="m>n")
    assert effects(al.apply(pushes(), [gone, add, gone])) == [2, 3]


def test_edits_name_rows_of_the_two_systems() -> None:
    found = al.what_if(pushes(), [al.Add(table="influences", row=push("m", "n", 0.5))]).edits
    # It comes first of what says 'm>n' in the system after the change.
    assert [(edit.row, edit.sentence) for edit in found] == [("m>n", "Influence m>n is new.")]
    found = al.what_if(pushes(), al.Retarget(target="a:m:increase:value=2#2", value=3)).edits
    assert [(edit.row, edit.becomes) for edit in found] == [("a:m:increase:value=2#2", "a:m:increase:value=3")]


@pytest.mark.parametrize("table", ["tiers", "populations"])
def test_what_others_stand_on_is_dropped_only_when_none_does(table: Any) -> None:
    rows = [{"id": "top", "name": "Top", "level": 0}, {"id": "low", "name": "Low", "level": 1, "parent": "top"}]
    if table == "populations":
        rows = [{name: cell for name, cell in row.items() if name != "level"} for row in rows]
    system = small(**{table: rows}, agencies=[{"id": "a"}], measures=measures("m"), targets=[])
    with pytest.raises(al.InputError, match=rf"'top' stands in {table}.parent. Change or drop those rows first"):
        al.apply(system, al.Drop(table=table, row="top"))
    assert al.apply(system, al.Drop(table=table, row="low")).derive(Keys).of(table) == ("top",)


def test_dropping_an_agency_is_removing_it() -> None:
    dropped = al.apply(pushes(), al.Drop(table="agencies", row="a"))
    assert dropped == al.apply(pushes(), al.RemoveAgency(agency="a"))
    assert len(dropped.targets) == 1


def test_weights_that_are_asked_for_change_no_key() -> None:
    system = pushes()
    weighted = weighed(system, Options(weights={"a": 0.5}))
    assert weighted.targets[0].weight == 0.5
    assert weighted.derive(Keys).of("targets") == system.derive(Keys).of("targets")


def test_targets_weigh_by_their_keys() -> None:
    weighted = weighed(pushes(), Options(weights={"a:m:increase:value=2#2": 0.5, "b": 0.25}))
    assert [row.weight for row in weighted.targets] == [1, 0.5, 0.25]
    found = al.propose(pushes(), weights={"a:m:increase:value=2#2": 0.5})
    assert found.options.weights == {"a:m:increase:value=2#2": 0.5}
    with pytest.raises(al.UnknownWord, match="is not an agency or a target"):
        al.propose(pushes(), weights={"a:m:increase:value=2#3": 0.5})


def test_what_a_conflict_rests_on_is_found_by_its_key_whatever_weighs_how_much() -> None:
    system = small(
        measures=measures("m"), targets=[target("a", "m", "at_least", 5), target("b", "m", "at_most", 3, weight=0.5)]
    )
    found = al.what_if(system, al.Reweigh(target="a:m:at_least:value=5", weight=0.5), weights={"a": 0.25})
    assert [(each.kind, each.changes) for each in found.conflicts] == [("opposed", (1,))]


def test_frames_carry_the_keys() -> None:
    frames = to_frames(pushes())
    assert {frame.index.name for frame in frames.values()} == {"key"}
    assert frames["influences"]["effect"].to_dict() == {"m>n": 1, "m>n#2": 2, "m>n#3": 3}
    assert (list(frames["about"].index), list(frames["tiers"].index)) == (["about"], [])
    assert read(frames) == pushes()


def keys_in(tables: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(al.InputError) as found:
        read(tables)
    return [(fault.table, fault.key) for fault in found.value.faults]


def test_faults_name_their_rows() -> None:
    rows = al.to_document(pushes())
    rows["influences"][1]["target_measure"] = "m"
    rows["incentives"][1]["measure"] = "x"
    rows["targets"][2]["agency"] = "x"
    assert keys_in(rows) == [("targets", "x:n:decrease"), ("influences", "m>m"), ("incentives", "a|b|x|increase")]


def test_a_fault_has_no_key_where_a_cell_of_it_cannot_be_read() -> None:
    rows = al.to_document(pushes())
    rows["targets"][0]["value"] = "2O"
    rows["targets"][2]["weight"] = 9
    rows["measures"][0]["baseline"] = "9O"
    rows["measures"][1]["id"] = "N n"
    del rows["incentives"][0]["payer"]
    assert keys_in(rows) == [
        ("measures", "m"),
        ("measures", None),
        ("targets", None),
        ("targets", None),
        ("incentives", None),
    ]


def test_no_number_is_made_up_beside_a_row_that_cannot_be_read() -> None:
    rows = al.to_document(pushes())
    rows["influences"][0]["effect"] = "much"
    rows["influences"][1]["certainty"] = "perhaps"
    rows["incentives"][1]["rate"] = "some"
    rows["targets"][1]["note"] = "one"
    found = keys_in(rows)
    assert [key for table, key in found if table == "influences"] == [None, None]
    assert ("incentives", None) in found
    # What repeats another row has that row's key.
    assert ("targets", "a:m:increase:value=2") in found


def test_faults_of_changes_and_of_systems_that_are_built_name_rows_too() -> None:
    with pytest.raises(al.InputError) as found:
        al.apply(pushes(), al.Retarget(target="a:m:increase:value=2#2", sense="between"))
    assert [fault.key for fault in found.value.faults] == ["a:m:between:value=2"]
    rows = {name: cells for name, cells in al.to_document(pushes()).items() if name != "about"}
    rows["influences"][2]["target_measure"] = "x"
    with pytest.raises(ValidationError) as raised:
        System.model_validate(rows)
    error: Any = raised.value.errors()[0]["ctx"]["error"]  # pyright: ignore[reportTypedDictNotRequiredAccess]
    assert [fault.key for fault in error.faults] == ["m>x"]


def test_a_cell_that_is_too_long_for_a_workbook_is_a_row_s(tmp_path: Any) -> None:
    long = pushes().model_dump(exclude_none=True)
    long["influences"][2]["evidence"] = "x" * 40_000
    with pytest.raises(al.InputError) as found:
        write(System.model_validate(long), tmp_path / "long.xlsx")
    assert [fault.key for fault in found.value.faults] == ["m>n#3"]
