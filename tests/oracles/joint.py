"""joint: three or more asks that cannot all be met though every part of them can. Severity: the geometric mean.

An ask is what targets want of one measure's movement, in steps. A side is a measure and wish, with every target that
asks as much as the set needs, or more; of a side its heaviest target counts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from alignment.models import Target

from .wanted import Side, Wanted, across, as_known, named
from .words import Words

Ask = tuple[str, float, float]
"""A measure, and between which levels a target wants it."""


def wanted(words: Words, minimal: Iterable[frozenset[str]]) -> Iterator[Wanted]:
    """The findings that follow from the minimal sets of targets which cannot be met together."""
    asks = {key: _ask(words, row) for key, row in words.targets.items()}
    order = list(dict.fromkeys(asks.values()))
    sets = {tuple(sorted({order.index(asks[key]) for key in each})) for each in minimal}
    seen: set[str] = set()
    for each in sorted(sets, key=lambda found: (len(found), found)):
        sides = _sides(words, [order[at] for at in each], asks)
        name = named("joint", *((side.measure, side.wish) for side in sides))
        if len(each) > 2 and name not in seen:
            seen.add(name)
            weights = [words.weight(words.targets[words.heaviest(sorted(side.targets))]) for side in sides]
            found = Wanted(
                kind="joint",
                id=name,
                severity=math.prod(weights) ** (1 / len(weights)),
                confidence=min(_confidences(words, sides), default=1.0),
                sides=tuple(sides),
                pairs=across(sides),
                between=tuple(words.agencies(sorted(side.targets)) for side in sides),
                measures=tuple(dict.fromkeys(side.measure for side in sides)),
                evidence=(),
            )
            if round(found.severity, 6):
                yield as_known(words, found)


def _ask(words: Words, row: Target) -> Ask:
    now, step, ends = words.now(row), words.step(row.measure), words.accepted(row)
    if now is None or ends is None or (row.sense in ("increase", "decrease") and row.value is None):
        return (row.measure, 1.0, math.inf) if row.sense == "increase" else (row.measure, -math.inf, -1.0)
    return row.measure, (ends[0] - now) / step, (ends[1] - now) / step


def _sides(words: Words, set_of: list[Ask], asks: dict[str, Ask]) -> list[Side]:
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for measure, low, high in set_of:
        wishes = {words.wish(words.targets[key]) for key, ask in asks.items() if ask == (measure, low, high)}
        for key, (other, least, most) in asks.items():
            if other == measure and least >= low and most <= high and words.wish(words.targets[key]) in wishes:
                found[measure, words.wish(words.targets[key])].add(key)
    order = sorted(found, key=lambda mark: (mark[0], -mark[1]))
    return [Side(measure, wish, frozenset(found[measure, wish])) for measure, wish in order]


def _confidences(words: Words, sides: list[Side]) -> Iterator[float]:
    """Those of the walks by which one side's wish pushes against another's."""
    for one, two in product(sides, repeat=2):
        if one.measure != two.measure and words.effect(one.measure, two.measure) * one.wish * two.wish < 0:
            yield words.confidence(words.path(one.measure, two.measure))
