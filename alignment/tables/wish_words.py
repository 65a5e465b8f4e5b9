"""A wish in the words that people use: up, down, at least 95, >= 95, 85 to 92, reduce by 10, hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alignment.models.cell_fault_words import shown

NUMBER: Final = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
FIRST: Final = rf"(?:(?P<money>[£$€])\s*)?(?P<first>{NUMBER})"
SECOND: Final = rf"(?:[£$€]\s*)?(?P<second>{NUMBER})"
UNIT: Final = r"(?:\s*(?P<unit>%|[^\W\d_].*))?"
UP: Final = r"(?:up|increase|raise|rise|grow|more|higher|lift)"
DOWN: Final = r"(?:down|decrease|reduce|reduction|cut|fall|drop|lower|less|fewer)"
AT_LEAST: Final = (
    r"(?:at[ _-]least|>=|≥|>|min(?:imum)?(?: of)?|not? (?:less|fewer) than|not below|above|over|more than)"
)
AT_MOST: Final = (
    r"(?:at[ _-]most|<=|≤|<|max(?:imum)?(?: of)?|not? (?:more|higher) than|not above|below|under|less than|fewer than)"
)
HOLD: Final = r"(?:hold|keep|maintain|stay|steady|stable|same|no change|no worse)"

NUMBERED: Final = (
    ("between", rf"(?:between )?{FIRST}\s*%?\s*(?:and|to|-|–|\.\.)\s*{SECOND}"),
    ("decrease", rf"{DOWN} by {FIRST}"),
    ("increase", rf"{UP} by {FIRST}"),
    ("at_most", rf"{DOWN} to {FIRST}"),
    ("at_least", rf"(?!up ){UP} to {FIRST}"),
    ("at_least", rf"{AT_LEAST}\s*{FIRST}"),
    ("at_most", rf"{AT_MOST}\s*{FIRST}"),
    ("hold", rf"{HOLD} (?:by|within) {FIRST}"),
)
PATTERNS: Final = (
    *((sense, pattern + UNIT) for sense, pattern in NUMBERED),
    ("at_least", rf"{FIRST}\s*(?P<unit>%?)\s*(?:\+|or (?:more|higher|above|over))"),
    ("at_most", rf"{FIRST}\s*(?P<unit>%?)\s*or (?:less|fewer|lower|below|under)"),
    # How far may stand in a column of its own.
    ("increase", rf"{UP}(?: by)?"),
    ("decrease", rf"{DOWN}(?: by)?"),
    ("hold", HOLD),
    ("at_least", AT_LEAST),
    ("at_most", AT_MOST),
    ("between", "between"),
)
"""For each sense, words that say it; the first that fits."""

LONGEST: Final = 200
"""Of a wish. Unit: letters."""

SIZES: Final = frozenset({"increase", "decrease", "hold"})
"""The senses whose number is the size of a change."""

SAY: Final = "up, down, hold, at least 95, at most 95, between 85 and 92, up by 10 or down by 10"


@dataclass(frozen=True)
class Wish:
    """A wish as a target says it."""

    sense: str
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    due: str | None = None

    def __str__(self) -> str:
        numbers = ", ".join(
            f"{name} {value:g}" for name, value in (("value", self.value), ("upper", self.upper)) if value is not None
        )
        return ", ".join(filter(None, [self.sense, numbers, f"due {self.due}" if self.due else ""]))


class UnclearWishError(ValueError):
    """Words that do not say a wish: what is wrong with them, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(what)


def wish_of(text: str) -> Wish:
    """The wish that words say.

    Parameters
    ----------
    text
        The words.

    Raises
    ------
    UnclearWishError
        They do not say which way, or how far.

    Examples
    --------
    >>> print(wish_of("Reduce by 10"), wish_of(">= 95%"), wish_of("85 to 92 by 2030"), sep="; ")
    decrease, value 10; at_least, value 95; between, value 85, upper 92, due 2030
    """
    # Nobody needs more words than that, and patterns would take their time.
    bare = " ".join(text[:LONGEST].replace("−", "-").split()).casefold().rstrip(".")
    bare, due = _due(bare)
    for sense, pattern in PATTERNS:
        if found := re.fullmatch(pattern, bare):
            return _made(sense, found.groupdict(), due, text)
    raise _unclear(bare, text)


def _due(bare: str) -> tuple[str, str | None]:
    """The words without the year by which it is wanted, and that year."""
    found = re.fullmatch(r"(.*\S) by (?:the end of )?((?:19|20)\d\d)", bare)
    return (found[1], found[2]) if found else (bare, None)


def _made(sense: str, parts: Mapping[str, str | None], due: str | None, text: str) -> Wish:
    unit = " ".join(filter(None, [parts.get("money"), parts.get("unit")])) or None
    if sense in SIZES and unit is not None and re.match(r"%|per ?cent", unit):
        what = f"{shown(text)} can be so many points, or a part of today's level"
        raise UnclearWishError(what, "Write the size in the measure's unit, as 'by 10'; or only up or down")
    return Wish(sense, _number(parts.get("first")), _number(parts.get("second")), unit, due)


def _number(text: str | None) -> float | None:
    """A number with commas: between thousands, or before decimals.

    >>> _number("10,000"), _number("0,5"), _number("-3.5")
    (10000.0, 0.5, -3.5)
    """
    if text is None:
        return None
    thousands = re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text)
    return float(text.replace(",", "") if thousands else text.replace(",", "."))


def _unclear(bare: str, text: str) -> UnclearWishError:
    if re.fullmatch(rf"(?:up to |to |=\s*)?{FIRST}{UNIT}", bare):
        return UnclearWishError(
            f"{shown(text)} does not say whether less or more is wanted", "Write at least or at most"
        )
    if bare.startswith(("improve", "better", "worse")):
        return UnclearWishError(f"{shown(text)} does not say which way is meant", "Write up or down")
    return UnclearWishError(f"{shown(text)} is not a wish that can be told", f"Write {SAY}")
