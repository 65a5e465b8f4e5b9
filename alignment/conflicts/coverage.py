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
from math import gcd
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Floats
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
    """

    chosen: tuple[int, ...]
    weight: int
    bound: int

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
        self.items = _items(weights, sets)
        self.unit = gcd(*self.items.values()) or 1
        self.all = sum(self.items.values())

    def weight(self, chosen: Sequence[int]) -> int:
        """What sets cover."""
        covered = 0
        for place in chosen:
            covered |= self.sets[place]
        return self._sum(covered)

    def _sum(self, elements: int) -> int:
        return sum(self.weights[element] for element in bits(elements))

    def stages(self, most: int) -> list[Stage]:
        """What 1 set covers, what 2 do, up to so many; the last with the first sets of those that are as good.

        Parameters
        ----------
        most
            The most sets.
        """
        found: list[Stage] = []
        for k in range(1, most + 1):
            before = found[-1] if found else Stage((), 0, 0)
            done = before.proven and (before.weight == self.all or k > len(self.sets))
            found.append(before if done else self._stage(k, before))
        return found

    def _stage(self, k: int, before: Stage) -> Stage:
        """What at most k sets cover."""
        best = max((before.chosen, self._greedy(k)), key=lambda chosen: (self.weight(chosen), -len(chosen)))
        bound = self.all
        if k == 1:
            # The greedy one is the best.
            bound = self.weight(best)
        elif self.weight(best) < bound and self.clock.stopped == "finished":
            outcome = self._ask(self._programme(k), self._values(best))
            best = self._better(outcome, best)
            if np.isfinite(outcome.bound):
                bound = min(bound, int(np.floor(-outcome.bound + SLACK)) * self.unit)
        weight = self.weight(best)
        if weight == before.weight:
            best = before.chosen
        return Stage(tuple(sorted(best)), weight, max(weight, bound))

    def _greedy(self, k: int) -> tuple[int, ...]:
        """Whatever adds most, again and again."""
        chosen: list[int] = []
        covered = 0
        for _ in range(min(k, len(self.sets))):
            adds = [self._sum(elements & ~covered) for elements in self.sets]
            best = max(range(len(adds)), key=adds.__getitem__)
            if not adds[best]:
                break
            chosen.append(best)
            covered |= self.sets[best]
        return tuple(chosen)

    def _better(self, outcome: Outcome, best: tuple[int, ...]) -> tuple[int, ...]:
        """The sets that values mean, where they cover more."""
        if outcome.values is None:
            return best
        found = tuple(place for place in range(len(self.sets)) if outcome.values[place] > 0.5)
        return found if self.weight(found) > self.weight(best) else best

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
        held: list[int] = []
        for _ in stage.chosen:
            if self.clock.stopped != "finished":
                return stage.chosen, False
            nearest = [float(place == stage.chosen[len(held)]) for place in range(len(self.sets))]
            outcome = self._ask(self._next(stage, held), [*self._values(stage.chosen), *nearest])
            found = self._found(outcome, stage)
            if outcome.stopped != "finished" or found is None:
                return stage.chosen, False
            stage = Stage(found, stage.weight, stage.bound)
            held.append(found[len(held)])
        return stage.chosen, True

    def _found(self, outcome: Outcome, stage: Stage) -> tuple[int, ...] | None:
        if outcome.values is None:
            return None
        found = tuple(place for place in range(len(self.sets)) if outcome.values[place] > 0.5)
        return found if len(found) == len(stage.chosen) and self.weight(found) == stage.weight else None

    # Programmes: a column for each set, then one for each item, then where they are asked for one for each set again

    def _programme(self, k: int) -> Linear:
        """Cover the most with at most k sets."""
        size, number = len(self.sets), len(self.items)
        costs = np.concatenate([np.zeros(size), -self._sizes()])
        rows = sparse.vstack([self._covered(0), _row(np.ones(size), size + number)]).tocsr()
        least, most = np.append(np.zeros(number), -np.inf), np.append(np.full(number, np.inf), k)
        return self._linear(costs, rows, least, most)

    def _next(self, stage: Stage, held: Sequence[int]) -> Linear:
        """The first set after those that are held, of choices that cover as much."""
        size, number, k = len(self.sets), len(self.items), len(stage.chosen)
        width = 2 * size + number
        after = held[-1] + 1 if held else 0
        ends = np.zeros(width)
        ends[size + number + after :] = 1
        below = sparse.hstack([sparse.eye_array(size), sparse.csr_array((size, number)), -sparse.eye_array(size)])
        covers = _row(np.concatenate([np.zeros(size), self._sizes()]), width)
        count = _row(np.ones(size), width)
        rows = sparse.vstack([self._covered(size), below, covers, count, _row(ends, width)]).tocsr()
        weight = stage.weight // self.unit - 0.5
        least = np.concatenate([np.zeros(number + size), [weight, k, 1]])
        most = np.concatenate([np.full(number + size + 1, np.inf), [k, 1]])
        costs = np.concatenate([np.zeros(size + number), np.arange(size, dtype=float)])
        return self._linear(costs, rows, least, most, held)

    def _linear(self, costs: Floats, rows: Any, least: Floats, most: Floats, held: Sequence[int] = ()) -> Linear:
        lower, upper = np.zeros(len(costs)), np.ones(len(costs))
        lower[list(held)] = 1
        return Linear(costs, rows, least, most, lower, upper, np.arange(len(costs)) < len(self.sets))

    def _sizes(self) -> Floats:
        return np.array([weight // self.unit for weight in self.items.values()], dtype=float)

    def _covered(self, more: int) -> Any:
        """An item is covered where one of its sets is chosen."""
        size, number = len(self.sets), len(self.items)
        places = [place for places in self.items for place in places]
        at = np.repeat(np.arange(number), [len(places) for places in self.items])
        sets = sparse.csr_array((np.ones(len(places)), (at, np.array(places, dtype=np.int64))), shape=(number, size))
        return sparse.hstack([sets, -sparse.eye_array(number), sparse.csr_array((number, more))])

    def _values(self, chosen: Sequence[int]) -> list[float]:
        """The columns of a choice."""
        inside = set(chosen)
        items = [float(any(place in inside for place in places)) for places in self.items]
        return [*(float(place in inside) for place in range(len(self.sets))), *items]


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, in order.

    >>> list(bits(0b1011))
    [0, 1, 3]
    """
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


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
