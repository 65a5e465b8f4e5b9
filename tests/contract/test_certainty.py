"""How sure, over HTTP: the library's answer, for no longer than the server allows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.verbs.registry import VERBS

from .doors import document, opened, system

pytestmark = pytest.mark.usefixtures("answered_once")


def test_it_is_the_library_s_answer(client: TestClient) -> None:
    options: dict[str, Any] = {"draws": 5, "seed": 3, "confirm": 1, "drop": ["length-of-stay"], "seconds": 60}
    response = client.post("/v1/analyses/certainty", json={"system": document("winter-pressure"), **options})
    assert response.status_code == 200, response.text
    assert response.content == al.certainty(system("winter-pressure"), **options).model_dump_json().encode()


@pytest.mark.parametrize("asked", [{}, {"seconds": 1000}])
def test_the_server_s_time_limit_is_for_all_draws(asked: dict[str, Any]) -> None:
    body = {"system": document("winter-pressure"), "draws": 10_000, **asked}
    with opened(*VERBS, time_limit=0.5) as client:
        found = json.loads(client.post("/v1/analyses/certainty", json=body).content)
    assert found["stopped"] == "time limit"
    assert found["options"]["time_limit"] == 0.5
    assert found["done"] < 10_000


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"draws": 10**6}, {"seed": -1}, {"confirm": 10**6}, {"seconds": 0}])
def test_options_out_of_their_range(client: TestClient, wrong: dict[str, Any]) -> None:
    response = client.post("/v1/analyses/certainty", json={"system": document("winter-pressure"), **wrong})
    assert response.status_code == 422
    assert next(iter(wrong)) in response.text
