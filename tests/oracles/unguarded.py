"""unguarded: t on i pushes, no target on j, g(t) N[i, j] d(j) < -tolerance. Severity: w(t) min(1, abs N[i, j])."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from .spillover import pushing
from .wanted import Side, Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    targeted = {row.measure for row in words.targets.values()}
    for (measure, wish, _), harmed in product(words.sides(), sorted(set(words.measures) - targeted)):
        effect, targets = words.effect(measure, harmed), words.pushing(measure, wish)
        if targets and wish * effect * words.good(harmed) < -words.tolerance:
            worst = words.heaviest(targets)
            yield Wanted(
                kind="unguarded",
                id=named("unguarded", (measure, wish), harmed),
                severity=words.weight(words.targets[worst]) * min(1.0, abs(effect)),
                sides=(Side(measure, wish, frozenset(targets)),),
                between=(words.agencies(targets),),
                measures=(measure, harmed),
                evidence=shown(worst),
                **pushing(words, measure, harmed),
            )
