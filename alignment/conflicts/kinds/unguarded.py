"""unguarded: moving a measure as wished harms another that nobody has a target on.

Condition: t on i pushes (it is not met, nor a hold), no target of any sense on j, g(t) N[i, j] d(j) < -tolerance.
Severity: w(t) min(1, abs N[i, j]).
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Rule, Search, identity, rounded
from alignment.models.answers.conflict import Evidence
from alignment.wording import better, lower_first

from .spillover import bracket, chain, strong_pairs


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
            )


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    (side,) = finding.sides
    harmed = better(int(search.index.good[finding.measures[1]]))
    return (
        f"{side.wants} {side.name} {side.asks}, but "
        f"{chain(search, finding.nodes, side.wish)} {bracket(search, finding)}; {harmed} "
        "there for people, and nobody has a target to guard it"
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    side, harmed = finding.sides[0], search.index.measures[finding.measures[1]]
    name = lower_first(harmed.name)
    return f"Put a guardrail on {name} (a target of sense hold), and read it beside {side.name}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The heaviest target, then the path."""
    return [*evidence.sides(search, finding), *evidence.influences(search, finding)]


RULE = Rule("unguarded", find, sentence, suggestion, rows)
