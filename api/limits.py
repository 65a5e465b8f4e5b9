"""How large the body of a request may be."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .problems import response
from .refusals import TooLargeError
from .sizes import check_size

__all__ = ["DeclaredSize", "check_size", "too_large"]


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
