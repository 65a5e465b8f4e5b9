"""duplicate: two measures declared the same or shared; or with names alike, of one outcome and nested populations.

Severity: the share declared, or the similarity of the names. Confidence: 1, of names alone 0.3. A part and its whole,
and two sides of one thing, are two measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from alignment.models import Measure

from .wanted import Row, Side, Wanted, named, once
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    declared = {frozenset((row.measure_a, row.measure_b)): row for row in words.system.overlaps}
    for one, two in combinations(sorted(words.measures), 2):
        row = declared.get(frozenset((one, two)))
        if row is None:
            share = alike(words, words.measures[one], words.measures[two])
            if share >= 0.85:
                evidence: tuple[Row, ...] = (("measures", one), ("measures", two))
                yield _wanted(words, one, two, severity=share, confidence=0.3, evidence=evidence)
        elif row.kind in ("same", "shared") and row.share != 0:
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


def alike(words: Words, one: Measure, two: Measure) -> float:
    """How alike the names are, in any order of words; 0 where outcome or population tell the measures apart."""
    nested = one.population in words.chain(two.population) or two.population in words.chain(one.population)
    if one.outcome is None or one.outcome != two.outcome or not nested:
        return 0.0
    a, b = (" ".join(sorted(re.sub(r"\W|_", " ", row.name.lower()).split())) for row in (one, two))
    return 2 * common(a, b) / (len(a) + len(b)) if a and b else 0.0


def common(a: str, b: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for letter in a:
        row = _next(row, letter, b)
    return row[-1]


def _next(row: list[int], letter: str, b: str) -> list[int]:
    after = [0]
    for at, other in enumerate(b):
        after.append(row[at] + 1 if letter == other else max(after[at], row[at + 1]))
    return after
