"""What keeps runs between servers, as the keeper needs it: each run is held by one server at a time, for a lease.

Every write of a server names the run, the server and the attempt, and counts for nothing where they are not, or no
longer, those of the run: a server that was frozen and wakes can spoil nothing. `alignment.api.store.leases.Leases` is
the ledger that there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set as AbstractSet
from typing import Any, Protocol

from alignment.api.store.nouns import Answer, End, Run


class Ledger(Protocol):
    """Where runs are written down; any of its methods may raise while the database is away."""

    def claim(self, owner: str, lease: float) -> Run | None:
        """The next run that nobody holds, now held by an owner for a lease in seconds; None without one."""
        ...

    def begun(self, run: str, owner: str, attempt: int) -> bool:
        """A child has begun, so that the attempt counts; whether the run is still the owner's."""
        ...

    def beat(self, run: str, owner: str, attempt: int, lease: float) -> bool:
        """Hold a run for another lease; whether it is still the owner's."""
        ...

    def tell(
        self,
        run: str,
        owner: str,
        attempt: int,
        stage: str | None = None,
        incumbent: float | None = None,
        bound: float | None = None,
        gap: float | None = None,
    ) -> None:
        """How far it is."""
        ...

    def finish(
        self,
        run: str,
        owner: str,
        attempt: int,
        state: End,
        *,
        answers: Sequence[Answer] = (),
        problem: Mapping[str, Any] | None = None,
    ) -> bool:
        """It has ended: with an answer, with a problem, or by cancellation with neither; whether it was the owner's."""
        ...

    def release(self, run: str, owner: str, attempt: int, wait: float = 0.0) -> bool:
        """Let a run whose child is lost be claimed again, after so many seconds for each time that it was claimed."""
        ...

    def cancelled_of(self, owner: str) -> Sequence[str]:
        """Which runs of an owner somebody wants ended."""
        ...

    def owners(self) -> AbstractSet[str]:
        """Who holds a run."""
        ...

    def hand_back(self, owner: str, *, died: bool = False) -> int:
        """Let all runs of an owner that stops, or has died, be claimed at once by whoever is next; how many."""
        ...
