"""no-control: the deliverer of t, or whoever is paid for it, has a control share below 0.2, where controls are given.

Severity: w(t) (1 - share / 0.2). A body's share holds those of the bodies that belong to it. An incentive counts for
targets that wish what it pays for.
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.models import Incentive

from .wanted import Row, Side, Wanted, named, once, shown
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for measure, wish, targets in words.sides():
        shares = words.shares(measure)
        if not shares:
            continue
        short = {who: max(0.0, 1 - words.control(who, measure) / 0.2) for who in words.tiers}
        judged = [key for key in targets if short[words.targets[key].deliverer] > 0]
        paid = [row for row in words.system.incentives if _pays(row, measure, wish) and short[row.payee] > 0]
        side = judged or targets
        if judged or paid:
            weak = words.deliverers(judged) | {row.payee for row in paid}
            shown_of = weak.union(*(words.members(who) for who in weak))
            yield Wanted(
                kind="no-control",
                id=named("no-control", (measure, wish)),
                severity=max(
                    *(words.weight(words.targets[key]) * short[words.targets[key].deliverer] for key in targets),
                    *(words.weight(words.targets[words.heaviest(targets)]) * short[row.payee] for row in paid),
                    0.0,
                ),
                sides=(Side(measure, wish, frozenset(side)),),
                between=(words.agencies(side) | {row.payer for row in paid}, weak),
                measures=(measure,),
                evidence=(
                    *shown(words.heaviest(side)),
                    *(paying(row) for row in paid),
                    *(("controls", f"{who}|{measure}") for who in shown_of if who in shares),
                ),
            )


def _pays(row: Incentive, measure: str, wish: int) -> bool:
    ways = {"increase": 1, "decrease": -1, "target": wish}
    return row.measure == measure and ways[row.pays_for] == wish


def paying(row: Incentive) -> Row:
    """An incentive as evidence."""
    return "incentives", f"{row.payer}|{row.payee}|{row.measure}|{row.pays_for}"
