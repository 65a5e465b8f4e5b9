"""duplicate: two measures declared the same or shared. Severity: the share declared.

A part and its whole, and two sides of one thing, are two measures; so are two whose names are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from .wanted import Side, Wanted, named, once
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    declared = {frozenset((row.measure_a, row.measure_b)): row for row in words.system.overlaps}
    for one, two in combinations(sorted(words.measures), 2):
        row = declared.get(frozenset((one, two)))
        if row is not None and row.kind in ("same", "shared") and row.share != 0:
            share = {"same": 1.0, "shared": 0.25}[row.kind] if row.share is None else row.share
            evidence = (("overlaps", f"{row.measure_a}|{row.measure_b}"),)
            yield _wanted(words, one, two, severity=share, evidence=evidence)


def _wanted(words: Words, one: str, two: str, **rest: Any) -> Wanted:
    sides = [each for each in words.sides() if each[0] in (one, two)]
    targets = [[key for measure, _, side in sides if measure == name for key in side] for name in (one, two)]
    return Wanted(
        kind="duplicate",
        id=named("duplicate", one, two),
        sides=tuple(Side(measure, wish, frozenset(side)) for measure, wish, side in sides),
        pairs=frozenset(frozenset(pair) for pair in product(*targets)),
        between=tuple(words.agencies(each) for each in targets),
        measures=(one, two),
        **rest,
    )
