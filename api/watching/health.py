"""Whether a server answers, and whether it can work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from alignment.api.store.errors import StoreError
from alignment.models.fields import Noun

Missing = Literal["database", "children"]
"""What a server may lack: its database is away, or no child is warm yet."""


class Health(Noun):
    """A server that answers."""

    status: Literal["ok"] = "ok"
    """That it does."""
    version: str
    """The version of the library behind it."""


class ServerReadiness(Noun):
    """Whether a server can work."""

    status: Literal["ready", "not-ready"]
    """Whether it can."""
    missing: tuple[Missing, ...] = ()
    """What it lacks: its database is away, or none of its children is warm yet."""

    @property
    def code(self) -> int:
        """The status code that says so: 200 or 503."""
        return 503 if self.missing else 200


def readiness(check: Callable[[], None], warm: int) -> ServerReadiness:
    """Whether a server can work. It asks the database, so it is to be called in a thread, not in the event loop.

    Parameters
    ----------
    check
        Asks the database, as `Store.check` does.
    warm
        How many children are ready or at work.

    Examples
    --------
    >>> readiness(lambda: None, warm=3).status
    'ready'
    >>> readiness(lambda: None, warm=0).missing
    ('children',)
    """
    missing: list[Missing] = []
    try:
        check()
    except StoreError:
        missing.append("database")
    if warm < 1:
        missing.append("children")
    return ServerReadiness(status="not-ready" if missing else "ready", missing=tuple(missing))
