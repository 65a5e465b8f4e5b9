"""Asking an application as a server does, and reading what was logged meanwhile."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Awaitable, Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Scope

from alignment.api.watching import logs

Heard = Callable[[Message], Awaitable[None]]


@dataclass
class Answer:
    """What an application answered."""

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    error: BaseException | None = None

    async def take(self, message: Message) -> None:
        """A message of it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")


def scope_of(
    path: str = "/", method: str = "GET", query: bytes = b"", headers: Iterable[tuple[str, str]] = ()
) -> Scope:
    """A request as a server hands it over."""
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query,
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "state": {},
    }


def ask(app: ASGIApp, path: str = "/", body: bytes = b"", **other: Any) -> Answer:
    """The answer of an application; what it raises is in it."""
    answer, arrived = Answer(), [{"type": "http.request", "body": body}]

    async def receive() -> Message:
        return arrived.pop() if arrived else {"type": "http.disconnect"}

    async def whole() -> None:
        try:
            await app(scope_of(path, **other), receive, answer.take)
        except Exception as error:  # noqa: BLE001 - a server takes them all
            answer.error = error

    asyncio.run(whole())
    return answer


@contextmanager
def logged(*, as_json: bool = True) -> Generator[io.StringIO]:
    """What is written to the log until the end of a context, which leaves everything as it was."""
    root = logging.getLogger()
    hooks = threading.excepthook, sys.unraisablehook, warnings.showwarning
    levels = {name: logging.getLogger(name).level for name in ("", "alignment", "uvicorn")}
    handlers, root.handlers = root.handlers, []
    stream = io.StringIO()
    try:
        logs.set_up(json=as_json, stream=stream)
        yield stream
    finally:
        root.handlers = handlers
        threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def lines_of(stream: io.StringIO) -> list[dict[str, Any]]:
    """Its lines, each of which is an object."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]
