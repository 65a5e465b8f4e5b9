"""Who a visitor is, by the key in `Authorization`; none is read from a URL, which logs and histories keep."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import Final, get_args

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from alignment.api.refusals import NoKeyError, NotAllowedError
from alignment.api.store.errors import KeyRefused
from alignment.api.store.keys import Keys
from alignment.api.store.nouns import Role
from alignment.models.fields import Noun

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""What visitors may do, the least first: each may also do what those before it may."""

CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="alignment", Basic realm="alignment", charset="UTF-8"'}
"""The ways to show a key."""

HOW: Final = "Send it as `Authorization: Bearer KEY`, or by Basic as the password of any user name."


class Visitor(Noun):
    """Who asks."""

    key: str | None = None
    """How the visitor's key begins; blank where none is needed."""
    name: str
    """Whose the key is."""
    role: Role
    """What the visitor may do."""


ANYBODY: Final = Visitor(name="anybody", role="owner")
"""A visitor where no keys are needed."""


class Doorman:
    """Tells who a visitor is.

    Parameters
    ----------
    keys
        The keys that open.
    required
        Whether a visitor needs one.
    """

    def __init__(self, keys: Keys, *, required: bool) -> None:
        self.required = required
        self._keys = keys

    def who(self, request: Request) -> Visitor:
        """Who asks; this asks the database, so it is no work for the event loop.

        Parameters
        ----------
        request
            What is asked.

        Raises
        ------
        NoKeyError
            A key is needed, and there is none that opens: an unknown one, an expired one and a revoked one alike.
        StoreAway
            The database cannot be reached.
        """
        if not self.required:
            return ANYBODY
        shown = request.headers.getlist("authorization")
        if not shown:
            raise NoKeyError(f"This server asks for a key. {HOW}", CHALLENGE)
        secret = secret_in(shown[0]) if len(shown) == 1 else None
        if not secret:
            raise NoKeyError(f"No key is to be found in Authorization. {HOW}", CHALLENGE)
        try:
            found = self._keys.find(secret)
        except KeyRefused as refused:
            raise NoKeyError("The key opens nothing.", CHALLENGE) from refused
        return Visitor(key=found.prefix, name=found.name, role=found.role)


def secret_in(shown: str) -> str | None:
    """The key in an `Authorization` header; none where it is not understood.

    Parameters
    ----------
    shown
        What stands in the header.

    Examples
    --------
    >>> secret_in("Bearer al_key"), secret_in("basic ZXhjZWw6YWxfa2V5"), secret_in("Digest al_key")
    ('al_key', 'al_key', None)
    """
    scheme, _, rest = shown.strip().partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
    except ValueError:  # neither base64 nor UTF-8
        return None


def needs(role: Role) -> Callable[[Request], Awaitable[Visitor]]:
    """A dependency of FastAPI's that lets in whoever may do something, and says who it is.

    The application's `state.doorman` tells who.

    Parameters
    ----------
    role
        The least role that is needed.

    Raises
    ------
    NotAllowedError
        The visitor's role is a lesser one.
    """

    async def visitor(request: Request) -> Visitor:
        doorman: Doorman = request.app.state.doorman
        found = await run_in_threadpool(doorman.who, request)
        # Of the key the log tells the public part.
        request.state.key = found.key
        if ROLES.index(found.role) < ROLES.index(role):
            raise NotAllowedError(f"This needs a key of the role {role}; the key that was given is of {found.role}.")
        return found

    return visitor
