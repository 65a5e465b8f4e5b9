"""How long a search may take, and what one found."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from alignment.models.stopping import Stopped

__all__ = ["GRACE", "Clock", "Outcome", "Stopped", "until"]

GRACE: Final = 2.0
"""Seconds after its time limit, or after Ctrl-C, in which a solver is expected to end; twice that is the longest."""


@dataclass(frozen=True)
class Outcome:
    """What one solve gave.

    Attributes
    ----------
    values
        A value for each column; nothing when no whole set was found.
    bound
        No set has a smaller objective.
    infeasible
        Whether it is proved that there is no set at all.
    stopped
        Why it stopped.
    numbers
        For a programme without whole columns a number for each row (its dual value), from which the bound is worked
        out anew.
    certain
        Whether it was proved by arithmetic alone, with nothing taken on trust.
    """

    values: tuple[float, ...] | None
    bound: float
    infeasible: bool
    stopped: Stopped
    numbers: tuple[float, ...] | None = None
    certain: bool = False


_OVER: ContextVar[threading.Event | None] = ContextVar("over", default=None)


@contextmanager
def until(over: threading.Event) -> Generator[None]:
    """Let every clock that is made within be interrupted by an event.

    For those who ask in a thread of their own and may lose interest: nobody can press Ctrl-C there.

    Parameters
    ----------
    over
        Set when nobody wants the answer any more.
    """
    token = _OVER.set(over)
    try:
        yield
    finally:
        _OVER.reset(token)


class Clock:
    """A time limit over several solves.

    Parameters
    ----------
    seconds
        The limit.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._interrupted = threading.Event()
        self._over = _OVER.get()
        self._doubted = threading.Event()

    def part(self, share: float) -> Clock:
        """A clock for a share of the time left; an interruption ends both."""
        found = Clock(self.left * share)
        found._interrupted, found._over, found._doubted = self._interrupted, self._over, self._doubted
        return found

    def interrupt(self) -> None:
        """End every search under this clock."""
        self._interrupted.set()

    @property
    def interrupted(self) -> bool:
        """Whether somebody has ended the search."""
        return self._interrupted.is_set() or (self._over is not None and self._over.is_set())

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def stopped(self) -> Stopped:
        """Why there is no time left; finished while there is."""
        if self.interrupted:
            return "interrupted"
        return "finished" if self.left > 0 else "time limit"

    def doubt(self) -> None:
        """Say that solvers contradicted themselves, and that no other way of asking settled it."""
        self._doubted.set()

    @property
    def ending(self) -> Stopped:
        """Why something is not proven, for those who are told: also where solvers disagreed with time left."""
        return "solvers disagree" if self.stopped == "finished" and self._doubted.is_set() else self.stopped
