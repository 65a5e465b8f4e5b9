"""Findings in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from alignment.index import Index, Ints, positions
from alignment.models.answers.conflict import Block, Conflict, Relation, Side
from alignment.wording import WAYS, upper_first

from .beside import with_clause
from .evidence import with_levels
from .finding import Finding, Group, Search, one_figure
from .kinds import (
    spillover,
)
from .rules import RULES

ON_TODAY: Final = ("opposed", "spillover", "unguarded", "capacity", "joint")
"""The kinds that rest on where measures stand today."""


def sentence_of(search: Search, finding: Finding) -> str:
    """A finding in one sentence, worked out once."""
    if finding not in search.said:
        rule = RULES[finding.kind]
        said = with_clause(finding, rule.links(search, finding), rule.sentence(search, finding))
        search.said[finding] = f"{upper_first(said)}."
    return search.said[finding]


def to_conflict(search: Search, finding: Finding) -> Conflict:
    """A finding in words."""
    index, rule = search.index, RULES[finding.kind]
    everybody = frozenset[int]().union(*finding.between)
    tiers = {tier for who in everybody if (tier := index.agencies[who].tier)}
    return Conflict(
        id=finding.id,
        kind=finding.kind,
        title=title_of(search, finding),
        severity=finding.severity,
        confidence=finding.confidence,
        sentence=sentence_of(search, finding),
        suggestion=f"{rule.suggestion(search, finding)}.",
        relations=relations(index, finding),
        agencies=_ids(index, everybody),
        tiers=tuple(sorted(tiers, key=lambda tier: (index.tiers[tier].level, tier))),
        measures=tuple(index.measures[at].id for at in finding.measures),
        population=finding.population,
        outcome=finding.outcome,
        resource=finding.resource,
        deliverer=None if finding.deliverer is None else index.agencies[finding.deliverer].id,
        sides=tuple(_side(index, side) for side in finding.sides),
        blocks=None if finding.blocks is None else tuple(_block(index, *block) for block in finding.blocks),
        conflicts=tuple(part.id for part in finding.parts),
        effect=finding.effect,
        amount=finding.amount,
        mixed=spillover.mixed(search, finding),
        path=tuple(index.measures[at].id for at in finding.nodes),
        assumed=(*rule.assumed(search, finding), *(one_figure(search, finding) if finding.kind in ON_TODAY else ())),
        evidence=tuple(with_levels(index, rule.evidence(search, finding))),
    )


def title_of(search: Search, finding: Finding) -> str:
    """What a finding is about, in a few words with names."""
    return upper_first(RULES[finding.kind].title(search, finding))


def _ids(index: Index, agencies: Iterable[int]) -> tuple[str, ...]:
    return tuple(index.agencies[who].id for who in sorted(agencies))


def _side(index: Index, side: Group) -> Side:
    return Side(
        measure=side.row.id,
        wish=WAYS[side.wish],
        asks=side.asks,
        targets=side.keys,
        agencies=_ids(index, side.agencies),
        deliverers=_ids(index, side.deliverers),
    )


def _block(index: Index, left: Ints, right: Ints) -> Block:
    keys = index.targets.keys
    return Block(left=tuple(keys[at] for at in positions(left)), right=tuple(keys[at] for at in positions(right)))


def relations(index: Index, finding: Finding) -> tuple[Relation, ...]:
    """Whether a conflict stands between tiers, within one tier, or within one agency."""
    parties = finding.parties
    times = Counter(who for part in parties for who in part)
    bodies = Counter(index.agencies[who].tier for who in times)
    standing = Counter(tier for part in parties for tier in {index.agencies[who].tier for who in part})
    # There are two parties at least, so whatever two agencies differ in, two parties do.
    holds: dict[Relation, bool] = {
        "vertical": len(bodies) > 1,
        "horizontal": any(standing[tier] > 1 and number > 1 for tier, number in bodies.items()),
        # Targets of one agency are never inconsistent with each other, whichever sides it stands on.
        "internal": finding.kind != "inconsistent" and any(number > 1 for number in times.values()),
    }
    return tuple(relation for relation, found in holds.items() if found)
