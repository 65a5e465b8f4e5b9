"""Findings as the judge sees them: ids and figures alone."""

from __future__ import annotations

from alignment.index import Index
from alignment.judge.cases import Case

from .finding import Finding


def case_of(index: Index, finding: Finding) -> Case:
    """A finding for the judge."""
    return Case(
        id=finding.id,
        kind=finding.kind,
        severity=finding.severity,
        confidence=finding.confidence,
        measures=tuple(index.measures[at].id for at in finding.measures),
        resource=finding.resource,
        outcome=finding.outcome,
        reckoned=getattr(finding.facts, "overrun", 0.0) > 0,
        groups=tuple(frozenset(index.agencies[who].id for who in part) for part in finding.between),
        targets=tuple(key for side in finding.sides for key in side.keys),
    )
