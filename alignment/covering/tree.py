"""Branch and bound for coverings with penalties, over warm relaxations; one thread or two share the open nodes."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alignment.index import Bools, Floats, Ints
from alignment.solver import Clock, Outcome
from alignment.solver.aside import aside

from .cuts import NEAR, Cuts
from .first import STEPS, first_set
from .problem import Covering

PART: Final = 0.01
"""The part of the gap that is left for a solver's rounding: a node this near to being closed stays open."""

NOISE: Final = 1e-7
"""What a relaxation's value may be off by rounding; in parts of the value and 1."""

DEEP: Final = 4
"""Down to here nodes get cliques and products; deeper ones only rows of pairs."""

SOON: Final = 1.0
"""Seconds in which a search that was told to end does so."""

BRIEF: Final = 300
"""Rounds of the walk where the first relaxation does not settle it; those after some nodes are many more."""

EARLY: Final = 20
"""Nodes before the long walk: many problems are over by then."""

TRIED: Final = 8
"""Columns that are tried before one is branched on."""

TRUSTED: Final = 2
"""Trials each way after which a column is not tried again."""

SHORT: Final = 30
"""Iterations of a trial."""


Small = NDArray[np.int8]
"""Bounds of columns: many nodes are open at a time."""


@dataclass(frozen=True, eq=False)
class Node:
    """A part of the search: bounds of the columns, and no set in it is better than `bound`."""

    bound: float
    low: Small
    high: Small
    depth: int = 0
    basis: Any = None
    owner: Any = None
    branched: tuple[int, int, float, float] | None = None
    """The column, the way, how far it moved, and the value before."""


class Shared:
    """What the threads share: the best set, open nodes, and what branching on a column gave."""

    def __init__(self, covering: Covering, clock: Clock, gap: float) -> None:
        self.covering, self.clock, self.gap = covering, clock, gap
        self.best: Bools | None = None
        self.least = np.inf
        self.turn = threading.Condition()
        self.heap: list[tuple[float, int, Node]] = []
        self.in_hand: dict[Any, float] = {}
        self.number = count()
        self.nodes = 0
        self.gains = np.zeros((2, covering.columns))
        self.trials = np.zeros((2, covering.columns))
        self.cancelled = False
        self.stop: Callable[[], bool] = lambda: False

    @property
    def cutoff(self) -> float:
        """A node with this value or more holds no set that is told apart from the best."""
        return self.least - max(self.gap * (1 - PART), 1e-9 * abs(self.least) if np.isfinite(self.least) else 0.0)

    @property
    def nearly(self) -> float:
        """The cutoff with no part of the gap left for rounding: for a node whose own set is the best."""
        return self.least - self.noise

    @property
    def noise(self) -> float:
        """The gap, or what rounding may be where that is more."""
        return max(self.gap, NOISE * (1 + abs(self.least))) if np.isfinite(self.least) else self.gap

    @property
    def stopped(self) -> bool:
        """Whether to end now."""
        return self.cancelled or self.stop() or self.clock.stopped != "finished"

    def offer(self, chosen: Bools) -> None:
        """A set that may be the best."""
        if not self.covering.holds(chosen):
            return
        cost = self.covering.cost(chosen)
        with self.turn:
            if cost < self.least:
                self.least, self.best = cost, chosen.copy()

    def push(self, nodes: Sequence[Node]) -> None:
        """Put nodes back for anybody."""
        with self.turn:
            for node in nodes:
                heapq.heappush(self.heap, (node.bound, next(self.number), node))
            self.turn.notify_all()

    def take(self, who: Any) -> Node | None:
        """The open node with the least bound; waits while others may still open some."""
        with self.turn:
            self.in_hand.pop(who, None)
            while not self.stopped:
                while self.heap and self.heap[0][0] >= self.cutoff:
                    heapq.heappop(self.heap)
                if self.heap:
                    return self.hold(who, heapq.heappop(self.heap)[2])
                if not self.in_hand:
                    break
                self.turn.wait(0.05)
            self.turn.notify_all()
            return None

    def hold(self, who: Any, node: Node) -> Node:
        """Say which node somebody works on."""
        self.in_hand[who] = node.bound
        self.nodes += 1
        return node

    def bound(self) -> float:
        """No set costs less, as far as is known."""
        with self.turn:
            open_ = [node[0] for node in self.heap] + list(self.in_hand.values())
        # What was closed held no set that is better by the gap.
        return min([self.least - self.noise, *open_])


