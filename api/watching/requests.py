"""A line of log for each request, and its figures: by its route, never by what was asked."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any, Final

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alignment.api.store.keys import MARK, PUBLIC

from .cleaning import kinds_of
from .metrics import Metrics
from .request_ids import RequestIds

LOG: Final = logging.getLogger("alignment.api.requests")

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
"""Methods that are told; a caller can make up any others."""

NONE: Final = "none"
"""The route of a path where nothing is."""


def install(app: Starlette, metrics: Metrics) -> None:
    """Watch an application.

    Its own middleware stands within what answers errors of the server, so that it sees neither their answers nor
    their headers: this stands around all.

    Parameters
    ----------
    app
        The application, before its first request.
    metrics
        Where requests are counted.
    """
    build = app.build_middleware_stack

    def watched() -> ASGIApp:
        return RequestIds(Watch(build(), metrics))

    app.build_middleware_stack = watched


class Watch:
    """Logs and counts requests; every message passes as it comes.

    Parameters
    ----------
    app
        The application behind.
    metrics
        Where requests are counted.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the whole of the application's life."""
        if scope["type"] == "http":
            with self._metrics.inside():
                await self._request(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._life(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        passing = _Passing(receive, send, silent=scope["method"] == "HEAD")
        began = time.perf_counter()
        error: BaseException | None = None
        try:
            await self.app(scope, passing.receive, passing.send)
        except BaseException as raised:
            error = raised
            raise
        finally:
            self._tell(scope, passing, time.perf_counter() - began, error)

    def _tell(self, scope: Scope, passing: _Passing, seconds: float, error: BaseException | None) -> None:
        failed = isinstance(error, Exception) and not passing.left
        method = scope["method"] if scope["method"] in METHODS else "other"
        status = passing.status or (500 if failed else None)
        route = route_of(scope)
        self._metrics.request(method, route, status, seconds)
        facts = {
            "method": method,
            "route": route,
            "status": status,
            "seconds": round(seconds, 4),
            "bytes": passing.bytes,
            "key": _key_of(scope),
            "left": passing.left or not (passing.ended or failed) or None,
            "error": kinds_of(error) if failed and error else None,
        }
        known = {name: value for name, value in facts.items() if value is not None}
        LOG.log(logging.ERROR if failed else logging.INFO, "request", extra=known)

    async def _life(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def quiet(message: Message) -> None:
            # Starlette hands the server the whole of an error's text, which the server would log.
            await send({"type": message["type"]} if message["type"].endswith(".failed") else message)

        try:
            await self.app(scope, receive, quiet)
        except Exception as error:
            LOG.error("The application failed as it started or stopped.", exc_info=error)  # noqa: TRY400 - it is told
            raise


@dataclass
class _Passing:
    """The messages of one request, on their way."""

    from_client: Receive
    to_client: Send
    silent: bool
    """Whether the server sends no body, whatever it is given."""
    status: int | None = None
    bytes: int = 0
    ended: bool = False
    """Whether the last of the answer was sent."""
    left: bool = False
    """Whether the client was gone before that."""

    async def receive(self) -> Message:
        message = await self.from_client()
        if message["type"] == "http.disconnect" and not self.ended:
            self.left = True
        return message

    async def send(self, message: Message) -> None:
        try:
            await self.to_client(message)
        except OSError:
            self.left = True
            raise
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.bytes += 0 if self.silent else len(message.get("body", b""))
            self.ended = not message.get("more_body", False)


def route_of(scope: Scope) -> str:
    """The template of the route that was found, such as /v1/systems/{system}.

    A prefix counts where the router has it (`APIRouter(prefix=...)`), not where it is given at `include_router`.
    """
    path: Any = getattr(scope.get("route"), "path_format", None)
    return path if isinstance(path, str) and path else NONE


def _key_of(scope: Scope) -> str | None:
    """The public part of the key, which whoever checked it left in `request.state.key`; never more of it."""
    key: Any = scope.get("state", {}).get("key")
    return key[:PUBLIC] if isinstance(key, str) and key.startswith(MARK) else None
