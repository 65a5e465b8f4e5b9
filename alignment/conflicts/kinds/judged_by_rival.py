"""judged-by-rival: whoever takes the reading has a stake of its own in it.

Condition: the deliverer's measure is recorded by another agency that has a target or incentive of its own on it or on a
measure that it clashes with (a spillover finding, either way round). A target is its own where nobody else has to
deliver it, and it has not lapsed. Severity: w(t) / 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Rule, Search, identity, rounded
from alignment.conflicts.naming import Detail, called, details, fitting, how_many, measure_name, named
from alignment.index import Index, Ints, positions
from alignment.models.answers.conflict import Evidence
from alignment.wording import verb


@dataclass(frozen=True)
class _Facts:
    recorder: int
    stakes: tuple[int, ...]
    """The measures it has a stake in, as positions."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and wish."""
    index = search.index
    clashes, stakes = _clashes(search), _stakes(search)
    for (measure, wish), group in search.groups.items():
        recorded_by = group.row.recorded_by
        if recorded_by is None:
            continue
        recorder = index.agency_at[recorded_by]
        judged = group.targets[index.targets.deliverer[group.targets] != recorder]
        rivals = [other for other in (measure, *sorted(clashes[measure, wish])) if other in stakes[recorder]]
        if not len(judged) or not rivals:
            continue
        side = group.only(judged)
        yield Finding(
            kind="judged-by-rival",
            id=identity("judged-by-rival", (group.row.id, wish)),
            severity=rounded(side.weight_of_heaviest / 2),
            confidence=1.0,
            sides=(side,),
            measures=(measure, *(other for other in rivals if other != measure)),
            bodies=(side.deliverers, frozenset({recorder})),
            facts=_Facts(recorder, tuple(rivals)),
        )


def _clashes(search: Search) -> dict[tuple[int, int], set[int]]:
    """For each measure and wish, the measures it clashes with."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for finding in search.of_kind("spillover"):
        left, right = finding.sides
        found[left.measure, left.wish].add(right.measure)
        found[right.measure, right.wish].add(left.measure)
    return found


def _stakes(search: Search) -> dict[int, set[int]]:
    """For each agency, the measures it has a target or an incentive of its own on."""
    index = search.index
    found: dict[int, set[int]] = defaultdict(set)
    own = _own(index, np.arange(len(index.targets)))
    for agency, measure in zip(index.targets.agency[own].tolist(), index.targets.measure[own].tolist(), strict=True):
        found[agency].add(measure)
    for row in index.system.incentives:
        for who in (row.payer, row.payee):
            found[index.agency_at[who]].add(index.measure_at[row.measure])
    return found


def _own(index: Index, targets: Ints) -> Ints:
    """Those of some targets that an agency has for itself, and that have not lapsed."""
    rows = index.targets
    return targets[(rows.agency[targets] == rows.deliverer[targets]) & index.live[targets]]


def _own_of(index: Index, recorder: int, measure: int) -> Ints:
    """An agency's own targets on a measure."""
    own = _own(index, index.by_measure.get(measure, np.array([], dtype=np.int64)))
    return own[index.targets.agency[own] == recorder]


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    facts: _Facts = finding.facts
    return f"{finding.sides[0].name}, recorded by {called(search.index, facts.recorder)}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, (side,) = search.index, finding.sides
    facts: _Facts = finding.facts
    return fitting(
        f"{called(index, facts.recorder)} records {side.name}, on which {named(index, side.deliverers, detail.limit)} "
        f"{verb(len(side.deliverers), 'is', 'are')} judged, and {_stake(search, finding, detail)}"
        for detail in details(side.deliverers, (facts.recorder,))
    )


def _stake(search: Search, finding: Finding, detail: Detail) -> str:
    """What the recorder has to gain or lose by it."""
    index = search.index
    facts: _Facts = finding.facts
    judged = finding.sides[0].measure
    if judged in facts.stakes:
        own = _own_of(index, facts.recorder, judged)
        return "has a target of its own on it" if len(own) else "money of its own hangs on it"
    if len(facts.stakes) == 1 and detail.full:
        return f"has a stake of its own in {measure_name(index, facts.stakes[0])}, which clashes with it"
    clashing = how_many(len(facts.stakes), "measure that clashes", "measures that clash")
    return f"has a stake of its own in {clashing} with it"


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    return f"Have {finding.sides[0].name} recorded, or checked, by somebody without a stake in it"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The measure, the judged target, a stake in each measure that the recorder has one in."""
    index, (side,) = search.index, finding.sides
    facts: _Facts = finding.facts
    recorder = index.agencies[facts.recorder]
    found = [evidence.measure(index, side.row, f"recorded by {recorder.name}"), *evidence.heaviest(finding.sides)]
    for measure in facts.stakes:
        own = positions(_own_of(index, facts.recorder, measure))
        found += [evidence.target(index, at) for at in own[:1]]
        name = index.measures[measure].id
        found += [
            evidence.incentive(index, row)
            for row in search.incentives
            if row.measure == name and recorder.id in (row.payer, row.payee)
        ]
    return found


RULE = Rule("judged-by-rival", find, title, sentence, suggestion, rows)
