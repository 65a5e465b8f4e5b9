"""The documentation tells the truth, and needs nothing from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple, cast

import jsonschema_rs
import pytest
from fastapi import FastAPI
from starlette.routing import Match, Route
from starlette.testclient import TestClient

from alignment.api.problems import KINDS
from alignment.verbs.registry import VERBS, Verb
from tests.thoroughly import part_of

from .doors import BASE, Json, document, tiny

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])

JSON: Final = "application/json"

OTHERS: Final = {"/", "/docs", "/openapi.json", "/docs/{name}.json"}
"""What is for people, and for those who read the document."""


class Operation(NamedTuple):
    """An operation of the document."""

    path: str
    method: str
    what: Json


def operations(openapi: Json) -> list[Operation]:
    return [Operation(path, method, each) for path, item in openapi["paths"].items() for method, each in item.items()]


def validator(openapi: Json, schema: Json) -> Any:
    return jsonschema_rs.Draft202012Validator({**schema, "components": {"schemas": openapi["components"]["schemas"]}})


def content(openapi: Json, each: Verb, status: str | None) -> Json:
    operation = openapi["paths"][each.path]["post"]
    return (operation["responses"][status] if status else operation["requestBody"])["content"][JSON]


def resolved(openapi: Json, found: Json) -> Json:
    """What is referred to, or the thing itself."""
    if "$ref" not in found:
        return found
    at: Any = openapi
    for word in found["$ref"].removeprefix("#/").split("/"):
        at = at[word]
    return at


def value_of(openapi: Json, described: Json) -> Any:
    [found] = described["examples"].values()
    return resolved(openapi, found)["value"]


def held(openapi: Json) -> Iterator[tuple[str, str, Json]]:
    """Every body and every answer that went well, in every form."""
    for _, _, what in operations(openapi):
        name = what["operationId"]
        for media, each in what.get("requestBody", {}).get("content", {}).items():
            yield f"what {name} takes", media, each
        for status, said in what["responses"].items():
            if status < "4":
                for media, each in resolved(openapi, said).get("content", {}).items():
                    yield f"what {name} gives as {status}", media, each


def test_every_form_of_programs_has_an_example(openapi: Json) -> None:
    bare = [where for where, media, each in held(openapi) if media == JSON and "examples" not in each]
    assert not bare
    sheets = [what for path, _, what in operations(openapi) if path.endswith(".csv")]
    assert len(sheets) == len(VERBS) + 1
    assert all(each["responses"]["200"]["content"]["text/csv"]["examples"] for each in sheets)


def test_examples_fit_their_schemas(openapi: Json) -> None:
    wrong: list[str] = []
    for where, _, each in held(openapi):
        if "examples" in each and "schema" in each:
            found = validator(openapi, each["schema"]).iter_errors(value_of(openapi, each))
            wrong += [f"{where}: {error.message}" for error in found]
    assert not wrong


def test_what_parameters_have_for_examples_fits(openapi: Json) -> None:
    parameters = openapi["components"]["parameters"]
    given = {key: each for key, each in parameters.items() if "example" in each}
    assert {"system", "what-if.table", "changes"} <= given.keys()
    for key, each in given.items():
        assert validator(openapi, each["schema"]).is_valid(each["example"]), key
        if "contentSchema" in each["schema"]:
            assert validator(openapi, each["schema"]["contentSchema"]).is_valid(json.loads(each["example"])), key


@verbs
def test_examples_are_what_the_api_answers(openapi: Json, client: TestClient, each: Verb) -> None:
    asked = value_of(openapi, content(openapi, each, None))
    response = client.post(each.path, json=asked)
    assert response.json() == value_of(openapi, content(openapi, each, "200"))
    assert asked["system"] == document("winter-pressure")
    assert client.get(f"/docs/{each.command}.json").json() == asked


@pytest.mark.parametrize(("word", "path"), [("subsets", "/v1/subsets"), ("joins", "/v1/joins")])
def test_examples_of_what_makes_systems(openapi: Json, client: TestClient, word: str, path: str) -> None:
    operation = openapi["paths"][path]["post"]
    asked = client.get(f"/docs/{word}.json").json()
    assert asked == value_of(openapi, operation["requestBody"]["content"][JSON])
    made = client.post(path, json=asked).json()
    assert made == value_of(openapi, operation["responses"]["200"]["content"][JSON])
    assert made["notes"]


def test_what_is_kept_answers_as_it_says(openapi: Json, client: TestClient) -> None:
    """The examples are put and asked as the document says: what comes out is declared, and fits."""
    assert client.put("/v1/systems/winter-pressure", json=client.get("/docs/put_system.json").json()).is_success
    parameters = openapi["components"]["parameters"]
    for command in part_of([each.command for each in VERBS], 6):
        for path in (f"/v1/systems/{{system}}/{command}", f"/v1/systems/{{system}}/{command}/{{table}}"):
            what = openapi["paths"][path]["get"]
            known = [parameters[each["$ref"].rpartition("/")[2]] for each in what["parameters"]]
            given = {each["name"]: each["example"] for each in known if "example" in each}
            query = {each["name"]: each["example"] for each in known if each["in"] == "query" and "example" in each}
            response = client.get(path.format(**given), params={**query, "wait": 60})
            assert response.status_code == 200, response.text
            described = what["responses"]["200"]["content"][JSON]
            assert validator(openapi, described["schema"]).is_valid(response.json()), path
            if not path.endswith("{table}"):
                assert response.json() == value_of(openapi, described)


NEEDED: Final[Json] = {
    "check": {"measures": [row["id"] for row in document("london-2018")["measures"]]},
    "what-if": {"changes": [{"change": "remove-agency", "agency": "cqc"}]},
    "certainty": {"draws": 3},
    "why": {"measures": ["ae-4h", "rtt-18w"]},
    "view": {"agency": "london-ccg"},
}
"""What London is asked besides the defaults."""


@pytest.mark.parametrize("each", part_of(VERBS, 6), ids=[each.command for each in part_of(VERBS, 6)])
def test_london_fits_the_schemas(openapi: Json, client: TestClient, each: Verb) -> None:
    body = {"system": document("london-2018"), **NEEDED.get(each.command, {})}
    assert validator(openapi, content(openapi, each, None)["schema"]).is_valid(body)
    answer = client.post(each.path, json=body).json()
    assert validator(openapi, content(openapi, each, "200")["schema"]).is_valid(answer)


def test_every_route_is_told_and_nothing_else(openapi: Json, client: TestClient) -> None:
    routes = [each for each in cast("FastAPI", client.app).routes if isinstance(each, Route)]
    aliases = {each.alias for each in VERBS} | {"/v1/comparisons"}
    told = set[tuple[str, str]]()
    for path, method, _ in operations(openapi):
        address = re.sub(r"\{(\w+)\}", lambda found: "json" if found[1] == "form" else f"a-{found[1]}", path)
        scope = {"type": "http", "path": address, "method": method.upper()}
        route = next((each for each in routes if each.matches(scope)[0] is Match.FULL), None)
        assert route is not None, (method, path)
        told.add((route.path, method.upper()))
    there = {(each.path, method) for each in routes for method in each.methods or () if each.path not in OTHERS}
    assert {each for each in there if each[0] not in aliases and each[1] != "HEAD"} == told


def test_operations_have_names_that_programs_can_use(openapi: Json) -> None:
    found = [each.what for each in operations(openapi)]
    names = [each["operationId"] for each in found]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)
    tags = {tag["name"] for tag in openapi["tags"]}
    for each in found:
        assert len(each["tags"]) == 1
        assert each["tags"][0] in tags
        assert each["summary"]
        assert not each["summary"].endswith(".")
        assert each["summary"] != each["operationId"].replace("_", " ").title()
        assert each["description"]


def test_schemas_have_names_that_programs_can_use(openapi: Json) -> None:
    assert all(re.fullmatch(r"([A-Z][a-z0-9]*)+", name) for name in openapi["components"]["schemas"])
    # Two types of one name, told apart; no type comes in two directions.
    assert {"Level", "AchieveLevel", "ConflictSide", "ComparedSide"} <= openapi["components"]["schemas"].keys()
    assert {"Readiness", "ServerReadiness"} <= openapi["components"]["schemas"].keys()


def test_known_words_are_one_type_wherever_they_stand(openapi: Json) -> None:
    listed = [name for name, each in openapi["components"]["schemas"].items() if "enum" in each]
    words = [tuple(openapi["components"]["schemas"][name]["enum"]) for name in listed]
    assert len(set(words)) == len(words)
    assert json.dumps(openapi).count('"enum"') == len(listed)


ANYHOW: Final = {"403", "413", "421", "500"}

EVERY: Final = ANYHOW | {"401", "422", "503"}

STORED: Final = EVERY | {"200", "202", "304", "404", "406", "409", "410", "429", "504", "507"}

STATUSES: Final[dict[str, set[str]]] = {
    "analyse_conflicts": EVERY | {"200", "400", "406", "408", "409", "415", "504"},
    "analyse_compare": EVERY | {"200", "400", "406", "408", "409", "415", "504"},
    "make_subset": EVERY | {"200", "400", "408", "415", "504"},
    "get_conflicts": STORED,
    "get_conflicts_table": STORED,
    "get_conflicts_csv": STORED - {"202", "406"},
    "list_systems": EVERY | {"200"},
    "list_versions": EVERY | {"200", "404", "410"},
    "put_system": EVERY | {"200", "201", "400", "408", "412", "415", "428", "504", "507"},
    "delete_system": EVERY | {"204", "404", "410", "412", "428", "507"},
    "get_system": EVERY | {"200", "304", "404", "406", "410", "504"},
    "get_system_as": EVERY | {"200", "304", "404", "410", "504"},
    "get_run": EVERY | {"200", "404"},
    "cancel_run": EVERY | {"202", "404", "409", "507"},
    "get_run_answer": EVERY | {"200", "202", "304", "404", "406", "409", "504"},
    "get_server_health": ANYHOW | {"200"},
    "get_server_readiness": ANYHOW | {"200", "503"},
    "get_server_metrics": ANYHOW | {"200", "401", "503"},
}
"""What each of them can answer with."""


@pytest.mark.parametrize("name", STATUSES)
def test_what_can_happen_is_declared(openapi: Json, name: str) -> None:
    [what] = [each.what for each in operations(openapi) if each.what["operationId"] == name]
    assert set(what["responses"]) == STATUSES[name]


def test_every_status_of_the_table_is_declared_somewhere(openapi: Json) -> None:
    declared = {status for each in operations(openapi) for status in each.what["responses"]}
    assert {str(kind.status) for kind in KINDS.values()} <= declared
    for status in declared:
        if status >= "4":
            said = openapi["components"]["responses"][f"Problem{status}"]
            assert said["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert "Retry-After" in openapi["components"]["responses"]["Problem503"]["headers"]


def test_problems_fit_their_schema(openapi: Json, client: TestClient) -> None:
    problem = client.post("/v1/analyses/propose", json={**tiny(), "theta": 7}).json()
    assert validator(openapi, {"$ref": "#/components/schemas/Problem"}).is_valid(problem)


def test_the_document_is_sound(openapi: Json) -> None:
    assert openapi["openapi"].startswith("3.1")
    text = json.dumps(openapi)
    references = set(re.findall(r'"\$ref": "([^"]*)"', text))
    there = {f"#/components/{kind}/{name}" for kind, each in openapi["components"].items() for name in each}
    assert references <= there
    for schema in openapi["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    # What Rust reads differently from everybody else must not be in it.
    patterns = {json.loads(found) for found in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', text)}
    assert len(patterns) == 3
    for pattern in patterns:
        assert r"\x{" not in pattern
        re.compile(pattern)


def test_nothing_is_told_that_nobody_needs(openapi: Json) -> None:
    text = json.dumps(openapi)
    for kind in ("schemas", "responses", "parameters", "examples"):
        unused = [name for name in openapi["components"][kind] if f'"#/components/{kind}/{name}"' not in text]
        assert not [name for name in unused if kind != "responses" or name != "Problem405"], kind


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
def read(page: str) -> _Page:
    return _Page(page)


def test_the_page_is_whole(read: _Page, openapi: Json, client: TestClient) -> None:
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    here = {link[1:] for link in read.links if link.startswith("#")}
    assert here <= set(read.ids)
    away = {link for link in read.links if not link.startswith("#")}
    sent = [each.what for each in operations(openapi) if "requestBody" in each.what]
    assert len(away) == 1 + len(sent)
    assert "openapi.json" in away
    assert all(client.get(f"/{link}").status_code == 200 for link in away)


def test_every_operation_is_on_the_page(read: _Page, openapi: Json) -> None:
    for path, _, what in operations(openapi):
        word = path.rpartition("/")[2] if what["tags"] == ["analyses"] else what["operationId"]
        assert word in read.ids
        assert f"#{word}" in read.links


def test_every_kind_of_problem_is_explained(read: _Page) -> None:
    assert {kind.word for kind in KINDS.values()} <= set(read.ids)


def test_the_page_needs_nothing_from_outside(read: _Page, client: TestClient) -> None:
    response = client.get("/docs")
    assert read.fetched == []
    assert not {"script", "link", "img", "iframe"} & set(re.findall(r"<(\w+)", response.text))
    assert "url(" not in response.text
    assert "@import" not in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_page_tells_how_to_ask(page: str) -> None:
    assert f"curl -s {BASE}/v1/analyses/propose -H" in page
    assert f"curl -s {BASE}/v1/systems/winter-pressure/conflicts.csv</pre>" in page
    assert f"curl -s {BASE}/v1/systems/winter-pressure/view/" in page
    assert "-G --data-urlencode agency=council</pre>" in page
    assert f"curl -s -X PUT {BASE}/v1/systems/winter-pressure -H" in page


def test_the_host_cannot_become_markup(client: TestClient) -> None:
    page = client.get("/docs", headers={"Host": 'x"><script>alert(1)</script>'}).text
    assert "<script" not in page


def test_the_front_leads_to_the_page(client: TestClient) -> None:
    assert client.get("/").url.path == "/docs"
