"""wrong-pocket: who controls most of a measure pays for moving it as wished, and others gain.

Severity: the share of the gain that goes elsewhere, where every gain has an amount in one unit; else 1/2. What a gainer
pays the mover for the move is no gain: it is taken off what goes elsewhere, or, where that is not known, halves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .capacity import used
from .no_control import paying
from .perverse import paid_way
from .wanted import Row, Side, Wanted, named, once, shown
from .words import Words


class Flow(NamedTuple):
    """What a move brings somebody (sign +1) or costs (-1)."""

    sign: int
    agency: str
    amount: float | None
    unit: str | None
    row: Row
    payer: str | None = None


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for measure, wish, _ in words.sides():
        shares, targets = words.shares(measure), words.pushing(measure, wish)
        if not targets or max(shares.values(), default=0.0) <= 0:
            continue
        mover = min(shares, key=lambda who: (-shares[who], who))
        flows = list(_flows(words, measure, wish))
        costs = [flow for flow in flows if flow.sign < 0 and flow.agency == mover]
        gains = [flow for flow in flows if flow.sign > 0]
        elsewhere = frozenset(flow.agency for flow in gains if flow.agency != mover)
        back = [flow for flow in gains if flow.agency == mover and flow.payer in elsewhere]
        severity = _elsewhere([flow for flow in gains if flow not in back], back, mover) if elsewhere else 0.0
        if costs and severity > 0:
            yield Wanted(
                kind="wrong-pocket",
                id=named("wrong-pocket", (measure, wish)),
                severity=severity,
                sides=(Side(measure, wish, frozenset(targets)),),
                between=(frozenset({mover}), elsewhere),
                measures=(measure,),
                evidence=(
                    *shown(words.heaviest(targets)),
                    ("controls", f"{mover}|{measure}"),
                    *(flow.row for flow in (*costs, *gains)),
                ),
            )


def _flows(words: Words, measure: str, wish: int) -> Iterator[Flow]:
    for row in words.system.incentives:
        if row.measure == measure and paid_way(words, row) == wish:
            amount = None if row.at_risk is None else abs(row.at_risk)
            yield Flow(1, row.payee, amount, row.unit, paying(row), row.payer)
    for row in words.system.finances:
        if row.item == measure:
            for sign, amount in ((-1, row.cost), (1, row.saving)):
                if amount:
                    key = f"{row.agency}|{row.item}|{row.year}"
                    yield Flow(sign, row.agency, amount, words.system.about.currency, ("finances", key))
    owners = {row.id: row.owner for row in words.system.resources}
    for row in words.system.draws:
        owner, use = owners[row.resource], used(row, wish)
        if row.measure == measure and owner is not None and use:
            key = f"{row.measure}|{row.resource}|{row.moving}"
            yield Flow(-1 if use > 0 else 1, owner, None, None, ("draws", key))


def _elsewhere(gains: list[Flow], back: list[Flow], mover: str) -> float:
    """How much of the gain goes elsewhere, what is paid back taken off."""
    units = {flow.unit for flow in gains}
    total = sum(flow.amount or 0.0 for flow in gains)
    if any(flow.amount is None for flow in gains) or len(units) > 1 or not total:
        return 0.25 if back else 0.5
    returned = [flow.amount for flow in back if flow.amount is not None and flow.unit in units]
    left = sum(flow.amount or 0.0 for flow in gains if flow.agency != mover) - sum(returned)
    # What is not more than noise is nothing.
    return max(0.0, round(left / total, 12)) / (1 if len(returned) == len(back) else 2)
