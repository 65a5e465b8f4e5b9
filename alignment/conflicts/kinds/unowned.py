"""unowned: an outcome that no agency has a duty for.

A target makes a duty when its measure captures the outcome, unless its wish goes against people or was only inferred.
Severity: 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Rule, Search, identity
from alignment.conflicts.naming import measure_name
from alignment.duties import Duties
from alignment.models.answers.conflict import Evidence
from alignment.models.system.measures import Outcome
from alignment.wording import quoted


def find(search: Search) -> Iterator[Finding]:
    """One finding for each such outcome."""
    owned = Duties(search.index.system).owned
    for outcome in sorted(search.index.system.outcomes, key=lambda row: row.id):
        if outcome.id not in owned:
            yield Finding(
                kind="unowned",
                id=identity("unowned", outcome.id),
                severity=1.0,
                confidence=1.0,
                bodies=(),
                outcome=outcome.id,
                facts=outcome,
            )


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    outcome: Outcome = finding.facts
    return f"{quoted(outcome.name)}, which nobody has a duty for"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    outcome: Outcome = finding.facts
    able = Duties(search.index.system).speaking.get(outcome.id, ())
    if any(measure in search.index.by_measure for measure in able):
        why = "the targets on what captures it go against people, or were only inferred"
    else:
        why = "no target is on a measure that captures it"
    return f"Nobody is judged on {quoted(outcome.name)}: {why}"


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    outcome: Outcome = finding.facts
    able = Duties(search.index.system).speaking.get(outcome.id, ())
    if able:
        return f"Give somebody a target on {measure_name(search.index, able[0])}, which captures it"
    return "Find a measure of it, and somebody to answer for it"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The outcome."""
    outcome: Outcome = finding.facts
    return [evidence.outcome(search.index, outcome, outcome.success or outcome.name)]


RULE = Rule("unowned", find, title, sentence, suggestion, rows)
