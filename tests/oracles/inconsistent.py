"""inconsistent: t, u on one measure, of different agencies, same wish, nested populations, periods that meet.

And another value, of changes from different levels of today another size, or another due date. Severity: w(t, u) times
the larger of min(1, difference in steps / 4) and min(1/2, years between due dates / 4). One side for each distinct ask,
the most demanding first. Targets that had to be met before the year of `about` take no part. Sure, unless the worst
pair lies on one path: due dates differ, and the later asks for more, or nothing but the dates can be compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from alignment.models import Target

from .wanted import Side, Wanted, named, once, paired
from .words import Words, equal, up_to

NONE = (None, None)


@once
def wanted(words: Words) -> Iterator[Wanted]:
    found: dict[tuple[str, int, str | None], dict[tuple[str, str], float]] = defaultdict(dict)
    live = [each for each in words.targets.items() if not lapsed(words, each[1])]
    for (a, one), (b, two) in combinations(live, 2):
        nested, population = words.narrower(one, two)
        if nested and comparable(words, one, two) and not noted(words, one, two):
            differ = _differ(words, one, two)
            if differ > 0:
                found[one.measure, words.wish(one), population][a, b] = words.weight(one, two) * differ
    for (measure, wish, population), pairs in found.items():
        sides = _sides(words, sorted({key for pair in pairs for key in pair}))
        sure = {pair: 0.0 if _on_one_path(words, *(words.targets[key] for key in pair)) else 1.0 for pair in pairs}
        told = paired(words, pairs, sure=sure)
        yield Wanted(
            kind="inconsistent",
            id=named("inconsistent", (measure, wish), population),
            sides=tuple(Side(measure, wish, frozenset(side)) for side in sides),
            between=tuple(words.agencies(side) for side in sides),
            measures=(measure,),
            population=population,
            confidence=sure[told["pair"]] or 0.5,
            **told,
        )


def comparable(words: Words, one: Target, two: Target) -> bool:
    """Whether two targets ask for the same thing, so that they should ask for as much of it."""
    summed = words.measures[one.measure].aggregate == "sum" and one.deliverer != two.deliverer
    return (
        (one.measure, words.wish(one), one.sense == "hold") == (two.measure, words.wish(two), two.sense == "hold")
        and one.agency != two.agency
        and words.overlap(one, two)
        and not summed
    )


def noted(words: Words, one: Target, two: Target) -> bool:
    """Whether one is a deliverer's own, and nowhere weaker than the other, which it delivers for somebody else."""
    return any(
        own.agency == own.deliverer == asked.deliverer and own.agency != asked.agency and _as_far(words, own, asked)
        for own, asked in ((one, two), (two, one))
    )


def _as_far(words: Words, own: Target, asked: Target) -> bool:
    (low, high), (least, most) = _ends(words, own), _ends(words, asked)
    (size, margin), (wanted_size, wanted_margin) = [(_size(words, row), _margin(row)) for row in (own, asked)]
    late = own.due is not None and asked.due is not None and words.days(own)[1] > words.days(asked)[1]
    return (
        not late
        and (low is None or least is None or up_to(least, low))
        and (high is None or most is None or up_to(high, most))
        and (size is None or wanted_size is None or up_to(wanted_size, size))
        and (margin is None or wanted_margin is None or up_to(margin, wanted_margin))
    )


def _differ(words: Words, one: Target, two: Target) -> float:
    """How far two targets differ, 0 to 1."""
    far = min(1.0, _apart(words, one, two) / words.step(one.measure) / 4)
    late = 0.0
    if one.due and two.due:
        late = min(0.5, abs((words.days(one)[1] - words.days(two)[1]).days) / 365.25 / 4)
    return max(far, late)


def _on_one_path(words: Words, one: Target, two: Target) -> bool:
    """Whether one of two targets can be a step on the way to the other."""
    if not one.due or not two.due or "hold" in (one.sense, two.sense) or "between" in (one.sense, two.sense):
        return False
    early, late = sorted((one, two), key=lambda row: words.days(row)[1])
    if words.days(early)[1] == words.days(late)[1]:
        return False
    wish = words.wish(one)
    if _from_two_places(words, one, two):
        before, after = early.value or 0.0, late.value or 0.0
        return after > before and not equal(before, after)
    levels = [_ends(words, row)[0 if wish > 0 else 1] for row in (early, late)]
    for (before, after), way in ((levels, wish), ([_size(words, row) for row in (early, late)], 1)):
        if before is not None and after is not None:
            return (after - before) * way > 0 and not equal(before, after)
    return True


