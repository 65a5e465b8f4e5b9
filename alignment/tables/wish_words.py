"""A wish in the words that people use: up, down, at least 95, >= 95, 85 to 92, reduce by 10, hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alignment.models.cell_fault_words import shown
from alignment.models.numbers import is_of_hundred

from .numerals import Numeral, Style, numeral, read_in, which_of_two

NUMBER: Final = r"[+-]?\d(?:(?:[.,]|[ '’](?=\d{3}(?!\d)))?\d)*"
FIRST: Final = rf"(?:(?P<money>[£$€])\s*)?(?P<first>{NUMBER})"
SECOND: Final = rf"(?:[£$€]\s*)?(?P<second>{NUMBER})"
UNIT: Final = r"(?:\s*(?P<unit>%(?: of .*)?|[^\W\d_].*))?"
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

    @property
    def is_of_hundred(self) -> bool:
        """Whether its numbers are percentages."""
        return is_of_hundred(self.unit or "")

    def __str__(self) -> str:
        sign = "%" if self.is_of_hundred else ""
        numbers = ", ".join(
            f"{name} {value:.15g}{sign}"
            for name, value in (("value", self.value), ("upper", self.upper))
            if value is not None
        )
        return ", ".join(filter(None, [self.sense, numbers, f"due {self.due}" if self.due else ""]))


class UnclearWishError(ValueError):
    """Words that do not say a wish: what is wrong with them, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(what)


def wish_of(text: str, style: Style | None = None) -> Wish:
    """The wish that words say.

    Parameters
    ----------
    text
        The words.
    style
        How the numbers of other wishes beside it are written, as `style_of` tells it.

    Raises
    ------
    UnclearWishError
        They do not say which way, or how far, or a number could be two.

    Examples
    --------
    >>> print(wish_of("Reduce by 10"), wish_of(">= 95%"), wish_of("85 to 92 by 2030"), sep="; ")
    decrease, value 10; at_least, value 95%; between, value 85, upper 92, due 2030
    """
    bare, due = _due(_bare(text))
    for sense, pattern in PATTERNS:
        if found := re.fullmatch(pattern, bare):
            return _made(sense, found.groupdict(), due, style, text)
    raise _unclear(bare, text)


def numerals_in(text: str) -> list[Numeral]:
    """The numbers of a wish as they are written.

    >>> [found.digits for found in numerals_in("between 1,250 and £2.5 by 2030")]
    ['1,250', '2.5']
    """
    bare, _ = _due(_bare(text))
    return [number for found in re.finditer(FIRST, bare) if (number := _numeral(found["money"], found["first"]))]


def _bare(text: str) -> str:
    # Nobody needs more words than that, and patterns would take their time.
    return " ".join(text[:LONGEST].replace("−", "-").split()).casefold().rstrip(".")


def _due(bare: str) -> tuple[str, str | None]:
    """The words without the year by which it is wanted, and that year."""
    found = re.fullmatch(r"(.*\S) by (?:the end of )?((?:19|20)\d\d)", bare)
    return (found[1], found[2]) if found else (bare, None)


def _made(sense: str, parts: Mapping[str, str | None], due: str | None, style: Style | None, text: str) -> Wish:
    money = parts.get("money")
    unit = " ".join(filter(None, [money, parts.get("unit")])) or None
    if sense in SIZES and unit is not None and is_of_hundred(unit):
        what = f"{shown(text)} can be so many points, or a part of today's level"
        raise UnclearWishError(what, "Write the size in the measure's unit, as 'by 10'; or only up or down")
    first, second = (_number(money, parts.get(name), style, text) for name in ("first", "second"))
    return Wish(sense, first, second, unit, due)


def _number(money: str | None, digits: str | None, style: Style | None, text: str) -> float | None:
    """A number of a wish."""
    if digits is None:
        return None
    found = _numeral(money, digits)
    if found is None:
        raise _untold(text)
    value = read_in(found, style)
    if value is None:
        raise UnclearWishError(*which_of_two(text, found))
    return value


def _numeral(money: str | None, digits: str) -> Numeral | None:
    return numeral(f"{money or ''}{digits}")


def _unclear(bare: str, text: str) -> UnclearWishError:
    if re.fullmatch(rf"(?:up to |to |=\s*)?{FIRST}{UNIT}", bare):
        return UnclearWishError(
            f"{shown(text)} does not say whether less or more is wanted", "Write at least or at most"
        )
    if bare.startswith(("improve", "better", "worse")):
        return UnclearWishError(f"{shown(text)} does not say which way is meant", "Write up or down")
    return _untold(text)


def _untold(text: str) -> UnclearWishError:
    return UnclearWishError(f"{shown(text)} is not a wish that can be told", f"Write {SAY}")
