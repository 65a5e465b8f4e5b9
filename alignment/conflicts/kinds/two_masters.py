"""two-masters: an agency must deliver what two others want, and what they want pulls apart.

Condition: a deliverer for whom targets of two agencies other than itself are on different sides of an opposed,
inconsistent, spillover, torn or capacity finding. Severity: the largest of those conflicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, name_bodies
from alignment.conflicts.order import order
from alignment.index import Index
from alignment.models.answers.conflict import Evidence, Kind
from alignment.wording import count, lower_first, names, verb

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


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, deliverer = search.index, finding.deliverer
    assert deliverer is not None
    masters = finding.between[0]
    topics = names([lower_first(index.measures[measure].name) for measure in _topics(finding)])
    number = count(len(finding.parts), "conflict", "conflicts")
    return (
        f"{index.agencies[deliverer].name} must deliver what {name_bodies(index, masters)} "
        f"{verb(len(masters), 'wants', 'want')}, and that pulls apart in {number}, over {topics}"
    )


def _topics(finding: Finding) -> list[int]:
    """The measures of the worst conflicts, those first."""
    return list(dict.fromkeys(measure for part in finding.parts for measure in part.measures))


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    assert finding.deliverer is not None
    name = search.index.agencies[finding.deliverer].name
    return f"Let its masters settle the worst of these before {name} is judged on them"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The evidence of the worst conflict's sides."""
    return evidence.sides(search, finding.parts[0])


RULE = Rule("two-masters", find, sentence, suggestion, rows)
