"""Numbers with their nouns."""

from __future__ import annotations

import re
from typing import Final

OF_HUNDRED: Final = re.compile(r"(?<!\bper )(?:%|\b(?:per ?cent|pct)\b|\bpercentages?\b)", re.IGNORECASE)
"""How units say that 100 is the whole."""


def is_of_hundred(unit: str) -> bool:
    """Whether a unit is a percentage, or percentage points.

    >>> [is_of_hundred(unit) for unit in ("% of patients", "share (per cent)", "days per 100", "GBP per %")]
    [True, True, False, False]
    """
    return bool(OF_HUNDRED.search(unit))


def count(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> count(1, "tier", "tiers"), count(137, "agency", "agencies")
    ('1 tier', '137 agencies')
    """
    return f"{number:,} {one if number == 1 else many}"
