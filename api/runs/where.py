"""Where questions are answered, as the keeper sees it: children of this machine, or those of a cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .question import Begun, Outcome, Question, Told

Heard = Callable[["Work", Begun | Told | Outcome], None]
"""Told, from other threads, what becomes of a question: it is begun, gets on, and ends once. It raises nothing."""


class Work(Protocol):
    """A question under way."""

    def cancel(self) -> None:
        """End it, whatever it does."""
        ...


class Where(Protocol):
    """Who answers questions."""

    @property
    def free(self) -> int:
        """How many questions more may be begun now."""
        ...

    @property
    def warm(self) -> int:
        """How many are ready or at work."""
        ...

    def begin(self, question: Question, hear: Heard) -> Work:
        """Put a question to them.

        Raises
        ------
        RuntimeError
            Nobody can be asked.
        """
        ...

    def close(self) -> None:
        """End all that goes on."""
        ...
