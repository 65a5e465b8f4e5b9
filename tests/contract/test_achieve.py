"""What can be met, over HTTP: the library's answers, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al

from .doors import document, system

pytestmark = pytest.mark.usefixtures("answered_once")

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "achievements": al.can_all_be_met,
    "joint-conflicts": al.find_joint_conflicts,
    "efforts": al.effort_needed,
    "repairs": al.smallest_repair,
    "shared-values": al.shared_values,
}
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "achievements": [{"effort": 2.5}, {"reach": 3, "steps": 1}],
    "joint-conflicts": [{"every": True}, {"limit": 1}, {"effort": 4, "decay": 1}],
    "efforts": [{"by_power": True}, {"curve": 3}],
    "repairs": [{"every": True, "limit": 1}, {"effort": 2}],
    "shared-values": [{"lexicographic": True}, {"measures": ["delayed-discharges"]}, {"power": {"council": 2}}],
}
CASES = [(name, asked) for name, every in OPTIONS.items() for asked in ({}, *every)]


@pytest.mark.parametrize(("name", "asked"), CASES)
def test_it_is_the_library_s_answer(client: TestClient, name: str, asked: dict[str, Any]) -> None:
    response = client.post(f"/v1/{name}", json={"system": document("winter-pressure"), **asked})
    assert response.status_code == 200, response.text
    assert response.content == FUNCTIONS[name](system("winter-pressure"), **asked).model_dump_json().encode()


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("wrong", [{"reach": 0}, {"effort": -1}, {"limit": 0}, {"curve": -1}, {"power": {"nobody": 1}}])
def test_a_wrong_option_is_refused_and_named(client: TestClient, name: str, wrong: dict[str, Any]) -> None:
    response = client.post(f"/v1/{name}", json={"system": document("winter-pressure"), **wrong})
    assert response.status_code == 422, response.text
    assert next(iter(wrong)) in response.text or "'nobody' is not an agency" in response.text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_hard_facts_that_contradict_each_other_are_a_problem_of_the_input(client: TestClient, name: str) -> None:
    tables = dict(document("winter-pressure"))
    first, *others = tables["resources"]
    tables["resources"] = [{**first, "floor": 1e6, "capacity": 2e6}, *others]
    response = client.post(f"/v1/{name}", json={"system": tables})
    assert response.status_code == 422
    assert "has to be used" in response.text
