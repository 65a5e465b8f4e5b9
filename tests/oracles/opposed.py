"""opposed: t, u on one measure, meet, g(t) g(u) = -1, and no level is acceptable to both. Severity: w(t, u)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from alignment.models import Target

from .wanted import Side, Wanted, named, paired
from .words import Words


def wanted(words: Words) -> Iterator[Wanted]:
    found: dict[tuple[str, str | None], dict[tuple[str, str], float]] = defaultdict(dict)
    for (a, one), (b, two) in product(words.targets.items(), repeat=2):
        if one.measure == two.measure and (words.wish(one), words.wish(two)) == (1, -1) and _clash(words, one, two):
            found[one.measure, words.narrower(one, two)[1]][a, b] = words.weight(one, two)
    for (measure, population), pairs in found.items():
        sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
        yield Wanted(
            kind="opposed",
            id=named("opposed", (measure, 1), (measure, -1), population),
            sides=tuple(Side(measure, wish, frozenset(side)) for wish, side in zip((1, -1), sides, strict=True)),
            between=tuple(words.agencies(side) for side in sides),
            measures=(measure,),
            population=population,
            **paired(words, pairs),
        )


def _clash(words: Words, one: Target, two: Target) -> bool:
    if not words.narrower(one, two)[0] or not words.overlap(one, two):
        return False
    sets = words.accepted(one), words.accepted(two)
    # A set that is not known counts as not intersecting.
    return not (sets[0] and sets[1] and max(sets[0][0], sets[1][0]) <= min(sets[0][1], sets[1][1]))
