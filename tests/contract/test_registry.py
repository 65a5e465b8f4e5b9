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

from .doors import Json, opened, system, tiny, verb

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
def test_every_verb_has_its_route_and_documentation(each: Verb, client: TestClient, openapi: Json, page: str) -> None:
    assert client.post(each.path).status_code == 415
    operation = openapi["paths"][each.path]["post"]
    assert operation["operationId"] == f"analyse_{each.command.replace('-', '_')}"
    assert operation["summary"] == each.summary
    assert operation["description"] == each.description
    assert each.description
    assert "Parameters" not in each.description
    assert f"<section id='{each.command}'>" in page
    assert client.get(f"/docs/{each.command}.json").status_code == 200


def test_names_and_types_are_told_apart() -> None:
    assert len({each.command for each in VERBS}) == len(VERBS)
    assert all(issubclass(each.answer, Noun) for each in VERBS)


def test_the_next_verb_is_one_row() -> None:
    with opened(verb(lambda: "next", "next")) as client:
        assert client.post("/v1/analyses/next", json=tiny()).json() == {"record": None, "word": "next"}
        openapi = client.get("/openapi.json").json()
        answered = openapi["paths"]["/v1/analyses/next"]["post"]["responses"]["200"]["content"]["application/json"]
        assert answered["examples"]["winter-pressure"] == {"$ref": "#/components/examples/next.answered"}
        assert openapi["components"]["examples"]["next.answered"] == {"value": {"record": None, "word": "next"}}
        assert openapi["paths"]["/v1/systems/{system}/next.csv"]["get"]["operationId"] == "get_next_csv"
        assert "<section id='next'>" in client.get("/docs").text


def test_the_registry_needs_neither_http_nor_solver() -> None:
    heavy = "fastapi", "starlette", "uvicorn", "pulp", "pandas"
    code = f"import sys, alignment.verbs, alignment.api.serve; sys.exit(any(name in sys.modules for name in {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
