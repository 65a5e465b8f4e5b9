"""How large a request may be: its body, and the tables of its system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from alignment.models.faults import Fault
from alignment.models.system import TABLES

from .problems import response
from .refusals import TooLargeError
from .settings import Settings


class DeclaredSize:
    """Refuses a body that says itself that it is too large, before any of it is read.

    Starlette's own limit stops bodies that do not say how large they are; to others it answers in plain text.

    Parameters
    ----------
    app
        The application behind.
    limit
        The largest body, in bytes.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        said = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if said.isdecimal() and int(said) > self.limit:
            answer: ASGIApp = response(too_large(self.limit))
        else:
            answer = self.app
        await answer(scope, receive, send)


def too_large(limit: int) -> TooLargeError:
    """What to say of a body above the limit."""
    return TooLargeError(f"The body is larger than the {limit:,} bytes that this server takes.")


def check_size(tables: Any, settings: Settings) -> None:
    """Refuse a system with more rows than the server takes, before any of them is read.

    Raises
    ------
    TooLargeError
        With a fault for each table.
    """
    if not isinstance(tables, Mapping):
        return
    faults = tuple(_too_long(cast("Mapping[str, Any]", tables), settings))
    if faults:
        raise TooLargeError("The system is larger than this server takes.", faults)


def _too_long(tables: Mapping[str, Any], settings: Settings) -> Iterator[Fault]:
    for name in TABLES:
        rows, most = tables.get(name), getattr(settings, name, settings.rows)
        number = len(cast("list[Any]", rows)) if isinstance(rows, list) else 0
        if number > most:
            what = f"has {number:,} rows, and this server takes {most:,}"
            yield Fault(table=name, what=what, remedy="Leave rows out, or use the library on your own computer")
