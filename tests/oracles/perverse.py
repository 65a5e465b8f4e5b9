"""perverse: an incentive pays for a move that, directly or through N, goes against a wish while both hold.

Severity: w(t) min(1, abs effect), halved where all that pays is a cap. `pays_for` target is the wish shared by the
payee's targets on the measure; without any, by all on it; nothing where they differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from alignment.models import Incentive

from .no_control import paying
from .spillover import pushing
from .wanted import Side, Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    paid: dict[tuple[str, int], list[Incentive]] = defaultdict(list)
    for row in words.system.incentives:
        paid[row.measure, paid_way(words, row)].append(row)
    for ((measure, way), every), (harmed, wish, side) in product(paid.items(), list(words.sides())):
        effect = 1.0 if harmed == measure else words.effect(measure, harmed)
        hurt = [key for key in side if any(words.overlap(row, words.targets[key]) for row in every)]
        if abs(effect) > words.tolerance and way * effect * wish < 0 and hurt:
            rows = [row for row in every if any(words.overlap(row, words.targets[key]) for key in side)]
            worst = words.heaviest(hurt)
            direct = harmed == measure
            part = 0.5 if all(row.basis == "cap" for row in rows) else 1.0
            yield Wanted(
                kind="perverse",
                id=named("perverse", (measure, way), (harmed, wish)),
                severity=words.weight(words.targets[worst]) * min(1.0, abs(effect)) * part,
                sides=(Side(harmed, wish, frozenset(hurt)),),
                between=(frozenset(who for row in rows for who in (row.payer, row.payee)), words.agencies(hurt)),
                measures=(measure,) if direct else (measure, harmed),
                evidence=(*shown(worst), *(paying(row) for row in rows)),
                **({} if direct else pushing(words, measure, harmed)),
            )


def paid_way(words: Words, row: Incentive) -> int:
    """The way an incentive pays for; 0 where that is not clear."""
    if row.pays_for != "target":
        return 1 if row.pays_for == "increase" else -1
    on_it = [each for each in words.targets.values() if each.measure == row.measure]
    own = [each for each in on_it if each.deliverer == row.payee]
    wishes = {words.wish(each) for each in own or on_it}
    return wishes.pop() if len(wishes) == 1 else 0
