"""Refuses what pages of other people ask through a visitor's browser, which is let in where they are not.

A browser says in `Origin` and `Sec-Fetch-Site` whose page asks; programs say neither. A page whose name was made to
lead to this computer (DNS rebinding) says its own name in `Host`.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from alignment.api.problems import response
from alignment.api.refusals import ForeignHostError, ForeignPageError, RefusalError

PLACE: Final = r"(?P<name>\[[0-9a-z:.%]+\]|[^\s\[\]/?#@:,\\]+)(?::(?P<port>[0-9]{0,5}))?"

HOST: Final = re.compile(PLACE, re.IGNORECASE | re.ASCII)

ORIGIN: Final = re.compile(rf"(?P<scheme>https?)://{PLACE}", re.IGNORECASE | re.ASCII)

PORTS: Final = {"http": 80, "https": 443}
"""What a port is where none is said."""


class OwnPages:
    """Refuses what a page of somebody else asks.

    Parameters
    ----------
    app
        The application behind.
    hosts
        What the server may be called, without ports, where it is open to its own computer; blank is by any name, as
        visitors then need keys.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        refusal = self._refusal(scope["method"], Headers(scope=scope)) if scope["type"] == "http" else None
        answer: ASGIApp = self.app if refusal is None else response(refusal)
        await answer(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> RefusalError | None:
        hosts = headers.getlist("host")
        host = HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if self.hosts is not None and (host is None or host["name"].lower() not in self.hosts):
            return ForeignHostError(
                f"This server answers to {', '.join(sorted(self.hosts))} in Host, and nothing else."
            )
        if not _are_own(headers.getlist("origin"), host):
            return ForeignPageError("Origin names another place than Host. Only this server's own pages may ask it.")
        if _is_across(method, headers):
            return ForeignPageError("Sec-Fetch-Site says that a page of another site asks. It may only link to here.")
        return None


def _are_own(origins: list[str], host: re.Match[str] | None) -> bool:
    """Whether the page that asks is one of the server's own; a program names no page."""
    if not origins:
        return True
    origin = ORIGIN.fullmatch(origins[0]) if len(origins) == 1 else None
    if origin is None or host is None:
        return False
    # Behind a proxy that speaks TLS nobody here knows the scheme but the page.
    port = PORTS[origin["scheme"].lower()]
    return _place(origin, port) == _place(host, port)


def _place(found: re.Match[str], port: int) -> tuple[str, int]:
    return found["name"].lower(), int(found["port"] or port)


def _is_across(method: str, headers: Headers) -> bool:
    """Whether a page of another site asks, otherwise than by a link."""
    if headers.get("sec-fetch-site", "").lower() != "cross-site":
        return False
    return method != "GET" or headers.get("sec-fetch-mode", "").lower() != "navigate"