def _apart(words: Words, one: Target, two: Target) -> float:
    """The largest difference of what both say, in units of the measure."""
    if _from_two_places(words, one, two):
        sizes = one.value or 0.0, two.value or 0.0
        return 0.0 if equal(*sizes) else abs(sizes[0] - sizes[1])
    said = [(*_ends(words, row), _size(words, row), _margin(row)) for row in (one, two)]
    both = [(a, b) for a, b in zip(*said, strict=True) if a is not None and b is not None]
    return max((abs(a - b) for a, b in both if not equal(a, b)), default=0.0)


def _from_two_places(words: Words, one: Target, two: Target) -> bool:
    """Whether both are changes by so much, from different levels of today."""
    changes = all(row.sense in ("increase", "decrease") and row.value is not None for row in (one, two))
    return changes and not words.one_place(one, two)


def _ends(words: Words, row: Target) -> tuple[float | None, float | None]:
    """The least and the most that a target asks for, where it names a level."""
    ends = words.accepted(row)
    changes = row.sense in ("increase", "decrease") and row.value is None
    if ends is None or row.sense == "hold" or changes:
        return NONE
    low, high = (None if math.isinf(end) else end for end in ends)
    return low, high


def _size(words: Words, row: Target) -> float | None:
    """The size of a change from a level that is not known."""
    return row.value if row.sense in ("increase", "decrease") and not words.accepted(row) else None


def _margin(row: Target) -> float | None:
    return (row.value or 0.0) if row.sense == "hold" else None


def _sides(words: Words, targets: list[str]) -> list[list[str]]:
    asks = [_demand(words, words.targets[key]) for key in targets]
    found: dict[tuple[float, ...], list[str]] = defaultdict(list)
    for key, ask in zip(targets, zip(*map(_level, zip(*asks, strict=True)), strict=True), strict=True):
        found[ask].append(key)
    return [found[ask] for ask in sorted(found)]


def _level(numbers: tuple[float, ...]) -> list[float]:
    """Numbers, those that differ by the noise of decimals made the same."""
    ordered = sorted(set(numbers))
    same = dict(zip(ordered, ordered, strict=True))
    for less, more in pairwise(ordered):
        if equal(less, more):
            same[more] = same[less]
    return [same[number] for number in numbers]


def _demand(words: Words, row: Target) -> tuple[float, ...]:
    """What a target asks, so that the most demanding comes first.

    Its level, then the size of its change, the other end of a band, its due date; holds last, by their margin.
    """
    (low, high), size, margin = _ends(words, row), _size(words, row), _margin(row)
    # Of a wish upwards the higher, of one downwards the lower, of a band that is kept the one that begins lower.
    first, other = (low, high) if words.wish(row) >= 0 else (high, low)
    asked = math.inf if first is None else first if words.wish(row) <= 0 else -first
    rest = math.inf if other is None else other if words.wish(row) >= 0 else -other
    return (
        0.0 if margin is None else 1.0,
        margin or 0.0,
        asked,
        math.inf if size is None else -size,
        rest,
        words.days(row)[1].toordinal() if row.due else math.inf,
        *_from_where(words, row),
    )


def _from_where(words: Words, row: Target) -> tuple[float, float]:
    """What sets changes apart where some body has a level of its own: size, and the level of today."""
    same = words.side(row.measure, words.wish(row))
    rows = [each for key in same if not lapsed(words, each := words.targets[key])]
    if row.sense not in ("increase", "decrease") or not any(
        each.sense in ("increase", "decrease") and words.now(each) != words.measures[row.measure].baseline
        for each in rows
    ):
        return math.inf, math.inf
    now = words.now(row)
    return math.inf if row.value is None else -row.value, math.inf if now is None else now


def lapsed(words: Words, row: Target) -> bool:
    """Whether a target had to be met before the year of `about`."""
    year = words.system.about.year
    return bool(row.due and year and int(row.due[:4]) < year)
