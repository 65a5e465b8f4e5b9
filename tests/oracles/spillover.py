"""spillover: t on i pushes, u on j, i != j, periods overlap, g(t) N[i, j] g(u) < -tolerance, and beyond u's slack.

Severity: w(t, u) min(1, abs N[i, j]). Confidence: that of the weakest influence along the path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

from .wanted import Side, Wanted, named, once, paired
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    found: dict[tuple[str, int, str, int], dict[tuple[str, str], float]] = defaultdict(dict)
    for (a, one), (b, two) in product(words.targets.items(), repeat=2):
        if one.measure == two.measure or not words.pushes(one) or not words.overlap(one, two):
            continue
        effect = words.effect(one.measure, two.measure)
        if words.wish(one) * effect * words.wish(two) < -words.tolerance and words.beyond(one, effect, two):
            size = words.weight(one, two) * min(1.0, abs(effect))
            found[one.measure, words.wish(one), two.measure, words.wish(two)][a, b] = size
    for (one, pushed, two, hurt), pairs in found.items():
        sides = [sorted({pair[at] for pair in pairs}) for at in (0, 1)]
        yield Wanted(
            kind="spillover",
            id=named("spillover", (one, pushed), (two, hurt)),
            sides=(Side(one, pushed, frozenset(sides[0])), Side(two, hurt, frozenset(sides[1]))),
            between=tuple(words.agencies(side) for side in sides),
            measures=(one, two),
            **pushing(words, one, two),
            **paired(words, pairs),
        )


def pushing(words: Words, one: str, two: str) -> dict[str, Any]:
    """How one measure pushes on another."""
    path = words.path(one, two)
    return {
        "path": path,
        "effect": words.effect(one, two),
        "confidence": words.confidence(path),
        "mixed": words.mixed(one, two),
    }
