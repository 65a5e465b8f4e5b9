"""A system as pandas DataFrames."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from alignment.models import TABLES
from alignment.tables import read, to_frames
from alignment.tables.columns import columns

from .conftest import LONDON, Faults

Small = dict[str, Any]


@pytest.fixture
def frames(small: Small) -> dict[str, pd.DataFrame]:
    return to_frames(read(small))


def test_london_comes_back() -> None:
    system = read(LONDON)
    assert read(to_frames(system)) == system
    assert str(read(to_frames(system))) == "6 tiers · 137 agencies · 55 measures · 88 targets · 76 influences"


def test_every_table_has_all_its_columns(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == ["about", *TABLES]
    assert {name: tuple(frames[name].columns) for name in TABLES} == {
        name: columns(row_type) for name, row_type in TABLES.items()
    }
    assert frames["draws"].empty


def test_kinds_of_columns(frames: dict[str, pd.DataFrame]) -> None:
    measures, targets = frames["measures"], frames["targets"]
    assert measures["baseline"].dtype == np.dtype("float64")
    assert np.isnan(measures["baseline"].iloc[1])
    assert frames["finances"]["cost"].dtype == np.dtype("float64")
    assert str(frames["about"]["year"].dtype) == "Int64"
    assert measures["statutory"].tolist() == [None, "yes"]
    assert measures["reported_at"].tolist() == [None, "national;local"]
    assert targets["due"].tolist() == [None, "2019", None]


def test_what_pandas_makes_of_cells(small: Small) -> None:
    system = read(small)
    cells: dict[str, Any] = {
        "agency": pd.Categorical(["ministry", "trust", "council"]),
        "measure": ["beds", "waits", "beds"],
        "sense": pd.array(["at_most", "decrease", "increase"], dtype="string"),
        "value": np.array([92, np.nan, np.nan], dtype="float32"),
        "for_agency": ["trust", None, pd.NA],
        "start": [pd.NaT, pd.NaT, pd.Timestamp("2018-04-01")],
        "due": [float("nan"), 2019.0, pd.NaT],
        "revealed": pd.array([None, None, None], dtype="boolean"),
        "weight": [np.nan, "", None],
    }
    targets = pd.DataFrame(cells, index=pd.Index(["z", "z", "x"], name="agency"))
    measures = pd.DataFrame(
        {
            "id": ["beds", "waits"],
            "name": ["Beds in use", "Waits"],
            "outcome": ["well", " "],
            "baseline": [np.int64(95), None],
            "statutory": [None, np.True_],
            "reported_at": [None, ["national", "local"]],
        }
    )
    controls = pd.DataFrame({"agency": [np.str_("trust")], "measure": ["beds"], "share": [np.float32(0.5)]})
    assert read({**small, "targets": targets, "measures": measures, "controls": controls}) == system


def test_records_of_frames_are_lists_of_rows(small: Small, frames: dict[str, pd.DataFrame]) -> None:
    system = read(small)
    records = {name: frame.to_dict("records") for name, frame in frames.items()}
    assert read(records) == system
    small["targets"][1].update(value=pd.NA, start=pd.NaT, weight=np.nan)
    assert read(small) == system


def test_ids_that_are_numbers() -> None:
    agencies = pd.DataFrame({"id": [1, 2], "name": ["A", "B"]})
    targets = pd.DataFrame({"agency": [1.0, 2.0], "measure": [7, 7], "sense": "increase", "for_agency": [2, None]})
    measures = pd.DataFrame({"id": np.array([7], dtype="uint8"), "name": [2018]})
    system = read({"agencies": agencies, "measures": measures, "targets": targets})
    assert [(target.agency, target.measure, target.for_agency) for target in system.targets] == [
        ("1", "7", "2"),
        ("2", "7", None),
    ]
    assert system.measures[0].name == "2018"


def test_days_have_no_hours(small: Small, faults: Faults) -> None:
    small["targets"][1]["due"] = dt.datetime(2019, 3, 31, 23, 59)
    small["targets"][2]["start"] = dt.date(2018, 4, 1)
    assert read(small).targets[1].due == "2019-03-31"
    small["targets"][0]["value"] = dt.time(10, 30)
    (fault,) = faults(small)
    assert fault.what == "'10:30:00' is not a number"


def test_frames_are_not_changed(frames: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy() for name, frame in frames.items()}
    read(frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_faults_are_counted_by_position(frames: dict[str, pd.DataFrame], faults: Faults) -> None:
    frames["targets"].index = pd.Index([7, 8, 9])
    frames["targets"].loc[9, "sense"] = "sideways"
    (fault,) = faults(frames)
    assert fault.where == "targets[2].sense"


def test_columns_of_frames(frames: dict[str, pd.DataFrame], faults: Faults) -> None:
    tiers = frames["tiers"]
    frames["tiers"] = pd.concat([tiers, tiers[["name"]]], axis=1).rename(columns={"level": 0})
    assert [str(fault) for fault in faults(frames)] == [
        (
            "tiers.0: '0' is not a column of tiers. "
            "If it is your own, call it 'x-0'; columns that are not here yet: level."
        ),
        "tiers.name: the column name is there 2 times. Begin the name of all but one with x-, or join them.",
        (
            "tiers.level: the column level is missing. "
            "Add it: 0 where accountability ends (voters, Parliament); larger is nearer the front line. No unit."
        ),
    ]


def test_empty_frames(small: Small, faults: Faults) -> None:
    assert read({**small, "targets": pd.DataFrame()}).targets == ()
    assert read({**small, "targets": pd.DataFrame(columns=["agency", "measure", "sense"])}).targets == ()
    (fault,) = faults({**small, "targets": pd.DataFrame(columns=["agency", "measure"])})
    assert fault.where == "targets.sense"


def test_headings_of_frames_as_people_write_them(frames: dict[str, pd.DataFrame]) -> None:
    system = read(frames)
    frames["targets"] = frames["targets"].rename(columns={"agency": "Owner", "measure": "KPI", "value": " VALUE"})
    other = read(frames)
    assert other == system
    assert list(map(str, other.notes)) == [
        "targets: headings are read as columns: 'Owner' as agency, 'KPI' as measure, ' VALUE' as value."
    ]
