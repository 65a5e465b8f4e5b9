"""What keeps runs between servers, as the keeper needs it: each run is held by one server at a time, for a lease.

Every write of a server names the run, the server and the attempt, and counts for nothing where they are not, or no
longer, those of the run: a server that was frozen and wakes can spoil nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from .question import Answered, Trouble

Ended = Literal["finished", "failed", "cancelled"]
"""How a run ends by its server's word. Without one, the ledger calls it interrupted after three attempts."""


class Run(Protocol):
    """A run that a server has claimed."""

    @property
    def id(self) -> str:
        """Which."""
        ...

    @property
    def system_hash(self) -> str:
        """The content of the system that is asked."""
        ...

    @property
    def verb(self) -> str:
        """The verb's word on the command line."""
        ...

    @property
    def options(self) -> Mapping[str, Any]:
        """What is asked."""
        ...

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1; it counts once a child has begun."""
        ...


class Ledger(Protocol):
    """Where runs are written down; any of its methods may raise while the database is away."""

    def claim(self, owner: str, lease: float) -> Run | None:
        """The next run that nobody holds, now held by an owner for a lease in seconds; None without one."""
        ...

    def begun(self, run: str, owner: str, attempt: int) -> None:
        """A child has begun: from now on the attempt counts."""
        ...

    def beat(self, run: str, owner: str, attempt: int, lease: float) -> bool:
        """Hold a run for another lease; whether it is still the owner's."""
        ...

    def tell(
        self,
        run: str,
        owner: str,
        attempt: int,
        stage: str,
        incumbent: float | None,
        bound: float | None,
        gap: float | None,
    ) -> None:
        """How far it is."""
        ...

    def finish(self, run: str, owner: str, attempt: int, state: Ended, result: Answered | Trouble | None) -> None:
        """It has ended: with an answer, with a problem, or by cancellation with neither."""
        ...

    def cancelled_of(self, owner: str) -> Sequence[str]:
        """Which runs of an owner somebody wants ended."""
        ...

    def hand_back(self, owner: str, run: str | None = None) -> None:
        """Let a run of an owner, or all of them, be claimed at once by whoever is next."""
        ...
