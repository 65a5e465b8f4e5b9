"""against-people: a target, met or not, whose wish goes against the measure's good direction. Severity: w(t)."""

from __future__ import annotations

from collections.abc import Iterator

from .wanted import Side, Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for measure, wish, targets in words.sides():
        if wish * words.good(measure) == -1:
            worst = words.heaviest(targets)
            yield Wanted(
                kind="against-people",
                id=named("against-people", (measure, wish)),
                severity=words.weight(words.targets[worst]),
                sides=(Side(measure, wish, frozenset(targets)),),
                between=(words.agencies(targets),),
                measures=(measure,),
                evidence=(("measures", measure), *shown(worst)),
            )
