"""two-masters: an agency is asked to deliver what two others want, and what they want pulls apart.

Condition: a deliverer for whom targets of two agencies other than itself are on different sides of an opposed,
inconsistent, spillover, torn or capacity finding. Severity: the largest of those conflicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity
from alignment.conflicts.naming import called, details, fitting, how_many, measure_name, named
from alignment.conflicts.order import order
from alignment.index import Index
from alignment.models.answers.conflict import Evidence, Kind
from alignment.wording import names, verb

OF: Final[tuple[Kind, ...]] = ("opposed", "inconsistent", "spillover", "torn", "capacity")
"""The kinds that stand between targets."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each deliverer."""
    pulled: dict[int, list[tuple[Finding, frozenset[int]]]] = defaultdict(list)
    for kind in OF:
        for finding in search.of_kind(kind):
            for deliverer, masters in _masters(search.index, finding).items():
                pulled[deliverer].append((finding, masters))
    for deliverer, found in sorted(pulled.items()):
        found.sort(key=lambda pair: order(pair[0]))
        worst = max((finding for finding, _ in found), key=lambda finding: (finding.severity, finding.confidence))
        masters = frozenset[int]().union(*(masters for _, masters in found))
        parts = tuple(finding for finding, _ in found)
        yield Finding(
            kind="two-masters",
            id=identity("two-masters", search.index.agencies[deliverer].id),
            severity=worst.severity,
            confidence=worst.confidence,
            measures=tuple(sorted({measure for part in parts for measure in part.measures})),
            bodies=(masters, frozenset({deliverer})),
            deliverer=deliverer,
            parts=parts,
        )


def _masters(index: Index, finding: Finding) -> dict[int, frozenset[int]]:
    """For each deliverer of a conflict, the different agencies whose targets on it pull apart."""
    found: dict[int, frozenset[int]] = {}
    if finding.blocks is None:
        for at, left in enumerate(finding.sides):
            for right in finding.sides[at + 1 :]:
                _add(found, left.masters, right.masters)
        return found
    measure, deliverer = finding.sides[0].measure, index.targets.deliverer
    on_left = np.zeros(len(index.agencies), dtype=bool)
    for left, right in finding.blocks:
        on_left[deliverer[left]] = True
        shared = right[on_left[deliverer[right]]]
        on_left[deliverer[left]] = False
        if len(shared):
            _add(found, Group(index, measure, 0, left).masters, Group(index, measure, 0, shared).masters)
    return found


def _add(found: dict[int, frozenset[int]], left: dict[int, frozenset[int]], right: dict[int, frozenset[int]]) -> None:
    for deliverer in left.keys() & right.keys():
        # Nobody is a master of its own.
        ones, twos = left[deliverer] - {deliverer}, right[deliverer] - {deliverer}
        masters = ones | twos
        if ones and twos and len(masters) > 1:
            found[deliverer] = found.get(deliverer, frozenset()) | masters


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    assert finding.deliverer is not None
    who = called(search.index, finding.deliverer)
    return f"{who}, asked by {how_many(len(finding.between[0]))} for what pulls apart"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, deliverer = search.index, finding.deliverer
    assert deliverer is not None
    asking = finding.between[0]
    places = how_many(len(finding.parts), "conflict", "conflicts")
    worst = [measure_name(index, measure) for measure in finding.parts[0].measures[:2]]
    return fitting(
        f"{called(index, deliverer)} is asked to deliver what {named(index, asking, detail.limit)} "
        f"{verb(len(asking), 'wants', 'want')}, and that pulls apart in {places}, "
        f"{'the worst ' if len(finding.parts) > 1 else ''}over {names(worst[: 2 if detail.full else 1])}"
        for detail in details(asking, [deliverer])
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    index = search.index
    assert finding.deliverer is not None
    asking = named(index, finding.between[0]) if len(finding.between[0]) < 3 else "those who ask"
    topic = measure_name(index, finding.parts[0].measures[0])
    return f"Let {asking} settle {topic} between them before {called(index, finding.deliverer)} is judged on it"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The evidence of the worst conflict's sides."""
    return evidence.sides(search, finding.parts[0])


RULE = Rule("two-masters", find, title, sentence, suggestion, rows)
