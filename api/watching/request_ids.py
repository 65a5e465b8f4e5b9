"""A name for each request, by which its answer, its line of log and what else was logged meanwhile are found."""

from __future__ import annotations

import re
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars, get_contextvars

from .cleaning import KEY

HEADER: Final = "X-Request-ID"

FIELD: Final = "request_id"
"""What it is called in the log."""

PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
"""What a caller may call a request."""


class RequestIds:
    """Gives each request its id: in what is logged meanwhile, and in the header X-Request-ID of the answer.

    Parameters
    ----------
    app
        The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name = id_for(Headers(scope=scope).get(HEADER))

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        with bound_contextvars(**{FIELD: name}):
            await self.app(scope, receive, named)


def id_for(given: str | None) -> str:
    """The id of a request: the one that the caller gave, where it is a plain word and no key, or else a new one.

    Examples
    --------
    >>> id_for("monthly-report.7")
    'monthly-report.7'
    >>> len(id_for("two words"))
    32
    """
    if given is not None and PLAIN.fullmatch(given) and not KEY.search(given):
        return given
    return uuid4().hex


def request_id() -> str | None:
    """The id of the request that is being answered; None outside of one."""
    return get_contextvars().get(FIELD)
