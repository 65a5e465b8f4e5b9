"""The split of a signed graph into camps with the least against the grain: a start, a bound, a proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.index import Ints
from alignment.solver import Clock, How, Outcome, minimise

from .cycles import violated
from .local_search import neighbours, rounded, shaken, starts
from .programme import Model
from .signed_graph import Signed, canonical

SLACK: Final = 1e-6
"""How far a solver's bound may be off, in units of the objective."""

ROUNDS: Final = 200
"""How often violated cycles are looked for."""

LARGEST: Final = 3_000_000
"""A programme whose rows hold more numbers is not solved: writing it down alone would take longer than people wait."""

DIGITS: Final = 1 << 16
"""The places of so many splits are told apart in one search for the first."""


@dataclass(frozen=True, eq=False)
class Split:
    """The best split found and how sure that is.

    Attributes
    ----------
    camps
        The camp of each node.
    cost
        The weight against the grain.
    bound
        No split has less.
    unique
        Whether no other split of any connected part is as good, but for the names of camps; None is not known.
    first
        Whether it is proved that no split as good comes first.
    """

    camps: Ints
    cost: int
    bound: int
    unique: bool | None
    first: bool


def best_split(graph: Signed, k: int, clock: Clock, how: How = "highs") -> Split:
    """The first of the best splits into at most k camps.

    The first: with camps numbered in the order of their first nodes, the row of numbers that comes first.

    Parameters
    ----------
    graph
        Every node has an edge.
    k
        The most camps.
    clock
        How long there is; Ctrl-C ends the search and marks it.
    how
        Which solver.
    """
    parts = graph.components()
    searches = [_Search(graph.part(nodes), min(k, len(nodes)), clock, how) for nodes in parts]
    for search in searches:
        search.begin()
    # The small ones are soon done; one that is not should not keep them waiting.
    for search in sorted(searches, key=lambda search: search.graph.size):
        search.go_on()
    camps = np.zeros(graph.size, dtype=np.int64)
    for nodes, search in zip(parts, searches, strict=True):
        camps[nodes] = search.best
    return Split(
        camps,
        sum(search.cost for search in searches),
        sum(search.bound for search in searches),
        _all([search.unique for search in searches]),
        all(search.first for search in searches),
    )


def _all(known: Sequence[bool | None]) -> bool | None:
    if False in known:
        return False
    return None if None in known else True


class _Search:
    """The search in one connected part."""

    def __init__(self, graph: Signed, k: int, clock: Clock, how: How) -> None:
        self.graph, self.k, self.clock = graph, k, clock
        self.how: How = how
        self.model = Model(graph, k)
        self.best = np.zeros(graph.size, dtype=np.int64)
        self.cost = graph.cost(self.best)
        self.bound = 0
        self.unique: bool | None = None
        self.first = False

    def begin(self) -> None:
        """Look for a good split."""
        self._run(self._start)

    def go_on(self) -> None:
        """Prove that it is the best, or find a better one; then whether it is the only one, and the first."""
        for step in (self._cycles, self._shake, self._prove, self._other, self._first):
            self._run(step)

    def _run(self, step: Callable[[], None]) -> None:
        if self.clock.interrupted:
            return
        try:
            step()
        except KeyboardInterrupt:
            self.clock.interrupt()

    @property
    def _going(self) -> bool:
        return self.clock.stopped == "finished"

    @property
    def _proven(self) -> bool:
        return self.bound >= self.cost

    def _take(self, camps: Ints) -> None:
        """A split, if it is better, or as good and first."""
        camps = canonical(camps)
        cost = self.graph.cost(camps)
        if (cost, camps.tolist()) < (self.cost, self.best.tolist()):
            self.best, self.cost = camps, cost

    def _raise(self, bound: float) -> None:
        if np.isfinite(bound):
            self.bound = max(self.bound, int(np.ceil(bound - SLACK)))

    def _start(self) -> None:
        if self.k == 1:
            self.bound = self.cost
            return
        for camps in starts(self.graph, self.k):
            self._take(camps)
            if self.cost == 0 or not self._going:
                return

    # The bound

    def _cycles(self) -> None:
        f = np.zeros(len(self.graph.weights))
        for _ in range(ROUNDS):
            if self._proven or not self._going or not self.model.add(violated(self.graph, self.k, f)):
                return
            outcome = minimise(self.model.covering(), self.clock, how=self.how)
            if outcome.stopped != "finished" or outcome.values is None:
                return
            self._raise(outcome.bound)
            f = np.array(outcome.values)
            self._take(rounded(self.graph, self.k, f))

    def _shake(self) -> None:
        if self._proven or not self._going:
            return
        for camps in shaken(self.graph, self.k, self.best):
            self._take(camps)
            if self._proven or not self._going:
                return

    @property
    def _small(self) -> bool:
        return self.model.entries <= LARGEST

    def _prove(self) -> None:
        if self._proven or not self._going or not self._small:
            return
        outcome = minimise(self.model.linear(), self.clock, self.model.values(self.best), 1 - SLACK, self.how)
        self._accept(outcome)
        self._raise(outcome.bound)

    def _accept(self, outcome: Outcome) -> bool:
        """Take the split that values mean, rounded; whether that changes anything."""
        if outcome.values is None:
            return False
        before = self.best
        self._take(self.model.camps(outcome.values))
        return self.best is not before

    # Is it the only one, and the first

    def _other(self) -> None:
        if self.k == 1:
            self.unique = True
        if self.unique is not None or not self._proven or not self._going:
            return
        if self._tie():
            self.unique = False
            return
        if not self._small:
            return
        linear = self.model.linear(most=self.cost, without=self.best)
        outcome = minimise(linear, self.clock, how=self.how)
        if outcome.infeasible or outcome.bound > self.cost + 0.5:
            self.unique = True
        elif outcome.values is not None:
            other = canonical(self.model.camps(outcome.values))
            if self.graph.cost(other) == self.cost and other.tolist() != self.best.tolist():
                self.unique = False
                self._take(other)

    def _tie(self) -> bool:
        """Whether one node can change camps at no cost; every such change to an earlier split is made."""
        found, again = False, True
        while again:
            before = self.best
            for other in neighbours(self.graph, self.k, before):
                found = True
                self._take(other)
            again = self.best is not before
        return found

    def _first(self) -> None:
        if self.unique:
            self.first = True
        if self.unique is not False or not self._small:
            return
        length = max(1, int(np.log(DIGITS) / np.log(self.k)))
        for at in range(1, self.graph.size, length):
            if not self._going:
                return
            nodes = np.arange(at, min(at + length, self.graph.size))
            if not self.best[nodes].any():
                continue
            linear = self.model.linear(most=self.cost, held=self.best[:at], first=nodes)
            outcome = minimise(linear, self.clock, self.model.values(self.best), 1 - SLACK, self.how)
            self._accept(outcome)
            if outcome.stopped != "finished":
                return
        self.first = True
