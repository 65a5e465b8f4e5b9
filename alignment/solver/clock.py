"""How long a search may take, and what one found."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from alignment.models.stopping import Stopped

__all__ = ["GRACE", "Aim", "Clock", "Outcome", "Stopped", "Tell", "telling", "until"]

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


Tell = Callable[[str, float | None, float | None], None]
"""Told the stage, the value of the best set so far, and what no set is below; None where it is not known."""

_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)


@contextmanager
def telling(tell: Tell) -> Generator[None]:
    """Let searches under every clock that is made within tell how far they are.

    Parameters
    ----------
    tell
        Told from whatever thread searches, perhaps many times a second; it raises nothing and is soon done. Only
        searches that know what their objective means (`Aim`) tell.
    """
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


@dataclass(frozen=True)
class Aim:
    """What a search makes small, in the words and the unit of people.

    Attributes
    ----------
    stage
        Its name.
    best
        The value of a set that is known before it begins, in the stage's own unit.
    constant
        What the solver's objective lacks.
    unit
        What 1 of the solver's objective, with the constant, is worth in the stage's own unit.
    """

    stage: str
    best: float
    constant: float = 0.0
    unit: float = 1.0

    def value(self, objective: float) -> float:
        """What an objective of the solver means."""
        return (objective + self.constant) * self.unit


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
        self._tell = _TELL.get()
        self._aim: Aim | None = None

    def part(self, share: float, aim: Aim | None = None) -> Clock:
        """A clock for a share of the time left, perhaps for one aim; an interruption ends both."""
        found = Clock(self.left * share)
        found._interrupted, found._over, found._doubted = self._interrupted, self._over, self._doubted
        found._tell, found._aim = self._tell, aim
        return found

    @property
    def heard(self) -> bool:
        """Whether somebody wants to know how far the search is."""
        return self._tell is not None and self._aim is not None

    def tell(self, objective: float, bound: float) -> None:
        """Say how far the search is.

        Parameters
        ----------
        objective
            Of the best set that the solver has; infinite without one.
        bound
            No set has a smaller objective, as the solver says; infinite where it knows none.
        """
        if self._tell is not None and self._aim is not None:
            best = min(self._aim.best, self._aim.value(objective) if math.isfinite(objective) else math.inf)
            least = self._aim.value(bound) if math.isfinite(bound) else None
            self._tell(self._aim.stage, best if math.isfinite(best) else None, least)

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
