"""MACTOR over HTTP says what the library says."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.models.options.mactor import Diagonal

from .doors import Json, document, system


@pytest.mark.parametrize("name", ["london-2018", "winter-pressure", "england-frameworks"])
@pytest.mark.parametrize("diagonal", ["in", "out"])
def test_mactor_is_the_library_s(client: TestClient, name: str, diagonal: Diagonal) -> None:
    response = client.post("/v1/analyses/mactor", json={"system": document(name), "diagonal": diagonal})
    assert response.status_code == 200, response.text
    found: Json = response.json()
    expected = al.mactor_matrices(system(name), diagonal)
    assert (found["system"], found["diagonal"]) == (system(name).hash, diagonal)
    for part, frame in (
        ("actors", expected.to_frame()),
        ("pairs", expected.pairs()),
        ("positions", expected.stakes()),
        ("objectives", expected.implications()),
        ("evidence", expected.evidence),
    ):
        assert found[part] == json.loads(str(frame.to_json(orient="records", double_precision=15)))


def test_a_reading_that_is_none_is_refused(client: TestClient) -> None:
    response = client.post("/v1/analyses/mactor", json={"system": document("winter-pressure"), "diagonal": "inn"})
    assert response.status_code == 422
