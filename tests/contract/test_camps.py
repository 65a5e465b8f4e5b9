"""Camps over HTTP are the library's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al

from .doors import document, system


@pytest.mark.parametrize("name", ["london-2018", "winter-pressure", "england-frameworks"])
@pytest.mark.parametrize("asked", [{}, {"k": 3, "by": "sector", "count": "effects"}])
def test_camps_are_the_library_s(client: TestClient, name: str, asked: dict[str, Any]) -> None:
    response = client.post("/v1/analyses/camps", json={"system": document(name), **asked})
    assert response.status_code == 200, response.text
    assert response.json() == json.loads(al.camps(system(name), **asked).to_json())
    assert len(response.json()["relations"]) == len(al.camps(system(name), **asked).relations)


@pytest.mark.parametrize("asked", [{"k": 0}, {"by": "team"}, {"count": "rows"}, {"time_limit": 0}])
def test_options_out_of_range_are_refused(client: TestClient, asked: dict[str, Any]) -> None:
    assert client.post("/v1/analyses/camps", json={"system": document("winter-pressure"), **asked}).status_code == 422
