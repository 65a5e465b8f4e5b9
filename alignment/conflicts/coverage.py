r"""At most k sets that cover the most weight, as a 0-1 programme.

.. math::
    \max \sum_f w_f y_f \quad \text{with} \quad y_f \le \sum_{c \ni f} z_c, \quad \sum_c z_c \le k, \quad
    z_c \in \{0, 1\}, \quad 0 \le y_f \le 1

The maximum coverage problem (Church and ReVelle 1974); the greedy start reaches 1 - 1/e of it at least (Nemhauser,
Wolsey and Fisher 1978). Weights are whole numbers and sums are made again from the sets, so a proof is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace, nlargest
from itertools import islice
from math import gcd
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Floats, positions
from alignment.linear import Linear
from alignment.solver import Clock, How, Outcome, minimise

SLACK: Final = 1e-3
"""How far a solver's bound may be off, in units of the objective."""


@dataclass(frozen=True)
class Stage:
    """What at most so many sets cover.

    Attributes
    ----------
    chosen
        The sets, as places in order.
    weight
        What they cover.
    bound
        So many sets cover no more.
    able
        The sets that could be among so many that cover as much.
    """

    chosen: tuple[int, ...]
    weight: int
    bound: int
    able: tuple[int, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether so many sets cover no more."""
        return self.weight == self.bound


class Coverage:
    """Sets to choose from.

    Parameters
    ----------
    weights
        Of each element, whole and not below 0.
    sets
        Elements of each set, as bits by place.
    clock
        How long there is; Ctrl-C ends the search and marks it.
    how
        Which solver.
    """

    def __init__(self, weights: Sequence[int], sets: Sequence[int], clock: Clock, how: How = "highs") -> None:
        self.weights, self.sets, self.clock = weights, sets, clock
        self.how: How = how
        self.sizes = [self._sum(elements) for elements in sets]
        self.all = self.weight(range(len(sets)))
        self._adding: list[int] = []
        self._next_best = self._adds_most()

    def weight(self, chosen: Sequence[int]) -> int:
        """What sets cover."""
        return self._sum(self._union(chosen))

    def _union(self, chosen: Sequence[int]) -> int:
        found = 0
        for place in chosen:
            found |= self.sets[place]
        return found

    def _sum(self, elements: int) -> int:
        return sum(self.weights[element] for element in bits(elements))

    def stages(self, most: int) -> list[Stage]:
        """What 1 set covers, what 2 do, up to so many.

        Parameters
        ----------
        most
            The most sets.
        """
        found: list[Stage] = []
        for k in range(1, most + 1):
            before = found[-1] if found else Stage((), 0, 0)
            found.append(before if before.weight == self.all else self._stage(k, before))
        return found

    def _stage(self, k: int, before: Stage) -> Stage:
        """What at most k sets cover."""
        best = max((before.chosen, self._greedy(k)), key=lambda chosen: (self.weight(chosen), -len(chosen)))
        bound = min(self.all, self._bound(k, best), before.bound + max(self.sizes))
        able = self._able(before, best)
        if self.weight(best) < bound and self.clock.stopped == "finished":
            programme = _Programme(self.weights, [self.sets[place] for place in able])
            start = [place for place, name in enumerate(able) if name in best]
            outcome = self._ask(programme.most(k), programme.values(start))
            if np.isfinite(outcome.bound):
                bound = min(bound, max(self.weight(best), programme.whole(-outcome.bound)))
            best = max((best, _chosen(outcome, able)), key=self.weight)
        return Stage(tuple(sorted(best)), self.weight(best), max(self.weight(best), bound), self._able(before, best))

    def _able(self, before: Stage, best: Sequence[int]) -> tuple[int, ...]:
        """The sets with which one more than before could cover as much: no others do, whatever stands beside them."""
        least = self.weight(best) - before.bound
        return tuple(place for place, size in enumerate(self.sizes) if size >= least)

    def _bound(self, k: int, chosen: Sequence[int]) -> int:
        """Any k sets add to the chosen no more than the k that add most, each by itself."""
        covered = self._union(chosen)
        return self._sum(covered) + sum(nlargest(k, (self._sum(elements & ~covered) for elements in self.sets)))

    def _greedy(self, k: int) -> tuple[int, ...]:
        """Whatever adds most, again and again; of equals the first."""
        self._adding.extend(islice(self._next_best, max(0, k - len(self._adding))))
        return tuple(self._adding[:k])

    def _adds_most(self) -> Iterator[int]:
        """The set that adds most to those before it, then the next; what a set adds only ever becomes less."""
        heap = [(-size, place) for place, size in enumerate(self.sizes)]
        heapify(heap)
        covered = 0
        while heap:
            _, place = heap[0]
            adds = self._sum(self.sets[place] & ~covered)
            heapreplace(heap, (-adds, place))
            if heap[0][1] == place:
                heappop(heap)
                covered |= self.sets[place]
                if not adds:
                    return
                yield place

    def _ask(self, linear: Linear, start: Sequence[float]) -> Outcome:
        try:
            return minimise(linear, self.clock, start, 1 - SLACK, self.how)
        except KeyboardInterrupt:
            self.clock.interrupt()
            return Outcome(None, -np.inf, infeasible=False, stopped="interrupted")

    def first(self, stage: Stage) -> tuple[tuple[int, ...], bool]:
        """Of all choices that cover as much with as many sets the first, by place; and whether that is proved.

        Parameters
        ----------
        stage
            The choice.
        """
        chosen, able = stage.chosen, stage.able
        programme = _Programme(self.weights, [self.sets[place] for place in able])
        for number in range(len(chosen)):
            if self.clock.stopped != "finished":
                return chosen, False
            inside = [able.index(place) for place in chosen]
            linear = programme.next(inside[:number], len(chosen), stage.weight)
            outcome = self._ask(linear, programme.values(inside, inside[number]))
            found = _chosen(outcome, able)
            same = len(found) == len(chosen) and self.weight(found) == stage.weight
            if outcome.stopped != "finished" or not same:
                return chosen, False
            chosen = found
        return chosen, True


def _chosen(outcome: Outcome, able: Sequence[int]) -> tuple[int, ...]:
    """The sets that values mean."""
    if outcome.values is None:
        return ()
    return tuple(place for place, value in zip(able, outcome.values, strict=False) if value > 0.5)


class _Programme:
    """The programme of some sets: a column for each, then one for each item, then where asked one for each set again.

    An item is what the same sets cover.
    """

    def __init__(self, weights: Sequence[int], sets: Sequence[int]) -> None:
        self.size = len(sets)
        self.items = _items(weights, sets)
        self.unit = gcd(*self.items.values()) or 1

    def whole(self, bound: float) -> int:
        """A bound of the programme as a weight."""
        return int(np.floor(bound + SLACK)) * self.unit

    def most(self, k: int) -> Linear:
        """Cover the most with at most k sets."""
        size, number = self.size, len(self.items)
        costs = np.concatenate([np.zeros(size), -self._weights()])
        rows = sparse.vstack([self._covered(0), _row(np.ones(size), size + number)]).tocsr()
        least, most = np.append(np.zeros(number), -np.inf), np.append(np.full(number, np.inf), k)
        return self._linear(costs, rows, least, most)

    def next(self, held: Sequence[int], k: int, weight: int) -> Linear:
        """The first set after those that are held, of k sets that cover so much."""
        size, number = self.size, len(self.items)
        width = 2 * size + number
        ends = np.zeros(width)
        ends[size + number + (held[-1] + 1 if held else 0) :] = 1
        below = sparse.hstack([sparse.eye_array(size), sparse.csr_array((size, number)), -sparse.eye_array(size)])
        covers = _row(np.concatenate([np.zeros(size), self._weights()]), width)
        count = _row(np.ones(size), width)
        rows = sparse.vstack([self._covered(size), below, covers, count, _row(ends, width)]).tocsr()
        least = np.concatenate([np.zeros(number + size), [weight // self.unit - 0.5, k, 1]])
        most = np.concatenate([np.full(number + size + 1, np.inf), [k, 1]])
        costs = np.concatenate([np.zeros(size + number), np.arange(size, dtype=float)])
        return self._linear(costs, rows, least, most, held)

    def values(self, chosen: Sequence[int], then: int | None = None) -> list[float]:
        """The columns of a choice, and of the set that comes next in it."""
        inside = set(chosen)
        items = [float(any(place in inside for place in places)) for places in self.items]
        own = [float(place in inside) for place in range(self.size)]
        return [*own, *items, *(float(place == then) for place in range(0 if then is None else self.size))]

    def _linear(self, costs: Floats, rows: Any, least: Floats, most: Floats, held: Sequence[int] = ()) -> Linear:
        lower, upper = np.zeros(len(costs)), np.ones(len(costs))
        lower[list(held)] = 1
        return Linear(costs, rows, least, most, lower, upper, np.arange(len(costs)) < self.size)

    def _weights(self) -> Floats:
        return np.array([weight // self.unit for weight in self.items.values()], dtype=float)

    def _covered(self, more: int) -> Any:
        """An item is covered where one of its sets is chosen."""
        size, number = self.size, len(self.items)
        places = [place for places in self.items for place in places]
        at = np.repeat(np.arange(number), [len(places) for places in self.items])
        sets = sparse.csr_array((np.ones(len(places)), (at, np.array(places, dtype=np.int64))), shape=(number, size))
        return sparse.hstack([sets, -sparse.eye_array(number), sparse.csr_array((number, more))])


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, in order.

    >>> list(bits(0b1011))
    [0, 1, 3]
    """
    octets = number.to_bytes((number.bit_length() + 7) // 8, "little")
    return iter(positions(np.flatnonzero(np.unpackbits(np.frombuffer(octets, dtype=np.uint8), bitorder="little"))))


def _items(weights: Sequence[int], sets: Sequence[int]) -> Mapping[tuple[int, ...], int]:
    """What is covered by the same sets, together: the sets, and the weight."""
    within: dict[int, list[int]] = defaultdict(list)
    for place, elements in enumerate(sets):
        for element in bits(elements):
            within[element].append(place)
    found: dict[tuple[int, ...], int] = defaultdict(int)
    for element, places in sorted(within.items()):
        if weights[element]:
            found[tuple(places)] += weights[element]
    return dict(found)


def _row(numbers: Floats, width: int) -> Any:
    return sparse.csr_array(np.pad(numbers, (0, width - len(numbers))).reshape(1, -1))
