"""no-control: somebody is judged, or paid, on what it can hardly move.

Condition: the deliverer of t, or the payee of an incentive on its measure, has a control share below 0.2, where
controls are given for the measure. A body's share is its own and those of the bodies that belong to it (accountability
of kind partnership), at most 1 together. Severity: w(t) (1 - share / 0.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.naming import called, details, fitting, named
from alignment.index import Index, in_order
from alignment.models.answers.conflict import Evidence
from alignment.models.system.links import Control, Incentive
from alignment.wording import percent, recalled, verb

LEAST: Final = 0.2
"""The control share from which an agency can be judged on a measure."""


@dataclass(frozen=True)
class _Facts:
    paid: tuple[Incentive, ...]
    judged: bool


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and wish."""
    index = search.index
    for (measure, wish), group in search.groups.items():
        shares = index.controls.get(measure)
        if shares is None:
            continue
        rows = index.targets
        short = np.array([_gap(index, shares, at) for at in rows.deliverer[group.targets].tolist()])
        judged = group.targets[short > 0]
        paid = [
            row
            for row in search.incentives
            if _pays(row, group) and _gap(index, shares, index.agency_at[row.payee]) > 0
        ]
        if not len(judged) and not paid:
            continue
        severity = max(
            [float((group.weights * short).max())]
            + [group.weight_of_heaviest * _gap(index, shares, index.agency_at[row.payee]) for row in paid]
        )
        weak = frozenset(rows.deliverer[judged].tolist()) | {index.agency_at[row.payee] for row in paid}
        side = group.only(judged) if len(judged) else group
        yield Finding(
            kind="no-control",
            id=identity("no-control", (group.row.id, wish)),
            severity=rounded(severity),
            confidence=1.0,
            sides=(side,),
            measures=(measure,),
            bodies=(side.agencies | {index.agency_at[row.payer] for row in paid}, weak),
            facts=_Facts(tuple(paid), bool(len(judged))),
        )


def _gap(index: Index, shares: dict[int, float], agency: int) -> float:
    """How far an agency's control falls short, 0 to 1."""
    return max(0.0, 1 - index.control_of(agency, shares) / LEAST)


def _pays(row: Incentive, group: Group) -> bool:
    """Whether an incentive pays for what a group of targets wants."""
    ways = {"increase": 1, "decrease": -1, "target": group.wish}
    return row.measure == group.row.id and ways[row.pays_for] == group.wish


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    weak = finding.between[1]
    return f"{finding.sides[0].name}, out of the hands of {named(search.index, weak, 1)}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, (side,) = search.index, finding.sides
    weak = finding.between[1]
    facts: _Facts = finding.facts
    payers = frozenset(index.agency_at[row.payer] for row in facts.paid)
    others = (side.agencies if facts.judged else payers) - weak
    shares = index.controls[finding.measures[0]]
    most = max(index.control_of(agency, shares) for agency in weak)
    if rounded(most) <= 0:
        control = f"none of its movement is put down to {verb(len(weak), 'it', 'them')}"
    else:
        control = f"can bring about {'at most ' if len(weak) > 1 else ''}{percent(most)} of its movement"
    known = " (recalled)" if (own := _controls(search, finding)) and all(map(recalled, own)) else ""
    how = "judged" if facts.judged else "paid"
    are = verb(len(weak), "is", "are")
    return fitting(
        f"{named(index, weak, detail.limit)} {are} {how} on {side.name}"
        f"{f' by {named(index, others, detail.limit)}' if others and detail.full else ''}, but {control}{known}"
        for detail in details(weak, others)
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    index, weak = search.index, finding.between[1]
    shares = index.controls[finding.measures[0]]
    name = finding.sides[0].name
    if not shares or max(shares.values()) <= 0:
        return f"Judge nobody alone on {name}"
    strongest = max(shares, key=lambda agency: (shares[agency], -agency))
    if strongest in weak or shares[strongest] < LEAST:
        return f"Judge all who can move {name} on it together"
    who, share = called(index, strongest), percent(shares[strongest])
    return f"Judge {who} on {name}, with most hold on it ({share}), or all who can move it together"


def _controls(search: Search, finding: Finding) -> list[Control]:
    """The controls of those who are judged and of those who belong to them."""
    index, weak = search.index, finding.between[1]
    able = weak.union(*(index.members.get(body, ()) for body in weak))
    name = finding.sides[0].row.id
    return in_order(row for row in index.system.controls if row.measure == name and index.agency_at[row.agency] in able)


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, the incentives, the controls of those who are judged and of those who belong to them."""
    index, facts = search.index, finding.facts
    assert isinstance(facts, _Facts)
    return [
        *evidence.heaviest(finding.sides),
        *(evidence.incentive(index, row) for row in facts.paid),
        *(
            evidence.control(index, row, index.agencies[index.agency_at[row.agency]])
            for row in _controls(search, finding)
        ),
    ]


RULE = Rule("no-control", find, title, sentence, suggestion, rows)
