"""against-people: a target wishes its measure the way that is worse for people.

Condition: g(t) d(m) = -1, whether the target is met or not. It makes no duty. Severity: w(t).
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Rule, Search, identity, rounded
from alignment.models.answers.conflict import Evidence
from alignment.wording import better


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


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    (side,) = finding.sides
    return f"{side.wants} {side.name} {side.asks}, but {better(int(search.index.good[side.measure]))} there for people"


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    name = finding.sides[0].name
    return f"Say what people gain by it, and judge on that; or correct which way is better in {name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, and the measure with its direction."""
    row = finding.sides[0].row
    says = f"{row.direction} is better for people"
    return [*evidence.heaviest(finding.sides), evidence.measure(search.index, row, says)]


RULE = Rule("against-people", find, sentence, suggestion, rows)
