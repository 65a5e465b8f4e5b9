"""One mistake is one fault, whatever else it touches; and all of several mistakes are found at once."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Faults

Small = dict[str, Any]


def said(found: Any) -> list[str]:
    return [str(fault) for fault in found]


def test_a_bad_cell_in_a_row_that_others_refer_to(small: Small, faults: Faults) -> None:
    small["measures"][0]["baseline"] = "ninety"
    assert said(faults(small)) == [
        (
            "measures[0].baseline: 'ninety' is not a number. "
            "Write the number in digits, or clear the cell if it is not known."
        )
    ]


@pytest.mark.parametrize("bad", [None, " ", "Acute Trust", "council", "COUNCIL", "2026-03-01"])
def test_an_id_that_others_refer_to(bad: Any, small: Small, faults: Faults) -> None:
    # Blank, wrong or another row's: in every case what is referred to as trust is not reported again.
    small["agencies"][1]["id"] = bad
    (fault,) = faults(small)
    assert (fault.table, fault.column) == ("agencies", "id")


def test_a_slip_beside_an_id_that_differs_in_capitals(small: Small, faults: Faults) -> None:
    small["agencies"][1]["id"] = "Trust"
    small["targets"][0]["for_agency"] = "trst"
    assert said(faults(small)) == [
        "targets[0].for_agency: 'trst' is not an id of agencies. Did you mean 'Trust'?",
    ]


def test_a_slip_beside_a_blank_id_is_still_found(small: Small, faults: Faults) -> None:
    del small["agencies"][1]["id"]
    small["targets"][2]["agency"] = "counsil"
    assert [fault.column for fault in faults(small)] == ["id", "agency"]


def test_a_required_table_that_is_missing(small: Small, faults: Faults) -> None:
    del small["agencies"]
    assert said(faults(small)) == ["agencies: the table agencies is missing. Add it: no system is without."]


def test_a_table_under_a_wrong_name(small: Small, faults: Faults) -> None:
    small["AGENCIES "] = small.pop("agencies")
    assert [fault.remedy for fault in faults(small)] == ["Did you mean 'agencies'?"]
    small["agencys"] = small.pop("AGENCIES ")
    assert said(faults(small)) == ["agencys: 'agencys' is not a table of a system. Did you mean 'agencies'?"]


def test_an_optional_table_that_is_missing_is_said_once(small: Small, faults: Faults) -> None:
    del small["tiers"]
    (fault,) = faults(small)
    assert fault.table == "tiers"
    assert fault.what == "the table tiers is missing, and agencies.tier and measures.reported_at refer to it"
    small["agencies"] = [{"id": agency["id"], "name": "A"} for agency in small["agencies"]]
    (fault,) = faults(small)
    assert fault.what.endswith("and measures.reported_at refers to it")


def test_a_missing_column_is_said_once(small: Small, faults: Faults) -> None:
    for agency in small["agencies"]:
        del agency["id"]
    assert said(faults(small)) == [
        (
            "agencies.id: the column id is missing. Add it: the agency's id, "
            'or let ids be made of the names (ids="make", --ids make).'
        )
    ]


def test_a_column_under_a_wrong_name_is_said_once(small: Small, faults: Faults) -> None:
    for target in small["targets"]:
        target["Sense "] = target.pop("sense")
    assert said(faults(small)) == ["targets.Sense : 'Sense ' is not a column of targets. Did you mean 'sense'?"]


def test_a_blank_where_others_are_filled_is_the_fault_of_its_row(small: Small, faults: Faults) -> None:
    del small["targets"][1]["sense"]
    assert said(faults(small)) == [
        "targets[1].sense: is blank. Fill it in: how the value is to be read; of hold, how much worse is allowed."
    ]


def test_an_unknown_column_does_not_hide_other_faults(small: Small, faults: Faults) -> None:
    small["targets"][0]["priority"] = 1
    small["targets"][0]["weight"] = 0
    unknown, weight = faults(small)
    assert unknown.column == "priority"
    assert unknown.remedy.startswith(
        "If it is your own, call it 'x-priority'; columns that are not here yet: id, upper, "
    )
    assert str(weight) == "targets[0].weight: '0' is not above 0. Write a number above 0 up to 1."


def test_a_row_is_judged_by_its_good_cells_too(small: Small, faults: Faults) -> None:
    small["targets"][0].update(value="many", measure="bed")
    small["measures"].append({"id": "beds", "name": "Again", "step": -1})
    assert said(faults(small)) == [
        (
            "measures[2].id: id 'beds' is there already, as measures[0]. "
            "Keep one of the two, or give the other an id of its own."
        ),
        "measures[2].step: '-1' is not above 0. Write a number above 0.",
        "targets[0].measure: 'bed' is not an id of measures. Did you mean 'beds'?",
        "targets[0].value: 'many' is not a number. Write the number in digits, or clear the cell if it is not known.",
    ]


def test_contradictions_are_not_looked_for_in_rows_that_could_not_be_read(small: Small, faults: Faults) -> None:
    # Without its value, at_most would lack one.
    small["targets"][0]["value"] = "9O"
    assert [fault.column for fault in faults(small)] == ["value"]


def test_references_and_contradictions_come_with_shape(small: Small, faults: Faults) -> None:
    small["controls"].append({"agency": "council", "measure": "beds", "share": 0.8})
    small["influences"][0]["source_measure"] = "waits"
    small["tiers"][1]["level"] = "one"
    assert [(fault.table, fault.column) for fault in faults(small)] == [
        ("tiers", "level"),
        ("influences", "target_measure"),
        ("controls", "share"),
    ]


def test_every_word_of_a_list_is_judged(small: Small, faults: Faults) -> None:
    small["measures"][1]["reported_at"] = "local; regional;North East"
    assert said(faults(small)) == [
        (
            "measures[1].reported_at: 'North East' is neither an id nor the name of one row of tiers. "
            "Add it to tiers, or correct the cell."
        )
    ]
    small["measures"][1]["reported_at"] = ["local", "loca"]
    assert said(faults(small)) == ["measures[1].reported_at: 'loca' is not an id of tiers. Did you mean 'local'?"]


def test_about_is_one_row(small: Small, faults: Faults) -> None:
    small["about"] = [{"name": "One"}, {"name": "Two"}]
    (fault,) = faults(small)
    assert str(fault) == "about[1]: is a second row, and what a system is about takes one. Join the two in one row."
    small["about"] = {"year": "soon", "nam": "x"}
    assert said(faults(small)) == [
        "about.nam: 'nam' is not a column of about. Did you mean 'name'?",
        (
            "about.year: 'soon' is not a whole number. "
            "Write a whole number from 1 to 9999, or clear the cell if it is not known."
        ),
    ]
