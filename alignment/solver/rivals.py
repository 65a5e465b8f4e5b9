"""Some who search for the same: what the first to prove it found. What they say is checked before it is believed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

import numpy as np
import pulp  # pyright: ignore[reportMissingTypeStubs]

from alignment.errors import SolverTrouble
from alignment.linear import Linear

from .check import claim, doubted, holds, objective, point
from .clock import GRACE, Clock, Outcome

Values = tuple[float, ...] | None

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


def race(
    rivals: Sequence[tuple[float, Rival]],
    linear: Linear,
    clock: Clock,
    gap: float = 0.0,
    known: Sequence[float] | None = None,
    agree: int = 1,
) -> Outcome:
    """What the first to prove it found; where nobody does, the best set and the best bound.

    Who says what cannot be true is out, and the others go on.

    Parameters
    ----------
    rivals
        Those who search, each with the seconds after which it begins.
    linear
        The programme: what they say is held against it.
    clock
        How long there is.
    gap
        Two sets whose objectives differ by less are not told apart.
    known
        Values of a known set, if they are one.
    agree
        How many have to say that there is no set, of those who can say anything.

    Returns
    -------
    Outcome
        Stopped as solvers disagree where there was time left and nobody said anything that can be true.

    Raises
    ------
    SolverTrouble
        A solver failed, and nobody else was left.
    """
    search = _Race(rivals, _Claims(linear, gap, known), clock, agree)
    try:
        return search.outcome()
    except pulp.PulpSolverError as error:
        raise SolverTrouble(f"The solver failed: {error}") from error
    finally:
        search.end()


class _Claims:
    """What was said, held against the programme and everything that is known of it."""

    def __init__(self, linear: Linear, gap: float, known: Sequence[float] | None) -> None:
        self._linear, self._gap = linear, gap
        self._known = tuple(known) if known is not None and holds(linear, known) else None
        self._least = np.inf if self._known is None else objective(linear, self._known)

    def learn(self, outcome: Outcome) -> Values:
        """A set that somebody has, whatever else is said of it."""
        values = point(self._linear, outcome)
        if values is not None and (value := objective(self._linear, values)) < self._least:
            self._least, self._known = value, values
        return values

    def checked(self, outcome: Outcome, values: Values) -> Outcome:
        """What of an outcome can be true, its set being known."""
        return claim(self._linear, outcome, values, self._gap, self._least)

    def best(self, bound: float) -> Outcome:
        """The best set that is known, with a bound that somebody has, and no proof."""
        return doubted(self._known, bound)


class _Race:
    """Some who search for the same."""

    def __init__(self, rivals: Sequence[tuple[float, Rival]], claims: _Claims, clock: Clock, agree: int) -> None:
        self._waiting = sorted(rivals, key=lambda each: each[0])
        self._running: list[Rival] = []
        self._heard: dict[int, tuple[Outcome, Values]] = {}
        self._claims, self._clock, self._agree = claims, clock, agree
        self._began = time.monotonic()
        self._told = False

    def outcome(self) -> Outcome:
        """What the first to end with a proof found; of those that have none, the best."""
        late = self._began + self._clock.left + GRACE
        proof = None
        while proof is None and not self._over and time.monotonic() < late + GRACE:
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
            proof = self._proof()
        return self._best() if proof is None else proof

    @property
    def _nap(self) -> float:
        """Short at first: most solves are."""
        return min(LOOK, 0.0002 + 0.1 * (time.monotonic() - self._began))

    @property
    def _over(self) -> bool:
        """Whether all that will ever be said was heard: one that has just ended may have a proof."""
        return not self._waiting and all(id(each) in self._heard for each in self._running)

    def _begin(self) -> None:
        """Let those begin whose time has come, and the next where nobody goes on and there is time."""
        if self._running and self._over_time:
            self._waiting.clear()
        while self._waiting and (self._due or all(id(each) in self._heard for each in self._running)):
            _, rival = self._waiting.pop(0)
            self._running.append(rival)
            try:
                rival.begin()
            except SolverTrouble as trouble:
                self._out(rival, trouble)

    @property
    def _over_time(self) -> bool:
        return self._clock.stopped != "finished" and all(each.ended for each in self._running)

    @property
    def _due(self) -> bool:
        return self._waiting[0][0] <= time.monotonic() - self._began

    def _out(self, rival: Rival, trouble: SolverTrouble) -> None:
        """Go on without one that cannot; nobody is left to go on without the last."""
        rival.end()
        self._running.remove(rival)
        if not self._running and not self._waiting:
            raise trouble

    def _proof(self) -> Outcome | None:
        """What somebody says who ended and can be right."""
        new = [each for each in self._running if each.ended and id(each) not in self._heard]
        for each in new:
            try:
                outcome = each.outcome()
                self._heard[id(each)] = outcome, self._claims.learn(outcome)
            except SolverTrouble as trouble:
                self._out(each, trouble)
        return self._believed() if new else None

    def _believed(self) -> Outcome | None:
        for each in self._running:
            # A set that somebody has who goes on, too, can show that somebody else is wrong.
            if id(each) not in self._heard:
                self._claims.learn(each.outcome())
        told = [self._claims.checked(*heard) for heard in self._heard.values()]
        proofs = [each for each in told if each.stopped == "finished"]
        sure = [each for each in proofs if each.certain or not each.infeasible]
        if sure:
            return sure[0]
        # Who ended without a word that can be true, with time left, has nothing to say on it.
        dumb = len(told) - len(proofs) if self._clock.stopped == "finished" else 0
        others = len(self._running) + len(self._waiting) - dumb
        return proofs[0] if proofs and len(proofs) >= min(self._agree, others) else None

    def _cancel(self) -> None:
        """Tell everybody, once: a second Ctrl-C would end CBC before it has written what it has."""
        if not self._told:
            self._told = True
            self._waiting.clear()
            for each in self._running:
                each.cancel()

    def _best(self) -> Outcome:
        """The best set and the best bound of all."""
        found = list(self._heard.values())
        others = [rival.outcome() for rival in self._running if id(rival) not in self._heard]
        found += [(each, self._claims.learn(each)) for each in others]
        best = self._claims.best(max((self._claims.checked(*each).bound for each in found), default=-np.inf))
        return best if self._clock.stopped == "finished" else replace(best, stopped=self._clock.stopped)

    def end(self) -> None:
        """Leave nothing behind that can be ended."""
        for each in self._running:
            each.end()
