"""The order in which conflicts are told: worst first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from alignment.models.answers.conflict import Kind

from .finding import DIGITS, Finding, Search

MICRO: Final = 10**DIGITS
"""Severity times confidence is added up in millionths, so that sums are exact."""


def ordered(search: Search, kinds: Iterable[Kind]) -> tuple[Finding, ...]:
    """The findings of some kinds, worst first."""
    return tuple(sorted((each for kind in kinds for each in search.of_kind(kind)), key=order))


def order(finding: Finding) -> tuple[float, str]:
    """By severity times confidence, then id."""
    return -round(finding.severity * finding.confidence, 2 * DIGITS), finding.id


def weight_of(finding: Finding) -> int:
    """Severity times confidence, halves up. Unit: millionths."""
    return (round(finding.severity * MICRO) * round(finding.confidence * MICRO) + MICRO // 2) // MICRO
