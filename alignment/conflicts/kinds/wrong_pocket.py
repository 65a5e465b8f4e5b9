"""wrong-pocket: whoever can move a measure pays for it, and another gains.

Condition: the mover (largest control share of a measure with targets that push) pays for moving it as wished: a draw on
a resource that it owns, or a cost in finances; the gain goes to another: an incentive for that move with another payee,
a saving in finances, or a freed resource with another owner. Severity: 1/2 without amounts; with amounts, the share of
the gain that goes elsewhere. What one who gains pays the mover for the move is taken off that; where amounts are not
known it halves the severity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.naming import Detail, called, details, fitting, named, resource_name
from alignment.index import Index
from alignment.models.answers.conflict import Evidence
from alignment.models.system.links import Draw, Finance, Incentive
from alignment.wording import names, percent

from .perverse import paid_way

WITHOUT_AMOUNTS: Final = 0.5
"""The severity where the gains are not known in money."""

HALVED: Final = 0.5
"""What is left of a severity where the mover gets back nobody knows how much."""


BRINGS: Final = {
    "activity": "activity payments",
    "penalty": "a penalty avoided",
    "grant": "a grant",
    "bonus": "a bonus",
    "threat": "a threat averted",
    "cap": "staying below a cap",
    None: "a payment",
}
"""What an incentive of each basis brings whoever is better off."""


@dataclass(frozen=True)
class _Flow:
    """What a move costs or brings somebody."""

    agency: int
    row: Incentive | Finance | Draw
    amount: float | None
    unit: str | None
    why: str


@dataclass(frozen=True)
class _Facts:
    mover: int
    costs: tuple[_Flow, ...]
    gains: tuple[_Flow, ...]
    share: float | None
    """The share of the gain that goes elsewhere, and stays there; blank where it is not known."""
    back: tuple[_Flow, ...]
    """What the mover gets back from those who gain."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and wish."""
    index = search.index
    for (measure, wish), group in search.pushing.items():
        shares = index.controls.get(measure)
        if not shares or max(shares.values()) <= 0:
            continue
        most = max(shares.values())
        mover = min(agency for agency, share in shares.items() if share == most)
        flows = list(_flows(search, group))
        costs = tuple(flow for sign, flow in flows if sign < 0 and flow.agency == mover)
        gains = tuple(flow for sign, flow in flows if sign > 0)
        elsewhere = frozenset(flow.agency for flow in gains) - {mover}
        if not costs or not elsewhere:
            continue
        back = tuple(flow for flow in gains if flow.agency == mover and _payer(index, flow) in elsewhere)
        share, severity = _left(gains, mover, back)
        if rounded(severity) <= 0:
            continue
        yield Finding(
            kind="wrong-pocket",
            id=identity("wrong-pocket", (group.row.id, wish)),
            severity=rounded(severity),
            confidence=1.0,
            sides=(group,),
            measures=(measure,),
            bodies=(frozenset({mover}), elsewhere),
            facts=_Facts(mover, costs, gains, share, back),
        )


def _flows(search: Search, group: Group) -> Iterator[tuple[int, _Flow]]:
    """What moving a measure as wished costs (-1) and brings (+1) to whom."""
    index, name = search.index, group.row.id
    for row in search.incentives:
        if row.measure == name and paid_way(search, row) == group.wish:
            amount = None if row.at_risk is None else abs(row.at_risk)
            yield 1, _Flow(index.agency_at[row.payee], row, amount, row.unit, BRINGS[row.basis])
    for row in search.finances:
        if row.item == name:
            agency, money = index.agency_at[row.agency], index.system.about.currency
            if row.cost > 0:
                yield -1, _Flow(agency, row, row.cost, money, f"cost in {row.year}")
            if row.saving > 0:
                yield 1, _Flow(agency, row, row.saving, money, f"saving in {row.year}")
    resources = {row.id: row for row in index.system.resources}
    for row in search.draws:
        owner = resources[row.resource].owner
        if row.measure == name and owner is not None and (used := row.use_when(group.wish)):
            what = resource_name(index, row.resource)
            flow = _Flow(index.agency_at[owner], row, None, None, f"use of {what}" if used > 0 else f"{what} freed")
            yield (-1 if used > 0 else 1), flow


def _payer(index: Index, flow: _Flow) -> int | None:
    return index.agency_at[flow.row.payer] if isinstance(flow.row, Incentive) else None


def _left(gains: Sequence[_Flow], mover: int, back: Sequence[_Flow]) -> tuple[float | None, float]:
    """The share of the gain that goes to others and stays there, where every gain has an amount; and the severity."""
    whole = [gain for gain in gains if gain not in back]
    units = {gain.unit for gain in whole}
    total = sum(gain.amount or 0.0 for gain in whole)
    if len(units) > 1 or any(gain.amount is None for gain in whole) or total <= 0:
        return None, WITHOUT_AMOUNTS * (HALVED if back else 1.0)
    known = [gain for gain in back if gain.amount is not None and gain.unit in units]
    away = sum(gain.amount or 0.0 for gain in whole if gain.agency != mover)
    share = max(0.0, away - sum(gain.amount or 0.0 for gain in known)) / total
    return share, share * (HALVED if len(known) < len(back) else 1.0)


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    facts: _Facts = finding.facts
    (side,), index = finding.sides, search.index
    gainer = named(index, finding.between[1], 1)
    return f"{side.name} {side.way}: {called(index, facts.mover)} pays, {gainer} would gain"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    facts: _Facts = finding.facts
    return fitting(_told(search, finding, detail) for detail in details([facts.mover], finding.between[1]))


def _told(search: Search, finding: Finding, detail: Detail) -> str:
    index, (side,) = search.index, finding.sides
    facts: _Facts = finding.facts
    brings = list(dict.fromkeys(gain.why for gain in facts.gains if gain.agency != facts.mover))
    gain = f" ({names(brings)})" if detail.full and len(brings) < 4 else ""
    share = "" if facts.share is None else f", {percent(facts.share)} of it all"
    back = list(dict.fromkeys(flow.why for flow in facts.back))
    shared = f"; {names(back) if len(back) < 4 else 'money'} from those who gain gives part of it back" if back else ""
    return (
        f"{called(index, facts.mover)} would pay for {side.name} going {side.way}, but the gain goes to "
        f"{named(index, finding.between[1], detail.limit)}{gain}{share}{shared}"
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    facts: _Facts = finding.facts
    index = search.index
    gainers, mover = named(index, finding.between[1]), called(index, facts.mover)
    return f"Let {gainers} share the gain with {mover}, or pool the money for {finding.sides[0].name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, the mover's control, what it pays, what others gain."""
    index = search.index
    facts: _Facts = finding.facts
    mover = index.agencies[facts.mover]
    name = finding.sides[0].row.id
    control = next(row for row in index.system.controls if (row.agency, row.measure) == (mover.id, name))
    flows = [*facts.costs, *facts.gains]
    return [
        *evidence.heaviest(finding.sides),
        evidence.control(index, control, mover),
        *(_flow(search, each) for each in flows),
    ]


def _flow(search: Search, flow: _Flow) -> Evidence:
    index, row = search.index, flow.row
    if isinstance(row, Incentive):
        return evidence.incentive(index, row)
    return evidence.finance(index, row) if isinstance(row, Finance) else evidence.draw(index, row)


RULE = Rule("wrong-pocket", find, title, sentence, suggestion, rows)
