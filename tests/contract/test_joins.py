"""One system of several over HTTP: a system to ask of, and what was matched, kept apart and decided."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import alignment as al

from .doors import Json, document, system


def test_a_joined_system_can_be_asked_of(client: TestClient) -> None:
    names = ["winter-pressure", "london-2018"]
    body: Json = {"systems": [document(name) for name in names], "names": ["ward", "london"]}
    found = client.post("/v1/joins", json=body).json()
    joined = al.join(*map(system, names), names=("ward", "london"))
    assert found == {"system": al.to_document(joined), "notes": [str(note) for note in joined.notes]}
    assert client.post("/v1/analyses/validate", json={"system": found["system"]}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "is missing"),
        ({"systems": [{"agencies": 1}]}, "systems[0]"),
        ({"systems": ["winter-pressure"]}, "systems[0]"),
        ({"names": ["a", "b"]}, "names 2 places, and there is 1 system"),
        ({"apart": ["nobody"]}, "'nobody' is no id of the systems"),
        ({"placenames": ["a"]}, "placenames"),
        ({"overlaps": [{"measure_a": "flu", "kind": "same"}]}, "measure_b"),
    ],
)
def test_what_is_wrong_is_a_problem(client: TestClient, wrong: Json, said: str) -> None:
    body = {"systems": [document("winter-pressure")], **wrong} if wrong else {}
    answer = client.post("/v1/joins", json=body)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text
