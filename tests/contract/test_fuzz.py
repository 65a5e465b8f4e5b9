"""Whatever is sent that the document allows, or nearly allows: no failure, and no status that is not declared."""

from __future__ import annotations

import json
from typing import Any, Final, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies as st
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from starlette.testclient import TestClient

import alignment as al
from alignment.api.app import create_app
from alignment.api.settings import Settings
from alignment.models import System
from tests.strategies import systems, wild_words
from tests.thoroughly import most, part_of

from .doors import document

checks.load_all_checks()
KNOWN: Final = cast("Any", checks).CHECKS
NAMES: Final = ("not_a_server_error", "status_code_conformance", "content_type_conformance")
CHECKS: Final[Any] = KNOWN.get_by_names([*NAMES, "response_headers_conformance", "response_schema_conformance"])

# The coverage phase sends every edge of every column, which takes a minute; those of the options are below.
PHASES: Final[dict[Any, Any]] = {"phases": {"coverage": {"enabled": False}}}
CONFIG: Final[Any] = cast("Any", SchemathesisConfig).from_dict(PHASES)

# Ordinary limits: then the examples of the document, which take seconds, are worked out once for every client.
schema: Any = schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings()), config=CONFIG)

calmly = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@schema.parametrize()
@settings(calmly, max_examples=most(5, 1))
def test_nothing_that_is_sent_fails_the_server(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


EDGES: Final = (5e-324, 1e-300, 1e-9, 1e9, 1e300, 1.7976931348623157e308, -1, 0, 1, 10**30, 0.1 + 0.2, 1 / 3)


NUMBERS = ["theta", "voice", "sway", "price", "tolerance", "steps", "decay", "time_limit"]


@pytest.mark.parametrize("value", EDGES)
@pytest.mark.parametrize(
    "name", part_of(["theta", "voice", "sway", "price", "tolerance", "steps", "decay", "time_limit"], 2)
)
def test_options_at_the_edge_of_their_range(client: TestClient, name: str, value: float) -> None:
    response = client.post("/v1/analyses/propose", json={"system": document("winter-pressure"), name: value})
    assert response.status_code in (200, 409, 422), response.text


@given(
    found=systems(numbers=st.floats(1e-9, 1e12), words=wild_words),
    options=st.sampled_from([{}, {"balance": False, "sway": 0.5}, {"voice": 1.0}, {"price": 2.5, "decay": 1.0}]),
)
@settings(calmly, max_examples=most(25, 5))
def test_any_system_gets_the_library_s_answer(client: TestClient, found: System, options: dict[str, Any]) -> None:
    response = client.post("/v1/analyses/propose", json={"system": al.to_document(found), **options})
    if response.status_code == 409:
        with pytest.raises(al.NoAlignedSet) as caught:
            al.propose(found, **options)
        assert response.json()["clash"] == [wish.model_dump(mode="json") for wish in caught.value.clash]
    else:
        assert response.content == al.propose(found, **options).model_dump_json().encode()


@given(found=systems(numbers=st.floats(1e-9, 1e12), words=wild_words))
@settings(calmly, max_examples=most(15, 5))
def test_any_system_s_conflicts_are_the_library_s(client: TestClient, found: System) -> None:
    response = client.post("/v1/analyses/conflicts", json={"system": al.to_document(found)})
    assert response.json() == json.loads(al.find_conflicts(found).to_json())
