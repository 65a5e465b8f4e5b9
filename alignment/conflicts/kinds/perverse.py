"""perverse: somebody is paid for a move that goes against a wish.

Condition: an incentive pays its payee to move a measure so that, directly or through N, it moves a targeted measure
against a wish. Severity: w(t) min(1, abs effect), half of it where all that pays is a cap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, name_bodies, rounded
from alignment.index import Ints, group
from alignment.models.answers.conflict import Evidence
from alignment.models.fields import first_day, last_day
from alignment.models.system.links import Incentive
from alignment.wording import WAYS, lower_first, names, verb

from .spillover import bracket, chain

CAPPED: Final = 0.5
"""What is left of a severity where all that pays is a cap."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each paid move, harmed measure and wish."""
    index = search.index
    paid = group(((index.measure_at[row.measure], paid_way(search, row)), row) for row in search.incentives)
    for (measure, way), rows in sorted(paid.items()):
        if not way:
            continue
        start, end = search.effects.net.indptr[measure : measure + 2]
        reached = search.effects.net.indices[start:end].tolist()
        effects = dict(zip(reached, search.effects.net.data[start:end].tolist(), strict=True))
        effects.pop(measure, None)
        for harmed, effect in [(measure, 1.0), *sorted(effects.items())]:
            if abs(effect) <= search.tolerance:
                continue
            for side in search.groups_of(harmed):
                if way * effect * side.wish < 0:
                    yield from _finding(search, rows, way, side, measure, effect)


def paid_way(search: Search, row: Incentive) -> int:
    """The way an incentive pays for: +1, -1, or 0 where it pays for a target whose way is not clear."""
    if row.pays_for != "target":
        return 1 if row.pays_for == "increase" else -1
    index = search.index
    measure, payee = index.measure_at[row.measure], index.agency_at[row.payee]
    on_it = index.by_measure.get(measure, np.array([], dtype=np.int64))
    own = on_it[index.targets.deliverer[on_it] == payee]
    ways = set(index.targets.wish[own if len(own) else on_it].tolist())
    return int(ways.pop()) if len(ways) == 1 else 0


def _finding(
    search: Search, rows: Sequence[Incentive], way: int, side: Group, measure: int, effect: float
) -> Iterator[Finding]:
    index = search.index
    direct = side.measure == measure
    meeting = {at: _meeting(search, row, side) for at, row in enumerate(rows)}
    paid = [row for at, row in enumerate(rows) if len(meeting[at])]
    if not paid:
        return
    harmed = side.only(np.unique(np.concatenate(list(meeting.values()))))
    nodes = () if direct else search.effects.walk(measure, side.measure, 1 if effect > 0 else -1) or ()
    parties = frozenset(index.agency_at[who] for row in paid for who in (row.payer, row.payee))
    yield Finding(
        kind="perverse",
        id=identity("perverse", (index.measures[measure].id, way), (side.row.id, side.wish)),
        severity=rounded(harmed.weight_of_heaviest * min(1.0, abs(effect)) * (CAPPED if _capped(paid) else 1.0)),
        confidence=1.0 if direct else rounded(search.effects.confidence(nodes)),
        sides=(harmed,),
        measures=(measure,) if direct else (measure, side.measure),
        bodies=(parties, harmed.agencies),
        nodes=nodes,
        effect=None if direct else effect,
        facts=tuple(paid),
    )


def _capped(paid: Sequence[Incentive]) -> bool:
    """Whether all that pays is a cap, which takes nothing from who stays below it."""
    return all(row.basis == "cap" for row in paid)


def _meeting(search: Search, row: Incentive, side: Group) -> Ints:
    """The targets of a side that hold while an incentive does."""
    rows = search.index.targets
    first, last = first_day(row.start), last_day(row.due)
    return side.targets[(rows.start[side.targets] <= last) & (rows.end[side.targets] >= first)]


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, (side,) = search.index, finding.sides
    paid: tuple[Incentive, ...] = finding.facts
    payees = frozenset(index.agency_at[row.payee] for row in paid)
    name = lower_first(index.measures[finding.measures[0]].name)
    way = paid_way(search, paid[0])
    who = name_bodies(index, payees)
    if _capped(paid):
        are = verb(len(payees), "is", "are")
        gains = f"{who} {are} not paid beyond a cap on {name}, which rewards it going {WAYS[way]}"
    else:
        gains = f"{who} {verb(len(payees), 'gains', 'gain')} from {name} going {WAYS[way]} ({_bases(paid)})"
    wish = f"{side.wants}"
    if not finding.nodes:
        return f"{gains}, but {wish} it {side.asks}"
    return (
        f"{gains}, but {chain(search, finding.nodes, way)} {bracket(search, finding)}, and {wish} "
        f"{side.name} {side.asks}"
    )


def _bases(paid: Sequence[Incentive]) -> str:
    return names(sorted({row.basis or "payment" for row in paid}))


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    paid: tuple[Incentive, ...] = finding.facts
    payers = frozenset(search.index.agency_at[row.payer] for row in paid)
    wished = finding.sides[0].name
    return f"Let {name_bodies(search.index, payers)} pay for {wished} as it is wished, or stop this payment"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The incentives, the heaviest target against them, the path."""
    paid: tuple[Incentive, ...] = finding.facts
    found = [evidence.incentive(search.index, row) for row in paid]
    return [*found, *evidence.heaviest(finding.sides), *evidence.influences(search, finding)]


RULE = Rule("perverse", find, sentence, suggestion, rows)
