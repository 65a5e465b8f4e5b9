"""against-people: a target wishes its measure the way that is worse for people.

Condition: g(t) d(m) = -1, whether the target is met or not. It makes no duty. Severity: w(t).
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.naming import details, fitting
from alignment.index import positions
from alignment.models.answers.conflict import Evidence
from alignment.wording import better, upper_first


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and wish."""
    for (measure, wish), side in search.groups.items():
        if wish * int(search.index.good[measure]) < 0:
            yield Finding(
                kind="against-people",
                id=identity("against-people", (side.row.id, wish)),
                severity=rounded(side.weight_of_heaviest),
                confidence=1.0,
                sides=(side,),
                measures=(measure,),
            )


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    (side,) = finding.sides
    limit = bound(side)
    return (
        f"{upper_first(limit)} on {side.name}, against people"
        if limit
        else f"{side.name} {side.wanted}, against people"
    )


def bound(side: Group) -> str:
    """What published targets that only set a level not to be passed are called; blank for others."""
    senses = {side.index.targets.rows[at].sense for at in positions(side.targets)}
    only = senses.pop() if len(senses) == 1 and not side.inferred else ""
    return {"at_most": "cap", "at_least": "floor"}.get(only, "")


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    (side,) = finding.sides
    way = better(int(search.index.good[side.measure]))
    return fitting(
        f"{side.wants(detail)} {side.name} {side.asking(detail)}, though {way} for people"
        for detail in details(side.agencies)
    )


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    name = finding.sides[0].name
    return f"Say what people gain from {name} going {finding.sides[0].way}, or judge on something else"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, and the measure with its direction."""
    row = finding.sides[0].row
    says = f"{row.direction} is better for people"
    return [*evidence.heaviest(finding.sides), evidence.measure(search.index, row, says)]


RULE = Rule("against-people", find, title, sentence, suggestion, rows)
