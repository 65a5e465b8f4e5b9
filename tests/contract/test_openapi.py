"""The documentation tells the truth, and needs nothing from outside."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from alignment.api.problems import KINDS
from alignment.verbs.registry import VERBS, Verb
from tests.thoroughly import part_of

from .doors import Json, document, tiny

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.name for each in VERBS])


@pytest.fixture(scope="module")
def openapi(client: TestClient) -> Json:
    return client.get("/openapi.json").json()


def validator(openapi: Json, schema: Json) -> Any:
    return jsonschema_rs.Draft202012Validator({**schema, "components": openapi["components"]})


def content(openapi: Json, each: Verb, status: str | None, media: str = "application/json") -> Json:
    operation = openapi["paths"][each.path]["post"]
    return (operation["responses"][status] if status else operation["requestBody"])["content"][media]


@verbs
@pytest.mark.parametrize("status", [None, "200"])
def test_examples_fit_their_schemas(openapi: Json, each: Verb, status: str | None) -> None:
    described = content(openapi, each, status)
    errors = [str(error) for error in validator(openapi, described["schema"]).iter_errors(_value(described))]
    assert not errors


def _value(described: Json) -> Any:
    return described["examples"]["winter-pressure"]["value"]


@verbs
def test_examples_are_what_the_api_answers(openapi: Json, client: TestClient, each: Verb) -> None:
    asked = _value(content(openapi, each, None))
    response = client.post(each.path, json=asked)
    assert response.json() == _value(content(openapi, each, "200"))
    assert asked["system"] == document("winter-pressure")
    assert client.get(f"/docs/{each.name}.json").json() == asked


@pytest.mark.parametrize("each", part_of(VERBS, 6), ids=[each.name for each in part_of(VERBS, 6)])
def test_london_fits_the_schemas(openapi: Json, client: TestClient, each: Verb) -> None:
    needed: Json = {
        "checks": {"measures": [row["id"] for row in document("london-2018")["measures"]]},
        "what-if": {"changes": [{"change": "remove-agency", "agency": "cqc"}]},
        "certainty": {"draws": 3},
        "reasons": {"measures": ["ae-4h", "rtt-18w"]},
        "views": {"agency": "london-ccg"},
    }
    body = {"system": document("london-2018"), **needed.get(each.name, {})}
    assert validator(openapi, content(openapi, each, None)["schema"]).is_valid(body)
    answer = client.post(each.path, json=body).json()
    assert validator(openapi, content(openapi, each, "200")["schema"]).is_valid(answer)


@verbs
def test_every_status_of_the_table_is_declared(openapi: Json, each: Verb) -> None:
    declared = openapi["paths"][each.path]["post"]["responses"]
    assert declared.keys() == {"200"} | {str(kind.status) for kind in KINDS.values()}
    for status in declared.keys() - {"200"}:
        described = content(openapi, each, status, "application/problem+json")
        assert described["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert "Retry-After" in declared["503"]["headers"]


def test_problems_fit_their_schema(openapi: Json, client: TestClient) -> None:
    problem = client.post("/v1/proposals", json={**tiny(), "theta": 7}).json()
    assert validator(openapi, {"$ref": "#/components/schemas/Problem"}).is_valid(problem)


def test_the_document_is_sound(openapi: Json) -> None:
    assert openapi["openapi"].startswith("3.1")
    references = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(openapi)))
    schemas = openapi["components"]["schemas"]
    assert references <= {f"#/components/schemas/{name}" for name in schemas}
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
    # What Rust reads differently from everybody else must not be in it.
    patterns = {json.loads(found) for found in re.findall(r'"pattern": ("[^"]*")', json.dumps(schemas))}
    assert len(patterns) == 2
    for pattern in patterns:
        assert r"\x{" not in pattern
        re.compile(pattern)


def test_the_limits_are_told(openapi: Json) -> None:
    assert "`body_limit` 20,000,000: " in openapi["info"]["description"]


class _Page(HTMLParser):
    """What a page opens, links to and fetches."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "action", "style", "data", "poster") or name.startswith("on"):
                self.fetched.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(client: TestClient) -> _Page:
    return _Page(client.get("/docs").text)


def test_the_page_is_whole(page: _Page) -> None:
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    here = {link[1:] for link in page.links if link.startswith("#")}
    assert here <= set(page.ids)
    assert {link for link in page.links if not link.startswith("#")} == {"openapi.json"}


def test_every_kind_of_problem_is_explained(page: _Page) -> None:
    assert {kind.word for kind in KINDS.values()} <= set(page.ids)


def test_the_page_needs_nothing_from_outside(page: _Page, client: TestClient) -> None:
    response = client.get("/docs")
    assert page.fetched == []
    assert not {"script", "link", "img", "iframe"} & set(re.findall(r"<(\w+)", response.text))
    assert "url(" not in response.text
    assert "@import" not in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_page_tells_where_to_ask(client: TestClient) -> None:
    assert "curl -s http://testserver/v1/proposals" in client.get("/docs").text


def test_the_host_cannot_become_markup(client: TestClient) -> None:
    page = client.get("/docs", headers={"Host": 'x"><script>alert(1)</script>'}).text
    assert "<script" not in page


def test_the_front_leads_to_the_page(client: TestClient) -> None:
    assert client.get("/").url.path == "/docs"
