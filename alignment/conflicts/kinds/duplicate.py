"""duplicate: two measures of one thing with different definitions.

Condition: declared in overlaps (same or shared), with a share that is not 0. Severity: the share declared (blank: 1 and
1/4). That names are alike makes no conflict: `suggest_overlaps` asks whoever knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.naming import fitting, measure_name
from alignment.index import Index, in_order, share_of
from alignment.models.answers.conflict import Evidence
from alignment.models.system.measures import Overlap
from alignment.wording import percent

MUCH: Final = 0.75
"""The share from which two measures are called much the same, not partly."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each pair of measures."""
    index = search.index
    declared = {_pair(index, row): row for row in in_order(index.system.overlaps)}
    for pair, row in sorted(declared.items()):
        if row.kind in ("same", "shared") and (share := share_of(row)) > 0:
            yield _finding(search, pair, share, row)


def _pair(index: Index, row: Overlap) -> tuple[int, int]:
    one, two = sorted((index.measure_at[row.measure_a], index.measure_at[row.measure_b]))
    return one, two


def _finding(search: Search, pair: tuple[int, int], share: float, row: Overlap) -> Finding:
    index = search.index
    one, two = pair
    sides = [side for measure in pair for side in search.groups_of(measure)]
    return Finding(
        kind="duplicate",
        id=identity("duplicate", index.measures[one].id, index.measures[two].id),
        severity=rounded(share),
        confidence=1.0,
        sides=tuple(sides),
        blocks=tuple(
            (left.targets, right.targets) for left in sides for right in sides if left.measure == one != right.measure
        ),
        measures=pair,
        bodies=tuple(_agencies(sides, measure) for measure in pair),
        facts=row,
    )


def _agencies(sides: Sequence[Group], measure: int) -> frozenset[int]:
    return frozenset[int]().union(*(side.agencies for side in sides if side.measure == measure))


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    one, two = (measure_name(search.index, at) for at in finding.measures)
    return f"{one} and {two}, {how_far(finding)} the same"


def how_far(finding: Finding) -> str:
    """How far two measures are the same, in a word or two."""
    return "much" if finding.severity >= MUCH else "partly"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    one, two = (measure_name(search.index, at) for at in finding.measures)
    row: Overlap = finding.facts
    if row.share is None:
        why = f"declared {row.kind}, nobody says how far"
    else:
        why = f"the definitions coincide by {percent(row.share)}"
    return fitting(
        [
            f"{one} and {two} measure {how_far(finding)} the same with different definitions: {why}",
            f"{one} and {two} measure {how_far(finding)} the same ({why})",
        ]
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    one, two = (measure_name(search.index, at) for at in finding.measures)
    return f"Agree one definition for {one} and {two}, and collect it once"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The declaration."""
    return [evidence.overlap(search.index, finding.facts)]


def assumed(_: Search, finding: Finding) -> tuple[str, ...]:
    """What the severity rests on."""
    row: Overlap = finding.facts
    if row.share is not None:
        return ()
    return (f"the share is not known and assumed to be {percent(share_of(row))}",)


RULE = Rule("duplicate", find, title, sentence, suggestion, rows, assumed)
