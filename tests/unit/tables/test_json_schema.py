"""The schema of a system's document: what is written keeps to it, and what keeps to it is read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from pydantic import ValidationError

import alignment as al
from alignment.examples import names
from alignment.models import System
from alignment.models.system.checks import references
from alignment.tables.columns import columns, required
from alignment.tables.json_schema import MOMENT, json_schema
from alignment.tables.names import ROW_TYPES
from tests.mutations import VALUES
from tests.seeds import SMALL
from tests.strategies import systems, wild_numbers, wild_words
from tests.thoroughly import most

SCHEMA = json_schema()
CHECK = jsonschema_rs.Draft202012Validator(SCHEMA)

NO_DAYS = ("0000-00-00", "2018-13-45")
OTHERS: tuple[Any, ...] = (0.5, 1, 7, 2018, "2018", "2018/19", "2018-04-01", "at_most", "higher", "local", ["local"])
CELLS: list[Any] = [*(value for value in VALUES if isinstance(value, str | list | dict | bool)), *OTHERS]


def test_it_is_a_schema_of_2020() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", names())
def test_every_example_keeps_to_it(name: str) -> None:
    CHECK.validate(al.to_document(al.read(name)))


@settings(max_examples=most(30, 6), deadline=None)
@given(system=systems(words=wild_words, numbers=wild_numbers))
def test_whatever_is_written_keeps_to_it(system: System) -> None:
    CHECK.validate(json.loads(json.dumps(al.to_document(system))))


@pytest.mark.parametrize("table", ROW_TYPES)
def test_a_cell_that_keeps_to_it_is_read(table: str) -> None:
    row_type = ROW_TYPES[table]
    tried = 0
    for column in columns(row_type):
        rule = SCHEMA["$defs"][table]["properties"][column]
        check = jsonschema_rs.Draft202012Validator(rule)
        # Only a calendar knows which months have 31 days.
        known = [value for value in CELLS if rule.get("pattern") != MOMENT or value not in NO_DAYS]
        for value in known:
            if check.is_valid(value):
                tried += 1
                assert column not in _wrong(row_type, column, value), (column, value)
    assert tried > len(columns(row_type))


def _wrong(row_type: Any, column: str, value: Any) -> set[Any]:
    """The columns of a row that are wrong; those that are missing are."""
    try:
        row_type.model_validate({column: value})
    except ValidationError as error:
        return {each["loc"][0] for each in error.errors() if each["loc"]}
    return set()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("measures", "baseline", "95"),
        ("measures", "direction", "lowr"),
        ("targets", "weight", 1.5),
        ("targets", "due", "next year"),
        ("targets", "agency", "the trust"),
        ("agencies", "tier", 5),
        ("measures", "colour", "red"),
        ("measures", "name", ""),
    ],
)
def test_what_is_wrong_breaks_it(table: str, column: str, value: Any) -> None:
    document = json.loads(json.dumps(SMALL))
    CHECK.validate(document)
    document[table][0][column] = value
    assert not CHECK.is_valid(document)


def test_columns_of_ones_own_are_let_through() -> None:
    document = json.loads(json.dumps(SMALL))
    document["x-mine"] = 1
    document["measures"][0]["x-score"] = 3
    CHECK.validate(document)
    assert al.read(document) == al.read(SMALL)


def test_every_column_is_told_and_says_what_it_refers_to() -> None:
    for table, row_type in ROW_TYPES.items():
        told = SCHEMA["$defs"][table]
        assert list(told["properties"]) == list(columns(row_type))
        assert tuple(told["required"]) == required(row_type)
        for column, other in references(row_type):
            assert told["properties"][column]["description"].endswith(f" of the table {other}.")
        assert all(each["description"] for each in told["properties"].values())
    assert "Unit: the measure's." in SCHEMA["$defs"]["measures"]["properties"]["baseline"]["description"]
