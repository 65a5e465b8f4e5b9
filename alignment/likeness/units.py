"""What sort of number a unit makes a measure: a share, a rate, a count, money, a time, a score, a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .words import plain

KINDS: Final[Sequence[tuple[str, str]]] = (
    ("a gap", r"\bgap\b|points?\b|gradient|slope"),
    ("an index", r"\bindex\b|\bratio\b"),
    ("a score", r"score|rating|eq-5d|grade"),
    ("a rate", r"\bper\b(?! cent\b)|/"),
    ("a share", r"%|per ?cent|share|proportion"),
    ("money", r"gbp|eur|usd|£|\$|€|pound|cost|spend"),
    ("a time", r"^(?:average |mean |median )?(?:minute|hour|day|week|month|year)s?\b"),
    ("a number", r"number|count|^[a-z ]+$"),
)
"""Each sort and how its units are written, those first that others would take for their own."""

UNLIKE: Final[Mapping[frozenset[str], float]] = {
    frozenset(("a share", "a rate")): 0.9,
    frozenset(("a number", "a rate")): 0.85,
}
"""What a likeness is multiplied by where one is the first and one the second: often one return, counted in two ways."""

OTHER: Final = 0.75
"""As `UNLIKE`, for any other two."""


def kind_of(unit: str) -> str:
    """What sort of number a unit makes a measure; blank where that cannot be told.

    >>> [kind_of(unit) for unit in ("% of patients", "per 100,000", "GBP million", "days", "patients", "1-5")]
    ['a share', 'a rate', 'money', 'a time', 'a number', '']
    >>> kind_of("per cent of patients"), kind_of("percentage points")
    ('a share', 'a gap')
    """
    said = plain(unit)
    return next((kind for kind, pattern in KINDS if re.search(pattern, said)), "")


def unlike(one: str | None, two: str | None) -> tuple[float, str]:
    """What two units do to a likeness, and what is to be said of them.

    >>> unlike("%", "per 1,000"), unlike("days per 100,000", "per 100,000"), unlike("%", None)
    ((0.9, 'one is a share and one a rate'), (1.0, ''), (1.0, ''))
    """
    mine, yours = kind_of(one or ""), kind_of(two or "")
    if not mine or not yours or mine == yours:
        return 1.0, ""
    return UNLIKE.get(frozenset((mine, yours)), OTHER), f"one is {mine} and one {yours}"
