"""How alike two texts are, and why: words by words, quantities by quantities."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import JaroWinkler

from .quantities import Quantity, Sort, of
from .text import Text
from .weights import Weights
from .words import ALONE, contrast

SPELT_ALIKE: Final = 0.95
"""Words at least this similar (Jaro-Winkler) are one word, written in two ways."""

LONG: Final = 6
"""Shorter words are one only where they are spelt the same: care is no carer. Unit: letters."""

OTHER: Final = 0.5
"""What a likeness is multiplied by for each thing of which the two say different things: an age, a time, a contrast."""

OTHER_SIDE: Final = 0.6
"""As `OTHER`, where the number is one, but the one means what is under it and the other what is over it."""

LONE: Final = 0.6
"""As `OTHER`, for a word such as gap or not that only one of the two has."""

WITHIN: Final = 0.7
"""As `OTHER`, where one age lies within the other."""

ONE_SIDED: Final[Mapping[Sort, float]] = {"age": 0.9, "time": 0.85, "share": 0.85, "number": 0.85, "scale": 1.0}
"""As `OTHER`, where only one of the two says such a thing."""


SORTS: Final[Sequence[Sort]] = ("age", "time", "share", "number", "scale")


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are.

    Attributes
    ----------
    words
        Of the words alone. No unit, 0 to 1.
    score
        Of everything. No unit, 0 to 1.
    mine, yours
        The words that only the one and only the other has.
    differences
        What they say differently, in words.
    within
        Which is about a part of what the other is about, by the numbers: 1 the first, 2 the second, 0 none.
    """

    words: float
    score: float
    mine: tuple[str, ...]
    yours: tuple[str, ...]
    differences: tuple[str, ...] = ()
    within: int = 0


def compared(one: Text, two: Text, weights: Weights) -> Likeness:
    """How alike two texts are.

    Parameters
    ----------
    one, two
        The texts.
    weights
        How telling words are.

    Examples
    --------
    >>> from alignment.likeness.text import read
    >>> one, two = read("Readmissions within 28 days"), read("Readmissions within four weeks")
    >>> compared(one, two, Weights([one, two])).score
    1.0
    >>> found = compared(one, read("Readmissions within 62 days"), Weights([one, two]))
    >>> found.words, found.score, found.differences
    (1.0, 0.5, ('within 28 days and within 62 days',))
    """
    joined, mine, yours = _matched(one.words, two.words)
    joined.extend((each.mark, each.mark, 1.0) for each in _common(one, two))
    words = _cosine(joined, mine, yours, weights)
    score, differences = _in_words(words, mine, yours)
    within = 0
    for sort in SORTS:
        factor, difference, part = _sorted(sort, one, two)
        score, within = score * factor, within or part
        differences.extend(difference)
    return Likeness(words, score, mine, yours, tuple(differences), within)


def _in_words(words: float, mine: Sequence[str], yours: Sequence[str]) -> tuple[float, list[str]]:
    """A likeness by words, less what excludes one for the other, and what that is."""
    if against := contrast(mine, yours):
        return words * OTHER, [" and ".join(against)]
    alone = dict.fromkeys(ALONE[word] for word in (*mine, *yours) if word in ALONE)
    return words * LONE ** len(alone), list(alone)


Pairs = list[tuple[str, str, float]]


def _matched(ones: Sequence[str], twos: Sequence[str]) -> tuple[Pairs, tuple[str, ...], tuple[str, ...]]:
    """The words that both have, with how alike they are spelt, and those that only the one and the other has."""
    left, right = dict.fromkeys(ones), dict.fromkeys(twos)
    joined: Pairs = [(word, word, 1.0) for word in left if word in right]
    mine, yours = [word for word in left if word not in right], [word for word in right if word not in left]
    for one in list(mine):
        two, alike = max(((word, _spelt(one, word)) for word in yours), key=lambda each: each[1], default=("", 0.0))
        if alike >= SPELT_ALIKE:
            joined.append((one, two, alike))
            mine.remove(one)
            yours.remove(two)
    return joined, tuple(mine), tuple(yours)


def _common(one: Text, two: Text) -> Iterator[Quantity]:
    """The quantities of one text that the other has too, but for scales."""
    return (mine for mine, _ in _alike(one.quantities, two.quantities) if mine.sort != "scale")


def _spelt(one: str, two: str) -> float:
    """How alike two words are spelt. No unit, 0 to 1."""
    return JaroWinkler.similarity(one, two) if min(len(one), len(two)) >= LONG else 0.0


def _cosine(joined: Pairs, mine: Sequence[str], yours: Sequence[str], weights: Weights) -> float:
    """The cosine of the angle between two texts, where words that are spelt alike are one (soft TF-IDF)."""
    common = sum(weights.of(one) * weights.of(two) * alike for one, two, alike in joined)
    left = sum(weights.of(one) ** 2 for one in [*(one for one, _, _ in joined), *mine])
    right = sum(weights.of(two) ** 2 for two in [*(two for _, two, _ in joined), *yours])
    return min(1.0, round(common / math.sqrt(left * right), 6)) if common else 0.0


def _sorted(sort: Sort, one: Text, two: Text) -> tuple[float, tuple[str, ...], int]:
    """What the quantities of a sort do to a likeness, what is said of it, and which lies within the other."""
    ours, theirs = list(of(sort, one.quantities)), list(of(sort, two.quantities))
    mine = [each for each in ours if not any(each.equals(other) for other in theirs)]
    yours = [each for each in theirs if not any(each.equals(other) for other in ours)]
    if mine and yours:
        return _different(sort, mine, yours)
    if mine or yours:
        lone = _said(mine or yours)
        return ONE_SIDED[sort], (f"only one says {lone}",) if sort != "scale" else (), 0
    return _sides(ours, theirs)


def _different(sort: Sort, mine: Sequence[Quantity], yours: Sequence[Quantity]) -> tuple[float, tuple[str, ...], int]:
    said = f"{_said(mine)} and {_said(yours)}"
    if sort == "scale":
        return 0.95, (f"on scales {said}",), 0
    if sort == "age" and len(mine) == len(yours) == 1:
        within = 1 if yours[0].holds(mine[0]) else 2 if mine[0].holds(yours[0]) else 0
        return WITHIN if within else OTHER, (said,), within
    return OTHER, (said,), 0


def _sides(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> tuple[float, tuple[str, ...], int]:
    """Where the numbers are the same: whether one means what is under them and the other what is over them."""
    for mine, yours in _alike(ours, theirs):
        if mine.side and yours.side and mine.side != yours.side:
            return OTHER_SIDE, (f"{mine.words} and {yours.words}",), 0
    return 1.0, (), 0


def _alike(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    return ((mine, yours) for mine in ours for yours in theirs if mine.equals(yours))


def _said(quantities: Sequence[Quantity]) -> str:
    return ", ".join(each.words for each in quantities)
