"""cascade: a tier's value is not reached even if every target on the measure at the tier below is just met.

Where `aggregate` is given; mean weighted by `represents`, or sum. Severity: w(t) min(1, shortfall in steps / 4). A
target belongs to the tier of its deliverer; those below are the child tiers, without any the next level; where some of
them answer to the deliverer, only those; each with its strictest target that meets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from .wanted import Side, Wanted, named, once, shown
from .words import Words


class Short(NamedTuple):
    """A target that the tier below would miss, and what is asked there."""

    target: str
    lower: list[str]
    severity: float


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for measure, wish, targets in words.sides():
        if not wish or words.measures[measure].aggregate is None:
            continue
        missed = [each for key in targets if (each := _short(words, key, targets)) is not None]
        if missed:
            worst = min(missed, key=lambda each: (-each.severity, each.target))
            sides = [[each.target for each in missed], sorted({key for each in missed for key in each.lower})]
            yield Wanted(
                kind="cascade",
                id=named("cascade", (measure, wish)),
                severity=worst.severity,
                sides=tuple(Side(measure, wish, frozenset(side)) for side in sides),
                pairs=frozenset(frozenset((each.target, key)) for each in missed for key in each.lower),
                between=tuple(words.agencies(side) for side in sides),
                measures=(measure,),
                evidence=(("measures", measure), *shown(worst.target, *worst.lower)),
            )


def _short(words: Words, key: str, targets: list[str]) -> Short | None:
    row = words.targets[key]
    level, wish = words.level(row), words.wish(row)
    lower = _strictest(words, key, targets)
    if level is None or not lower:
        return None
    represents = {each.id: each.represents or 1.0 for each in words.system.agencies}
    asked = [(represents[who], words.level(words.targets[each]) or 0.0) for who, each in lower.items()]
    reading = sum(number * value for number, value in asked)
    if words.measures[row.measure].aggregate == "mean":
        reading /= sum(number for number, _ in asked)
    shortfall = round(wish * (level - reading) / words.step(row.measure), 9)
    if shortfall <= 0:
        return None
    return Short(key, sorted(lower.values()), words.weight(row) * min(1.0, shortfall / 4))


def _strictest(words: Words, key: str, targets: list[str]) -> dict[str, str]:
    """For each body of the tier below that counts, its strictest target that meets this one."""
    row = words.targets[key]
    below = _below(words, words.tiers[row.deliverer])
    able: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for each in targets:
        low = words.targets[each]
        value = words.level(low)
        meets = words.overlap(row, low) and words.narrower(row, low)[0]
        if value is not None and words.tiers[low.deliverer] in below and meets:
            able[low.deliverer].append((-words.wish(row) * value, each))
    found = {who: min(asks)[1] for who, asks in able.items()}
    answering = {each.agency for each in words.system.accountability if each.answers_to == row.deliverer}
    return {who: each for who, each in found.items() if who in answering} or found


def _below(words: Words, tier: str | None) -> set[str]:
    rows = words.system.tiers
    levels = {row.id: row.level for row in rows}
    if tier is None:
        return set()
    children = {row.id for row in rows if row.parent == tier}
    deeper = [row.level for row in rows if row.level > levels[tier]]
    return children or {row.id for row in rows if deeper and row.level == min(deeper)}
