"""Small inputs of other people that failed, each with its right outcome, and three more of its kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import alignment as al
from alignment.tables.assemble import assemble
from alignment.tables.document import raw_document
from alignment.tables.raw import Percent

from .cases import book, column, notes, place, renamed, told

CODES = {"occupancy": "CHN08A", "long-waits": "sdg8_unemp", "home-fee": "ETS 01", "heard-share": "E06000001.2"}


def where(source: Any, ids: Any = "given") -> list[tuple[str, list[str]]]:
    return [(fault.where, [each.where for each in fault.also]) for fault in told(source, ids)]


# codes-as-ids


def test_codes_are_ids_as_they_are_written_and_a_space_is_one_fault(tmp_path: Path) -> None:
    codes = renamed(place(), CODES)
    assert where(book(codes, tmp_path / "codes.xlsx")) == [
        (
            "sheet measures, cell A4, column id",
            [
                "sheet targets, cell B4, column measure",
                "sheet targets, cell B5, column measure",
                "sheet influences, cell A3, column source_measure",
            ],
        )
    ]
    (fault,) = told(codes)
    assert fault.remedy == "Write 'ETS-01'"
    # The places that repeat it need not be corrected: what they mean is plain.
    codes["measures"][2]["id"] = "ETS-01"
    system = al.read(codes)
    assert [row.id for row in system.measures] == ["CHN08A", "sdg8_unemp", "ETS-01", "E06000001.2"]
    assert system.targets[3].measure == "ETS-01"
    assert len(system.notes) == 3


@pytest.mark.parametrize("code", ["3.8.1", "NI 130", "PHOF/2.02", "\u00e9t\u00e9"])
def test_a_code_that_is_no_id_is_told_once_with_what_to_write(code: str) -> None:
    faults = told(renamed(place(), {"home-fee": code}))
    assert len(faults) == (code != "3.8.1")
    for fault in faults:
        assert len(fault.also) == 3
        mended = place()
        mended["measures"][2]["id"] = fault.remedy.split("'")[1]
        assert al.read(renamed(mended, {"home-fee": code})).measures[2].id == fault.remedy.split("'")[1]


def test_ids_differ_by_more_than_their_capitals() -> None:
    tables = place()
    tables["measures"][1]["id"] = "OCCUPANCY"
    assert "id 'OCCUPANCY' is there already, as measures[0]" in str(told(tables)[0])
    with pytest.raises(al.InputError):
        al.read(place()).replace(agencies=[{"id": "dept", "name": "A"}, {"id": "Dept", "name": "B"}])


def test_numbers_of_a_sheet_are_ids_as_their_text(tmp_path: Path) -> None:
    tables = renamed(place(), {"occupancy": 12, "long-waits": 3.8})
    system = al.read(book(tables, tmp_path / "numbers.xlsx"))
    assert [row.id for row in system.measures][:2] == ["12", "3.8"]
    assert [row.measure for row in system.targets][:2] == ["12", "3.8"]
    assert str(system.notes[0]) == "sheet measures, cell A2, column id: the number 12 was read as the id '12'."


def test_ids_with_full_stops_make_findings_of_their_own() -> None:
    tables = place()
    names = ["1", "1.1", "1.2", "2"]
    tables["measures"] = [{"id": name, "name": f"Measure {name}", "outcome": "safe"} for name in names]
    tables["targets"] = [
        {"agency": agency, "measure": name, "sense": "increase"} for agency in ("dept", "borough") for name in names
    ]
    tables["influences"] = []
    tables["overlaps"] = [
        {"measure_a": "1.1", "measure_b": "2", "kind": "same"},
        {"measure_a": "1", "measure_b": "1.2", "kind": "same"},
    ]
    ids = [finding.id for finding in al.find_conflicts(al.read(tables))]
    assert {"duplicate.1~1.2", "duplicate.1.1~2"} <= {*ids}
    assert len(ids) == len({*ids})


# names-for-agencies


def test_a_name_is_taken_for_the_id_of_its_row(tmp_path: Path) -> None:
    names = {"dept": "Department of Health", "hospital": "Hospital", "borough": "Borough"}
    tables = place()
    tables["targets"] = renamed({"targets": tables["targets"]}, names)["targets"]
    system = al.read(book(tables, tmp_path / "names.xlsx"))
    assert system == al.read(place())
    assert (
        str(system.notes[0])
        == "sheet targets, cell A2, column agency: 'Department of Health' was read as dept, whose name it is."
    )
    assert len(system.notes) == 5


def test_a_name_in_other_capitals_and_spaces_is_the_same_name() -> None:
    tables = column(place(), "targets", "agency", ["department  of\u00a0HEALTH "])
    assert al.read(tables) == al.read(place())


def test_a_name_of_two_rows_means_neither() -> None:
    tables = column(place(), "targets", "agency", ["Hospital trust"])
    tables["agencies"][1]["name"] = tables["agencies"][2]["name"] = "Hospital trust"
    (fault,) = told(tables)
    assert fault.what == "'Hospital trust' is the name of borough and of hospital"
    assert fault.remedy == "Write the id of the one that is meant"


def test_a_name_where_the_row_has_its_id_is_told_once() -> None:
    tables = renamed(place(), {"dept": "Department of Health"})
    (fault,) = told(tables)
    assert (fault.where, fault.remedy) == ("agencies[0].id", "Write 'Department-of-Health'")
    assert [each.where for each in fault.also] == ["targets[0].agency"]
    assert al.read(tables, ids="make").targets[0].agency == "department-of-health"


def test_a_name_that_nobody_has_is_told_once() -> None:
    tables = column(place(), "targets", "agency", ["NHS England"] * 5)
    (fault,) = told(tables)
    assert len(fault.also) == 4
    assert "(so too in targets[1].agency; targets[2].agency; targets[3].agency and 1 more place)" in str(fault)


def test_ids_may_be_the_names_of_other_rows() -> None:
    tables = place()
    tables["agencies"][1]["name"] = "dept"
    assert al.read(tables).targets[0].agency == "dept"


# dates-for-ids


@pytest.mark.parametrize("date", [dt.datetime(2026, 3, 1), "2026-03-01", "01-Mar", "Mar-26", "01/03/2026"])
def test_a_date_for_an_id_says_what_happened(date: Any, tmp_path: Path) -> None:
    faults = told(book(renamed(place(), {"occupancy": date}), tmp_path / "dates.xlsx"))
    (fault,) = faults
    assert fault.where == "sheet measures, cell A2, column id"
    assert "is a date, not an id: Excel makes dates of ids such as 3-1 or MAR1" in fault.what
    assert fault.remedy == "Format the column as text, and type the id again"
    assert len(fault.also) == 3


@pytest.mark.parametrize("id_", ["2026-03", "mar-1", "march-2026", "1.3.20"])
def test_ids_that_are_no_dates_stay(id_: str) -> None:
    assert al.read(renamed(place(), {"occupancy": id_})).measures[0].id == id_


# not-available


def test_marks_for_what_is_not_known_are_blank(tmp_path: Path) -> None:
    path = book(column(place(), "measures", "baseline", ["..", "[x]", "n/a", "-"]), tmp_path / "marks.xlsx")
    system = al.read(path)
    assert [row.baseline for row in system.measures] == [None] * 4
    assert list(map(str, system.notes)) == [
        (
            "sheet measures, cell F2, column baseline: '..' was read as blank, which is not known; "
            "3 more cells of this column likewise."
        )
    ]


@pytest.mark.parametrize(
    ("table", "name", "mark"),
    [
        ("measures", "direction", "N/A"),
        ("measures", "outcome", "-"),
        ("measures", "outcome", "none"),
        ("measures", "statutory", "[c]"),
        ("targets", "due", "\u2013"),
        ("targets", "id", ".."),
        ("influences", "certainty", "#N/A"),
    ],
)
def test_marks_are_blank_whatever_the_column_holds(table: str, name: str, mark: str) -> None:
    marked, without = (al.read(column(place(), table, name, [cell])) for cell in (mark, None))
    assert marked == without
    assert f"'{mark}' was read as blank" in str(marked.notes[0])


def test_none_is_a_direction_and_text_is_text() -> None:
    tables = column(place(), "measures", "direction", ["none"])
    tables["measures"][0]["note"] = "n/a"
    measure = al.read(tables).measures[0]
    assert (measure.direction, measure.note) == ("none", "n/a")


def test_a_mark_is_the_id_of_a_row_that_has_it() -> None:
    # Namibia.
    assert al.read(renamed(place(), {"dept": "NA"})).targets[0].agency == "NA"


def test_a_mark_where_nothing_may_be_blank_invites_no_number() -> None:
    tables = place() | {"controls": [{"agency": "dept", "measure": "occupancy", "share": "n/a"}]}
    (fault,) = told(tables)
    assert fault.what == "'n/a' says that nothing is known, and share cannot do without"
    assert fault.remedy.startswith("Find it out (the part it can bring about")
    assert fault.remedy.endswith("or keep the row elsewhere until it is known")


@pytest.mark.parametrize("cell", ["NaN", "inf", "-Infinity", float("inf")])
def test_what_is_no_finite_number_is_a_fault(cell: Any) -> None:
    (fault,) = told(column(place(), "measures", "baseline", [cell]))
    assert "is not a number that can be reckoned with" in fault.what


# percent-one-cell


def percents(table: str, name: str, cells: list[Any], units: list[Any]) -> al.System:
    tables = column(column(place(), "measures", "unit", units), table, name, cells)
    return assemble(raw_document(tables))


def test_a_percentage_beside_a_measure_in_per_cent_is_of_hundred() -> None:
    system = percents("targets", "value", [Percent(0.92)], ["%"])
    assert system == al.read(place())
    assert str(system.notes[0]) == "targets[0].value: 92% was read as 92, as the unit is %."


@pytest.mark.parametrize(
    ("cell", "unit", "baseline", "value"),
    [
        ("92%", None, 95, 92),
        ("92 %", "per cent of beds", None, 92),
        (Percent(0.07), None, 0.95, 0.07),
        ("7,5%", "%", None, 7.5),
    ],
)
def test_a_percentage_is_of_the_size_of_the_other_figures(cell: Any, unit: Any, baseline: Any, value: float) -> None:
    tables = column(column(place(), "measures", "unit", [unit]), "measures", "baseline", [baseline])
    system = assemble(raw_document(column(tables, "targets", "value", [cell])))
    assert system.targets[0].value == value


@pytest.mark.parametrize(("unit", "baseline"), [(None, None), ("GBP", 80), (None, 700), (None, 1)])
def test_a_percentage_that_could_be_two_numbers_is_one_fault(unit: Any, baseline: Any) -> None:
    tables = column(column(place(), "measures", "unit", [unit]), "measures", "baseline", [baseline])
    tables["targets"][0]["value"] = "92%"
    tables["targets"].append({"agency": "borough", "measure": "occupancy", "sense": "at_most", "value": "90%"})
    (fault,) = told(tables)
    assert fault.what.startswith("'92%' could be 92 or 0.92: occupancy has ")
    assert [each.where for each in fault.also] == ["targets[5].value"]


def test_shares_take_percentages_and_what_is_meant_as_one_is_told() -> None:
    tables: Any = place() | {"controls": [{"agency": "dept", "measure": "occupancy", "share": "45%"}]}
    assert al.read(tables).controls[0].share == 0.45
    tables["controls"][0]["share"] = 50
    (fault,) = told(tables)
    assert (fault.what, fault.remedy) == ("'50' is above 1", "Write 0.5, or 50%, if it is of 100")


# scalars-in-arrays


def boxed(tables: Any) -> Any:
    return {name: [{key: [cell] for key, cell in row.items()} for row in rows] for name, rows in tables.items()}


def test_lists_of_one_are_their_values_with_one_note() -> None:
    system = al.read(boxed(place()))
    assert system == al.read(place())
    assert list(map(str, system.notes)) == [
        (
            "agencies[0].id: is a list of one, as R writes what is no list (auto_unbox=TRUE undoes it), "
            "and was read as its value; so were 64 more."
        )
    ]


def test_some_lists_of_one_and_no_values_are_read_too() -> None:
    tables = column(place(), "measures", "baseline", [[95], [], [None], [60]])
    assert [row.baseline for row in al.read(tables).measures] == [95, None, None, 60]


def test_lists_of_several_are_no_values() -> None:
    (fault,) = told(column(place(), "measures", "baseline", [[95, 96]]))
    assert fault.what == "'[95, 96]' is not a number"


def test_a_list_stays_where_a_list_belongs() -> None:
    tables: Any = place() | {"tiers": [{"id": "local", "name": "Local", "level": 1}]}
    tables["measures"][0]["reported_at"] = ["local"]
    assert al.read(tables).measures[0].reported_at == ("local",)
    assert notes(tables) == []


def test_a_cell_in_per_cent_format_is_of_the_size_of_its_baseline(tmp_path: Path) -> None:
    path = book(place(), tmp_path / "percent.xlsx")
    made = openpyxl.load_workbook(path)
    cell = made["targets"]["D2"]
    cell.value, cell.number_format = 0.92, "0%"
    made.save(path)
    assert al.read(path) == al.read(place())
    assert notes(path) == ["sheet targets, cell D2, column value: 92% was read as 92, as the unit is %."]
