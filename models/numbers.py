"""Numbers with their nouns."""

from __future__ import annotations


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "tier", "tiers"), count(137, "agency", "agencies")
    ('1 tier', '137 agencies')
    """
    return f"{number:,} {one if number == 1 else many}"
