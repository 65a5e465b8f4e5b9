r"""How telling each word is, and which texts are near each other by their telling words.

A word that few texts have tells more than one that most have (Spärck Jones 1972):

.. math:: w(x) = 1 + \ln \frac{1 + n}{1 + n_x}

for n texts, n_x of which have the word x. Two texts are near by the cosine of the angle between them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from .text import Text

NEAR: Final = 0.3
"""Texts whose cosine is below this are not looked at any closer."""

NEAREST: Final = 50
"""So many texts are looked at for each text, the nearest first: work grows with the number of texts, not its square."""

BLOCK: Final = 256
"""So many texts at a time are held against all."""


class Weights:
    """How telling the words of some texts are.

    Parameters
    ----------
    texts
        The texts.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._found = Counter(word for text in texts for word in text.marks)

    def of(self, word: str) -> float:
        """The weight of a word. No unit, 1 or more."""
        return 1 + math.log((1 + len(self._texts)) / (1 + self._found.get(word, 0)))

    def near(self) -> Iterator[tuple[int, int]]:
        """Pairs of positions of texts that are near each other, the smaller first."""
        found: set[tuple[int, int]] = set()
        for begin in range(0, len(self._texts), BLOCK):
            cosines = (self._table[begin : begin + BLOCK] @ self._table.T).toarray()
            for one, row in enumerate(cosines, start=begin):
                found.update((min(one, two), max(one, two)) for two in _nearest(row, one))
        return iter(sorted(found))

    @cached_property
    def _table(self) -> Any:
        """A row for each text, of length 1; a column for each word."""
        from scipy.sparse import csr_array

        column = {word: at for at, word in enumerate(sorted(self._found))}
        rows = [sorted(text.marks) for text in self._texts]
        values = [value for words in rows for value in self._direction(words)]
        places = [column[word] for words in rows for word in words]
        ends = np.cumsum([0, *map(len, rows)])
        return csr_array((values, places, ends), shape=(len(rows), len(column)))

    def _direction(self, words: Sequence[str]) -> Iterator[float]:
        weights = [self.of(word) for word in words]
        length = math.sqrt(sum(weight**2 for weight in weights))
        return (weight / length for weight in weights)


def _nearest(cosines: Any, own: int) -> list[int]:
    """The positions of the nearest texts that are near at all."""
    cosines[own] = 0
    near = np.flatnonzero(cosines >= NEAR)
    return near[np.argsort(-cosines[near], kind="stable")[:NEAREST]].tolist()
