"""A part over HTTP: a system to ask of, and what it left out."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import alignment as al

from .doors import Json, document, system


def test_a_part_can_be_asked_of(client: TestClient) -> None:
    body: Json = {"system": document("winter-pressure"), "agencies": "council", "measures": ["flu-vaccination"]}
    found = client.post("/v1/subsets", json=body).json()
    part = al.subset(system("winter-pressure"), "council", measures="flu-vaccination")
    assert found == {"system": al.to_document(part), "notes": [str(note) for note in part.notes]}
    assert client.post("/v1/analyses/validate", json={"system": found["system"]}).status_code == 200


def test_everything_leaves_nothing_out(client: TestClient) -> None:
    found = client.post("/v1/subsets", json={"system": document("winter-pressure")}).json()
    assert found == {"system": document("winter-pressure"), "notes": []}


@pytest.mark.parametrize("wrong", [{"agencies": ["counci"]}, {"agency": "council"}, {"measures": ["readmissions"]}])
def test_what_is_wrong_is_a_problem(client: TestClient, wrong: Json) -> None:
    answer = client.post("/v1/subsets", json={"system": document("winter-pressure"), **wrong})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
