"""Ages, times, shares and other numbers in a text, taken out of it and compared as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal["age", "time", "share", "scale", "number"]

OLDEST: Final = 130.0
"""Nobody is older. Unit: years."""

HOURS: Final = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 8766 / 12, "year": 8766}

NUMBERS: Final = {
    word: str(value)
    for value, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        ),
        start=1,
    )
}

BOUNDS: Final = {
    **dict.fromkeys(("under", "within", "below", "less than", "up to", "at most", "no more than", "or less"), "up to"),
    **dict.fromkeys(("or under", "and under", "or fewer", "<", "<=", "≤"), "up to"),
    **dict.fromkeys(("over", "above", "more than", "at least", "or more", "and more", "longer than"), "over"),
    **dict.fromkeys(("or over", "and over", "or longer", "greater than", ">", ">=", "≥", "exceeding"), "over"),
}
"""Which side of a number is meant."""


@dataclass(frozen=True)
class Quantity:
    """A number in a text.

    Attributes
    ----------
    sort
        What it is a number of.
    low, high
        From and to; the same where it is one number. Unit: years of age, hours, percent, or none.
    words
        As the text has it.
    side
        Whether what is up to it, or over it, is meant; blank where neither is said.
    unit
        Of a time, the unit it is written in.
    """

    sort: Sort
    low: float
    high: float
    words: str
    side: str = ""
    unit: str = ""

    @property
    def mark(self) -> str:
        """A word for it, the same for equal ones in one unit."""
        return f"{self.sort}:{self.low:g}-{self.high:g}"

    def equals(self, other: Quantity) -> bool:
        """Whether the two are one number, whatever the words: 28 days are four weeks."""
        near = _roughly if self.unit != other.unit else float.__eq__
        return self.sort == other.sort and near(self.low, other.low) and near(self.high, other.high)

    def holds(self, other: Quantity) -> bool:
        """Whether the other lies within this."""
        return self.sort == other.sort and self.low <= other.low and other.high <= self.high


def _roughly(one: float, two: float) -> bool:
    """Whether two times in different units are one: 30 days are a month, and 52 weeks a year."""
    return abs(one - two) <= 0.02 * max(one, two)


_LESS = r"under|within|below|less than|up to|at most|no more than|<=|<|≤"
_MORE = r"over|above|more than|at least|longer than|greater than|exceeding|>=|>|≥"
_SIDE = rf"(?:(?P<before>{_LESS}|{_MORE})\s+(?:the\s+)?)?"
_AFTER = r"(?:\s*(?P<after>or less|or under|and under|or fewer|or more|and more|or over|and over|or longer))?"
_N = r"(?P<low>\d+(?:\.\d+)?)"
_TO = r"(?:\s*(?:to|-|or|and)\s*(?P<high>\d+(?:\.\d+)?))?"
_YEARS = r"(?:\s*-?years?)?(?:\s+of\s+age)?"
_OLDER = r"(?:\+|(?:and|or)\s+(?:over|older|above|more))"
_YOUNGER = r"(?:and|or)\s+(?:under|younger|below)"
_NO_UNIT = r"(?![\d.]|\s*-?\s*(?:%|per\b|percent|mm|minute|hour|day|week|month|year(?!s?\s+(?:of age|old))))"


def _older(found: re.Match[str]) -> Quantity:
    return Quantity("age", float(found["low"]), OLDEST, _tidy(found[0]))


def _over(found: re.Match[str]) -> Quantity:
    return Quantity("age", float(found["low"]), OLDEST, _tidy(found[0]))


def _younger(found: re.Match[str]) -> Quantity:
    return Quantity("age", 0.0, float(found["low"]), _tidy(found[0]))


def _under(found: re.Match[str]) -> Quantity:
    return Quantity("age", 0.0, float(found["low"]) - 1, _tidy(found[0]))


def _aged(found: re.Match[str]) -> Quantity:
    low = float(found["low"])
    return Quantity("age", low, float(found["high"] or low), _tidy(found[0]))


def _time(found: re.Match[str]) -> Quantity:
    hours = HOURS[found["unit"]]
    low = float(found["low"]) * hours
    high = float(found["high"]) * hours if found["high"] else low
    return Quantity("time", low, high, _tidy(found[0]), _side(found), found["unit"])


def _plain(sort: Sort) -> Callable[[re.Match[str]], Quantity]:
    def made(found: re.Match[str]) -> Quantity:
        low = float(found["low"])
        return Quantity(sort, low, float(found["high"] or low), _tidy(found[0]), _side(found))

    return made


def _side(found: re.Match[str]) -> str:
    word = found["before"] or found["after"] or ""
    return BOUNDS.get(word.strip(), "")


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:()")


_WRITTEN: Final[Sequence[tuple[str, Callable[[re.Match[str]], Quantity]]]] = (
    (rf"(?:\b(?:aged?|ages)\s+)?\b(?P<low>\d+)s?{_YEARS}\s*{_OLDER}(?!\w)(?!\s+(?:long|emergency))", _older),
    (rf"(?:\b(?:aged?|ages)\s+)?\b(?P<low>\d+)s?{_YEARS}\s+{_YOUNGER}\b", _younger),
    (r"\b(?:aged?|ages)\s+(?P<low>\d+)\s*(?:to|-|and)\s*(?P<high>\d+)(?:\s+years?(?:\s+of\s+age)?)?", _aged),
    (r"\b(?P<low>\d+)\s*(?:to|-)\s*(?P<high>\d+)[\s-]*years?[\s-]*olds?\b", _aged),
    (r"\b(?:aged?|ages)\s+(?:over|above)\s+(?P<low>\d+)", _over),
    (r"\b(?:aged?|ages)\s+under\s+(?P<low>\d+)", _under),
    (r"\b(?:at\s+)?(?:aged?|ages)\s+(?P<low>\d+)(?P<high>(?!.))?(?:\s+years?(?:\s+of\s+age)?)?", _aged),
    (r"\b(?P<low>\d+)(?P<high>(?!.))?[\s-]*years?[\s-]*olds?\b", _aged),
    (rf"\bper\s+{_N}(?P<high>(?!.))?(?P<before>(?!.))?(?P<after>(?!.))?", _plain("scale")),
    (rf"{_SIDE}{_N}{_TO}\s*(?:%|percent)(?!\w){_AFTER}", _plain("share")),
    (rf"{_SIDE}{_N}{_TO}[\s-]*(?P<unit>minute|hour|day|week|month|year)s?\b{_AFTER}", _time),
    (rf"\bunder[\s-]+(?P<low>\d+)s?\b{_NO_UNIT}", _under),
    (rf"\bover[\s-]*(?P<low>\d\d)'?s?\b{_NO_UNIT}", _over),
    (r"\bat\s+(?P<low>\d+)(?P<high>(?!.))?(?=\s*$)", _aged),
    (rf"{_SIDE}\b{_N}{_TO}(?:st|nd|rd|th)?\b{_AFTER}", _plain("number")),
)
"""How each sort is written, those first that others would take for their own."""

SORTS: Final = tuple((re.compile(pattern), made) for pattern, made in _WRITTEN)


def digits(text: str) -> str:
    """A text with its number words as numbers.

    >>> digits("within four weeks, a twenty-year plan")
    'within 4 weeks, a 20-year plan'
    """
    return _WORDS.sub(lambda found: NUMBERS[found[0]], text)


_WORDS: Final = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b")


def taken_out(text: str) -> tuple[str, tuple[Quantity, ...]]:
    """A plain text without its quantities, and these.

    >>> rest, found = taken_out("urgent referrals seen within 62 days, people aged 65 and over")
    >>> " ".join(rest.split()), [(each.sort, each.words) for each in found]
    ('urgent referrals seen , people', [('age', 'aged 65 and over'), ('time', 'within 62 days')])
    """
    found: list[Quantity] = []
    for pattern, made in SORTS:

        def take(match: re.Match[str], made: Callable[[re.Match[str]], Quantity] = made) -> str:
            found.append(made(match))
            return " "

        text = pattern.sub(take, text)
    return text, tuple(found)


def of(sort: Sort, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities of a sort."""
    return (each for each in quantities if each.sort == sort)
