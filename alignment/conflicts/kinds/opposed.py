"""opposed: targets wish one measure both ways, and no level satisfies both.

Condition: t, u on one measure, meet, g(t) g(u) = -1, acceptable sets do not intersect; two changes from one level of
today never do. Where one of these is not known
(a change from a level that nobody gives), they may: such a pair is *open*, and a finding of nothing else has confidence
1/2. Severity: w(t, u).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, at_place, identity, rounded, told_from
from alignment.conflicts.matching import alike_in, match, overlap
from alignment.conflicts.naming import details, fitting
from alignment.index import Bools, Index, Ints, up_to
from alignment.models.answers.conflict import Evidence

OPEN: Final = 0.5
"""The confidence in a finding where levels may exist that satisfy both sides."""


@dataclass(frozen=True)
class _Facts:
    """Whether any pair is known not to intersect, and whether any may."""

    closed: bool
    open: bool


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and narrower population."""
    for measure, _ in [mark for mark in search.groups if mark[1] > 0 and (mark[0], -1) in search.groups]:
        up, down = search.groups[measure, 1], search.groups[measure, -1]
        for scope in scopes(search.index, up.targets, down.targets):
            yield from _of_scope(search.index, up, down, scope)


def scopes(index: Index, ones: Ints, twos: Ints) -> list[int]:
    """The narrower populations of the pairs of two groups of targets."""
    population = index.targets.population
    first, second = (part[np.unique(population[part], return_index=True)[1]] for part in (ones, twos))
    found = np.unique(index.scope(first[:, None], second[None, :]))
    return found[found >= 0].tolist()


def around(index: Index, targets: Ints, scope: int) -> Ints:
    """The targets whose population is one or contains it."""
    return targets[index.about(targets, scope)]


def _of_scope(index: Index, up: Group, down: Group, scope: int) -> Iterator[Finding]:
    rows = index.targets

    def both_ways(ones: Ints, twos: Ints) -> Bools:
        return rows.change[ones] & rows.change[twos] & index.one_place(ones, twos)

    def closed(ones: Ints, twos: Ints) -> Bools:
        known = rows.known[ones] & rows.known[twos]
        touch = up_to(np.maximum(rows.low[ones], rows.low[twos]), np.minimum(rows.high[ones], rows.high[twos]))
        return (known & ~touch) | both_ways(ones, twos)

    def meet(ones: Ints, twos: Ints) -> Bools:
        return (index.scope(ones, twos) == scope) & overlap(index, ones, twos)

    def may(ones: Ints, twos: Ints) -> Bools:
        return ~(rows.known[ones] & rows.known[twos]) & ~both_ways(ones, twos) & meet(ones, twos)

    def opposed(ones: Ints, twos: Ints) -> Bools:
        return (closed(ones, twos) & meet(ones, twos)) | may(ones, twos)

    columns = (rows.low, rows.high, rows.change, rows.now, rows.start, rows.end, rows.population)
    left, right = (alike_in(index, around(index, side.targets, scope), columns) for side in (up, down))
    found = match(index, left, right, opposed, closed)
    if found is None:
        return
    one, two = (np.array([at]) for at in found.pair)
    sure = bool(closed(one, two)[0])
    population = index.population_ids[scope]
    name = up.row.id
    yield Finding(
        kind="opposed",
        id=identity("opposed", (name, 1), (name, -1), population),
        severity=rounded(found.worst),
        confidence=1.0 if sure else OPEN,
        sides=(up.only(found.left), down.only(found.right)),
        blocks=found.blocks,
        measures=(up.measure,),
        population=population,
        pair=found.pair,
        facts=_Facts(sure, match(index, left, right, may) is not None),
    )


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    return f"{finding.sides[0].name}, both up and down"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    up, down = finding.sides
    facts: _Facts = finding.facts
    today = told_from(search, finding)
    if not facts.closed:
        whys = (f"nobody says where it stands today{_at_unknown(search, finding)}, so some level may satisfy both",)
    else:
        some = " of the worst pair, though some may for others" if facts.open else ""
        # Of two places one level may suit both the one and the other, each its own.
        whys = (
            (f"no one level satisfies both{some}{today}", f"no one level satisfies both{some}")
            if today
            else (f"no level satisfies both{some}",)
        )
    return fitting(
        f"{up.wants(detail)} {up.name} {up.asking(detail)} and {down.wants(detail)} it {down.asking(detail)}: {why}"
        for why in whys
        for detail in details(up.agencies, down.agencies)
    )


def _at_unknown(search: Search, finding: Finding) -> str:
    """At whom it is not known where the measure stands today, where it is known of others."""
    assert finding.pair is not None
    return next((at_place(search.index, at) for at in finding.pair if not search.index.targets.known[at]), "")


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    return f"Agree one direction and one value for {finding.sides[0].name}, or stop judging one side on it"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair."""
    return evidence.sides(search, finding)


RULE = Rule("opposed", find, title, sentence, suggestion, rows)
