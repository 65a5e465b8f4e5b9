"""What people write where nothing is known, and signs that nobody sees."""

from __future__ import annotations

import re
from typing import Final

NOT_KNOWN: Final = frozenset(
    (
        *("n/a", "n.a.", "n.a", "na", "n/k", "#n/a", "#na", "null", "tbc", "tbd", "unknown"),
        *("not available", "not applicable", "not known", "not collected", "[not available]", "[not applicable]"),
        *("-", "--", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"),
        *(".", "..", "...", "\u2026", ":", "*", "**", "?"),
        *("[x]", "[c]", "[z]", "[u]", "[w]"),
    )
)
"""The marks of statistics and of spreadsheets for a figure that is not there, in small letters."""

UNSEEN: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Signs without a width of their own: soft hyphens, joiners, byte-order marks, turns of the direction of writing."""

TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of writing, so that a text reads otherwise than it is."""


def is_mark(text: str) -> bool:
    """Whether a text says that nothing is known.

    >>> is_mark("N/A"), is_mark("[x]"), is_mark("0")
    (True, True, False)
    """
    return text.casefold() in NOT_KNOWN


def seen(text: str) -> str:
    r"""A text as it is seen: without signs that have no width, one plain space for spaces of any kind.

    >>> seen("\u200bbeds\u00a0 in use ")
    'beds in use'
    """
    return " ".join(UNSEEN.sub("", text).split())
