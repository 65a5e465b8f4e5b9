"""torn: one lever that some wishes need up and others need down.

Condition: with the direct effects E of measure i, own or borrowed, t on j needs i up (g(t) E[i, j] > tolerance) and u
on k needs it down (g(u) E[i, k] < -tolerance); i, j, k differ, t or u pushes, they meet, and no spillover stands
between j and k. Severity: the largest sqrt(w(t) w(u)) sqrt(min(1, abs E[i, j]) min(1, abs E[i, k])) of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, identity, rounded
from alignment.conflicts.matching import SAME, Alike, Match, alike_in, blocks_of, in_chunks, overlap
from alignment.conflicts.naming import Detail, called, details, fitting, measure_name, named
from alignment.effects.links import Link
from alignment.index import Bools, Floats, Index, Ints, in_order, positions
from alignment.models.answers.conflict import Evidence
from alignment.wording import WAYS, verb


@dataclass(frozen=True)
class _Lever:
    """A measure, and what a step of it does directly to every other."""

    measure: int
    effect: Floats
    """Steps per step, by position of the other measure; 0 is none."""
    sure: Floats
    """The certainty of each effect."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each lever."""
    clashing = _clashing(search)
    for measure in search.effects.direct:
        up, down = (_wishes(search, measure, way) for way in (1, -1))
        if len(up) and len(down):
            lever = _lever(search, measure)
            if (found := _match(search.index, lever, up, down, clashing)) is not None:
                yield _finding(search, lever, found)


def _wishes(search: Search, lever: int, way: int) -> Ints:
    """The targets that need a measure moved one way."""
    parts = [
        group.targets
        for other, effect in search.effects.direct[lever].items()
        if abs(effect) > search.tolerance
        for group in search.groups_of(other)
        if group.wish * effect * way > 0
    ]
    return np.sort(np.concatenate(parts)) if parts else np.array([], dtype=np.int64)


def _lever(search: Search, measure: int) -> _Lever:
    size = len(search.index.measures)
    effect, sure = np.zeros(size), np.zeros(size)
    for other, steps in search.effects.direct[measure].items():
        effect[other] = steps
        sure[other] = search.effects.link(measure, other).confidence
    return _Lever(measure, effect, sure)


def _clashing(search: Search) -> Ints:
    """Pairs of measures that stand together in a spillover, either way round, each as one number."""
    size = len(search.index.measures)
    pairs = [finding.measures for finding in search.of_kind("spillover")]
    codes = [code for i, j in pairs for code in (i * size + j, j * size + i)]
    return np.array(sorted({*codes, size * size}), dtype=np.int64)


def _match(index: Index, lever: _Lever, up: Ints, down: Ints, clashing: Ints) -> Match | None:
    """The pairs of a wish that needs a lever up and one that needs it down."""
    rows, size = index.targets, len(index.measures)
    columns = (rows.measure, rows.pushes, rows.start, rows.end)
    left, right = (alike_in(index, side, columns) for side in (up, down))

    def pull(ones: Ints, twos: Ints) -> Bools:
        one, two = rows.measure[ones], rows.measure[twos]
        codes = one * size + two
        # The last of the known pairs is beyond all: each is found or would stand before one.
        apart = (one != two) & (clashing[np.searchsorted(clashing, codes)] != codes)
        return apart & (rows.pushes[ones] | rows.pushes[twos]) & overlap(index, ones, twos)

    table = in_chunks(left.ones, right.ones, pull)
    if not table.any():
        return None
    worst, pair = _worst(index, lever, left, right, table)
    return Match(
        left=left.targets[np.any(table, axis=1)[left.place]],
        right=right.targets[np.any(table, axis=0)[right.place]],
        blocks=None if table.all() else blocks_of(table, left, right),
        worst=worst,
        pair=pair,
    )


def _worst(index: Index, lever: _Lever, left: Alike, right: Alike, table: Bools) -> tuple[float, tuple[int, int]]:
    """The largest severity of a pair, and the pair: of equal ones the surer, then the first by keys."""
    rows = index.targets
    strong, sure = list[Floats](), list[Floats]()
    for side in (left, right):
        measure = rows.measure[side.ones]
        strong.append(rows.weight[side.ones] * np.minimum(1.0, np.abs(lever.effect[measure])))
        sure.append(lever.sure[measure])
    severity = np.where(table, np.sqrt(strong[0][:, None] * strong[1][None, :]), -1.0).round(SAME)
    certain = np.minimum(sure[0][:, None], sure[1][None, :])
    best = np.where(severity == severity.max(), certain, -1.0)
    one, two = divmod(int(np.argmax(best)), len(right.ones))
    return float(severity[one, two]), (int(left.ones[one]), int(right.ones[two]))


