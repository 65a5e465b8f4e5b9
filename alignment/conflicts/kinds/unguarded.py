"""unguarded: moving a measure as wished harms another that nobody has a target on.

Condition: t on i pushes (it is not met, nor a hold), no target of any sense on j, g(t) N[i, j] d(j) < -tolerance.
Severity: w(t) min(1, abs N[i, j]).
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Rule, Search, identity, rounded
from alignment.conflicts.naming import Detail, details, fitting, measure_name
from alignment.models.answers.conflict import Evidence
from alignment.wording import better

from .spillover import amount, is_sized, pushed, strong_pairs


def find(search: Search) -> Iterator[Finding]:
    """One finding for each targeted measure, wish and harmed measure."""
    index = search.index
    for source, harmed, effect in strong_pairs(search):
        good = int(index.good[harmed])
        if not good or harmed in index.by_measure:
            continue
        for group in search.pushing_on(source):
            if group.wish * effect * good >= 0:
                continue
            nodes = search.effects.walk(source, harmed, 1 if effect > 0 else -1)
            assert nodes is not None
            yield Finding(
                kind="unguarded",
                id=identity("unguarded", (group.row.id, group.wish), index.measures[harmed].id),
                severity=rounded(group.weight_of_heaviest * min(1.0, abs(effect))),
                confidence=rounded(search.effects.confidence(nodes)),
                sides=(group,),
                measures=(source, harmed),
                nodes=nodes,
                effect=effect,
                amount=amount(search, group.heaviest, harmed, effect),
            )


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    left, harmed = finding.sides[0].name, measure_name(finding.sides[0].index, finding.measures[1])
    return f"{left} against {harmed}, which nobody guards"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    (side,) = finding.sides
    harmed = better(int(search.index.good[finding.measures[1]]))
    return fitting(_told(search, finding, detail, harmed) for detail in details(side.agencies))


def _told(search: Search, finding: Finding, detail: Detail, harmed: str) -> str:
    (side,) = finding.sides
    push = pushed(search, finding, side.wish, detail, sized=is_sized(side))
    told = push.does(f"{side.wants(detail)} {push.one} {side.asking(detail)}; that")
    nobody = f"where {harmed} for people and nobody has a target" if detail.full else "and nobody guards it"
    return f"{told}, {nobody}"


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    side, harmed = finding.sides[0], measure_name(search.index, finding.measures[1])
    return f"Put a guardrail on {harmed} (a target of sense hold), or read it beside {side.name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, then the path."""
    return [*evidence.sides(search, finding), *evidence.influences(search, finding)]


RULE = Rule("unguarded", find, title, sentence, suggestion, rows)