class Worker:
    """One thread's relaxation, and what it does with a node."""

    def __init__(self, shared: Shared, cuts: Cuts) -> None:
        self.shared, self.cuts = shared, cuts
        self.relaxation = cuts.relaxation

    def run(self, most: float = np.inf) -> None:
        """Work on open nodes until there are none or so many have been looked at, or time is up."""
        node = self.shared.take(self)
        while node is not None:
            if self.shared.stopped or self.shared.nodes > most:
                self.shared.push([node])
                self.shared.in_hand.pop(self, None)
                return
            first, *others = sorted(self.expand(node), key=lambda each: each.bound) or [None]
            self.shared.push([each for each in others if each is not None])
            node = self.shared.take(self) if first is None else self.shared.hold(self, first)

    def settles(self, root: Node) -> bool:
        """Whether the relaxation as it is, without a row added, closes the gap: then no walk is needed."""
        self.relaxation.bound(root.low, root.high)
        value = self._solve()
        if self.relaxation.sure and self.cuts.whole:
            self.shared.offer(self.cuts.z > 0.5)
        return self.relaxation.sure and value >= self.shared.cutoff

    def expand(self, node: Node) -> list[Node]:
        """The parts of a node that may hold a better set."""
        self.relaxation.bound(node.low, node.high)
        if node.owner is self and node.basis is not None:
            self.relaxation.restore(node.basis)
        value = self.tighten(node.depth)
        if self.shared.stopped and not self.relaxation.sure:
            return [node]
        if not self.relaxation.sure:
            return self._blindly(node)
        self._learn(node, value)
        if value >= self.shared.cutoff:
            return []
        if not len(self._loose(node)):
            self.shared.offer(self.cuts.z > 0.5)
            # The set that was found closes the gap; where it does not, what the relaxation said was not true.
            return [] if value >= self.shared.nearly else self._blindly(replace(node, bound=max(value, node.bound)))
        low, high = self._fixed(node, value)
        return self._branches(Node(value, low, high, node.depth, self.relaxation.basis(), self))

    def tighten(self, depth: int) -> float:
        """The value of the relaxation, after adding what its solutions break."""
        value = self._solve()
        history: list[float] = []
        rounds = 60 if depth == 0 else 20 if depth < DEEP else 3
        while self.relaxation.sure and value < self.shared.cutoff and not self.shared.stopped:
            history.append(value)
            if not self.cuts.whole and (len(history) > rounds or self._idle(history, depth)):
                break
            new = self.cuts.state_pairs()
            if depth < DEEP:
                new += self.cuts.state_cliques(0.1 if depth else 0.02)
                new += self.cuts.state_products(0.1 if depth else 0.05, 20 if depth else 200)
            if not new:
                break
            value = self._solve()
        return value

    def _idle(self, history: Sequence[float], depth: int) -> bool:
        """Whether the last rounds gave next to nothing."""
        back = 2 if depth else 6
        rest = self.shared.cutoff - history[-1]
        return len(history) > back and history[-1] - history[-back] < 0.01 * rest

    def _solve(self) -> float:
        self.relaxation.cutoff(self.shared.cutoff)
        value = self.relaxation.solve()
        if not self.relaxation.sure and not self.shared.stopped:
            self.relaxation.forget()
            value = self.relaxation.solve()
        return value

    def _blindly(self, node: Node) -> list[Node]:
        """Branch where the relaxation could not be solved."""
        free = np.flatnonzero(node.low < node.high)
        if not len(free):
            self.shared.offer(node.low > 0.5)
            return []
        return [self._child(node, int(free[0]), way, node.bound, 1.0) for way in (0, 1)]

    def _learn(self, node: Node, value: float) -> None:
        if node.branched is not None and np.isfinite(value):
            column, way, moved, before = node.branched
            self.shared.gains[way, column] += max(0.0, value - before) / moved
            self.shared.trials[way, column] += 1

    def _fixed(self, node: Node, value: float) -> tuple[Small, Small]:
        """Bounds after what reduced costs rule out."""
        rest = self.shared.cutoff - value + NEAR
        size = self.shared.covering.columns
        reduced, z = self.relaxation.reduced[:size], self.cuts.z
        low, high = node.low.copy(), node.high.copy()
        high[(reduced > rest) & (z < 0.5) & (low == 0)] = 0
        low[(reduced < -rest) & (z > 0.5) & (high == 1)] = 1
        return low, high

    def _branches(self, node: Node) -> list[Node]:
        column, bounds = self._choose(node)
        z = float(self.cuts.z[column])
        found = [
            self._child(node, column, way, max(bound, node.bound), abs(way - z)) for way, bound in enumerate(bounds)
        ]
        return [each for each in found if each.bound < self.shared.cutoff]

    def _child(self, node: Node, column: int, way: int, bound: float, moved: float) -> Node:
        low, high = node.low.copy(), node.high.copy()
        low[column] = high[column] = way
        step = (column, way, max(moved, NEAR), node.bound)
        return Node(bound, low, high, node.depth + 1, node.basis, node.owner, step)

    def _loose(self, node: Node) -> Ints:
        """The columns that are neither fixed nor whole."""
        z = self.cuts.z
        return np.flatnonzero((z > NEAR) & (z < 1 - NEAR) & (node.low < node.high))

    def _choose(self, node: Node) -> tuple[int, tuple[float, float]]:
        """The column to branch on, and bounds of both sides."""
        z, loose = self.cuts.z.copy(), self._loose(node)
        expected = self._expected(loose, z[loose])
        order = loose[np.argsort(-expected.prod(axis=0), kind="stable")][:TRIED]
        trials = self.shared.trials[:, order].min(axis=0)
        best, worth = (int(order[0]), (node.bound, node.bound)), -1.0
        for column, tried in zip(order.tolist(), trials.tolist(), strict=True):
            sides = (node.bound, node.bound)
            if tried < TRUSTED:
                sides = self._try(node, column, float(z[column]))
            guess = self._expected(np.array([column]), z[[column]])[:, 0]
            rest = self.shared.cutoff - node.bound + 1
            found = [min(max(side - node.bound, one), rest) for side, one in zip(sides, guess.tolist(), strict=True)]
            if max(sides) >= self.shared.cutoff:
                return column, sides
            if found[0] * found[1] > worth:
                best, worth = (column, sides), found[0] * found[1]
        return best

    def _expected(self, columns: Ints, z: Floats) -> Floats:
        """What branching on columns is expected to give, each way."""
        trials, gains = self.shared.trials, self.shared.gains
        mean = gains.sum(axis=1) / np.maximum(trials.sum(axis=1), 1)
        mean[mean == 0] = 1.0
        each = np.where(trials[:, columns] > 0, gains[:, columns] / np.maximum(trials[:, columns], 1), mean[:, None])
        return np.maximum(each * np.stack([z, 1 - z]), 1e-4)

    def _try(self, node: Node, column: int, z: float) -> tuple[float, float]:
        """Bounds of both sides of a column, and what they teach."""
        bounds = [node.bound, node.bound]
        solution = self.relaxation.values, self.relaxation.reduced
        for way in (0, 1):
            self.relaxation.bound_one(column, float(way), float(way))
            value = self.relaxation.solve(SHORT)
            if np.isfinite(value):
                self.shared.gains[way, column] += max(0.0, value - node.bound) / max(abs(way - z), NEAR)
                self.shared.trials[way, column] += 1
            # A trial that was cut short is a guess, not a bound.
            bounds[way] = max(value, node.bound) if self.relaxation.sure else node.bound
            self.relaxation.bound_one(column, node.low[column], node.high[column])
            self.relaxation.restore(node.basis)
        self.relaxation.values, self.relaxation.reduced = solution
        return bounds[0], bounds[1]


