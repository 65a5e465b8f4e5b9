"""torn: a measure that somebody needs up and somebody else needs down, though on neither stands a target they share.

An up wish x on j has g(x) E[i, j] > tolerance, a down wish on k g(x) E[i, k] < -tolerance; i, j, k different. A pair
meets, at least one of it pushes, and no spillover stands between j and k. Severity: the largest
sqrt(w(t) w(u)) sqrt(min(1, abs E[i, j]) min(1, abs E[i, k])).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from . import spillover
from .wanted import Row, Side, Wanted, named, once, paired, resting
from .words import Link, Words

Pair = tuple[str, str]


@once
def wanted(words: Words) -> Iterator[Wanted]:
    apart = {frozenset(each.measures) for each in spillover.wanted(words)}
    for lever in sorted(words.measures):
        pairs = {
            pair: _severity(words, lever, pair)
            for pair in product(_wishing(words, lever, 1), _wishing(words, lever, -1))
            if _pulls(words, pair) and frozenset(words.targets[key].measure for key in pair) not in apart
        }
        if pairs:
            sure = {pair: min(link.confidence for link in _links(words, lever, pair)) for pair in pairs}
            told = paired(words, pairs, sure=sure)
            sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
            groups = [each for side in sides for each in _groups(words, side)]
            shares: list[Row] = [("controls", f"{who}|{lever}") for who in words.shares(lever)]
            told["evidence"] = (*told["evidence"], *resting(_links(words, lever, told["pair"])), *shares)
            yield Wanted(
                kind="torn",
                id=named("torn", lever),
                confidence=sure[told["pair"]],
                sides=tuple(groups),
                between=tuple(words.agencies(side) for side in sides),
                measures=tuple(dict.fromkeys((lever, *(group.measure for group in groups)))),
                **told,
            )


def _wishing(words: Words, lever: str, way: int) -> list[str]:
    """The targets on other measures that need a lever to be moved one way."""
    return [
        key
        for key, row in words.targets.items()
        if row.measure != lever and way * words.wish(row) * words.direct(lever, row.measure) > words.tolerance
    ]


def _pulls(words: Words, pair: Pair) -> bool:
    one, two = (words.targets[key] for key in pair)
    pushes = words.pushes(one) or words.pushes(two)
    return one.measure != two.measure and pushes and words.overlap(one, two)


def _links(words: Words, lever: str, pair: Pair) -> list[Link]:
    return [words.links[lever, words.targets[key].measure] for key in pair]


def _severity(words: Words, lever: str, pair: Pair) -> float:
    sizes = [min(1.0, abs(link.size)) for link in _links(words, lever, pair)]
    return words.weight(*(words.targets[key] for key in pair)) * math.sqrt(math.prod(sizes))


def _groups(words: Words, targets: list[str]) -> list[Side]:
    """Some targets by measure and wish."""
    return [
        Side(measure, wish, frozenset(some))
        for measure, wish, side in words.sides()
        if (some := set(side) & set(targets))
    ]
