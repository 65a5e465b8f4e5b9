"""unowned: no target for people is on a measure that captures the outcome with validity at least 0.6. Severity: 1."""

from __future__ import annotations

from collections.abc import Iterator

from .wanted import Wanted, named, once
from .words import Words


@once
def wanted(words: Words) -> Iterator[Wanted]:
    targeted = {row.measure for row in words.targets.values() if words.for_people(row)}
    owned = {words.measures[name].outcome for name in targeted}
    owned |= {row.outcome for row in words.system.captures if row.measure in targeted and row.validity >= 0.6}
    for outcome in words.system.outcomes:
        if outcome.id not in owned:
            yield Wanted(
                kind="unowned",
                id=named("unowned", outcome.id),
                severity=1.0,
                between=(),
                measures=(),
                outcome=outcome.id,
                evidence=(("outcomes", outcome.id),),
            )
