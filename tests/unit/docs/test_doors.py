"""Every row of the table of doors is true: one answer in Python, on the command line and over HTTP, and explained."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from generating.doors import page_of
from starlette.testclient import TestClient

import alignment as al
from alignment.cli.app import program
from alignment.cli.command import flag
from alignment.verbs.registry import VERBS, Verb
from tests.contract.doors import opened
from tests.terminal import in_terminal

pytestmark = pytest.mark.usefixtures("answered_once")

DOCS = Path(__file__).parents[3] / "docs"

verbs = pytest.mark.parametrize("verb", VERBS, ids=[verb.command for verb in VERBS])


@cache
def winter() -> al.System:
    return al.read(al.example("winter-pressure"))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with opened(*VERBS) as found:
        yield found


def words(verb: Verb) -> Iterator[str]:
    """The example of a verb as a command."""
    yield from ("alignment", verb.command, "winter-pressure")
    for name, value in verb.example.items():
        if name == verb.argument:
            yield from (value,) if isinstance(value, str) else value
        elif name == "changes":
            yield from ("--merge", "trust=council")
        else:
            yield from (flag(name),) if value is True else (flag(name), str(value))
    if verb.command == "certainty":
        yield from ("--workers", "1")


@cache
def asked(verb: Verb) -> Any:
    """The answer in Python to the example of a verb."""
    return getattr(al, verb.home[1])(winter(), options=verb.example)


def body(verb: Verb) -> dict[str, Any]:
    """The same over HTTP."""
    return {"system": al.to_document(winter()), **verb.example}


def plain(document: dict[str, Any]) -> dict[str, Any]:
    """An answer without what was asked: a server has a time limit of its own."""
    return {name: value for name, value in document.items() if name not in ("record", "options")}


def shown(verb: Verb, form: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command prints of the example of a verb."""
    code, text = in_terminal(" ".join([*words(verb), form]), monkeypatch)
    assert code == 0, text
    return text.split("\n", 1)[1]


@verbs
def test_python_and_command_and_route_give_the_same(
    verb: Verb, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = plain(json.loads(asked(verb).to_json()))
    assert plain(json.loads(shown(verb, "--json", monkeypatch))) == answer
    response = client.post(verb.path, json=body(verb))
    assert response.status_code == 200
    assert plain(response.json()) == answer


@verbs
def test_its_tables_are_those_of_the_answer_and_csv_is_the_first(
    verb: Verb, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(verb)
    assert tuple(answer.frames) == verb.tables
    head = [str(name) for name in answer.to_frame().columns]
    text = shown(verb, "--csv", monkeypatch)
    # What an answer with an empty table says in a terminal goes beside the table, not into it.
    text = text.splitlines(keepends=True)[0] if answer.to_frame().empty else text
    assert next(csv.reader(io.StringIO(text))) == head
    response = client.post(verb.path, json=body(verb), headers={"Accept": "text/csv"})
    assert response.headers["content-type"].startswith("text/csv")
    assert response.text == text


@verbs
def test_it_is_explained(verb: Verb) -> None:
    page = (DOCS / page_of(verb)).read_text(encoding="utf-8")
    assert f"al.{verb.home[1]}(" in page or f"alignment {verb.command}" in page
    reference = (DOCS / "reference" / "verbs.md").read_text(encoding="utf-8")
    assert f"::: alignment.{verb.home[1]}\n" in reference
    assert getattr(al, verb.home[1]).__doc__


def test_help_has_the_example_of_the_registry() -> None:
    made: Mapping[str, Any] = getattr(program, "commands")  # noqa: B009 - click's or typer's own
    epilogs = {name: each.epilog for name, each in made.items()}
    assert {verb.command: epilogs[verb.command] for verb in VERBS} == {
        verb.command: f"Example: {verb.line}" for verb in VERBS
    }
