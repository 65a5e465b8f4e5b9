"""For coverings too large for a linear programme: a good set and a bound, and a search among what they leave open."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from alignment.index import Bools, Ints
from alignment.solver import Clock, Outcome
from alignment.solver.aside import aside

from .first import STEPS, WORK, first_set
from .lagrange import Priced, priced
from .problem import Covering
from .tree import Tree

FINE: Final = 8
"""Each walk may be this many times as long as the one before."""


@dataclass(eq=False)
class Estimate:
    """A search for a set and a bound in a thread of its own.

    Attributes
    ----------
    covering
        The problem, without further rows; all columns whole, no cost or penalty below 0.
    clock
        How long there is.
    start
        A known set.
    gap
        Two sets whose costs differ by less are not told apart.
    small
        Entries from which on branch and bound takes over.
    """

    covering: Covering
    clock: Clock
    start: Bools | None
    gap: float
    small: float
    best: Bools | None = None
    bound: float = 0.0
    proven: bool = False
    cancelled: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None

    def begin(self) -> None:
        """Begin to search."""
        aside(self._run, self.cancel, self.done)

    @property
    def ended(self) -> bool:
        """Whether it has come to an end."""
        return self.done.is_set()

    def cancel(self) -> None:
        """Tell it to end."""
        self.cancelled = True

    def end(self) -> None:
        """Leave nothing behind."""
        self.cancel()

    def _stopped(self) -> bool:
        return self.cancelled or self.clock.stopped != "finished"

    def _run(self) -> None:
        try:
            self._search()
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
            self.failure = error

    def _search(self) -> None:
        """Walk, then a bound, then a search among the columns that it does not rule out; and longer walks."""
        self.best, times = self.start, 1
        while not self._stopped() and not self.proven:
            self.best = first_set(self.covering, self._stopped, self.best, STEPS * times, WORK * times)
            least = self.covering.cost(self.best)
            found = priced(self.covering, least, self._stopped)
            self.bound = max(self.bound, found.bound - 1e-6 * abs(found.bound))
            self.proven = self.bound > least - self.gap
            times *= FINE
            if not self.proven:
                self._among(self._open(found, least), least)

    def _open(self, found: Priced, least: float) -> Ints:
        """Columns that a set cheaper than the best may have."""
        return np.flatnonzero(found.reduced <= least - self.gap - found.bound + 1e-6 * abs(found.bound))

    def _among(self, columns: Ints, least: float) -> None:
        """Search among some columns, if they are few enough: all cheaper sets are made of them."""
        part = _part(self.covering, columns)
        if part.matrix.nnz > self.small:
            return
        start = None if self.best is None else self.best[columns]
        if start is not None and not part.holds(start):
            start = None
        tree = Tree(part, self.clock, start, self.gap)
        tree.search(self._stopped, least)
        chosen = tree.shared.best
        if chosen is not None and part.cost(chosen) < least:
            self.best = np.zeros(self.covering.columns, dtype=bool)
            self.best[columns[chosen]] = True
        found = tree.outcome()
        self.proven = found.stopped == "finished"
        self.bound = max(self.bound, min(least - self.gap, found.bound))

    def outcome(self) -> Outcome:
        """What it found so far."""
        if self.failure is not None:
            raise self.failure
        best = self.best
        values = None if best is None else tuple(self.covering.values(best).tolist())
        if best is not None and self.proven:
            return Outcome(values, self.covering.cost(best) - self.gap, infeasible=False, stopped="finished")
        stopped = "time limit" if self.clock.stopped == "finished" else self.clock.stopped
        return Outcome(values, self.bound, infeasible=False, stopped=stopped)


def _part(covering: Covering, columns: Ints) -> Covering:
    """The problem with some columns only."""
    place = np.full(covering.columns, -1)
    place[columns] = np.arange(len(columns))
    pairs = (place[covering.pairs] >= 0).all(axis=1)
    return replace(
        covering,
        matrix=covering.matrix[:, columns],
        costs=covering.costs[columns],
        pairs=place[covering.pairs[pairs]],
        penalties=covering.penalties[pairs],
        whole=covering.whole[columns],
    )
