"""Every minimal set of demands that cannot be met together, smallest first, each once.

Whatever cannot be met must hold a demand of each *correction*: the demands that some largest set that can be met
leaves out. So choices of at most k demands that hit all corrections found so far, and hold no set found so far, are
tried; what can be met is made as large as possible and gives a new correction, what cannot is shrunk and is a new set.
When there is no such choice any more, all sets of up to k demands are known; when k did not matter, all sets are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from .cores import Contradiction, Cores, Spent
from .index import Ints

NODES: Final = 200_000
"""How many choices are looked at for the next one; then the list is not complete."""


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
    cores: Cores, known: Sequence[Contradiction] = (), limit: int = 1000, tell: Callable[[str], None] = lambda _: None
) -> Listed:
    """All minimal sets, part by part of the model, as far as time, programmes and limit go.

    Parameters
    ----------
    cores
        The demands; the hard facts alone can be met.
    known
        Sets known already.
    limit
        How many to list at most.
    tell
        Told how far it is.
    """
    maps = [_Map(cores, part, known) for part in cores.parts]
    found = Listed()
    try:
        _levels(cores, maps, found, limit, tell)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    every = [each for one in maps for each in one.sets]
    found.contradictions = sorted(every, key=lambda each: (len(each.demands), each.demands))
    return found


def _levels(cores: Cores, maps: Sequence[_Map], found: Listed, limit: int, tell: Callable[[str], None]) -> None:
    opened = list(maps)
    for size in range(1, len(cores) + 1):
        for one in list(opened):
            while (seed := one.seed(size)) is not None:
                one.learn(seed)
                number = sum(len(each.sets) for each in maps)
                tell(f"{number} conflicting sets, all of up to {found.up_to} known")
                if number >= limit:
                    raise Spent
            if not one.cut:
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
        self.sets = [each for each in known if each.demands and each.demands[0] in self._place]
        self._closed = [self._bits(each.demands) for each in self.sets]
        self._corrections: list[int] = []
        self.cut = False
        self._nodes = 0

    def _bits(self, demands: Sequence[int]) -> int:
        return sum(1 << self._place[int(each)] for each in demands)

    def _demands(self, bits: int) -> Ints:
        return np.array([int(each) for at, each in enumerate(self._part) if bits >> at & 1], dtype=np.int64)

    def seed(self, size: int) -> int | None:
        """A choice of at most that size that is neither known to be met nor known not to be."""
        self.cut, self._nodes = False, 0
        return self._choice(0, 0, size)

    def _choice(self, taken: int, barred: int, left: int) -> int | None:
        self._nodes += 1
        if self._nodes > NODES:
            raise Spent
        open_to = [each & ~barred for each in self._corrections if not each & taken]
        if not open_to:
            return taken
        options = min(open_to, key=lambda each: (each.bit_count(), each))
        if not left:
            self.cut = self.cut or bool(options)
            return None
        while options:
            bit = options & -options
            options ^= bit
            more = taken | bit
            if not any(each & more == each for each in self._closed):
                found = self._choice(more, barred, left - 1)
                if found is not None:
                    return found
            barred |= bit
        return None

    def learn(self, seed: int) -> None:
        """Ask about a choice, and keep what follows from the answer."""
        cores, on = self._cores, self._demands(seed)
        if cores.meets(on):
            self._corrections.append(self._left_by(seed))
            return
        each = cores.shrink(cores.core)
        if not each.demands:
            raise Spent
        self.sets.append(each)
        self._closed.append(self._bits(each.demands))

    def _left_by(self, taken: int) -> int:
        """What has to be left out once as many demands as possible are added to some that can be met."""
        taken |= self._met()
        for at in range(len(self._part)):
            bit = 1 << at
            if taken & bit or any(each & (taken | bit) == each for each in self._closed):
                continue
            if self._cores.meets(self._demands(taken | bit)):
                taken |= bit | self._met()
        return (1 << len(self._part)) - 1 & ~taken

    def _met(self) -> int:
        """The demands that the last efforts meet."""
        cores, part = self._cores, self._part
        movement = cores.moves.rows @ cores.values
        at = movement[cores.row[part]]
        met = (at >= cores.low[part]) & (at <= cores.high[part])
        return sum(1 << int(each) for each in np.flatnonzero(met))
