"""Every analysis of what is kept is a URL, in every form, and each answer is the library's."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from starlette.testclient import TestClient

import alignment as al
from alignment.api.asking import capped
from alignment.api.settings import Settings
from alignment.models import System
from alignment.tables.formula_text import csv_text
from alignment.verbs.registry import COMPARE, VERBS, Verb
from alignment.verbs.renderers import RENDERERS, Form, Page, rendered
from tests.strategies import systems
from tests.thoroughly import most, part_of

from .doors import Json, document, opened, system

verbs = pytest.mark.parametrize("each", VERBS, ids=[each.command for each in VERBS])

SOME = part_of(VERBS, 8)

NOT_THERE = ["nothing", "conflicts/nothing", "conflicts.pdf", "conflicts/evidence.html", "compare"]

WINTER = "/v1/systems/winter"


@pytest.fixture(scope="module", autouse=True)
def winter(keeping: TestClient) -> None:
    assert keeping.put(WINTER, json=document("winter-pressure")).status_code == 201


def query(options: Json) -> Json:
    """Options as a URL has them."""
    plain = (str, int, float, bool)
    lists = {name: value for name, value in options.items() if isinstance(value, list) and isinstance(value[0], str)}  # pyright: ignore[reportUnknownVariableType]
    texts = {name: value for name, value in options.items() if isinstance(value, plain)}
    objects = {name: json.dumps(value) for name, value in options.items() if name not in {*lists, *texts}}
    return {**texts, **lists, **objects}


def ask(client: TestClient, path: str, params: Json | None = None, **headers: str) -> Any:
    return client.get(f"{WINTER}/{path}", params={"wait": 60, **(params or {})}, headers=headers)


@verbs
def test_answers_are_the_library_s(client: TestClient, each: Verb) -> None:
    client.put(WINTER, json=document("winter-pressure"), headers={"If-None-Match": "*"})
    check_every_form(client, each)


@pytest.mark.parametrize("each", SOME, ids=[each.command for each in SOME])
def test_answers_are_the_library_s_on_both_databases(keeping: TestClient, each: Verb) -> None:
    check_every_form(keeping, each)


def check_every_form(keeping: TestClient, each: Verb) -> None:
    asked = capped(each.options.model_validate(each.example), Settings())
    answer = each.ask(system("winter-pressure"), asked)
    params = query(dict(each.example))
    found = ask(keeping, each.command, params)
    assert found.status_code == 200, found.text
    assert found.text == answer.to_json(indent=None)
    assert ask(keeping, f"{each.command}.json", params).text == found.text
    html = ask(keeping, f"{each.command}.html", params)
    assert html.headers["content-type"].startswith("text/html")
    assert html.text == rendered(answer, "html")
    sheet = ask(keeping, f"{each.command}.csv", params)
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert sheet.content[:3] == b"\xef\xbb\xbf"
    assert read_csv(sheet.text) == read_csv(csv_text(answer.to_frame()))


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("form", [form for form in RENDERERS if form != "csv"])
def test_a_form_by_accept_is_that_by_suffix(keeping: TestClient, form: Form) -> None:
    answer = al.themes(system("winter-pressure"))
    found = ask(keeping, "themes", Accept=RENDERERS[form].media)
    assert found.text == rendered(answer, form, Page(indent=None))
    suffix = {"text": "txt", "markdown": "md"}.get(form, form)
    assert ask(keeping, f"themes.{suffix}", Accept="application/pdf").text == found.text
    refused = ask(keeping, "themes", Accept="application/pdf")
    assert refused.status_code == 406


@pytest.mark.parametrize("each", SOME, ids=[each.command for each in SOME])
def test_every_table_is_a_resource(keeping: TestClient, each: Verb) -> None:
    answer = each.ask(system("winter-pressure"), each.options.model_validate(each.example))
    params = query(dict(each.example))
    for table in each.tables:
        frame = answer.to_frame(table)
        page = ask(keeping, f"{each.command}/{table}", {**params, "page_size": 1000}).json()
        assert page["columns"] == list(frame.columns)
        assert page["total"] == len(page["rows"]) == len(frame)
        sheet = ask(keeping, f"{each.command}/{table}.csv", {**params, "bom": 0})
        assert read_csv(sheet.text) == read_csv(csv_text(frame))


def test_lists_are_filtered_and_paged(keeping: TestClient) -> None:
    frame = al.find_conflicts(system("winter-pressure")).to_frame("evidence")
    first = ask(keeping, "conflicts/evidence", {"page_size": 2})
    rows, response = first.json()["rows"], first
    while link := response.headers.get("link"):
        target, _, relation = link.partition(">; ")
        assert relation == 'rel="next"'
        response = keeping.get(f"{WINTER}/conflicts/evidence{target[1:]}")
        rows += response.json()["rows"]
    assert [row["says"] for row in rows] == list(frame["says"])
    one = frame["conflict"].iloc[0]
    of_one = ask(keeping, "conflicts/evidence", {"where": f"conflict:{one}"}).json()
    assert of_one["total"] == (frame["conflict"] == one).sum()
    sheet = ask(keeping, "conflicts/evidence.csv", {"where": f"conflict:{one}"})
    assert len(read_csv(sheet.text)) == of_one["total"] + 1


def test_an_answer_that_somebody_has_is_not_sent_again(keeping: TestClient) -> None:
    for path in ("congruity", "congruity.csv", "congruity/agencies"):
        tag = ask(keeping, path).headers["etag"]
        again = ask(keeping, path, **{"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_question_is_answered_once(keeping: TestClient) -> None:
    before = len(keeping.get("/v1/runs", params={"page_size": 1000}).json()["runs"])
    params = {"theta": 0.31}
    found = [ask(keeping, path, params) for path in ("propose", "propose.csv", "propose.html", "propose/holders")]
    assert {each.status_code for each in found} == {200}
    # The same as different words say it: a default said out loud is no other question.
    assert ask(keeping, "propose", {**params, "voice": 0, "steps": 2}).content == found[0].content
    after = keeping.get("/v1/runs", params={"page_size": 1000}).json()["runs"]
    assert len(after) == before + 1


def test_an_earlier_version_can_be_asked(keeping: TestClient) -> None:
    url = "/v1/systems/older"
    keeping.put(url, json=document("winter-pressure"))
    less: Json = {**document("winter-pressure"), "influences": []}
    keeping.put(url, json=less, headers={"If-Match": "*"})
    old, new = (keeping.get(f"{url}/conflicts", params={"version": version, "wait": 60}).json() for version in (1, 2))
    assert new == keeping.get(f"{url}/conflicts", params={"wait": 60}).json()
    assert old["record"]["input"] == system("winter-pressure").hash
    assert len(old["conflicts"]) > len(new["conflicts"])


def test_what_does_not_exist_is_told_and_not_looked_for_again(keeping: TestClient) -> None:
    params = {"keep": ["care-visits"], "drop": ["care-visits"]}
    names = [row["id"] for row in document("winter-pressure")["measures"]]
    params = {"keep": names[:1], "drop": names[:1]}
    first, second = (ask(keeping, "propose", params) for _ in range(2))
    assert (first.status_code, first.json()["type"]) == (409, "/docs#no-aligned-set")
    assert first.json()["clash"]
    assert first.json() == second.json()


def test_every_fault_of_the_options_at_once(keeping: TestClient) -> None:
    response = ask(keeping, "propose", {"theta": 7, "votes": 3, "weights": "{", "page": "x", "again": "perhaps"})
    assert response.status_code == 422
    found = {fault["column"] for fault in response.json()["faults"]}
    assert found == {"theta", "votes", "weights", "page", "again"}
    unknown = ask(keeping, "check", {"measures": "delayed-discharge"})
    assert unknown.json()["type"] == "/docs#unknown-word"


@pytest.mark.parametrize(
    "path", ["nothing", "conflicts/nothing", "conflicts.pdf", "conflicts/evidence.html", "compare"]
)
def test_what_is_not_there(keeping: TestClient, path: str) -> None:
    response = ask(keeping, path)
    assert response.status_code == 404
    assert response.json()["detail"]


def test_two_systems_side_by_side(keeping: TestClient) -> None:
    keeping.put("/v1/systems/other", json={**document("winter-pressure"), "influences": []})
    other = al.read({**document("winter-pressure"), "influences": []})
    answer = al.compare(system("winter-pressure"), other, core=False)
    found = ask(keeping, "compare/other", {"core": False})
    assert found.text == answer.to_json(indent=None)
    assert read_csv(ask(keeping, "compare/other.csv", {"core": False}).text) == read_csv(csv_text(answer.to_frame()))
    table = COMPARE.tables[1]
    page = ask(keeping, f"compare/other/{table}", {"core": False}).json()
    assert page["total"] == len(answer.to_frame(table))
    assert ask(keeping, "compare/nobody").status_code == 404


@given(found=systems())
@settings(max_examples=most(200, 8), deadline=None)
def test_answers_about_any_system_are_the_library_s(anything: TestClient, found: System) -> None:
    anything.put("/v1/systems/any", json=al.to_document(found), headers={"If-Match": "*"})
    expected = al.find_conflicts(found)
    url, wait = "/v1/systems/any/conflicts", {"wait": 60}
    assert anything.get(url, params=wait).text == expected.to_json(indent=None)
    assert anything.get(f"{url}.html", params=wait).text == rendered(expected, "html")
    for table in expected.frames:
        frame = expected.to_frame(table)
        assert read_csv(anything.get(f"{url}/{table}.csv", params=wait).text) == read_csv(csv_text(frame))
        assert anything.get(f"{url}/{table}", params=wait).json()["total"] == len(frame)


@pytest.fixture(scope="module")
def anything(keeping: TestClient) -> TestClient:
    """A client of a server that keeps a system to write over."""
    keeping.put("/v1/systems/any", json=document("winter-pressure"))
    return keeping


def test_a_browser_sees_no_secrets_of_others() -> None:
    with opened(*VERBS) as client:
        client.put(WINTER, json=document("winter-pressure"))
        found = client.get(f"{WINTER}/validate", params={"wait": 60})
    assert found.headers["cache-control"] == "private, no-cache"
    assert found.headers["vary"] == "Accept"


def test_a_page_runs_and_fetches_nothing(keeping: TestClient) -> None:
    for found in (ask(keeping, "validate.html"), keeping.get(f"{WINTER}/validate", headers={"Accept": "text/html"})):
        assert found.headers["content-security-policy"].startswith("default-src 'none'")
        assert found.headers["x-content-type-options"] == "nosniff"


def test_answers_are_counted_by_where_they_are_from() -> None:
    with opened(*VERBS) as client:
        client.put(WINTER, json=document("winter-pressure"))
        for _ in range(3):
            assert ask(client, "validate").status_code == 200
        figures = client.get("/metrics").text
    assert 'alignment_answers_total{source="worked-out"} 1.0' in figures
    assert 'alignment_answers_total{source="store"} 2.0' in figures
    assert 'route="/v1/systems/{system}/{analysis}"' in figures
