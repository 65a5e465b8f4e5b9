"""One table of verbs feeds routes and documentation."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import pytest
from pydantic.fields import FieldInfo
from starlette.testclient import TestClient

import alignment as al
from alignment.models import Noun
from alignment.verbs.registry import VERBS, Verb

from .doors import opened, tiny, verb

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.name for each in VERBS])


@verbs
def test_options_are_the_function_s_parameters(each: Verb) -> None:
    """A verb offers every parameter of the function, under its name and with its default."""
    parameters = inspect.signature(getattr(al, each.function)).parameters
    wishes = al.Options.model_fields if "wishes" in parameters else {}
    expected = {name: _default(field) for name, field in wishes.items()} | {
        name: _nothing(parameter.default)
        for name, parameter in parameters.items()
        if name not in ("system", "source", "options", "wishes", "progress", "executor")
    }
    assert {name: _default(field) for name, field in each.options.model_fields.items()} == expected


def _default(field: FieldInfo) -> Any:
    return None if field.is_required() else field.default


def _nothing(default: Any) -> Any:
    return None if default is inspect.Parameter.empty else default


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
    assert operation["operationId"] == each.name
    assert operation["summary"] == each.summary
    assert operation["description"] == each.description
    assert each.description
    assert "Parameters" not in each.description
    page = client.get("/docs").text
    assert f"<section id='{each.name}'>" in page
    assert client.get(f"/docs/{each.name}.json").status_code == 200


def test_names_and_types_are_told_apart() -> None:
    assert len({each.name for each in VERBS}) == len(VERBS)
    assert all(issubclass(each.answer, Noun) for each in VERBS)


def test_the_next_verb_is_one_row() -> None:
    with opened(*VERBS, verb(lambda: "next", "/v1/next")) as client:
        assert client.post("/v1/next", json=tiny()).json() == {"word": "next"}
        operation = client.get("/openapi.json").json()["paths"]["/v1/next"]["post"]
        assert operation["responses"]["200"]["content"]["application/json"]["examples"]["winter-pressure"] == {
            "value": {"word": "next"}
        }
        assert "<section id='next'>" in client.get("/docs").text


def test_the_registry_needs_neither_http_nor_solver() -> None:
    heavy = "fastapi", "starlette", "uvicorn", "pulp", "pandas"
    code = f"import sys, alignment.verbs, alignment.api.serve; sys.exit(any(name in sys.modules for name in {heavy!r}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
