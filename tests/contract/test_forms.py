"""Every answer comes in every form, each the library's, in the one that a request wants most."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.verbs.registry import VERBS, Verb
from alignment.verbs.renderers import RENDERERS, Form
from tests.thoroughly import part_of

from .doors import Json, document, system, tiny

pytestmark = pytest.mark.usefixtures("answered_once")

SOME = part_of(VERBS, 2)
verbs = pytest.mark.parametrize("each", SOME, ids=[each.command for each in SOME])

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def example(each: Verb) -> Json:
    """What makes a good example, in the time that the server has."""
    return {**each.example, "seconds": 60.0} if "seconds" in each.options.model_fields else dict(each.example)


def asked(client: TestClient, each: Verb, media: str) -> Any:
    body = {"system": document("winter-pressure"), **example(each)}
    response = client.post(each.path, json=body, headers={"Accept": media})
    assert response.status_code == 200, response.text
    return response


@verbs
def test_every_form_is_the_library_s(client: TestClient, each: Verb) -> None:
    answer: al.Answer = getattr(al, each.home[1])(system("winter-pressure"), **example(each))
    forms = {form: asked(client, each, renderer.media) for form, renderer in RENDERERS.items()}
    renderers: dict[str, Any] = {str(form): each for form, each in RENDERERS.items()}
    for form, response in forms.items():
        assert response.headers["content-type"].partition(";")[0] == renderers[form].media
    assert forms["json"].text == answer.to_json(indent=None)
    assert forms["text"].text == answer.to_text(80)
    assert forms["csv"].text == answer.to_frame().to_csv(index=False, lineterminator="\n")
    assert forms["markdown"].text == answer.to_markdown()
    page = forms["html"].text
    assert page.startswith("<!doctype html>")
    assert f"<title>{escape(repr(answer)[1:-1])}</title>" in page
    assert escape(answer.to_text(100)) in page
    rows = sum(len(answer.to_frame(name)) for name in each.tables)
    assert page.count("<tr>") == rows + len(each.tables)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "json"),
        ("", "json"),
        ("application/*", "json"),
        ("text/*", "text"),
        ("text/csv", "csv"),
        ("TEXT/CSV; charset=utf-8", "csv"),
        ("text/csv, application/json", "csv"),
        ("application/json, text/csv", "json"),
        ("text/csv;q=0.5, application/json;q=0.9", "json"),
        ("application/json;q=0.4, text/html ; q=0.6, image/png", "html"),
        ("*/*;q=0.1, text/plain", "text"),
        ("*/*, application/json;q=0", "text"),
        ("image/png, */*;q=0.01", "json"),
        ("text/csv;q=much, application/json;q=0.9", "csv"),
        (BROWSER, "html"),
    ],
)
def test_the_form_that_is_wanted_most(client: TestClient, accept: str, form: Form) -> None:
    response = client.post("/v1/analyses/validate", json=tiny(), headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == RENDERERS[form].media


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "application/xml, text/x-rst", "json", "*/*;q=0"])
def test_a_form_that_there_is_not(client: TestClient, accept: str) -> None:
    response = client.post("/v1/analyses/validate", json=tiny(), headers={"Accept": accept})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["type"] == "/docs#not-acceptable"
    assert all(renderer.media in found["detail"] for renderer in RENDERERS.values())


@pytest.mark.parametrize("accept", [renderer.media for renderer in RENDERERS.values()])
def test_a_problem_is_a_problem_whatever_is_wanted(client: TestClient, accept: str) -> None:
    response = client.post("/v1/analyses/validate", json={**tiny(), "steps": 2}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_text_that_could_be_markup_is_none(client: TestClient) -> None:
    name = "<script>alert(1)</script>"
    tables = {
        "agencies": [{"id": "a", "name": name}, {"id": "b", "name": name}],
        "outcomes": [{"id": "o", "name": name, "dimension": "outcomes"}],
        "measures": [{"id": "m", "name": name, "outcome": "o"}],
        "targets": [
            {"agency": "a", "measure": "m", "sense": "increase"},
            {"agency": "b", "measure": "m", "sense": "decrease"},
        ],
    }
    for verb in ("conflicts", "proposals", "validate"):
        response = client.post(f"/v1/{verb}", json={"system": tables}, headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert "<script" not in response.text
