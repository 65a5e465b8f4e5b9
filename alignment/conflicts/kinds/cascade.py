"""cascade: a tier's value is out of reach even if the tier below just meets all of its own.

Condition, where `aggregate` is given: a tier's value is not reached even if every target on the measure at the tier
below is just met (mean weighted by `represents`, or sum). Severity: w(t) min(1, shortfall in steps / 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, identity, rounded
from alignment.conflicts.matching import overlap
from alignment.conflicts.naming import details, fitting, named
from alignment.index import Index, Ints, equal, group
from alignment.models.answers.conflict import Evidence
from alignment.wording import quantity, verb


@dataclass(frozen=True)
class _Short:
    """A target that the tier below would miss."""

    upper: int
    lower: tuple[int, ...]
    reading: float
    shortfall: float
    severity: float


@dataclass(frozen=True)
class _Layers:
    """Which bodies are below which."""

    below: Mapping[str, frozenset[str]]
    """For each tier, the tiers below it: its children, or without any those of the next level."""
    answering: Mapping[int, Sequence[int]]
    """For each agency, those that answer to it."""


def find(search: Search) -> Iterator[Finding]:
    """One finding for each measure and wish."""
    index = search.index
    layers = _layers(index)
    for (measure, wish), side in search.groups.items():
        if not wish or side.row.aggregate is None:
            continue
        found = list(_missed(index, side, layers))
        if not found:
            continue
        found.sort(key=lambda short: short.upper)
        worst = max(found, key=lambda short: (short.severity, -short.upper))
        upper = np.array([short.upper for short in found], dtype=np.int64)
        lower = np.array(sorted({at for short in found for at in short.lower}), dtype=np.int64)
        yield Finding(
            kind="cascade",
            id=identity("cascade", (side.row.id, wish)),
            severity=rounded(worst.severity),
            confidence=1.0,
            sides=(Group(index, measure, wish, upper), Group(index, measure, wish, lower)),
            blocks=tuple((np.array([short.upper]), np.array(short.lower)) for short in found),
            measures=(measure,),
            facts=worst,
        )


def _missed(index: Index, side: Group, layers: _Layers) -> Iterator[_Short]:
    """The targets of a side that the tier below each would miss."""
    by_tier = group((index.agencies[int(index.targets.deliverer[at])].tier, int(at)) for at in side.targets)
    for tier, uppers in by_tier.items():
        lower = [low for each in sorted(layers.below.get(tier, ())) for low in by_tier.get(each, ())]
        below = np.array(lower, dtype=np.int64)
        for upper in uppers if lower else ():
            short = _shortfall(index, side, upper, below, layers)
            if short is not None:
                yield short


def _layers(index: Index) -> _Layers:
    tiers = index.system.tiers
    children = group((row.parent, row.id) for row in tiers)
    below: dict[str, frozenset[str]] = {}
    for tier in tiers:
        deeper = [row.level for row in tiers if row.level > tier.level]
        next_level = [row.id for row in tiers if deeper and row.level == min(deeper)]
        below[tier.id] = frozenset(children.get(tier.id) or next_level)
    rows = index.system.accountability
    return _Layers(below, group((index.agency_at[row.answers_to], index.agency_at[row.agency]) for row in rows))


def _shortfall(index: Index, side: Group, at: int, below: Ints, layers: _Layers) -> _Short | None:
    rows, wish = index.targets, side.wish
    level = float(rows.level[at])
    if np.isnan(level):
        return None
    lower = _strictest(index, side, at, below)
    answering = set(layers.answering.get(int(rows.deliverer[at]), ()))
    lower = {who: low for who, low in sorted(lower.items()) if who in answering} or lower
    if not lower:
        return None
    bodies = {who: index.agencies[who].represents or 1.0 for who in sorted(lower)}
    reading = sum(float(rows.level[lower[who]]) * number for who, number in bodies.items())
    if side.row.aggregate == "mean":
        reading /= sum(bodies.values())
    shortfall = round(wish * (level - reading) / float(index.step[side.measure]), 9)
    if shortfall <= 0 or equal(level, reading):
        return None
    severity = float(rows.weight[at]) * min(1.0, shortfall / 4)
    return _Short(at, tuple(sorted(lower.values())), reading, shortfall, severity)


def _strictest(index: Index, side: Group, at: int, below: Ints) -> dict[int, int]:
    """For each body below with a target that meets this one, its strictest."""
    rows, upper = index.targets, np.array([at])
    lower = below[~np.isnan(rows.level[below]) & overlap(index, below, upper) & (index.scope(below, upper) >= 0)]
    # The most demanding first; a stable sort keeps the order of equals.
    lower = lower[np.argsort(-side.wish * rows.level[lower], kind="stable")]
    who, first = np.unique(rows.deliverer[lower], return_index=True)
    return dict(zip(who.tolist(), lower[first].tolist(), strict=True))


def title(_: Search, finding: Finding) -> str:
    """What it is about."""
    return f"{finding.sides[0].name}, which does not add up from tier to tier"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    index, short = search.index, finding.facts
    assert isinstance(short, _Short)
    upper, lower = finding.sides
    one = upper.only(np.array([short.upper]))
    below = frozenset(index.targets.deliverer[list(short.lower)].tolist())
    meet = verb(len(below), "just meets its own target", "just meet their own targets")
    reading = f"the {'sum' if lower.row.aggregate == 'sum' else 'average'} is only"
    return fitting(
        f"{one.wants(detail)} {upper.name} {one.asks}, but if {named(index, below, detail.limit)} {meet}, "
        f"{reading} {quantity(short.reading, upper.row.unit)}"
        for detail in details(one.agencies, below)
    )


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    return f"Set the values for {finding.sides[0].name} from the top down in one go, so that they add up"


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """How the measure adds up, the value missed, the targets below it."""
    short = finding.facts
    assert isinstance(short, _Short)
    row = finding.sides[0].row
    return [
        evidence.measure(search.index, row, f"a tier's reading is the {row.aggregate} of those below"),
        *(evidence.target(search.index, at) for at in (short.upper, *short.lower)),
    ]


RULE = Rule("cascade", find, title, sentence, suggestion, rows, assumed_steps)
