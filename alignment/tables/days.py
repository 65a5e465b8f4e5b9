"""Days, months and years as people write them.

What begins at a month or a quarter begins at its first day, what is due then is due at its last.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from alignment.models.fields import APRIL, LAST_YEAR, financial_year

Order = Literal["day", "month"]
"""Which of two numbers comes first."""

NAMES: Final = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
"""The months by name."""

SLASHED: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
DAY: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -]([0-9]{4}|[0-9]{2})")
DAY_AFTER: Final = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
MONTH: Final = re.compile(r"([a-z]+)\.?[ -]([0-9]{4}|[0-9]{2})")
MONTH_NUMBER: Final = re.compile(r"([0-9]{4})-([0-9]{2})|([0-9]{1,2})/([0-9]{4})")
QUARTER: Final = re.compile(r"q([1-4]) (.+)|(.+) q([1-4])")
TIMED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9:]+)?")


@dataclass(frozen=True)
class Span:
    """The days that a word for a time covers."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, year: int, month: int, day: int | None = None, months: int = 1) -> Span:
        """A day, or some months from the first of one on."""
        first = dt.date(year, month, day or 1)
        if day:
            return cls(first, first)
        ends = month - 1 + months - 1
        year, month = year + ends // 12, ends % 12 + 1
        return cls(first, dt.date(year, month, calendar.monthrange(year, month)[1]))


def two_numbers(text: str) -> tuple[int, int, int] | None:
    """The two numbers and the year of a date such as 31/03/2026; nothing where it is none, or says which comes first.

    >>> two_numbers("03/04/2026"), two_numbers("31.03.2026")
    ((3, 4, 2026), None)
    """
    found = SLASHED.fullmatch(text)
    # Where people write full stops, days come first.
    return (int(found[1]), int(found[3]), _year(found[4])) if found and found[2] != "." else None


def order_of(texts: Iterable[str]) -> Order | None:
    """Whether days or months come first in the dates of a column; nothing where none tells, or they contradict.

    >>> order_of(["03/04/2026", "31/03/2026"]), order_of(["03/04/2026"])
    ('day', None)
    """
    pairs = [pair for text in texts if (pair := two_numbers(text))]
    told: set[Order] = {"day" if one > 12 else "month" for one, two, _ in pairs if max(one, two) > 12}
    return told.pop() if len(told) == 1 else None


def is_open(text: str) -> bool:
    """Whether a date could be two different days.

    >>> is_open("03/04/2026"), is_open("04/04/2026"), is_open("31/03/2026")
    (True, False, False)
    """
    pair = two_numbers(text)
    return pair is not None and pair[0] != pair[1] and max(pair[:2]) <= 12


def span(text: str, order: Order | None, begins: int = APRIL) -> Span | None:
    """The days that a text covers; nothing where it is no time.

    Parameters
    ----------
    text
        The text.
    order
        Which of two numbers comes first; blank is the day.
    begins
        The month with which a financial year begins.

    Examples
    --------
    >>> span("March 2026", None).last.isoformat(), span("Q4 2025/26", None).first.isoformat()
    ('2026-03-31', '2026-01-01')
    """
    word = text.casefold().replace(" of ", " ")
    try:
        return _slashed(word, order) or _day(word) or _month(word) or _quarter(word, begins) or _year_from(word, begins)
    except ValueError:
        # A day that the calendar does not have.
        return None


def _slashed(word: str, order: Order | None) -> Span | None:
    if timed := TIMED.fullmatch(word.upper()):
        day = dt.date.fromisoformat(timed[1])
        return Span(day, day)
    found = SLASHED.fullmatch(word)
    if found is None:
        return None
    one, two = int(found[1]), int(found[3])
    day, month = (two, one) if found[2] != "." and (two > 12 or (order == "month" and one <= 12)) else (one, two)
    return Span.of(_year(found[4]), month, day)


def _day(word: str) -> Span | None:
    if (found := DAY.fullmatch(word)) and found[2] in NAMES:
        return Span.of(_year(found[3]), NAMES[found[2]], int(found[1]))
    if (found := DAY_AFTER.fullmatch(word)) and found[1] in NAMES:
        return Span.of(int(found[3]), NAMES[found[1]], int(found[2]))
    return None


def _month(word: str) -> Span | None:
    if (found := MONTH.fullmatch(word)) and found[1] in NAMES:
        return Span.of(_year(found[2]), NAMES[found[1]])
    if (found := MONTH_NUMBER.fullmatch(word)) and not financial_year(word):
        return Span.of(int(found[1] or found[4]), int(found[2] or found[3]))
    return None


def _quarter(word: str, begins: int) -> Span | None:
    found = QUARTER.fullmatch(word)
    year = financial_year(found[2] or found[3]) if found else None
    if found is None or year is None:
        # Of a quarter of a plain year nobody knows whether its year is the calendar's.
        return None
    months = begins - 1 + 3 * (int(found[1] or found[4]) - 1)
    return Span.of(int(year[:4]) + months // 12, months % 12 + 1, months=3)


def _year_from(word: str, begins: int) -> Span | None:
    year = financial_year(word)
    return Span.of(int(year[:4]), begins, months=12) if year else None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        # As spreadsheets read them.
        year += 2000 if year < 70 else 1900
    return min(year, LAST_YEAR)


def month_of(text: str) -> int | None:
    """The month that a text names, as the beginning of a year.

    >>> month_of("--04-01"), month_of("July"), month_of("1 April"), month_of("soon")
    (4, 7, 4, None)
    """
    word = text.casefold()
    found = re.fullmatch(r"--([0-9]{2})(?:-01)?", word)
    number = int(found[1]) if found else NAMES.get(re.sub(r"^0?1(?:st)? | 0?1(?:st)?$", "", word))
    return number if number and number <= 12 else None
