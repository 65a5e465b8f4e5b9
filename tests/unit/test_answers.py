"""What holds for the answer of every verb: one family."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, Final, cast

import jsonschema_rs
import pandas as pd
import pytest
from pydantic import ValidationError

import alignment as al
from alignment.index import Index
from alignment.mactor.matrices import MATRICES
from alignment.models import TABLES, System
from alignment.models.answers.answer import Answer, Record
from alignment.models.answers.html import COLUMNS, ROWS
from alignment.options.asked import asked_of
from alignment.verbs.registry import BY_COMMAND, VERBS
from alignment.verbs.renderers import rendered

LONDON: Final[Mapping[str, Mapping[str, Any]]] = {
    "alignment": {"by": "sector"},
    "joint": {"every": True},
    "repair": {"every": True},
    "propose": {"local_choice": 2},
    "check": {"measures": ["ae-4h", "bed-occupancy"]},
    "why": {"measures": ["ae-4h", "rtt-18w"]},
    "alternatives": {"within": 0.02, "limit": 3},
    "frontier": {"limit": 2},
    "coverage": {"at_most": 3},
    "what-if": {"changes": [{"change": "drop", "table": "measures", "row": "ae-4h"}]},
    "certainty": {"draws": 2},
    "view": {"agency": "london-ccg"},
}
"""What is asked of London, where that is not nothing."""

WINTER: Final[Mapping[str, Mapping[str, Any]]] = {
    "effort": {"curve": 2},
    "certainty": {"draws": 2, "confirm": 1},
    "what-if": {
        "changes": [
            {"change": "merge-agencies", "agency": "trust", "into": "council"},
            {"change": "drop", "table": "targets", "row": "region-beds"},
        ],
        "each": True,
    },
}
"""What is asked of winter pressure, where that is not the example of the verb."""

MARK: Final = "<b>&"
"""What names begin with that a browser must not take for its own."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "agency": ("agency_name", "name"),
    "agencies": ("agency_names",),
    "deliverer": ("deliverer_name",),
    "agencies_after": ("agency_names_after",),
    "resource": ("name",),
    "service": ("service_name",),
    "services": ("service_names",),
    "populations": ("population_names",),
    "owner": ("owner_name",),
    "deliverers": ("deliverer_names",),
    "others": ("other_names",),
    "instead": ("instead_name",),
    "actor": ("actor_name", "name"),
    "measure": ("name", "measure_name"),
    "measure_a": ("name_a",),
    "measure_b": ("name_b",),
    "retired": ("retired_name",),
    "kept": ("kept_names",),
    "keeps": ("keeps_names",),
    "takes_on": ("takes_on_names",),
    "gives_up": ("gives_up_names",),
    "left_with": ("left_with_names",),
    "measures": ("measure_names", "names"),
    "controlled": ("controlled_names",),
    "stands_for": ("stands_for_names",),
    "objective": ("objective_name", "name"),
    "comes": ("comes_names",),
    "goes": ("goes_names", "goes_name"),
    "left_out": ("left_out_names",),
    "source": ("source_name",),
    "target": ("target_name",),
    "path": ("path_names",),
    "outcome": ("outcome_name",),
    "outcomes": ("outcome_names",),
    "population": ("population_name",),
    "tier": ("tier_name",),
    "tiers": ("tier_names",),
    "row": ("name",),
    "shared": ("shared_names",),
    "masters": ("master_names",),
    "a": ("a_name",),
    "b": ("b_name",),
    "on": ("on_name",),
    "group": ("group_name", "name"),
    "id": ("name",),
    "name": ("called",),
}
"""Columns of ids, and those that say what people call them where that is not the same word with _name or _names."""

MATRIX: Final = frozenset({*MATRICES, "matrix"})
"""Tables with ids both down and across, which have no room for names."""

NAMED: Final = ("agencies", "measures", "outcomes", "tiers", "populations", "resources")
"""The tables of a system whose rows have an id that answers use, and a name."""


@cache
def system(place: str) -> System:
    """An example; of winter pressure every name bears a mark."""
    found = al.read(al.example(place))
    if place != "winter-pressure":
        return found
    document = al.to_document(found)
    marked = {table: [{**row, "name": f"{MARK}{row['name']}"} for row in document[table]] for table in NAMED}
    return al.read({**document, **marked})


