"""The order in which conflicts are told: worst first."""

from __future__ import annotations

from collections.abc import Iterable

from alignment.models.answers.conflict import Kind

from .finding import DIGITS, Finding, Search


def ordered(search: Search, kinds: Iterable[Kind]) -> tuple[Finding, ...]:
    """The findings of some kinds, worst first."""
    return tuple(sorted((each for kind in kinds for each in search.of_kind(kind)), key=order))


def order(finding: Finding) -> tuple[float, str]:
    """By severity times confidence, then id."""
    return -round(finding.severity * finding.confidence, 2 * DIGITS), finding.id