def _finding(search: Search, lever: _Lever, found: Match) -> Finding:
    index = search.index
    ends = [int(index.targets.measure[at]) for at in found.pair]
    ups, downs = (_sides(search, side) for side in (found.left, found.right))
    simple = found.blocks is None and len(ups) == len(downs) == 1
    blocks = None if simple else found.blocks or ((found.left, found.right),)
    return Finding(
        kind="torn",
        id=identity("torn", index.measures[lever.measure].id),
        severity=rounded(found.worst),
        confidence=rounded(float(lever.sure[ends].min())),
        sides=(*ups, *downs),
        blocks=blocks,
        measures=tuple(dict.fromkeys([lever.measure, *(side.measure for side in (*ups, *downs))])),
        bodies=(_agencies(ups), _agencies(downs)),
        pair=found.pair,
        facts=len(ups),
    )


def _sides(search: Search, targets: Ints) -> tuple[Group, ...]:
    """Some targets by measure and wish, in the order of these."""
    rows = search.index.targets
    marks = sorted(set(zip(positions(rows.measure[targets]), positions(rows.wish[targets]), strict=True)))
    return tuple(
        search.groups[mark].only(targets[(rows.measure[targets] == mark[0]) & (rows.wish[targets] == mark[1])])
        for mark in marks
    )


def _agencies(sides: Sequence[Group]) -> frozenset[int]:
    return frozenset[int]().union(*(side.agencies for side in sides))


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    assert finding.pair is not None
    index = search.index
    up, down = (measure_name(index, int(index.targets.measure[at])) for at in finding.pair)
    return f"{measure_name(index, finding.measures[0])}, up for {up} or down for {down}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor: of the pair that is named in the title."""
    up, down = (_wanting(search, finding, place) for place in (0, 1))
    holders = _holders(search, finding)
    groups = (up & down,) if up & down else (up, down)
    return fitting(_told(search, finding, (up, down), detail) for detail in details(*groups, holders[:1]))


def _wanting(search: Search, finding: Finding, place: int) -> frozenset[int]:
    """Who wants what the one or the other target of the worst pair wants."""
    assert finding.pair is not None
    at, rows = finding.pair[place], search.index.targets
    mark = int(rows.measure[at]), int(rows.wish[at])
    sides = (side for side in finding.sides if (side.measure, side.wish) == mark)
    return frozenset[int]().union(*(side.agencies for side in sides))


def _told(search: Search, finding: Finding, bodies: tuple[frozenset[int], frozenset[int]], detail: Detail) -> str:
    index, (up, down) = search.index, bodies
    way = int(index.good[finding.measures[0]]) or 1
    helped, hurt = (up, down) if way > 0 else (down, up)
    lever = f"{measure_name(index, finding.measures[0])} {WAYS[way]}"
    if up & down:
        said = f"{lever} helps one thing that {_want(index, up & down, detail)} and hurts another"
    else:
        said = f"{lever} helps what {_want(index, helped, detail)} and hurts what {_want(index, hurt, detail)}"
    holders = _holders(search, finding)
    held = f"; {called(index, holders[0])} can move it most" if holders and detail.full else ""
    return said + held


def _want(index: Index, agencies: frozenset[int], detail: Detail) -> str:
    return f"{named(index, agencies, detail.limit)} {verb(len(agencies), 'wants', 'want')}"


def _holders(search: Search, finding: Finding) -> list[int]:
    """Who can move the lever, whoever can most first."""
    shares = search.index.controls.get(finding.measures[0], {})
    able = [agency for agency, share in shares.items() if share > 0]
    return sorted(able, key=lambda agency: (-shares[agency], agency))


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    assert finding.pair is not None
    index = search.index
    up, down = (measure_name(index, int(index.targets.measure[at])) for at in finding.pair)
    lever = measure_name(index, finding.measures[0])
    return f"Agree how far {lever} is to move, and find another way to {up} or to {down}"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The worst pair, the influences (and overlaps) of both effects, the lever's controls."""
    assert finding.pair is not None
    index, lever = search.index, finding.measures[0]
    effects = [row for link in links(search, finding) for row in evidence.of_link(index, link)]
    name = index.measures[lever].id
    controls = in_order(row for row in index.system.controls if row.measure == name)
    return [
        *evidence.sides(search, finding),
        *dict.fromkeys(effects),
        *(evidence.control(index, row, index.agencies[index.agency_at[row.agency]]) for row in controls),
    ]


def links(search: Search, finding: Finding) -> tuple[Link, ...]:
    """The two direct effects of the worst pair."""
    assert finding.pair is not None
    ends = (int(search.index.targets.measure[at]) for at in finding.pair)
    return tuple(search.effects.link(finding.measures[0], end) for end in ends)


RULE = Rule("torn", find, title, sentence, suggestion, rows, links=links)
