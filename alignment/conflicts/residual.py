"""Residual conflict: what a choice of measures leaves, counted by who pushes, not by who is hurt (METHOD 6)."""

from __future__ import annotations

from typing import Final

from alignment.index import Index
from alignment.models.answers.conflict import Kind

from .finding import Finding

RESIDUAL: Final[tuple[Kind, ...]] = ("opposed", "inconsistent", "spillover", "unguarded")
"""The kinds of conflict that a choice of measures settles or leaves."""


def pushing(index: Index, finding: Finding) -> frozenset[int]:
    """The measures that all have to be kept for a finding to be left.

    A push that harms people is not made harmless by no longer looking at what it harms.

    Parameters
    ----------
    index
        What positions mean.
    finding
        One of those kinds.
    """
    if finding.kind == "spillover":
        source, harmed = finding.measures
        if finding.sides[0].wish * (finding.effect or 0.0) * int(index.good[harmed]) >= 0:
            return frozenset((source, harmed))
    return frozenset(finding.measures[:1])
