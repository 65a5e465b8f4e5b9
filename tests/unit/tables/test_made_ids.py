"""Ids made of names, where whoever reads asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import alignment as al
from alignment.models.cell_fault_words import free_id, made_id
from alignment.models.fields import LONGEST_ID

from .cases import book, column, notes, place, told


def without_ids(name: str) -> dict[str, list[dict[str, object]]]:
    tables = place()
    for row in tables[name]:
        del row["id"]
    return tables


def test_a_table_without_ids_is_one_fault_that_names_the_way_out() -> None:
    (fault,) = told(without_ids("agencies"))
    assert fault.where == "agencies.id"
    assert 'let ids be made of the names (ids="make", --ids make)' in fault.remedy


def test_ids_are_made_of_names_which_stay_and_names_are_followed() -> None:
    tables = without_ids("agencies")
    names = {"dept": "Department of Health"}
    for row in tables["targets"]:
        row["agency"] = names.get(str(row["agency"]), row["agency"])
    system = al.read(tables, ids="make")
    assert [(row.id, row.name) for row in system.agencies] == [
        ("department-of-health", "Department of Health"),
        ("hospital", "Hospital"),
        ("borough", "Borough"),
    ]
    assert system.targets[0].agency == "department-of-health"
    assert str(system.notes[0]) == (
        "agencies[0].id: the id 'department-of-health' was made of the name 'Department of Health'."
    )


def test_made_ids_are_numbered_where_they_clash() -> None:
    tables = column(place(), "agencies", "id", ["HOSPITAL-2", None, None])
    for row in tables["agencies"]:
        row["name"] = "Hospital"
    tables["targets"] = []
    assert [row.id for row in al.read(tables, ids="make").agencies] == ["HOSPITAL-2", "hospital", "hospital-3"]


def test_what_stood_for_an_id_is_followed_and_is_the_name_where_there_is_none(tmp_path: Path) -> None:
    tables = place()
    tables["agencies"][0] = {"id": "Dept. of Health & Care"}
    tables["targets"][0]["agency"] = "Dept. of Health & Care"
    system = al.read(book(tables, tmp_path / "old.xlsx"), ids="make")
    assert (system.agencies[0].id, system.agencies[0].name) == ("dept-of-health-care", "Dept. of Health & Care")
    assert system.targets[0].agency == "dept-of-health-care"


def test_ids_that_can_be_one_stay_as_they_are() -> None:
    assert al.read(place(), ids="make") == al.read(place())
    assert notes(place(), "make") == []


def test_true_faults_stay_faults() -> None:
    tables = column(place(), "targets", "agency", ["nobody"])
    assert len(told(tables, "make")) == 1


def test_a_row_without_id_and_name_has_nothing_to_make_one_of() -> None:
    tables = place()
    tables["agencies"].append({"sector": "NHS"})
    assert [fault.column for fault in told(tables, "make")] == ["id", "name"]


def test_another_word_is_refused() -> None:
    with pytest.raises(al.UnknownWord, match="Did you mean 'make'"):
        al.read(place(), ids="mkae")  # type: ignore[arg-type]


def test_a_free_id_is_the_next_that_no_other_row_has() -> None:
    taken = set[str]()
    for number in range(1, 40):
        assert free_id("Ward", taken) == ("Ward" if number == 1 else f"Ward-{number}")
        taken.add(free_id("Ward", taken).casefold())


def test_a_free_id_is_no_longer_than_an_id_may_be() -> None:
    name = "waits " * 30
    taken = set[str]()
    for _ in range(12):
        made = made_id(name, "measure", taken)
        assert len(made) <= LONGEST_ID
        assert made not in taken
        taken.add(made)
    long = "a" * LONGEST_ID
    assert free_id(long, {long}) == f"{'a' * (LONGEST_ID - 6)}-2"


def test_a_hundred_thousand_rows_of_which_no_letter_can_stay_have_ids_soon() -> None:
    taken = {"measure", *(f"measure-{number}" for number in range(2, 100_001))}

    class Counted(set[str]):
        asked = 0

        def __contains__(self, word: object) -> bool:
            self.asked += 1
            return super().__contains__(word)

    counted = Counted(taken)
    assert made_id("床", "measure", counted) == "measure-100001"
    assert counted.asked < 50