@cache
def answer(command: str, place: str) -> Answer:
    """What a verb says of an example."""
    verb = BY_COMMAND[command]
    asked = WINTER.get(command, verb.example) if place == "winter-pressure" else LONDON.get(command, {})
    return verb.ask(system(place), asked_of(verb.options, asked))


every = pytest.mark.parametrize(
    ("command", "place"),
    [
        *((verb.command, place) for place in ("winter-pressure", "london-2018") for verb in VERBS),
        ("achieve", "england-frameworks"),  # where all targets can be met, by moves
    ],
    scope="module",  # tests of one answer follow each other, so that processes share the answers out
)


def tables(command: str, place: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of an answer, without its matrices."""
    for name in BY_COMMAND[command].tables:
        if name not in MATRIX:
            yield name, answer(command, place).to_frame(name)


def copied(found: Answer) -> Answer:
    """A copy."""
    return copy.copy(found)


def deeply_copied(found: Answer) -> Answer:
    """A copy of it and all that it holds."""
    return copy.deepcopy(found)


def pickled(found: Answer) -> Answer:
    """What another process is sent."""
    return pickle.loads(pickle.dumps(found))


@every
def test_it_is_frozen(command: str, place: str) -> None:
    found = answer(command, place)
    for name in ["record", *vars(found)]:
        with pytest.raises((AttributeError, ValidationError)):
            setattr(found, name, None)
        with pytest.raises((AttributeError, ValidationError)):
            delattr(found, name)


@every
@pytest.mark.parametrize("twin", [copied, deeply_copied, pickled])
def test_it_is_equal_to_its_copy_and_has_its_hash(command: str, place: str, twin: Callable[[Answer], Answer]) -> None:
    found = answer(command, place)
    other = twin(found)
    assert other == found
    assert hash(other) == hash(found)
    assert other.to_json() == found.to_json()
    assert str(other) == str(found)


@every
def test_it_is_equal_to_what_says_the_same_and_to_nothing_else(command: str, place: str) -> None:
    found = answer(command, place)
    record = found.document().model_dump()["record"]
    assert found == found.recorded(Record.model_validate({**record, "verb": "another"})) == found.recorded(None)
    assert found != answer(command, "london-2018" if place == "winter-pressure" else "winter-pressure")


@every
def test_its_json_fits_its_schema_and_reads_back(command: str, place: str) -> None:
    kind, found = BY_COMMAND[command].answer, answer(command, place)
    text = found.to_json()
    assert kind.model_validate_json(text) == found.document()
    jsonschema_rs.validator_for(kind.model_json_schema(mode="serialization")).validate(json.loads(text))


@every
def test_its_tables_are_those_of_the_registry_with_the_columns_that_they_document(command: str, place: str) -> None:
    found = answer(command, place)
    assert tuple(found.frames) == BY_COMMAND[command].tables
    pd.testing.assert_frame_equal(found.to_frame(), found.to_frame(BY_COMMAND[command].tables[0]))
    for name, make in found.frames.items():
        frame, told = make(), columns_told(make)
        if name in MATRIX:
            assert frame.columns[0] in told
        else:
            assert set(frame.columns) == set(told), name
        assert frame.columns.is_unique
    with pytest.raises(al.UnknownWord, match="a table of this answer"):
        found.to_frame("no-such")


def columns_told(make: Callable[[], pd.DataFrame]) -> list[str]:
    """The columns that the docstring of a table tells of."""
    said = (make.func if isinstance(make, partial) else make).__doc__ or ""
    return re.findall(r"``(\w+)``", said.partition("-------\n")[2] or said)


@every
def test_names_stand_beside_ids(command: str, place: str) -> None:
    for table, frame in tables(command, place):
        for column in map(str, frame.columns):
            words = [cell for cell in frame[column] if isinstance(cell, str) and cell]
            told = names_of(system(place), words, " > " if column == "path" else "; ")
            if told:
                known = NAMES.get(column, (f"{column}_name", f"{column}_names"))
                beside = next((name for name in known if name in frame), None)
                assert beside is not None, (table, column)
                assert frame.loc[frame[column].isin(words), beside].tolist() in told, (table, column)


def names_of(system: System, cells: list[str], between: str) -> list[list[str]]:
    """What people call the things that cells name, for each table that has all of these ids."""
    found: list[list[str]] = []
    for table in NAMED:
        called: dict[str, str] = {row.id: row.name for row in cast("Any", system.table(table))}
        parts = [cell.split(between) for cell in cells]
        if cells and all(part in called for some in parts for part in some):
            found.append([between.join(called[part] for part in some) for some in parts])
    return found


@every
def test_keys_lead_back_to_rows(command: str, place: str) -> None:
    keys = set(system(place).derive(Index).targets.keys)
    for table, frame in tables(command, place):
        for column in {"target", "targets"} & {*frame.columns} if command != "effects" else ():
            cells = frame[column].dropna()
            assert {key for cell in cells if cell for key in cell.split("; ")} <= keys, table
        if "row" in frame:
            assert set(frame["table"]) <= {*TABLES}
        if table == "evidence":
            rows = frame[frame["table"] == "targets"]
            assert set(rows["row"]) <= keys


@every
def test_its_text_fits_the_width(command: str, place: str) -> None:
    for line in str(answer(command, place)).splitlines():
        assert len(line) <= 80 or " " not in line.strip(), line


@every
def test_its_repr_is_one_useful_line(command: str, place: str) -> None:
    said = repr(answer(command, place))
    assert len(said) < 200
    assert said.isprintable()
    assert said.startswith(f"<{type(answer(command, place)).__name__}")
    assert re.search(r"\d", said)


@every
def test_its_glimpse_is_at_most_a_screen_of_names(command: str, place: str) -> None:
    page = answer(command, place)._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert len(page.encode()) < 20_000
    assert page.count("<tr>") <= ROWS + 1
    heads = re.findall(r"<th [^>]*>([^<]*)</th>", page)
    assert len(heads) <= COLUMNS
    assert not {"agency", "measure", "agencies", "measures", "outcome", "population", "comes", "goes"} & {*heads}
    assert all(name in page for name in BY_COMMAND[command].tables)


@pytest.mark.parametrize("command", [verb.command for verb in VERBS])
def test_html_escapes_every_name(command: str) -> None:
    found = answer(command, "winter-pressure")
    for page in (found._repr_html_(), rendered(found, "html")):  # pyright: ignore[reportPrivateUsage]
        assert "<b>" not in page
        assert not re.search(r"&(?!\w+;|#)", page)


def of_no_verb() -> Iterator[Answer]:
    """Answers to what is asked of something else than a system."""
    winter = al.read(al.example("winter-pressure"))
    yield al.frustration([("ann", "bob", -1), ("bob", "cid", -1), ("ann", "cid", 2)])
    actors = ["council", "trust"]
    influence = pd.DataFrame([[0, 3], [1, 0]], index=actors, columns=actors)
    yield al.mactor_from(influence, pd.DataFrame({"fewer beds": [2, -1]}, index=actors))
    yield al.propose(winter).why("patient-experience")
    yield al.replay(al.congruity(winter), winter)
    yield al.replay(al.congruity(winter, steps=1).to_json().replace('"steps": 1', '"steps": 2'), winter)


@pytest.mark.parametrize("at", range(5))
def test_so_are_answers_of_no_verb(at: int) -> None:
    found = list(of_no_verb())[at]
    for twin in (copied, deeply_copied, pickled):
        assert (twin(found), hash(twin(found))) == (found, hash(found))
    document = found.document()
    assert type(document).model_validate_json(found.to_json()) == document
    for name, make in found.frames.items():
        assert name in MATRIX or {*make().columns} == {*columns_told(make)}
    assert len(repr(found)) < 200
    assert all(name in found._repr_html_() for name in found.frames)  # pyright: ignore[reportPrivateUsage]
    assert max(map(len, str(found).splitlines())) <= 80


def test_the_mark_is_seen_at_all() -> None:
    assert "&lt;b&gt;&amp;" in answer("propose", "winter-pressure")._repr_html_()  # pyright: ignore[reportPrivateUsage]
