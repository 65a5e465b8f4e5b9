"""A web page cannot reach a server through a visitor's browser, whatever name it gives itself."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings, strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from alignment.api.locks.exposure import OWN_NAMES
from alignment.api.locks.own_pages import OwnPages

Headers = list[tuple[str, str]]


async def door(_: Request) -> Response:
    return PlainTextResponse("in")


def guarded(hosts: frozenset[str] | None) -> TestClient:
    routes = [Route("/", door, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(OwnPages, hosts)]))


OWN, ANY = guarded(OWN_NAMES), guarded(None)


def asked(client: TestClient, headers: Headers, method: str = "GET") -> tuple[int, str]:
    """The status, and the kind of problem if any."""
    found = client.request(method, "/", headers=[(name.encode(), value.encode("latin-1")) for name, value in headers])
    if found.status_code == 200:
        return 200, found.text
    assert found.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = found.json()
    assert problem["status"] == found.status_code
    return found.status_code, problem["type"].partition("#")[2]


LET_IN, NOT_OURS, NOT_US = (200, "in"), (403, "foreign-page"), (421, "foreign-host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost:8765", "[::1]", "[::1]:1", "localhost:"])
def test_a_server_of_this_computer_is_asked_for_by_its_own_names(host: str) -> None:
    assert asked(OWN, [("Host", host)]) == LET_IN


@pytest.mark.parametrize(
    "host",
    [
        "",
        "health.example",
        "localhost.health.example",
        "127.0.0.1.health.example:8765",
        "localhost.",
        "localhost:8765:80",
        "localhost:123456",
        "localhost,health.example",
        "a@localhost",
        "0.0.0.0",
        "::1",
        "[::1",
        "[::2]",
    ],
)
def test_another_name_is_refused_there_only(host: str) -> None:
    assert asked(OWN, [("Host", host)]) == NOT_US
    assert asked(ANY, [("Host", host)]) == LET_IN


def test_a_doubled_host_is_refused() -> None:
    assert asked(OWN, [("Host", "localhost"), ("Host", "localhost")]) == NOT_US
    assert asked(ANY, [("Host", "a.example"), ("Host", "a.example"), ("Origin", "https://a.example")]) == NOT_OURS


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8765", "http://localhost:8765"),
        ("LOCALHOST:8765", "HTTP://localhost:8765"),
        ("localhost", "http://localhost"),
        ("localhost:80", "http://localhost"),
        ("localhost:443", "https://localhost"),
        ("localhost", "https://localhost:443"),
        ("[::1]:8765", "http://[::1]:8765"),
    ],
)
def test_a_page_of_the_same_host_and_port_is_let_in(host: str, origin: str) -> None:
    for client in (OWN, ANY):
        for method in ("GET", "POST"):
            assert asked(client, [("Host", host), ("Origin", origin)], method) == LET_IN


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8765", "null"),
        ("localhost:8765", ""),
        ("localhost:8765", "http://localhost:3000"),
        ("localhost:8765", "http://localhost"),
        ("localhost:8765", "http://127.0.0.1:8765"),
        ("localhost:8765", "https://health.example"),
        ("localhost:8765", "http://localhost:8765/"),
        ("localhost:8765", "http://localhost:8765@health.example"),
        ("localhost:8765", "chrome-extension://localhost:8765"),
        ("localhost:8765", "localhost:8765"),
        ("localhost:443", "http://localhost"),
        ("localhost", "http://localhost:443"),
    ],
)
def test_a_page_from_elsewhere_is_refused_in_every_mode(host: str, origin: str) -> None:
    for client in (OWN, ANY):
        for method in ("GET", "POST"):
            assert asked(client, [("Host", host), ("Origin", origin)], method) == NOT_OURS


def test_a_second_origin_is_refused() -> None:
    own = ("Origin", "http://localhost")
    assert asked(ANY, [("Host", "localhost"), own, own]) == NOT_OURS


@pytest.mark.parametrize(
    ("method", "site", "mode", "wanted"),
    [
        ("GET", "cross-site", "navigate", LET_IN),  # a link
        ("POST", "cross-site", "navigate", NOT_OURS),  # a form
        ("GET", "cross-site", "no-cors", NOT_OURS),  # a picture or a script
        ("GET", "Cross-Site", "cors", NOT_OURS),
        ("GET", "cross-site", "", NOT_OURS),
        ("GET", "same-origin", "cors", LET_IN),
        ("POST", "same-origin", "cors", LET_IN),
        ("GET", "none", "navigate", LET_IN),  # typed in
    ],
)
def test_other_sites_may_only_link(method: str, site: str, mode: str, wanted: tuple[int, str]) -> None:
    headers = [("Host", "localhost"), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode)]
    for client in (OWN, ANY):
        assert asked(client, headers, method) == wanted


def test_without_a_host_nothing_of_this_computer_is_told() -> None:
    assert bare([]) == (421, 200)
    assert bare([(b"origin", b"http://localhost")]) == (421, 403)


def bare(headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """The statuses where a request, without what a client adds, is asked of either."""
    return status(OWN_NAMES, headers), status(None, headers)


def status(hosts: frozenset[str] | None, headers: list[tuple[bytes, bytes]]) -> int:
    told: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "query_string": b""}
    asyncio.run(OwnPages(PlainTextResponse("in"), hosts)(scope, receive, send))
    return told[0]


NAMES = st.sampled_from([b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode"])
WORDS = st.sampled_from(
    [b"localhost:8765", b"http://localhost:8765", b"cross-site", b"navigate", b"http://[::1]", b"null"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, WORDS | st.binary(max_size=30)), max_size=5))
def test_no_header_makes_it_fail_or_lets_a_stranger_in(headers: list[tuple[bytes, bytes]]) -> None:
    own, anywhere = bare(headers)
    assert {own, anywhere} <= {200, 403, 421}
    said = {name: [text.decode("latin-1") for key, text in headers if key == name] for name, _ in headers}
    if own == 200:
        (host,) = said[b"host"]
        assert anywhere == 200
        assert urlsplit(f"//{host}").hostname in {"127.0.0.1", "localhost", "::1"}
    if anywhere == 200 and b"origin" in said:
        (host,), (origin,) = said[b"host"], said[b"origin"]
        assert urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
