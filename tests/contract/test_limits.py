"""A server takes so much and no more, and goes on listening while it works."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue
from typing import Any

import pytest
from starlette.testclient import TestClient

import alignment as al
from alignment.solver import Clock
from alignment.verbs.registry import VERBS

from .doors import JSON, Held, Json, application, document, opened, system, tiny, verb

Message = dict[str, Any]

TESTED = "/v1/analyses/tested"
"""Where verbs of these tests are."""


def word(response: Any, status: int) -> str:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()["type"].partition("#")[2]


def post(client: TestClient, visitors: ThreadPoolExecutor) -> Future[Any]:
    return visitors.submit(client.post, TESTED, json=tiny())


def test_a_body_at_the_limit_and_one_above() -> None:
    body = json.dumps(tiny())
    with opened(*VERBS, body_limit=len(body)) as client:
        assert client.post("/v1/analyses/validate", content=body, headers=JSON).status_code == 200
        assert word(client.post("/v1/analyses/validate", content=body + " ", headers=JSON), 413) == "too-large"


def test_a_body_that_does_not_say_how_large_it_is() -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 50

    with opened(*VERBS, body_limit=1_000) as client:
        assert word(client.post("/v1/analyses/validate", content=pieces(), headers=JSON), 413) == "too-large"


def test_every_table_that_is_too_long() -> None:
    with opened(*VERBS, measures=9, targets=13, rows=9) as client:
        response = client.post("/v1/analyses/validate", json={"system": document("winter-pressure")})
    assert word(response, 413) == "too-large"
    long = {name for name, rows in document("winter-pressure").items() if name != "about" and len(rows) > 9}
    assert {"measures", "targets"} < long | {"influences"}
    assert {fault["table"] for fault in response.json()["faults"]} == long - {"influences"}


def test_longer_walks_than_the_server_follows() -> None:
    with opened(*VERBS, steps=3) as client:
        response = client.post("/v1/analyses/conflicts", json={**tiny(), "steps": 4})
        assert word(response, 422) == "input-faults"
        assert [fault["column"] for fault in response.json()["faults"]] == ["steps"]
        assert client.post("/v1/analyses/conflicts", json={**tiny(), "steps": 3}).status_code == 200


def test_more_than_the_server_gives() -> None:
    body = {"system": document("winter-pressure"), "limit": 6, "steps": 4}
    with opened(*VERBS, steps=3, most=5) as client:
        response = client.post("/v1/analyses/joint", json=body)
        assert word(response, 422) == "input-faults"
        assert {fault["column"]: fault["what"] for fault in response.json()["faults"]} == {
            "steps": "4 is more than the 3 that this server goes to",
            "limit": "6 is more than the 5 that this server goes to",
        }
        assert client.post("/v1/analyses/joint", json={**body, "limit": 5, "steps": 3}).status_code == 200


def test_what_an_answer_grows_with_has_an_end() -> None:
    """An answer tells of each of so many conversations: a thousand millions of them took a minute and all memory."""
    with opened(*VERBS, most=5) as client:
        response = client.post("/v1/analyses/agenda", json={**tiny(), "meetings": 6})
        assert word(response, 422) == "input-faults"
        assert [fault["column"] for fault in response.json()["faults"]] == ["meetings"]
        assert client.post("/v1/analyses/agenda", json={**tiny(), "meetings": 5}).status_code == 200


@pytest.mark.parametrize(("asked", "given"), [({"time_limit": 600}, 5), ({"time_limit": 2}, 2), ({}, 5)])
def test_a_longer_search_is_cut_and_the_answer_says_so(asked: Json, given: float) -> None:
    with opened(*VERBS, time_limit=5) as client:
        response = client.post("/v1/analyses/propose", json={"system": document("winter-pressure"), **asked})
    assert response.json()["options"]["time_limit"] == given
    assert response.text == al.propose(system("winter-pressure"), time_limit=given).model_dump_json()


def test_the_server_listens_while_it_works() -> None:
    held = Held()
    with opened(verb(held)) as client, ThreadPoolExecutor(1) as visitors:
        waiting = post(client, visitors)
        assert held.begun.wait(30)
        assert client.get("/healthz").status_code == 200
        assert not waiting.done()
        held.end.set()
        assert waiting.result(30).json() == {"record": None, "word": "done"}


def test_no_more_at_work_than_workers() -> None:
    held = Held()
    with opened(verb(held), crew=2) as client, ThreadPoolExecutor(4) as visitors:
        waiting = [post(client, visitors) for _ in range(4)]
        assert held.begun.wait(30)
        for _ in range(20):
            assert client.get("/healthz").status_code == 200
        assert held.times <= 2
        held.end.set()
        assert [each.result(30).status_code for each in waiting] == [200] * 4
        assert held.times == 4


def test_no_more_inside_than_places() -> None:
    held = Held()
    with opened(verb(held), places=1, patience=3.2) as client, ThreadPoolExecutor(1) as visitors:
        waiting = post(client, visitors)
        assert held.begun.wait(30)
        refused = client.post(TESTED, json=tiny())
        assert word(refused, 503) == "busy"
        assert refused.headers["retry-after"] == "4"
        held.end.set()
        assert waiting.result(30).status_code == 200
        assert client.post(TESTED, json=tiny()).status_code == 200


def test_who_waits_too_long_is_sent_away() -> None:
    held = Held()
    with opened(verb(held), crew=1, patience=0.5) as client, ThreadPoolExecutor(1) as visitors:
        waiting = post(client, visitors)
        assert held.begun.wait(30)
        assert word(client.post(TESTED, json=tiny()), 503) == "busy"
        held.end.set()
        assert waiting.result(30).status_code == 200
        assert held.times == 1


def test_work_that_takes_too_long_is_given_up_but_keeps_its_worker() -> None:
    held = Held()
    with opened(verb(held), crew=1, patience=0.5, answer_limit=0.05) as client:
        assert word(client.post(TESTED, json=tiny()), 504) == "too-slow"
        assert word(client.post(TESTED, json=tiny()), 503) == "busy"
        assert held.times == 1
        held.end.set()
        # Each of these waits for its turn itself.
        assert any(client.post(TESTED, json=tiny()).status_code == 200 for _ in range(60))


Receive = Callable[[], Awaitable[Message]]


async def asked(app: Any, receive: Receive) -> int:
    """The status of the answer to a request whose body comes as a test wants it."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"host", b"127.0.0.1")]
    scope = {"type": "http", "method": "POST", "path": TESTED, "headers": headers, "query_string": b""}
    await app({**scope, "raw_path": TESTED.encode()}, receive, send)
    return sent[0]["status"]


