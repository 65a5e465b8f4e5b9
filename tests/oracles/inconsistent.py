"""inconsistent: t, u on one measure, same wish, nested populations, another value or another due date.

Severity: w(t, u) times the larger of min(1, difference in steps / 4) and min(1/2, years between due dates / 4). One
side for each distinct ask, the most demanding first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from alignment.models import Target

from .wanted import Side, Wanted, named, paired
from .words import Words


def wanted(words: Words) -> Iterator[Wanted]:
    found: dict[tuple[str, int, str | None], dict[tuple[str, str], float]] = defaultdict(dict)
    for (a, one), (b, two) in combinations(words.targets.items(), 2):
        nested, population = words.narrower(one, two)
        if one.measure == two.measure and words.wish(one) == words.wish(two) and nested:
            differ = _differ(words, one, two)
            if differ > 0:
                found[one.measure, words.wish(one), population][a, b] = words.weight(one, two) * differ
    for (measure, wish, population), pairs in found.items():
        sides = _sides(words, sorted({key for pair in pairs for key in pair}))
        yield Wanted(
            kind="inconsistent",
            id=named("inconsistent", (measure, wish), population),
            sides=tuple(Side(measure, wish, frozenset(side)) for side in sides),
            between=tuple(words.agencies(side) for side in sides),
            measures=(measure,),
            population=population,
            **paired(words, pairs),
        )


def _differ(words: Words, one: Target, two: Target) -> float:
    """How far two targets differ, 0 to 1."""
    far = min(1.0, _apart(words, one, two) / words.step(one.measure) / 4)
    late = 0.0
    if one.due and two.due:
        late = min(0.5, abs((words.days(one)[1] - words.days(two)[1]).days) / 365.25 / 4)
    return max(far, late)


def _apart(words: Words, one: Target, two: Target) -> float:
    sets, wish = (words.accepted(one), words.accepted(two)), words.wish(one)
    if sets[0] and sets[1]:
        ends = {1: (0,), -1: (1,), 0: (0, 1)}[wish]
        return max(abs(sets[0][end] - sets[1][end]) for end in ends)
    changes = [_size(words, row) for row in (one, two)]
    if changes[0] is not None and changes[1] is not None:
        return abs(changes[0] - changes[1])
    return 0.0


def _size(words: Words, row: Target) -> float | None:
    """The size of a change from a level that is not known."""
    return row.value if row.sense in ("increase", "decrease") and not words.accepted(row) else None


def _sides(words: Words, targets: list[str]) -> list[list[str]]:
    found: dict[tuple[float, ...], list[str]] = defaultdict(list)
    for key in targets:
        found[_demand(words, words.targets[key])].append(key)
    return [found[ask] for ask in sorted(found)]


def _demand(words: Words, row: Target) -> tuple[float, ...]:
    """What a target asks, so that the most demanding comes first: its level, the size of its change, its due date."""
    sets, wish, size = words.accepted(row), words.wish(row), _size(words, row)
    low, high = sets if sets and not wish else (0.0, 0.0)
    level = words.level(row)
    return (
        low if not wish else math.inf if level is None else -wish * level,
        math.inf if size is None else -size,
        high,
        words.days(row)[1].toordinal() if row.due else math.inf,
    )
