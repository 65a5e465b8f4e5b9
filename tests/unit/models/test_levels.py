"""What the table of levels holds, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import alignment as al
from alignment.models import System
from tests.small import target

Cells = dict[str, Any]


def place(*levels: Cells, **about: Any) -> Cells:
    return {
        "about": about,
        "agencies": [{"id": "croydon", "name": "Croydon"}, {"id": "sutton", "name": "Sutton"}],
        "measures": [{"id": "delays", "name": "Delays", "baseline": 60, "floor": 0, "ceiling": 100}],
        "targets": [target("croydon", "delays", "at_most", 50)],
        "levels": [{"measure": "delays", "agency": "croydon", **cells} for cells in levels],
    }


def faults(tables: Cells) -> list[str]:
    with pytest.raises(al.InputError) as wrong:
        al.read(tables)
    return [f"{fault.column}: {fault.what}" for fault in wrong.value.faults]


def test_one_level_a_period() -> None:
    assert len(al.read(place({"value": 81}, {"value": 80, "period": "2018"})).levels) == 2
    assert faults(place({"value": 81}, {"value": 80})) == [
        "None: measure 'delays', agency 'croydon' is there already, as levels[0]",
    ]
    assert faults(place({"value": 81, "period": 2018}, {"value": 80, "period": "2018"})) == [
        "None: measure 'delays', agency 'croydon', period '2018' is there already, as levels[0]",
    ]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (-1, "value: value -1 is below the floor of 'delays', 0"),
        (100.5, "value: value 100.5 is above the ceiling of 'delays', 100"),
        ("inf", "value: 'inf' is not a number that can be reckoned with"),
    ],
)
def test_a_level_the_measure_cannot_take_is_a_fault(value: Any, what: str) -> None:
    assert faults(place({"value": value})) == [what]
    assert al.read(place({"value": 0}, {"value": 100, "period": "2018"})).levels[1].value == 100


def test_who_and_what_must_be_there() -> None:
    tables = place({"value": 1})
    tables["levels"].append({"measure": "waits", "agency": "merton", "value": 1})
    assert faults(tables) == [
        "measure: 'waits' is not an id of measures",
        "agency: 'merton' is not an id of agencies",
    ]


def test_periods_are_years_and_days_as_people_write_them() -> None:
    tables = place({"value": 81, "period": "2018-19"}, {"value": 80, "period": "31 March 2018"}, year=2018)
    assert [row.period for row in al.read(tables).levels] == ["2018/19", "2018-03-31"]
    # Of a year that begins elsewhere only days can be told; its first says which year it is.
    tables["about"]["year_begins"] = 7
    assert [row.period for row in al.read(tables).levels] == ["2018-07-01", "2018-03-31"]
    with pytest.raises(ValidationError, match="is a year from April to March"):
        System.model_validate(place({"value": 81, "period": "2018/19"}, year_begins=7))


def test_headings_that_people_use(tmp_path: Path) -> None:
    al.write(al.read(place()), tmp_path / "place")
    (tmp_path / "place" / "local baselines.csv").write_text(
        "Indicator,Organisation,Current level,Year\ndelays,croydon,81,2018\n"
    )
    (row,) = al.read(tmp_path / "place").levels
    assert (row.measure, row.agency, row.value, row.period) == ("delays", "croydon", 81, "2018")


@pytest.mark.parametrize("name", ["place", "place.xlsx", "place.json"])
def test_levels_are_the_same_in_every_coat(name: str, tmp_path: Path) -> None:
    system = al.read(place({"value": 81.25, "source": "SALT return"}, {"value": 80, "period": "2018/19"}, year=2018))
    al.write(system, tmp_path / name)
    assert al.read(tmp_path / name) == system
    assert al.read(al.to_frames(system)) == al.read(al.to_document(system)) == system
    assert [row.source for row in system.levels] == ["SALT return", None]


@pytest.mark.parametrize("name", ["mine", "mine.xlsx"])
def test_a_template_has_them_and_says_what_they_are_for(name: str, tmp_path: Path) -> None:
    al.template(tmp_path / name)
    assert al.read(tmp_path / name) == al.read("winter-pressure")
    if name == "mine":
        assert (
            (tmp_path / name / "levels.csv").read_text(encoding="utf-8-sig").startswith("measure,agency,value,period")
        )
        said = (tmp_path / name / "README.txt").read_text(encoding="utf-8")
        assert "Tells each target from its deliverer's own level" in said
        assert "No question reads it yet" not in said.partition("levels.csv")[2].partition("\n\n")[0]


def test_a_percentage_is_read_as_the_measure_has_it() -> None:
    assert al.read(place({"value": "81%"})).levels[0].value == 81


def test_a_system_without_levels_has_the_hash_that_it_had_before_there_were_any() -> None:
    tables = place()
    without = {name: rows for name, rows in tables.items() if name != "levels"}
    # The hash of this system at the commit before the table came.
    assert (
        al.read(tables).hash
        == al.read(without).hash
        == "8db4b510a2b241f62be4fb4ab907423a20a717241484f8db2cf3839db1acad4e"
    )
    assert al.read(place({"value": 60})).hash != al.read(tables).hash