def test_a_body_that_never_arrives() -> None:
    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def visit() -> int:
        with application(verb(lambda: "done"), upload_limit=0.01) as app:
            async with app.router.lifespan_context(app):
                return await asked(app, never)

    assert asyncio.run(visit()) == 408


def test_work_for_somebody_who_has_left_is_not_begun() -> None:
    held = Held()

    async def visits() -> tuple[int, int]:
        with application(verb(held), crew=1) as app:
            async with app.router.lifespan_context(app):
                stays = asyncio.create_task(asked(app, visitor(asyncio.Event())))
                assert await asyncio.to_thread(held.begun.wait, 30)
                leaves = asyncio.Event()
                leaves.set()
                gone = await asked(app, visitor(leaves))
                held.end.set()
                return await stays, gone

    assert asyncio.run(visits()) == (200, 503)
    assert held.times == 1


def searching(ends: Queue[str], begun: threading.Event) -> Callable[[], str]:
    """Work that goes on until its clock says why not, at which it looks as a search does: now and then."""

    def search() -> str:
        clock = Clock(30)
        begun.set()
        while clock.stopped == "finished":
            time.sleep(0.01)
        ends.put(clock.stopped)
        return clock.stopped

    return search


def test_a_search_for_somebody_who_leaves_is_ended() -> None:
    ends, begun = Queue[str](), threading.Event()

    async def visit() -> int:
        with application(verb(searching(ends, begun))) as app:
            async with app.router.lifespan_context(app):
                leaves = asyncio.Event()
                asking = asyncio.create_task(asked(app, visitor(leaves)))
                assert await asyncio.to_thread(begun.wait, 30)
                leaves.set()
                status = await asking
                assert await asyncio.to_thread(ends.get, timeout=20) == "interrupted"
                return status

    assert asyncio.run(visit()) == 503


def test_a_search_that_takes_too_long_is_ended() -> None:
    ends, begun = Queue[str](), threading.Event()
    with opened(verb(searching(ends, begun)), answer_limit=0.05, patience=0.5) as client:
        assert word(client.post(TESTED, json=tiny()), 504) == "too-slow"
        assert ends.get(timeout=20) == "interrupted"


def visitor(leaves: asyncio.Event) -> Receive:
    """Somebody who sends a small body, and then leaves once told to."""
    body = [{"type": "http.request", "body": json.dumps(tiny()).encode(), "more_body": False}]

    async def receive() -> Message:
        if body:
            return body.pop()
        await leaves.wait()
        return {"type": "http.disconnect"}

    return receive
