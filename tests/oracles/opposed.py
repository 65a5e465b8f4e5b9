"""opposed: t, u on one measure, meet, g(t) g(u) = -1, and no level is acceptable to both.

Severity: w(t, u). Where what one of them accepts is not known, and they are not a change up and one down from one level
of today, they may leave room: such a pair is open. A finding of open pairs alone has confidence 1/2; else its worst is
of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from alignment.models import Target

from .wanted import Side, Wanted, named, once, paired
from .words import Words, up_to


@once
def wanted(words: Words) -> Iterator[Wanted]:
    found: dict[tuple[str, str | None], dict[tuple[str, str], float]] = defaultdict(dict)
    certain: set[tuple[str, str]] = set()
    for (a, one), (b, two) in product(words.targets.items(), repeat=2):
        if one.measure != two.measure or (words.wish(one), words.wish(two)) != (1, -1):
            continue
        nested, population = words.narrower(one, two)
        room = _room(words, one, two)
        if nested and words.overlap(one, two) and not room:
            found[one.measure, population][a, b] = words.weight(one, two)
            if room is not None:
                certain.add((a, b))
    for (measure, population), pairs in found.items():
        sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
        worst = {pair: weight for pair, weight in pairs.items() if pair in certain}
        told = paired(words, worst or pairs)
        told["pairs"] = frozenset(frozenset(pair) for pair in pairs)
        yield Wanted(
            kind="opposed",
            id=named("opposed", (measure, 1), (measure, -1), population),
            confidence=1.0 if worst else 0.5,
            sides=tuple(Side(measure, wish, frozenset(side)) for wish, side in zip((1, -1), sides, strict=True)),
            between=tuple(words.agencies(side) for side in sides),
            measures=(measure,),
            population=population,
            **told,
        )


def _room(words: Words, one: Target, two: Target) -> bool | None:
    """Whether some level is acceptable to both; None where nobody knows."""
    if (one.sense, two.sense) == ("increase", "decrease") and words.one_place(one, two):
        return False
    sets = words.accepted(one), words.accepted(two)
    if not sets[0] or not sets[1]:
        return None
    return up_to(max(sets[0][0], sets[1][0]), min(sets[0][1], sets[1][1]))
