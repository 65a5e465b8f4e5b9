"""The only place that knows PuLP, HiGHS and CBC: one solve of a linear programme.

What a solver says is three things: why it stopped, the values it found, and a bound. Values are taken only where it has
a whole set; whether that is proven is decided in whole numbers by the caller.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final, Literal

import pulp  # pyright: ignore[reportMissingTypeStubs]

from alignment.errors import SolverTrouble
from alignment.linear import Linear

from .cbc import Cbc, program
from .clock import GRACE, Clock, Outcome, Stopped
from .highs import Highs
from .problem import problem_of

__all__ = ["GRACE", "Clock", "How", "Outcome", "Stopped", "minimise"]

How = Literal["highs", "cbc", "race"]
"""HiGHS in this process; CBC as a child process; or both at once, where the first proof wins."""

HEAD_START: Final = 0.05
"""Seconds that HiGHS has before CBC is started: most solves are over by then, and a child process costs as much."""

LOOK: Final = 0.005
"""Seconds between two looks at a child process."""


def minimise(
    linear: Linear,
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
    how: How = "highs",
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

    Raises
    ------
    SolverTrouble
        The solver failed.
    """
    search = _Search(linear, clock, start, gap, how)
    try:
        return search.outcome()
    except pulp.PulpSolverError as error:
        raise SolverTrouble(f"The solver failed: {error}") from error
    finally:
        search.end()


class _Search:
    """One or two solvers at one problem."""

    def __init__(self, linear: Linear, clock: Clock, start: Sequence[float] | None, gap: float, how: How) -> None:
        self._linear, self._clock, self._start, self._gap = linear, clock, start, gap
        self._problem, self._variables = problem_of(linear)
        self._highs: Highs | None = None
        self._cbc: Cbc | None = None
        if how != "cbc":
            self._highs = Highs(linear, clock, start, gap)
            self._highs.begin(self._problem)
        self._cbc_at = 0.0 if how == "cbc" else HEAD_START
        self._wants_cbc = how == "cbc" or (how == "race" and program() is not None)

    def outcome(self) -> Outcome:
        """What the first to end found; of those that were stopped, the best."""
        began = time.monotonic()
        late = began + self._clock.left + GRACE
        while not self._over and time.monotonic() < late + GRACE:
            try:
                self._wait()
                if self._wants_cbc and not self._over and time.monotonic() >= began + self._cbc_at:
                    self._begin_cbc()
            except KeyboardInterrupt:
                self._clock.interrupt()
            if self._clock.interrupted:
                late = min(late, time.monotonic())
            # Solvers do not look at the clock everywhere: they are told, and left behind if they do not hear.
            if self._clock.interrupted or time.monotonic() > late:
                self._cancel()
        return self._best([each.outcome() for each in (self._highs, self._cbc) if each is not None])

    def _begin_cbc(self) -> None:
        self._wants_cbc = False
        self._cbc = Cbc(self._problem, self._variables, self._clock, self._start, self._gap)

    @property
    def _over(self) -> bool:
        """Whether somebody has a proof, or nobody goes on."""
        ends = [] if self._highs is None else [self._highs.done.is_set()]
        ends += [] if self._cbc is None else [self._cbc.ended]
        if self._wants_cbc and (self._highs is None or not all(ends)):
            return False
        return all(ends) or any(self._proofs())

    def _proofs(self) -> list[bool]:
        found = [self._highs.outcome()] if self._highs is not None and self._highs.done.is_set() else []
        found += [self._cbc.outcome()] if self._cbc is not None and self._cbc.ended else []
        return [each.stopped == "finished" for each in found]

    def _wait(self) -> None:
        if self._cbc is None and self._highs is not None:
            self._highs.done.wait(HEAD_START if self._wants_cbc else 0.1)
        elif self._cbc is not None:
            time.sleep(LOOK)

    def _cancel(self) -> None:
        self._wants_cbc = False
        if self._highs is not None:
            self._highs.cancel()
        if self._cbc is not None:
            self._cbc.cancel()

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
        return float(self._linear.costs @ values)

    def end(self) -> None:
        """Leave nothing behind that can be ended."""
        if self._highs is not None and not self._highs.done.is_set():
            self._highs.cancel()
        if self._cbc is not None:
            self._cbc.end()
