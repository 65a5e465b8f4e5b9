"""judged-by-rival: who records the deliverer's measure has a stake of its own in it, or in one that it clashes with.

A stake is a target that it has for itself and that has not lapsed, or an incentive of its own; a clash is a spillover,
either way round. Severity: w(t) / 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import spillover
from .no_control import paying
from .wanted import Row, Side, Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for measure, wish, targets in words.sides():
        recorder = words.measures[measure].recorded_by
        judged = [key for key in targets if words.targets[key].deliverer != recorder]
        if recorder is None or not judged:
            continue
        others = sorted(_clashing(words, measure, wish))
        rivals = [other for other in (measure, *others) if _stake(words, recorder, other)]
        if rivals:
            worst = words.heaviest(judged)
            yield Wanted(
                kind="judged-by-rival",
                id=named("judged-by-rival", (measure, wish)),
                severity=words.weight(words.targets[worst]) / 2,
                sides=(Side(measure, wish, frozenset(judged)),),
                between=(words.deliverers(judged), frozenset({recorder})),
                measures=(measure, *(other for other in rivals if other != measure)),
                evidence=(
                    ("measures", measure),
                    *shown(worst),
                    *(row for other in rivals for row in _stake(words, recorder, other)),
                ),
            )


def _clashing(words: Words, measure: str, wish: int) -> set[str]:
    found: set[str] = set()
    for each in spillover.wanted(words):
        one, two = each.sides
        found |= {two.measure} if (one.measure, one.wish) == (measure, wish) else set()
        found |= {one.measure} if (two.measure, two.wish) == (measure, wish) else set()
    return found


def _stake(words: Words, who: str, measure: str) -> list[Row]:
    """The first of an agency's targets on a measure, and the incentives it pays or is paid there."""
    year = words.system.about.year
    own = [
        key
        for key, row in words.targets.items()
        if (row.agency, row.deliverer, row.measure) == (who, who, measure)
        and not (row.due and year and int(row.due[:4]) < year)
    ]
    paid = [row for row in words.system.incentives if row.measure == measure and who in (row.payer, row.payee)]
    return [*shown(*own[:1]), *(paying(row) for row in paid)]
