"""One table of verbs feeds routes and documentation."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.models import Noun
from alignment.options.verb import verb_of
from alignment.verbs.registry import VERBS, Verb

from .doors import opened, system, tiny, verb

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])


@verbs
def test_options_are_those_of_the_function(each: Verb) -> None:
    """A verb offers every option of the function, and the function takes each by name."""
    made = verb_of(each.function)
    assert made.options is each.options
    parameters = inspect.signature(each.function).parameters
    assert set(each.options.model_fields) == set(parameters) - {"system", "options", *made.means}
    assert getattr(al, made.name) is each.function


@verbs
def test_tables_are_those_of_the_answer(each: Verb) -> None:
    answer = each.ask(system("winter-pressure"), each.options.model_validate(each.example))
    assert each.tables == tuple(answer.frames)
    assert isinstance(answer.document(), each.answer)


@verbs
def test_every_field_has_a_sentence(each: Verb) -> None:
    for noun in (each.options, each.answer):
        assert noun.__doc__
        bare = [name for name, field in noun.model_fields.items() if not field.description]
        assert not bare, (noun, bare)


@verbs
def test_every_verb_has_its_route_and_documentation(each: Verb, client: TestClient) -> None:
    assert client.post(each.path).status_code == 415
    operation = client.get("/openapi.json").json()["paths"][each.path]["post"]
    assert operation["operationId"] == each.command
    assert operation["summary"] == each.summary
    assert operation["description"] == each.description
    assert each.description
    assert "Parameters" not in each.description
    page = client.get("/docs").text
    assert f"<section id='{each.command}'>" in page
    assert client.get(f"/docs/{each.command}.json").status_code == 200


def test_names_and_types_are_told_apart() -> None:
    assert len({each.command for each in VERBS}) == len(VERBS)
    assert all(issubclass(each.answer, Noun) for each in VERBS)


def test_the_next_verb_is_one_row() -> None:
    with opened(*VERBS, verb(lambda: "next", "/v1/next")) as client:
        assert client.post("/v1/next", json=tiny()).json() == {"record": None, "word": "next"}
        operation = client.get("/openapi.json").json()["paths"]["/v1/next"]["post"]
        assert operation["responses"]["200"]["content"]["application/json"]["examples"]["winter-pressure"] == {
            "value": {"record": None, "word": "next"}
        }
        assert "<section id='next'>" in client.get("/docs").text


def test_the_registry_needs_neither_http_nor_solver() -> None:
    heavy = "fastapi", "starlette", "uvicorn", "pulp", "pandas"
    code = f"import sys, alignment.verbs, alignment.api.serve; sys.exit(any(name in sys.modules for name in {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
