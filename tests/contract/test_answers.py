"""The API says what the library says."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.models import TABLES
from alignment.verbs.registry import VERBS
from tests.thoroughly import part_of

from .doors import Json, document, opened, system

EXAMPLES = ("london-2018", "winter-pressure", "england-frameworks")

examples = pytest.mark.parametrize("name", EXAMPLES)


def answer(client: TestClient, verb: str, name: str, **options: Any) -> bytes:
    response = client.post(f"/v1/{verb}", json={"system": document(name), **options})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.content


@examples
def test_validate_counts_every_table(client: TestClient, name: str) -> None:
    found: Json = json.loads(answer(client, "validate", name))
    assert found["system"] == system(name).hash
    assert found["summary"] == str(system(name))
    assert found["name"] == system(name).about.name
    assert found["rows"] == {table: len(system(name).table(table)) for table in TABLES}


@examples
@pytest.mark.parametrize(
    "options",
    [{}, {"kinds": ["opposed", "spillover"], "tolerance": 0.3, "steps": 3, "decay": 1}, {"evidence": "both"}],
)
def test_conflicts_are_the_library_s(client: TestClient, name: str, options: Json) -> None:
    found: Json = json.loads(answer(client, "conflicts", name, **options))
    expected = al.find_conflicts(system(name), **options)
    assert found == json.loads(expected.to_json())
    assert found["summary"] == expected.summary()
    assert found["system"] == system(name).hash


@examples
@pytest.mark.parametrize("by", [None, "agency", "tier", "sector"])
def test_alignment_is_the_library_s(client: TestClient, name: str, by: Any) -> None:
    found: Json = json.loads(answer(client, "alignment", name, by=by))
    expected, good = al.alignment(system(name), by=by), al.congruity(system(name))
    assert (found["value"], tuple(found["groups"]), found["by"]) == (expected.value, expected.groups, by)
    assert found["pairs"] == json.loads(str(expected.to_frame().to_json(orient="records", double_precision=15)))
    assert {row["agency"]: row["congruity"] for row in found["congruity"]} == good.agencies
    assert [row["agency"] for row in found["congruity"]] == list(good.to_frame()["agency"])
    assert found["reach"] == good.reach


def test_alignment_of_some_measures(client: TestClient) -> None:
    measures = ["delayed-discharges", "patient-experience"]
    found: Json = json.loads(answer(client, "alignment", "winter-pressure", measures=measures))
    assert found["value"] == al.alignment(system("winter-pressure"), measures=measures).value
    assert found["reach"] == al.congruity(system("winter-pressure"), measures=measures).reach


OTHERWISE: Json = {"order": "burden-first", "balance": False, "breadth": "outcome"}
SETS: list[tuple[str, Json]] = [
    *((name, {}) for name in EXAMPLES),
    *((name, OTHERWISE) for name in part_of(sorted(EXAMPLES)[::-1], 3)),
]


@pytest.mark.parametrize(("name", "options"), SETS)
def test_proposals_are_the_library_s_byte_for_byte(client: TestClient, name: str, options: Json) -> None:
    expected = al.propose(system(name), **options).model_dump_json()
    assert answer(client, "proposals", name, **options) == expected.encode()


@examples
def test_checks_are_the_library_s_byte_for_byte(client: TestClient, name: str) -> None:
    measures = [row.id for row in system(name).measures[::2]]
    expected = al.check(system(name), measures, voice=0.5).model_dump_json()
    assert answer(client, "checks", name, measures=measures, voice=0.5) == expected.encode()


def test_the_order_of_rows_makes_no_difference(client: TestClient) -> None:
    tables = dict(document("london-2018"))
    about = tables.pop("about")
    backwards = {table: rows[::-1] for table, rows in tables.items()}
    response = client.post("/v1/analyses/propose", json={"system": {**backwards, "about": about}})
    assert response.content == answer(client, "proposals", "london-2018")


def test_searches_at_the_same_time_do_not_mix() -> None:
    asked = [*EXAMPLES, *EXAMPLES]
    alone = [al.propose(system(name)).model_dump_json().encode() for name in asked]
    with opened(*VERBS, workers=4) as client, ThreadPoolExecutor(6) as visitors:
        together = [visitors.submit(answer, client, "proposals", name) for name in asked]
        assert [each.result() for each in together] == alone


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/geo+json"])
def test_json_by_any_name(client: TestClient, media: str) -> None:
    body = json.dumps({"system": document("winter-pressure")})
    assert client.post("/v1/analyses/validate", content=body, headers={"Content-Type": media}).status_code == 200


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "version": al.__version__}