@dataclass(eq=False)
class Tree:
    """A search by branch and bound in threads of its own.

    Attributes
    ----------
    covering
        The problem: all columns whole, no cost or penalty below 0.
    clock
        How long there is.
    start
        A known set.
    gap
        Two sets whose costs differ by less are not told apart.
    threads
        How many search.
    """

    covering: Covering
    clock: Clock
    start: Bools | None = None
    gap: float = 0.0
    threads: int = 1
    done: threading.Event = field(default_factory=threading.Event)
    begun: bool = False
    failure: BaseException | None = None

    def __post_init__(self) -> None:
        self.shared = Shared(self.covering, self.clock, self.gap)

    def begin(self) -> None:
        """Begin to search."""
        self.begun = True
        aside(self._run, self.cancel, self.done)

    @property
    def ended(self) -> bool:
        """Whether it has come to an end."""
        return self.done.is_set()

    def cancel(self) -> None:
        """Tell it to end."""
        self.shared.cancelled = True

    def end(self) -> None:
        """Leave nothing behind: it hears soon, between two relaxations."""
        self.cancel()
        self.done.wait(SOON if self.begun else 0)

    def search(self, stop: Callable[[], bool], least: float) -> None:
        """Search in this thread, for sets that cost less than some number."""
        self.shared.stop, self.shared.least = stop, least
        self._run()
        self.done.set()
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            self._search()
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
            self.failure = error

    def _search(self) -> None:
        shared, size = self.shared, self.covering.columns
        if self.start is not None:
            shared.offer(self.start)
        self._walk(0)
        shared.push([Node(-np.inf, np.zeros(size, dtype=np.int8), np.ones(size, dtype=np.int8))])
        worker = Worker(shared, Cuts(self.covering, self.clock))
        root = shared.take(worker)
        if root is None:
            return
        if not worker.settles(root):
            self._walk(BRIEF)
        shared.push(worker.expand(root))
        shared.in_hand.clear()
        worker.cuts.forget_slack()
        worker.run(EARLY)
        if shared.heap:
            self._walk(STEPS)
            self._share(worker)

    def _walk(self, steps: int) -> None:
        """Look for a good set; the walk knows nothing of further rows."""
        if not self.covering.also.shape[0]:
            self.shared.offer(first_set(self.covering, lambda: self.shared.stopped, self.start, steps))

    def _share(self, worker: Worker) -> None:
        ends = [threading.Event() for _ in range(self.threads - 1)]
        for end in ends:
            aside(self._guarded(Worker(self.shared, worker.cuts.twin())), self.cancel, end)
        worker.run()
        for end in ends:
            end.wait()

    def _guarded(self, worker: Worker) -> Callable[[], None]:
        """One that fails ends all: nobody else knows what it had in hand."""

        def run() -> None:
            try:
                worker.run()
            except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits
                self.failure = error
                self.cancel()

        return run

    def outcome(self) -> Outcome:
        """What it found."""
        if self.failure is not None:
            raise self.failure
        shared = self.shared
        values = None if shared.best is None else tuple(self.covering.values(shared.best).tolist())
        if self.ended and not shared.heap and not shared.in_hand:
            # Every part of the search ended in numbers that prove it: no solver's word is in it.
            return Outcome(values, shared.bound(), infeasible=values is None, stopped="finished", certain=True)
        stopped = "time limit" if self.clock.stopped == "finished" else self.clock.stopped
        return Outcome(values, self._bound(), infeasible=False, stopped=stopped)

    def _bound(self) -> float:
        """While a node is between two hands nobody knows its bound: only what is at rest counts."""
        return self.shared.bound() if self.ended and self.shared.heap else -np.inf
