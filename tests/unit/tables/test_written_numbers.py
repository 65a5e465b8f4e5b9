"""Numbers, days and words as people write them: read where it is plain what is meant, a fault where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.index import Index

from .cases import book, column, notes, place, told


def baselines(cells: list[Any]) -> list[float | None]:
    return [row.baseline for row in al.read(column(place(), "measures", "baseline", cells)).measures]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,5", "12,75"], [1.5, 12.75]),
        # What else could be a thousand is told by one cell that could not.
        (["1,5", "1.250", "2,125", "3"], [1.5, 1250, 2.125, 3]),
        (["95.5", "1,250", "2,000,000"], [95.5, 1250, 2e6]),
        (["1.234,5", "1.000"], [1234.5, 1000]),
        (["1 234,5", "1\u00a0250", "1\u202f000\u2009000"], [1234.5, 1250, 1e6]),
        (["1'234.5", "1\u2019000"], [1234.5, 1000]),
        (["\u00a31,200", "\u20ac 1.200", "-\u00a35", "12 \u20ac"], [1200, 1200, -5, 12]),
        (["\u22125", "+5", ".5", "5."], [-5, 5, 0.5, 5]),
        (["0,125"], [0.125]),
        (["1234,567"], [1234.567]),
        # A program writes a point, and means the decimal one.
        (["1.250"], [1.25]),
        (["1,5", "2.5"], [1.5, 2.5]),
        ([" 95\u00a0", "\u200b60"], [95, 60]),
        (["1,5e-3"], [0.0015]),
    ],
)
def test_numbers(cells: list[Any], numbers: list[float]) -> None:
    assert baselines(cells)[: len(numbers)] == numbers


@pytest.mark.parametrize("cells", [["1,250"], ["1,250", "95"], ["1,250", "1,5", "2.5"]])
def test_a_number_that_could_be_two_is_a_fault(cells: list[str]) -> None:
    (fault,) = told(column(place(), "measures", "baseline", cells))
    assert fault.where == "measures[0].baseline"
    assert fault.what.startswith("'1,250' could be 1250 or 1.25: no other number of the column tells")
    assert fault.remedy == "Write 1250 or 1.25"


@pytest.mark.parametrize("cell", ["12 cases", "1.2.3", "1,2,3", "9O", "5-10", "--5", "1,2345,678", "$", "%", "1.5 %%"])
def test_what_is_no_number_is_none(cell: str) -> None:
    (fault,) = told(column(place(), "measures", "baseline", [cell]))
    assert fault.what.endswith("is not a number")


def test_whole_numbers_have_no_thousandths() -> None:
    tables = place() | {"agencies": [{**row, "needs": "1,000"} for row in place()["agencies"]]}
    assert al.read(tables).agencies[0].needs == 1000


def test_numbers_that_a_sheet_keeps_as_text_are_noted_and_those_of_a_program_are_not(tmp_path: Path) -> None:
    tables = column(place(), "measures", "baseline", ["95", "20"])
    path = book(tables, tmp_path / "text.xlsx")
    assert notes(path) == [
        "sheet measures, cell F2, column baseline: the number 95 is text in the sheet, and was read as a number.",
        "sheet measures, cell F3, column baseline: the number 20 is text in the sheet, and was read as a number.",
    ]
    assert notes(tables) == []
    assert al.read(path) == al.read(place())


def moments(name: str, cells: list[Any], **about: Any) -> list[str | None]:
    tables: Any = column(place(), "targets", name, cells) | ({"about": about} if about else {})
    return [getattr(row, name) for row in al.read(tables).targets][: len(cells)]


@pytest.mark.parametrize(
    ("cell", "start", "due"),
    [
        ("31/03/2026", "2026-03-31", "2026-03-31"),
        ("03/31/2026", "2026-03-31", "2026-03-31"),
        ("1.4.2026", "2026-04-01", "2026-04-01"),
        ("4/4/26", "2026-04-04", "2026-04-04"),
        ("31 March 2026", "2026-03-31", "2026-03-31"),
        ("1st Apr 2026", "2026-04-01", "2026-04-01"),
        ("March 31, 2026", "2026-03-31", "2026-03-31"),
        ("2026-03-31 00:00:00", "2026-03-31", "2026-03-31"),
        ("February 2028", "2028-02-01", "2028-02-29"),
        ("Mar-26", "2026-03-01", "2026-03-31"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("03/2026", "2026-03-01", "2026-03-31"),
        ("Q4 2025/26", "2026-01-01", "2026-03-31"),
        ("2025-26 Q1", "2025-04-01", "2025-06-30"),
        ("2018-19", "2018/19", "2018/19"),
        ("FY2018/19", "2018/19", "2018/19"),
        ("2018/2019", "2018/19", "2018/19"),
        ("1999\u20132000", "1999/00", "1999/00"),
        ("2026", "2026", "2026"),
        ("tbc", None, None),
    ],
)
def test_times(cell: str, start: str | None, due: str | None) -> None:
    assert moments("start", [cell]) == [start]
    assert moments("due", [cell]) == [due]


def test_one_date_tells_how_the_others_of_its_column_are_written() -> None:
    assert moments("due", ["03/04/2026", "31/03/2026"]) == ["2026-04-03", "2026-03-31"]
    assert moments("due", ["03/04/2026", "03/31/2026"]) == ["2026-03-04", "2026-03-31"]


@pytest.mark.parametrize("cells", [["03/04/2026"], ["03/04/2026", "31/03/2026", "03/31/2026"]])
def test_a_date_that_could_be_two_is_a_fault(cells: list[str]) -> None:
    (fault,) = told(column(place(), "targets", "due", cells))
    assert fault.what.startswith("'03/04/2026' could be 2026-04-03 or 2026-03-04")
    assert fault.remedy == "Write 2026-04-03 or 2026-03-04"


@pytest.mark.parametrize("cell", ["31/02/2026", "2018/20", "Q4 2026", "Q5 2025/26", "soon", "13/13/2026", "FY26"])
def test_what_is_no_time_is_none(cell: str) -> None:
    (fault,) = told(column(place(), "targets", "due", [cell]))
    assert fault.remedy == "Write a year (2018), a financial year (2018/19) or a date (2018-03-31)"


@pytest.mark.parametrize("begins", [7, "July", "--07-01", "1 July"])
def test_a_financial_year_begins_when_its_owner_says(begins: Any) -> None:
    assert moments("start", ["2018/19", "2018-19"], year_begins=begins) == ["2018-07-01"] * 2
    assert moments("due", ["2018/19", "Q1 2018/19"], year_begins=begins) == ["2019-06-30", "2018-09-30"]


def test_a_financial_year_ends_in_march_and_meets_what_holds_then() -> None:
    def clash(due: str) -> int:
        tables = place()
        tables["targets"] = [
            {"agency": "dept", "measure": "occupancy", "sense": "at_most", "value": 92, "due": due},
            {"agency": "hospital", "measure": "occupancy", "sense": "at_least", "value": 98, "start": "2019-03-31"},
        ]
        return len(al.find_conflicts(al.read(tables), kinds=["opposed"]))

    assert [clash(due) for due in ("2018/19", "2017/18", "2018", "2019")] == [1, 0, 0, 1]


def test_a_financial_year_is_not_over_before_its_last_day() -> None:
    tables: Any = place() | {"about": {"year": 2019}}
    for due, number in (("2018/19", 0), ("2017/18", 1)):
        tables["targets"][0]["due"] = due
        assert int((~Index(al.read(tables)).live).sum()) == number


@pytest.mark.parametrize(
    ("table", "name", "cell", "meant"),
    [
        ("targets", "sense", "At least", "at_least"),
        ("targets", "sense", "\u2264", "at_most"),
        ("targets", "sense", " Reduce", "decrease"),
        ("targets", "sense", "AT-MOST", "at_most"),
        ("measures", "direction", "Higher is better", "higher"),
        ("measures", "direction", "Lower", "lower"),
        ("measures", "direction", "In range", "in-range"),
        ("outcomes", "dimension", "Resource use", "resource-use"),
        ("measures", "aggregate", "Average", "mean"),
        ("measures", "perspective", "Organization", "organisation"),
    ],
)
def test_words_of_people_are_those_of_the_vocabulary(table: str, name: str, cell: str, meant: str) -> None:
    said, plain = (al.read(column(place(), table, name, [word])) for word in (cell, meant))
    assert said == plain
    assert f"'{cell.strip()}' was read as {meant}" in str(said.notes[0])


@pytest.mark.parametrize(
    ("cell", "value"), [("x", True), ("\u2713", True), ("Y", True), ("No\u200b", False), ("0", False)]
)
def test_yes_and_no(cell: str, value: bool) -> None:
    assert al.read(column(place(), "measures", "statutory", [cell])).measures[0].statutory is value


def test_a_band_of_which_one_end_is_given_has_that_end() -> None:
    tables = column(place(), "targets", "sense", ["between", "between"])
    tables["targets"][1] = {"agency": "hospital", "measure": "long-waits", "sense": "between", "upper": 5}
    low, high, *_ = al.read(tables).targets
    assert (low.sense, low.value, low.upper) == ("at_least", 92, None)
    assert (high.sense, high.value, high.upper) == ("at_most", 5, None)
    assert notes(tables)[0] == "targets[0].sense: between with no upper was read as at_least."
    del tables["targets"][0]["value"]
    assert [fault.where for fault in told(tables)] == ["targets[0].upper"]


def test_signs_that_turn_a_text_are_told_and_stay() -> None:
    tables = place()
    tables["agencies"][0]["name"] = "Department\u202e of Health"
    system = al.read(tables)
    assert system.agencies[0].name == "Department\u202e of Health"
    assert "turn the direction of writing" in str(system.notes[0])


def test_ids_that_look_alike_are_told() -> None:
    tables = place()
    tables["agencies"] += [{"id": "E01", "name": "One"}, {"id": "EO1", "name": "Other"}]
    assert notes(tables) == ["agencies[4].id: 'EO1' looks like 'E01', another id of agencies."]
    assert notes(column(place(), "targets", "agency", ["d\u0435pt"])) == [
        (
            "targets[0].agency: 'd\u0435pt' was read as dept, "
            "though it holds what only looks like a letter of it: cyrillic small letter ie."
        )
    ]


def test_many_cells_that_were_read_alike_have_one_note() -> None:
    assert len(notes(column(place(), "targets", "value", ["\u00a31"] * 3))) == 3
    assert notes(column(place(), "targets", "value", ["\u00a31"] * 5)) == [
        "targets[0].value: '\u00a31' was read as 1; 4 more cells of this column likewise."
    ]


def test_what_was_given_is_not_changed() -> None:
    tables = column(place(), "measures", "baseline", ["1,5", "n/a", "[x]", [60]])
    before = repr(tables)
    al.read(tables, ids="make")
    assert repr(tables) == before


def test_a_system_that_is_built_by_hand_has_no_other_financial_years_than_from_april() -> None:
    system = al.read(column(place(), "targets", "due", ["2018/19"]))
    assert system.targets[0].due == "2018/19"
    with pytest.raises(al.InputError, match="Write the day, such as 2018-03-31"):
        system.replace(about={"year_begins": 7})
    assert system.replace(about={"year_begins": 4}).targets == system.targets


def test_columns_of_ones_own_are_left_alone() -> None:
    tables = place()
    tables["targets"][0]["x-owner"] = "Ann"
    assert al.read(tables) == al.read(place())
    tables["targets"][0]["owner"] = "Ann"
    (fault,) = told(tables)
    assert fault.remedy.startswith("If it is your own, call it 'x-owner'")
