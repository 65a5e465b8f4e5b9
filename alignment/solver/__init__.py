"""The only place that knows PuLP, HiGHS and CBC: one solve of a linear programme.

What a solver says is three things: why it stopped, the values it found, and a bound. Values are taken only where it has
a whole set; whether that is proven is decided in whole numbers by the caller.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, Literal, Protocol

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]

from alignment.errors import SolverTrouble
from alignment.index import Floats
from alignment.linear import Linear

from .cbc import Cbc, program
from .clock import GRACE, Clock, Outcome, Stopped, until
from .highs import Highs
from .warm import Status, Warm

__all__ = ["GRACE", "Clock", "How", "Outcome", "Rival", "Status", "Stopped", "Warm", "minimise", "race", "until"]

How = Literal["highs", "cbc", "race"]
"""HiGHS in this process; CBC as a child process; or both at once, where the first proof wins."""

HEAD_START: Final = 0.05
"""Seconds that HiGHS has before CBC is started: most solves are over by then, and a child process costs as much."""

LATER: Final = 1.0
"""Seconds after which a third joins where two search already: with two cores it is a burden at first."""

LOOK: Final = 0.01
"""Seconds between two looks at those who search."""


class Rival(Protocol):
    """Somebody who searches, in a thread or process of their own."""

    def begin(self) -> None:
        """Begin to search."""

    @property
    def ended(self) -> bool:
        """Whether the search has come to an end."""
        ...

    def cancel(self) -> None:
        """Ask for an end, with what there is."""

    def end(self) -> None:
        """Leave nothing behind that can be ended."""

    def outcome(self) -> Outcome:
        """What was found so far."""
        ...


def minimise(
    linear: Linear,
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
    how: How = "highs",
    rivals: Sequence[Rival] = (),
    lead: float = 0.0,
) -> Outcome:
    """The values of the columns that make the objective small.

    Parameters
    ----------
    linear
        The programme.
    clock
        How long there is. Ctrl-C ends the search and marks the clock; nothing is raised.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.
    how
        Which solver.
    rivals
        Others who search for the same.
    lead
        Seconds that they have before a solver begins; of two, CBC then and HiGHS after four times as long. At 0 they
        join late.

    Raises
    ------
    SolverTrouble
        The solver failed.
    """
    if how == "cbc":
        return race([(0.0, Cbc(linear, clock, start, gap))], linear.costs, clock)
    others: list[tuple[float, Rival]] = [(0.0 if lead else LATER, rival) for rival in rivals]
    both = how == "race" and program() is not None
    if both:
        others.append((lead or HEAD_START, Cbc(linear, clock, start, gap)))
    highs = Highs(linear, clock, start, gap)
    return race([(4 * lead if both else lead, highs), *others], linear.costs, clock)


def race(rivals: Sequence[tuple[float, Rival]], costs: Floats, clock: Clock) -> Outcome:
    """What the first to prove it found; where nobody does, the best set and the best bound.

    Parameters
    ----------
    rivals
        Those who search, each with the seconds after which it begins.
    costs
        What values are judged by.
    clock
        How long there is.

    Raises
    ------
    SolverTrouble
        A solver failed.
    """
    search = _Race(rivals, costs, clock)
    try:
        return search.outcome()
    except pulp.PulpSolverError as error:
        raise SolverTrouble(f"The solver failed: {error}") from error
    finally:
        search.end()


class _Race:
    """Some who search for the same."""

    def __init__(self, rivals: Sequence[tuple[float, Rival]], costs: Floats, clock: Clock) -> None:
        self._waiting = sorted(rivals, key=lambda each: each[0])
        self._running: list[Rival] = []
        self._costs, self._clock = costs, clock
        self._began = time.monotonic()
        self._told = False

    def outcome(self) -> Outcome:
        """What the first to end found; of those that were stopped, the best."""
        late = self._began + self._clock.left + GRACE
        while not self._over and time.monotonic() < late + GRACE:
            try:
                self._begin()
                time.sleep(self._nap)
            except KeyboardInterrupt:
                self._clock.interrupt()
            if self._clock.interrupted:
                late = min(late, time.monotonic())
            # Solvers do not look at the clock everywhere: they are told, and left behind if they do not hear.
            if self._clock.interrupted or time.monotonic() > late:
                self._cancel()
        return self._best([each.outcome() for each in self._running])

    @property
    def _nap(self) -> float:
        """Short at first: most solves are."""
        return min(LOOK, 0.0002 + 0.1 * (time.monotonic() - self._began))

    def _begin(self) -> None:
        """Let those begin whose time has come."""
        while self._waiting and (self._waiting[0][0] <= time.monotonic() - self._began):
            _, rival = self._waiting.pop(0)
            self._running.append(rival)
            try:
                rival.begin()
            except SolverTrouble as trouble:
                self._out(rival, trouble)

    def _out(self, rival: Rival, trouble: SolverTrouble) -> None:
        """Go on without one that cannot; nobody is left to go on without the last."""
        rival.end()
        self._running.remove(rival)
        if not self._running and not self._waiting:
            raise trouble

    @property
    def _over(self) -> bool:
        """Whether somebody has a proof, or nobody goes on."""
        for each in [rival for rival in self._running if rival.ended]:
            try:
                if each.outcome().stopped == "finished":
                    return True
            except SolverTrouble as trouble:
                self._out(each, trouble)
        return not self._waiting and all(each.ended for each in self._running)

    def _cancel(self) -> None:
        """Tell everybody, once: a second Ctrl-C would end CBC before it has written what it has."""
        if not self._told:
            self._told = True
            self._waiting.clear()
            for each in self._running:
                each.cancel()

    def _best(self, found: Sequence[Outcome]) -> Outcome:
        """The answer of one that finished; else the best set and the best bound of all."""
        proofs = [each for each in found if each.stopped == "finished"]
        if proofs:
            return proofs[0]
        if not found:
            return Outcome(None, float("-inf"), infeasible=False, stopped=self._clock.stopped)
        worth = [(self._value(each.values), at) for at, each in enumerate(found) if each.values is not None]
        values = found[min(worth)[1]].values if worth else None
        return Outcome(values, max(each.bound for each in found), infeasible=False, stopped=found[0].stopped)

    def _value(self, values: Sequence[float]) -> float:
        return float(self._costs @ np.asarray(values))

    def end(self) -> None:
        """Leave nothing behind that can be ended."""
        for each in self._running:
            each.end()
