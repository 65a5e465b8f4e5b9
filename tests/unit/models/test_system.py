"""A system that is replaced: checked like a new one, with nothing remembered of the old."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import alignment as al
from alignment.index import Index
from alignment.models import About, Target
from alignment.models.system import TABLES
from alignment.models.system.system import Tables
from tests.random_systems import random_system
from tests.thoroughly import part_of

Copy = Callable[[al.System], al.System]
COPIES: dict[str, Copy] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda system: pickle.loads(pickle.dumps(system)),
    "model_copy": lambda system: system.model_copy(),
    "deep": lambda system: system.model_copy(deep=True),
    "replace": lambda system: system.replace(),
    "again": lambda system: al.read(al.to_document(system)),
}
Change = Callable[[al.System, dict[str, Any]], al.System]
CHANGES: dict[str, Change] = {
    "replace": lambda system, tables: system.replace(**tables),
    "model_copy": lambda system, tables: system.model_copy(update=tables),
    "deep": lambda system, tables: system.model_copy(update=tables, deep=True),
    "__replace__": lambda system, tables: system.__replace__(**tables),
}


@pytest.fixture
def winter() -> al.System:
    return al.read("winter-pressure")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_the_same_system_and_knows_only_what_is_true_of_it(name: str, winter: al.System) -> None:
    conflicts = al.find_conflicts(winter).to_json()
    made = COPIES[name](winter)
    assert made == winter
    assert made.hash == winter.hash
    assert hash(made) == hash(winter)
    assert al.find_conflicts(made).to_json() == conflicts
    assert made.derive(Index).system is made


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("seed", [*part_of(range(8), 8), None])
def test_a_replaced_system_is_the_one_that_is_built_of_its_rows(name: str, seed: int | None, winter: al.System) -> None:
    system = winter if seed is None else random_system(seed)
    al.find_conflicts(system)
    al.propose(system)
    before = pickle.dumps(system)
    fewer = system.targets[1:]
    made = CHANGES[name](system, {"targets": fewer})
    tables: dict[str, Any] = {table: getattr(system, table) for table in ("about", *TABLES)}
    tables["targets"] = fewer
    built = al.System(**tables)
    assert made == built
    assert made.hash == built.hash != system.hash
    assert made.targets == fewer
    assert al.find_conflicts(made).to_json() == al.find_conflicts(built).to_json()
    assert al.propose(made) == al.propose(built)
    assert pickle.dumps(system) == before


@pytest.mark.parametrize("rows", ["rows", "dicts", "mixed", "frame"])
def test_rows_are_given_in_any_form_that_reading_takes(rows: str, winter: al.System) -> None:
    dicts, frame = al.to_document(winter)["targets"], al.to_frames(winter)["targets"]
    given = {
        "rows": winter.targets,
        "dicts": dicts,
        "mixed": [winter.targets[0], *dicts[1:]],
        "frame": frame,
    }[rows]
    assert winter.replace(targets=given) == winter


def test_what_a_system_is_about_is_one_row(winter: al.System) -> None:
    for about in (About(name="Spring"), {"name": "Spring"}, pd.DataFrame({"name": ["Spring"]})):
        assert winter.replace(about=about).about == About(name="Spring")
    assert winter.replace(about=None).about == About()


def test_nothing_is_no_rows(winter: al.System) -> None:
    assert winter.replace(influences=None).influences == ()
    with pytest.raises(al.InputError, match="the table targets is missing"):
        winter.replace(targets=None)  # type: ignore[typeddict-item]


@pytest.mark.parametrize("name", CHANGES)
def test_faults_have_their_places_also_in_tables_that_stayed(name: str, winter: al.System) -> None:
    with pytest.raises(al.InputError) as raised:
        CHANGES[name](winter, {"agencies": [row for row in winter.agencies if row.id != "trust"]})
    # One cause, one fault: the agency that is gone, with every place that refers to it.
    (fault,) = raised.value.faults
    places = {fault.where, *(place.where for place in fault.also)}
    stands = [f"targets[{at}].agency" for at, row in enumerate(winter.targets) if row.agency == "trust"]
    assert stands
    assert {*stands} <= places
    assert "'trust' is not an id of agencies" in fault.what


def test_every_fault_of_a_table_is_told_at_once(winter: al.System) -> None:
    rows = [{"agency": "trst", "measure": winter.measures[0].id, "sense": "atmost", "value": "9O"}]
    with pytest.raises(al.InputError) as raised:
        winter.replace(targets=rows)
    told = [(fault.where, fault.remedy) for fault in raised.value.faults]
    assert told == [
        ("targets[0].agency", "Did you mean 'trust'?"),
        ("targets[0].sense", "Did you mean 'at_most'?"),
        ("targets[0].value", "Write the number in digits, or clear the cell if it is not known"),
    ]


def test_rows_of_another_table_are_no_rows_of_this_one(winter: al.System) -> None:
    with pytest.raises(al.InputError) as raised:
        winter.replace(targets=winter.agencies[:1])  # type: ignore[typeddict-item]
    (fault,) = raised.value.faults
    assert str(fault).startswith("targets[0]: a row of type Agency is not one of targets.")


@pytest.mark.parametrize("name", CHANGES)
def test_a_word_that_is_no_table_is_told_the_closest(name: str, winter: al.System) -> None:
    with pytest.raises(al.UnknownWord, match=r"'target' is not a table of a system\. Did you mean 'targets'"):
        CHANGES[name](winter, {"target": ()})


def test_what_is_remembered_is_not_sent_to_others(winter: al.System) -> None:
    size = len(pickle.dumps(winter))
    al.propose(winter)
    assert len(pickle.dumps(winter)) == size


def test_every_table_can_be_replaced() -> None:
    assert list(Tables.__annotations__) == list(al.System.model_fields)


def test_a_row_that_was_put_together_by_hand_is_checked() -> None:
    winter = al.read("winter-pressure")
    wrong = winter.targets[0].model_copy()
    object.__setattr__(wrong, "__dict__", {**wrong.__dict__, "sense": "sideways"})
    with pytest.raises(al.InputError, match="sideways"):
        winter.replace(targets=[wrong])
    assert isinstance(winter.replace(targets=winter.targets[:1]).targets[0], Target)
