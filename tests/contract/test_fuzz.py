"""Whatever is sent that the document allows, or nearly allows: no failure, and nothing that is not declared.

More of it, from a server with children and on both databases: `python -m tests.api_fuzz`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, cast

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from schemathesis.python.asgi import get_client, shutdown_lifespans
from starlette.testclient import TestClient

import alignment as al
from alignment.api.describing.document import Description
from alignment.api.describing.verbs import snake
from alignment.api.describing.worked import EXAMPLE
from alignment.api.locks.doorman import ROLES
from alignment.api.settings import Settings
from alignment.api.store.nouns import Role
from alignment.api.store.opening import open_store
from alignment.models import System
from alignment.verbs.registry import VERBS
from alignment.verbs.verb import Verb
from tests.asked_of_doors import PHASES, RUNS, Tally, fuzzed, put
from tests.strategies import systems, wild_words
from tests.thoroughly import most, part_of

from .doors import BASE, application, document

ORDINARY: Final = (
    "list_systems",
    "list_versions",
    "delete_system",
    "get_system",
    "get_system_as",
    "list_runs",
    "get_run",
    "cancel_run",
    "get_run_answer",
    "get_run_events",
    "get_format",
    "list_kinds",
    "get_template",
    "get_server_health",
    "get_server_readiness",
    "get_server_metrics",
)
"""Operations of no verb whose every edge is quickly tried."""

MAKING: Final = ("put_system", "convert_system", "make_subset", "join_systems")
"""Those that take whatever system, whose every edge takes a minute (`python -m tests.api_fuzz`)."""

LED: Final = (
    "put_system",
    "delete_system",
    "get_system",
    "get_system_as",
    "list_versions",
    "get_themes",
    "get_themes_table",
    *RUNS,
)


def of(verbs: Sequence[Verb]) -> Iterator[str]:
    """The operations of some verbs."""
    for word in map(snake, verbs):
        yield from (f"analyse_{word}", f"get_{word}", f"get_{word}_csv", f"get_{word}_table")


@contextmanager
def asking(**limits: Any) -> Generator[Callable[..., Tally]]:
    """Asks the operations of a server that keeps one system."""
    with application(*VERBS, **limits) as app, stopped():
        told = Description(app, VERBS, Settings())
        told.required = "keys" in limits
        if not told.required:
            with get_client(cast("Any", app)) as client:
                put(client, BASE)
                # What is imported meanwhile by who answers disturbs hypothesis, which looks through all modules.
                client.get(f"{BASE}/v1/systems/{EXAMPLE}/themes.csv").raise_for_status()

        def ask(phase: str, ids: Iterable[str], examples: int, **headers: str) -> Tally:
            generation = {
                "mode": "positive" if phase == "stateful" else "all",
                "max-examples": examples,
                "database": "none",
                "no-shrink": True,
                "deterministic": True,
            }
            phases: dict[str, dict[str, Any]] = {each: {"enabled": each == phase} for each in PHASES}
            phases["stateful"]["inference"] = {"algorithms": []}
            asked = {"seed": 1, "headers": headers, "generation": generation, "phases": phases}
            found = fuzzed(told.document, BASE, asked, app=app, ids=list(ids))
            assert not found.failures, found.failures
            return found

        yield ask


@contextmanager
def stopped() -> Generator[None]:
    """Ends what schemathesis has started, before its database goes."""
    try:
        yield
    finally:
        shutdown_lifespans()


def test_the_edges_of_every_parameter() -> None:
    with asking() as ask:
        found = ask("coverage", [*ORDINARY, *of(part_of(VERBS, 40))], 1)
    assert {200, 404, 405, 422} <= set(found.statuses())


def test_whatever_is_sent() -> None:
    with asking() as ask:
        found = ask("fuzzing", [*ORDINARY, *MAKING, *of(part_of(VERBS, 19))], most(10, 2))
    assert {200, 404, 422} <= set(found.statuses())


def test_whatever_one_answer_leads_to() -> None:
    with asking(wait=0.01) as ask:
        found = ask("stateful", LED, most(100, 12))
    assert {200, 201} <= set(found.statuses())


@pytest.mark.parametrize("role", part_of(ROLES, 2))
def test_keys_open_what_their_role_may_do_and_nothing_is_open_without(tmp_path: Path, role: Role) -> None:
    database = f"sqlite:///{tmp_path}/kept.db"
    with closing(open_store(database)) as store:
        key = store.keys.make("ann", role).secret
    with asking(database=database, keys="required") as ask:
        without = ask("fuzzing", ORDINARY, 1)
        found = ask("fuzzing", [*ORDINARY, "put_system"], most(10, 2), Authorization=f"Bearer {key}")
    assert _opened(without) == {"GET /healthz", "GET /readyz"}
    assert _opened(found) == {label for label, _ in found.ends}
    refused = {label for label, status in found.ends if status == 403}
    for label, least in {"PUT /v1/systems/{system}": "editor", "DELETE /v1/systems/{system}": "owner"}.items():
        assert (label in refused) == (ROLES.index(role) < ROLES.index(least))
    assert refused <= {"PUT /v1/systems/{system}", "DELETE /v1/systems/{system}"}


def _opened(tally: Tally) -> set[str]:
    return {label for label, status in tally.ends if status != 401}


calmly = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


EDGES: Final = (5e-324, 1e-300, 1e-9, 1e9, 1e300, 1.7976931348623157e308, -1, 0, 1, 10**30, 0.1 + 0.2, 1 / 3)


NUMBERS: Final = ["reach", "theta", "sway", "voice", "tolerance", "price", "decay", "steps", "horizon", "time_limit"]


@pytest.mark.parametrize("value", EDGES)
@pytest.mark.parametrize("name", part_of(NUMBERS, 2))
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
