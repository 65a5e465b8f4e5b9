"""The least weight that hits every one of some sets, by trying: what proves that a repair is the smallest.

Sets that have to do with each other are taken together. In each such part, a set of the smallest is chosen and each of
its elements tried in turn; a branch ends where its weight, and that of sets that have nothing in common, is no less
than the best known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

Element = TypeVar("Element")

NODES: Final = 20_000
"""How many branches are looked at in each part; then nothing is said."""


class _Enough(Exception):
    """There are too many branches."""


def lightest(sets: Iterable[Collection[Element]], weights: Mapping[Element, int]) -> int | None:
    """The least weight of elements that hit all sets; None where that is too much to try.

    Parameters
    ----------
    sets
        What is to be hit; none is empty.
    weights
        What each element weighs; whole, above 0.

    Examples
    --------
    >>> lightest(["ab", "bc", "cd"], {"a": 1, "b": 3, "c": 3, "d": 1})
    4
    """
    try:
        return sum(_Part(part, weights).least() for part in _parts([frozenset(each) for each in sets]))
    except _Enough:
        return None


def _parts(sets: Sequence[frozenset[Element]]) -> list[list[frozenset[Element]]]:
    """The sets, those together that are linked by common elements."""
    parts: list[tuple[set[Element], list[frozenset[Element]]]] = []
    for each in sets:
        mine, others = (set(each), [each]), list[tuple[set[Element], list[frozenset[Element]]]]()
        for part in parts:
            if part[0].isdisjoint(each):
                others.append(part)
            else:
                mine = (mine[0] | part[0], [*mine[1], *part[1]])
        parts = [*others, mine]
    return [part for _, part in parts]


class _Part(Generic[Element]):
    """Sets that have to do with each other."""

    def __init__(self, sets: Sequence[frozenset[Element]], weights: Mapping[Element, int]) -> None:
        self._sets, self._weights = sets, weights
        self._best = sum(weights[each] for each in frozenset[Element]().union(*sets))
        self._left = NODES

    def least(self) -> int:
        """The least weight."""
        self._try(list(self._sets), frozenset(), 0)
        return self._best

    def _try(self, sets: list[frozenset[Element]], barred: frozenset[Element], weight: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Enough
        if not sets:
            self._best = min(self._best, weight)
        elif weight + self._apart(sets, barred) < self._best:
            chosen = min(sets, key=len) - barred
            for each in sorted(chosen, key=lambda each: self._weights[each]):
                self._try([one for one in sets if each not in one], barred, weight + self._weights[each])
                barred |= {each}

    def _apart(self, sets: list[frozenset[Element]], barred: frozenset[Element]) -> float:
        """What has to be paid at least: sets with nothing in common take an element each."""
        seen, total = set[Element](), 0.0
        for each in sorted(sets, key=len):
            if seen.isdisjoint(each):
                seen |= each
                total += min((self._weights[one] for one in each - barred), default=float("inf"))
        return total
