"""Letters of other scripts that nobody can tell from Latin ones by eye, and other ids that are easily mistaken."""

from __future__ import annotations

import unicodedata
from typing import Final

LATIN: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορ" + "‐‑‒–—−",
    "ABESIJKMHOPCTYXaesijopcyxhdqw" + "ABEZHIKMNOPTYXvop" + "------",
)
"""Cyrillic and Greek letters, and dashes, by the Latin letter or hyphen that they look like."""

ALIKE: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "_": "-"})
"""What is easily mistaken in many typefaces, of small letters and digits."""


def in_latin(text: str) -> str:
    r"""Text with Latin letters for those that only look so.

    >>> in_latin("b\u0435ds")
    'beds'
    """
    return text.translate(LATIN)


def strange_letters(text: str) -> tuple[str, ...]:
    r"""What of a text only looks like a Latin letter or a hyphen, by the names of Unicode.

    >>> strange_letters("b\u0435ds")
    ('CYRILLIC SMALL LETTER IE',)
    """
    return tuple(unicodedata.name(sign, "a sign without a name") for sign in text if ord(sign) in LATIN)


def outline(id_: str) -> str:
    """What two ids have in common that look alike.

    >>> outline("E01") == outline("EO1"), outline("beds") == outline("bets")
    (True, False)
    """
    return id_.casefold().translate(ALIKE)
