from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, strategies as st
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alignment.api.watching.metrics import Metrics
from alignment.api.watching.requests import METHODS, Watch

from .apps import watched
from .asking import ask, lines_of, logged, scope_of

SECRET = "al_public12" + "s" * 35


def line_of(app: ASGIApp, *asked: Any, **other: Any) -> dict[str, Any]:
    """The one line of a request."""
    with logged() as log:
        ask(app, *asked, **other)
    (line,) = lines_of(log)
    return line


def test_a_line_tells_who_what_and_how_long() -> None:
    line = line_of(
        watched(), query=b"name=Ann", headers=[("X-Request-ID", "r1"), ("Authorization", f"Bearer {SECRET}")]
    )
    assert line.pop("seconds") >= 0
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "alignment.api.requests",
        "request_id": "r1",
        "method": "GET",
        "route": "/",
        "status": 200,
        "bytes": 5,
        "key": "al_public12",
    }


@pytest.mark.parametrize(
    ("path", "method", "route", "status", "size"),
    [
        ("/echo", "POST", "/echo", 200, 4),
        ("/echo", "GET", "/echo", 405, 18),
        ("/", "HEAD", "/", 200, 0),
        ("/nowhere/at/all", "GET", "none", 404, 9),
        ("/", "AL_SECRET", "/", 405, 18),
    ],
)
def test_routes_are_told_by_their_template(path: str, method: str, route: str, status: int, size: int) -> None:
    line = line_of(watched(), path, b"body", method=method)
    assert (line["route"], line["status"], line["bytes"]) == (route, status, size)
    assert line["method"] == (method if method in METHODS else "other")
    assert "key" not in line


def test_a_failure_is_told_by_its_kind() -> None:
    with logged() as log:
        answer = ask(watched(), "/systems/london/fails", b"Ann", method="POST")
    (line,) = lines_of(log)
    assert isinstance(answer.error, ValueError)
    assert (line["level"], line["status"], line["error"]) == ("error", 500, "ValueError from KeyError")
    assert line["route"] == "/systems/{system}/fails"
    assert "left" not in line


@given(st.text(max_size=40), st.text(max_size=12))
def test_whatever_is_asked_a_line_holds_nothing_of_it(path: str, method: str) -> None:
    line = line_of(watched(), f"/{path}", method=method)
    assert line["route"] in {"/", "/echo", "/named", "none"}
    assert line["method"] in METHODS | {"other"}


# Streams


async def events(gate: asyncio.Event) -> AsyncIterator[str]:
    yield "first"
    # What comes next waits until the client has the first: whoever held that back would wait for ever.
    await gate.wait()
    yield "second"


def test_a_stream_passes_as_it_comes() -> None:
    got: list[bytes] = []

    async def whole() -> None:
        gate = asyncio.Event()

        async def take(message: Message) -> None:
            if message["type"] == "http.response.body":
                got.append(message["body"])
                gate.set()

        async def receive() -> Message:
            return await asyncio.Future()

        app = Starlette()
        app.add_route("/", lambda _: StreamingResponse(events(gate)))
        async with asyncio.timeout(10):
            await Watch(app, Metrics())(scope_of(), receive, take)

    asyncio.run(whole())
    assert got == [b"first", b"second", b""]


def line_of_cut(cut: Any) -> dict[str, Any]:
    """The line of a stream that never ends by itself, which is cut short in some way."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await cut(receive)

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def take(_: Message) -> None:
        return

    async def whole() -> None:
        try:
            await Watch(app, Metrics())(scope_of(), gone, take)
        except (asyncio.CancelledError, OSError):
            return

    with logged() as log:
        asyncio.run(whole())
    (line,) = lines_of(log)
    return line


async def hears_that_it_left(receive: Receive) -> None:
    assert (await receive())["type"] == "http.disconnect"


async def is_cancelled(_: Receive) -> None:
    raise asyncio.CancelledError


@pytest.mark.parametrize("cut", [hears_that_it_left, is_cancelled])
def test_a_client_that_left_is_told(cut: Any) -> None:
    line = line_of_cut(cut)
    assert (line["left"], line["status"], line["bytes"], line["level"]) == (True, 200, 5, "info")
    assert "error" not in line


def test_a_client_that_left_before_the_answer_began() -> None:
    async def app(_: Scope, receive: Receive, __: Send) -> None:
        await receive()

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def take(_: Message) -> None:
        raise AssertionError("nothing was sent")

    metrics = Metrics()
    with logged() as log:
        asyncio.run(Watch(app, metrics)(scope_of(), gone, take))  # pyright: ignore[reportArgumentType] - a coroutine
    (line,) = lines_of(log)
    assert line["left"]
    assert "status" not in line
    assert 'alignment_requests_total{method="GET",route="none",status="none"} 1.0' in metrics.render().decode()


def test_a_client_that_leaves_after_the_answer_has_not_left() -> None:
    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        await receive()

    assert "left" not in line_of(Watch(app, Metrics()))


# The application's life


def test_an_application_that_cannot_start_says_where_and_not_what() -> None:
    @asynccontextmanager
    async def life(_: Starlette) -> AsyncGenerator[None]:
        raise RuntimeError("postgresql://ann:secret@database")
        yield

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def take(message: Message) -> None:
        sent.append(message)

    with logged() as log, pytest.raises(RuntimeError):
        asyncio.run(watched(lifespan=life)({"type": "lifespan", "state": {}}, receive, take))  # pyright: ignore[reportArgumentType]
    (line,) = lines_of(log)
    assert sent == [{"type": "lifespan.startup.failed"}]
    assert line["error"] == "RuntimeError"
    assert line["places"].startswith("test_requests.py:")
    assert "secret" not in log.getvalue()


def test_a_library_logs_nothing_by_itself(capfd: pytest.CaptureFixture[str]) -> None:
    ask(watched())
    assert capfd.readouterr() == ("", "")
