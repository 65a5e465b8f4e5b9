"""Every minimal set of demands that cannot be met together, each once; all of the smaller sizes first.

Whatever cannot be met must hold a demand of each *correction*: the demands that some largest set that can be met
leaves out. And whatever is left out so that the rest can be met must hold a demand of each minimal set. So unknown
ground is looked for from both ends:

- from below, smallest first: choices of at most k demands that hit all corrections and hold no known set. When there is
  no such choice any more, all sets of up to k demands are known; when k did not matter, all sets are;
- from above, whenever a choice from below gave no set: all demands but some that hit all known sets and hold no
  correction. This soon meets sets too large for the other search to come to. When there is nothing to leave out any
  more, all sets are known.

What can be met is made as large as possible and gives a new correction; what cannot is shrunk and is a new set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from alignment.index import Floats, Ints

from .conflicting_sets import Contradiction, Cores, Spent

NODES: Final = 200_000
"""How many choices are looked at for the next one; then the list is not complete."""

FIRST: Final = 2_000
"""How many are looked at from below at first, and twice as many each time that was not enough."""

TRIES: Final = 64
"""How many demands are tried one by one, to be added to some that can be met."""

WORTH: Final = 500
"""How many choices take about as long as one look from above: both ends get the same time."""


@dataclass(eq=False)
class Listed:
    """Minimal sets.

    Attributes
    ----------
    contradictions
        The sets, smallest first, then by demand.
    complete
        Whether these are all.
    up_to
        All sets of up to so many demands are among them.
    """

    contradictions: list[Contradiction] = field(default_factory=list[Contradiction])
    complete: bool = False
    up_to: int = 0


def list_all(
    cores: Cores,
    known: Sequence[Contradiction] | None = None,
    limit: int = 1000,
    tell: Callable[[str], None] = lambda _: None,
) -> Listed:
    """All minimal sets, part by part of the model, as far as time, programmes and limit go.

    Parameters
    ----------
    cores
        The demands; the hard facts alone can be met.
    known
        Sets known already; blank begins with some that have no demand in common.
    limit
        How many to list at most.
    tell
        Told how far it is.
    """
    found, maps, sets = Listed(), list[_Map](), list(known or ())
    try:
        if known is None:
            for each in cores.apart(cores.every, limit):
                sets.append(each)
                tell(f"{len(sets)} conflicting sets")
        maps = [_Map(cores, part, sets) for part in cores.parts]
        _levels(cores, maps, found, limit, tell)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    every = [each for one in maps for each in one.sets] if maps else sets
    found.contradictions = sorted(every, key=lambda each: (len(each.demands), each.demands))
    return found


def _levels(cores: Cores, maps: Sequence[_Map], found: Listed, limit: int, tell: Callable[[str], None]) -> None:
    def told() -> None:
        number = sum(len(each.sets) for each in maps)
        tell(f"{number} conflicting sets, all of up to {found.up_to} known")
        if number >= limit:
            raise Spent

    opened = list(maps)
    for size in range(1, len(cores) + 1):
        for one in list(opened):
            while one.step(size):
                told()
            if one.done:
                opened.remove(one)
        found.up_to = size
        if not opened:
            break
    found.complete, found.up_to = True, max(len(cores), 1)


class _Map:
    """What is known of the sets of demands of one part; demands are bits."""

    def __init__(self, cores: Cores, part: Ints, known: Sequence[Contradiction]) -> None:
        self._cores, self._part = cores, part
        self._place = {int(each): at for at, each in enumerate(part)}
        self._all = (1 << len(part)) - 1
        self.sets = [each for each in known if each.demands and each.demands[0] in self._place]
        self._closed = [self._bits(each.demands) for each in self.sets]
        self._corrections: list[int] = []
        self._budget, self._wait = FIRST, 0
        self.done = False

    def _bits(self, demands: Sequence[int]) -> int:
        return sum(1 << self._place[int(each)] for each in demands)

    def _demands(self, bits: int) -> Ints:
        return np.array([int(each) for at, each in enumerate(self._part) if bits >> at & 1], dtype=np.int64)

    def step(self, size: int) -> bool:
        """Look at unknown ground, once from below and, where that gave no set, once from above.

        Parameters
        ----------
        size
            The most demands that a choice from below may have.

        Returns
        -------
        bool
            False where no choice of that size is left; `done` tells whether all sets are known.

        Raises
        ------
        Spent
            Time, programmes or the choices that may be looked at are used up.
        """
        if self._wait:
            self._wait -= 1
        else:
            search = _Choice(self._corrections, self._closed, self._budget)
            seed = search.first(size)
            if search.spent:
                self._wait, self._budget = self._budget // WORTH, min(2 * self._budget, NODES)
            elif seed is None:
                self.done = not search.cut
                return False
            elif self._learn(seed):
                return True
        search = _Choice(self._closed, self._corrections, NODES, frequent=True)
        without = search.first(len(self._part))
        if without is not None:
            self._learn(self._all & ~without)
            return True
        if not search.spent:
            self.done = True
            return False
        if self._budget == NODES:
            raise Spent
        self._wait = 0
        return True

    def _learn(self, seed: int) -> bool:
        """Ask about a choice, and keep what follows from the answer; whether it gave a set."""
        cores, on = self._cores, self._demands(seed)
        if cores.meets(on):
            self._corrections.append(self._left_by(seed))
            return False
        each = cores.shrink(cores.core)
        if not each.demands:
            raise Spent
        self.sets.append(each)
        self._closed.append(self._bits(each.demands))
        return True

    def _left_by(self, taken: int) -> int:
        """What is left out once many demands are added to some that can be met, those that miss by least first.

        In a small part it is a smallest such set; in a large one some demands are not tried, and it is still one that
        each set has to hit.
        """
        misses, tried = self._misses(), 0
        taken |= self._met(misses)
        for _ in range(TRIES):
            open_to = [at for at in np.argsort(misses, kind="stable").tolist() if not (taken | tried) >> at & 1]
            at = next((at for at in open_to if not self._hold_a_set(taken | 1 << at)), None)
            if at is None:
                break
            if self._cores.meets(self._demands(taken | 1 << at)):
                misses = self._misses()
                taken |= 1 << at | self._met(misses)
            else:
                tried |= 1 << at
        return self._all & ~taken

    def _hold_a_set(self, bits: int) -> bool:
        return any(each & bits == each for each in self._closed)

    def _misses(self) -> Floats:
        """By how much the last efforts miss each demand; 0 where they meet it."""
        cores, part = self._cores, self._part
        movement = (cores.moves.rows @ cores.values)[cores.row[part]]
        return np.maximum(np.maximum(cores.low[part] - movement, movement - cores.high[part]), 0.0)

    def _met(self, misses: Floats) -> int:
        return sum(1 << at for at in np.flatnonzero(misses == 0).tolist())


class _Choice:
    """The first choice of bits that hits some sets and holds none of others.

    Attributes
    ----------
    cut
        Whether a choice of more bits was not looked at.
    spent
        Whether the search was given up, as there was too much to look at.
    """

    def __init__(self, hit: Sequence[int], avoid: Sequence[int], nodes: int, *, frequent: bool = False) -> None:
        self._hit, self._left, self._frequent = hit, nodes, frequent
        self._with: dict[int, list[int]] = defaultdict(list)
        for each in avoid:
            for bit in _bits(each):
                self._with[bit].append(each)
        self.cut = self.spent = False

    def first(self, size: int) -> int | None:
        """A choice of at most that many bits; None where there is none."""
        try:
            return self._choice(0, 0, size, self._hit)
        except _GivenUp:
            self.spent = True
            return None

    def _choice(self, taken: int, barred: int, left: int, hit: Sequence[int]) -> int | None:
        self._left -= 1
        if self._left < 0:
            raise _GivenUp
        if not hit:
            return taken
        open_to = min((each & ~barred for each in hit), key=lambda each: (each.bit_count(), each))
        if not left:
            self.cut = self.cut or bool(open_to)
            return None
        for bit in self._order(open_to, hit):
            more = taken | bit
            if not any(each & more == each for each in self._with.get(bit, ())):
                found = self._choice(more, barred, left - 1, [each for each in hit if not each & bit])
                if found is not None:
                    return found
            barred |= bit
        return None

    def _order(self, options: int, hit: Sequence[int]) -> list[int]:
        bits = _bits(options)
        if self._frequent:
            bits.sort(key=lambda bit: -sum(1 for each in hit if each & bit))
        return bits


def _bits(mask: int) -> list[int]:
    return [1 << at for at in range(mask.bit_length()) if mask >> at & 1]


class _GivenUp(Exception):
    """There is too much to look at."""
