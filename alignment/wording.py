"""Sentences for people: names, lists, numbers and directions in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from .models.answers.conflict import Way
from .models.fields import Row
from .models.numbers import is_of_hundred
from .models.system import count
from .models.system.links import Influence
from .models.system.measures import Measure, Target

__all__ = [
    "WAYS",
    "asks",
    "checked",
    "count",
    "evidence_words",
    "in_words",
    "lower_first",
    "names",
    "number",
    "quoted",
    "severity_word",
    "upper_first",
    "with_article",
]

WAYS: Final[dict[int, Way]] = {1: "up", -1: "down", 0: "hold"}
BETTER: Final = {1: "higher is better", -1: "lower is better"}


def number(value: float) -> str:
    """A number as people write it.

    >>> number(95.0), number(0.25), number(10500), number(1 / 3)
    ('95', '0.25', '10,500', '0.333')
    """
    return f"{round(value, 3):,}".removesuffix(".0")


def quantity(value: float, unit: str | None) -> str:
    """A number with its unit.

    >>> quantity(95, "%"), quantity(10500, "per 100000"), quantity(3, None), quantity(1, "days")
    ('95%', '10,500 per 100000', '3', '1 day')
    >>> quantity(100, "index 2016 = 100"), quantity(3, "number")
    ('100 (index 2016 = 100)', '3')
    """
    if not unit or unit == "number":
        return number(value)
    if unit.startswith("index"):
        return f"{number(value)} ({unit})"
    if unit.startswith("%"):
        return f"{number(value)}{unit}"
    first, *rest = unit.split(" ")
    if value == 1 and len(first) > 3 and first.endswith("s") and not first.endswith("ss"):
        unit = " ".join([first[:-1], *rest])
    return f"{number(value)} {unit}"


def money(value: float, currency: str | None) -> str:
    """A sum of money as people say it: three figures, large ones in millions.

    >>> money(3_123_456, "GBP"), money(12_345, "GBP"), money(2.5e9, "EUR"), money(999_999, None)
    ('GBP 3.12 million', 'GBP 12,300', 'EUR 2.5 billion', '1 million')
    >>> money(310, "GBP million")
    '310 GBP million'
    """
    size, word = float(f"{value:.3g}"), ""
    for least, name in ((1e9, " billion"), (1e6, " million")):
        if abs(size) >= least:
            size, word = size / least, name
            break
    said = f"{number(size)}{word}"
    if not currency:
        return said
    # A code stands before its sum, as in GBP 3 million; words such as GBP million after it.
    return f"{currency} {said}" if len(currency.split()) == 1 else f"{said} {currency}"


def sums(text: str) -> str:
    """A text whose sums of money are said as people say them: the currency first, its millions in a word.

    >>> sums("310 GBP m or less"), sums("24.1 GBP an hour today"), sums("633 GBP million a year"), sums("12 GBP a day")
    ('GBP 310 million or less', 'GBP 24.10 an hour today', 'GBP 633 million a year', 'GBP 12 a day')
    """
    return SUM.sub(_sum, text)


SUM: Final = re.compile(r"(?<![\d,.])([\d,]+(?:\.\d+)?) ([A-Z]{3})(?: (m|million|bn|billion|thousand))?(?![\w])")
"""How a number, a currency and its thousands or millions stand in a unit."""

LARGE: Final = {"m": "million", "bn": "billion"}


def _sum(found: re.Match[str]) -> str:
    value, currency, size = found.groups()
    if size is None:
        # A single decimal is one of tens of pence.
        return f"{currency} {value}0" if re.search(r"\.\d$", value) else f"{currency} {value}"
    return f"{currency} {value} {LARGE.get(size, size)}"


def difference(value: float, unit: str | None) -> str:
    """A difference between two values of a measure, with its unit.

    >>> difference(2, "score out of 10")
    '2 points'
    >>> difference(4, "%"), difference(2, "per cent of staff"), difference(3, "days"), difference(1, "index 2016 = 100")
    ('4 percentage points', '2 percentage points', '3 days', '1 index point')
    """
    said = unit or ""
    points = (
        (said.startswith("index"), "index point"),
        (said.startswith("score"), "point"),
        (is_of_hundred(said), "percentage point"),
    )
    for is_one, one in points:
        if is_one:
            return f"{number(value)} {one}" + ("" if number(value) == "1" else "s")
    return quantity(value, unit)


def in_steps(value: float, step: float, unit: str | None) -> str:
    """Steps, with what they are in the unit of their measure beside them.

    >>> in_steps(2, 2, "%"), in_steps(1, 3, "days"), in_steps(2, 1, None)
    ('2 steps (4 percentage points)', '1 step (3 days)', '2 steps')
    """
    said = f"{number(value)} step" + ("" if number(value) == "1" else "s")
    return said if step == 1 and not unit else f"{said} ({difference(value * step, unit)})"


def lower_first(name: str) -> str:
    """A name as it stands inside a sentence.

    >>> lower_first("Bed occupancy"), lower_first("A&E waits"), lower_first("NHS staff")
    ('bed occupancy', 'A&E waits', 'NHS staff')
    """
    starts_a_word = len(name) > 1 and name[1].islower()
    return name[0].lower() + name[1:] if starts_a_word else name


def quoted(name: str) -> str:
    """A name as its owners write it, so that nobody takes a part of it for the sentence around it.

    >>> quoted("Cancer: told within 28 days")
    '“Cancer: told within 28 days”'
    """
    return f"“{name}”"


def with_article(noun: str) -> str:
    """A noun with its article.

    >>> with_article("activity payment"), with_article("grant")
    ('an activity payment', 'a grant')
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def upper_first(text: str) -> str:
    """A text as it stands at the start of a sentence."""
    return text[:1].upper() + text[1:]


def names(words: Sequence[str], limit: int = 3) -> str:
    """A list in words, the tail counted.

    >>> names(["a"]), names(["a", "b"]), names(["a", "b", "c", "d", "e"])
    ('a', 'a and b', 'a, b, c and 2 others')
    >>> names(["a", "b", "c", "d"])
    'a, b, c and 1 other'
    """
    if len(words) > limit:
        rest = count(len(words) - limit, "other", "others")
        return ", ".join(words[:limit]) + f" and {rest}"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def whose(name: str) -> str:
    """A name as it stands before what is its own.

    >>> whose("Croydon"), whose("the voluntary services")
    ("Croydon's", "the voluntary services'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def verb(number_of: int, one: str, many: str) -> str:
    """The verb that agrees.

    >>> verb(1, "wants", "want"), verb(2, "wants", "want")
    ('wants', 'want')
    """
    return one if number_of == 1 else many


def ask(target: Target, measure: Measure) -> str:
    """What one target asks for.

    >>> beds = Measure(id="m", name="Beds", unit="%", direction="higher")
    >>> ask(Target(agency="a", measure="m", sense="at_least", value=95), beds)
    'at 95% or more'
    >>> ask(Target(agency="a", measure="m", sense="hold", value=2), beds)
    'no more than 2 percentage points worse than today'
    >>> ask(Target(agency="a", measure="m", sense="increase", value=1), beds)
    'up by 1 percentage point'
    >>> ask(Target(agency="a", measure="m", sense="at_most", value=0), Measure(id="m", name="Debt", unit="GBP million"))
    'at 0 or less'
    """
    unit, value = measure.unit, target.value
    if target.sense == "hold":
        return _guarded(value or 0.0, measure)
    if target.sense == "between":
        assert value is not None
        assert target.upper is not None
        return f"between {number(value)} and {quantity(target.upper, unit)}"
    if target.sense in ("at_least", "at_most"):
        assert value is not None
        # Nothing is nothing in every unit, and "0 GBP million a year" is hard to read.
        level = quantity(value, unit) if value or (unit or "").startswith("%") else "0"
        return f"at {level} or {'more' if target.sense == 'at_least' else 'less'}"
    way = "up" if target.sense == "increase" else "down"
    return way if value is None else f"{way} by {difference(value, unit)}"


def _guarded(margin: float, measure: Measure) -> str:
    """What a hold asks for; where no way is better, the level of today."""
    better = measure.direction in ("higher", "lower")
    if margin:
        size = difference(margin, measure.unit)
        return f"no more than {size} worse than today" if better else f"within {size} of today"
    return "no worse than today" if better else "as it is today"


def asks(targets: Iterable[Target], measure: Measure, wish: int) -> str:
    """What targets with one wish ask for: their own words where they agree, the direction where they do not."""
    rows = list(targets)
    found = {ask(target, measure) for target in rows}
    if len(found) == 1:
        return found.pop()
    guards, guarded = sum(target.sense == "hold" for target in rows), _guarded(0.0, measure)
    if guards == len(rows):
        return guarded
    return {1: "up", -1: "down", 0: "held in a band"}[wish] + (f", or {guarded}" if guards else "")


def in_words(value: int) -> str:
    """A number of things in words, up to twelve.

    >>> in_words(2), in_words(12), in_words(1300)
    ('two', 'twelve', '1,300')
    """
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[value] if value < len(words) else f"{value:,}"


def about(value: float, unit: str | None) -> str:
    """A difference that is only roughly known: two digits, with its unit.

    >>> about(12.34, "bed days"), about(0.0567, "%"), about(1234, None)
    ('about 12 bed days', 'about 0.057 percentage points', 'about 1,200')
    """
    return f"about {difference(float(f'{value:.2g}'), unit)}"


SEVERE: Final = {0.75: "severe", 0.5: "strong", 0.25: "moderate", 0.0: "slight"}
"""The word for a severity from each of these up."""


def severity_word(severity: float) -> str:
    """A severity in a word: severe from 0.75, strong from 0.5, moderate from 0.25, else slight.

    >>> [severity_word(value) for value in (1, 0.75, 0.5, 0.25, 0.1)]
    ['severe', 'severe', 'strong', 'moderate', 'slight']
    """
    return next(word for least, word in SEVERE.items() if severity >= least)


SEEN: Final = frozenset({"yes", "y", "true", "1", "seen", "checked", "verified"})
RECALLED: Final = frozenset({"recall", "recalled", "no", "n", "false", "0", "not seen", "unverified"})
"""What authors write in `verified` where nobody looked at the source."""


def recalled(row: Row) -> bool:
    """Whether its author says that a row was recalled, not read in its source."""
    return row.verified is not None and row.verified.casefold() in RECALLED


def checked(row: Row) -> str:
    """Whether somebody saw the source of a row, after what it says; blank where nobody says.

    >>> checked(Influence(source_measure="a", target_measure="b", verified="recall"))
    '; recalled, source not seen'
    >>> checked(Influence(source_measure="a", target_measure="b", verified="yes"))
    ''
    >>> checked(Influence(source_measure="a", target_measure="b", verified="by phone"))
    '; verified: by phone'
    """
    if row.verified is None or row.verified.casefold() in SEEN:
        return ""
    return "; recalled, source not seen" if recalled(row) else f"; verified: {row.verified}"


def graded(row: Influence) -> str:
    """How sure an influence is said to be; nothing is called strong that has no source.

    >>> graded(Influence(source_measure="a", target_measure="b", certainty="strong", source="Trial"))
    'strong evidence'
    >>> graded(Influence(source_measure="a", target_measure="b", certainty="strong"))
    'said to be strong, no source'
    >>> graded(Influence(source_measure="a", target_measure="b"))
    'evidence not rated, no source'
    """
    if row.certainty is None:
        return "evidence not rated" + ("" if row.source else ", no source")
    return f"{row.certainty} evidence" if row.source else f"said to be {row.certainty}, no source"


def evidence_words(rows: Sequence[Influence], confidence: float) -> str:
    """How sure some influences are together, for a bracket: the weakest, and whether all have a source that was seen.

    Parameters
    ----------
    rows
        The influences; the weakest of them decides.
    confidence
        That of the weakest, as METHOD 2 has it.
    """
    word = {0.9: "strong", 0.7: "moderate", 0.5: "contested", 0.3: "weak"}[confidence]
    if confidence == UNRATED and not any(row.certainty == "moderate" for row in rows):
        rated, said = "evidence not rated", "evidence not rated"
    else:
        rated, said = f"{word} evidence", f"said to be {word}"
    if not all(row.source for row in rows):
        return f"{said}, no source" if not any(row.source for row in rows) else f"{said}, not all with a source"
    return f"{rated}, recalled" if any(recalled(row) for row in rows) else rated


UNRATED: Final = 0.7
"""The confidence in an influence of which nobody says how sure it is."""


def better(good: int) -> str:
    """Which way is better for people."""
    return BETTER[good]


def percent(share: float) -> str:
    """A share in words.

    >>> percent(0.666)
    '67%'
    """
    return f"{round(100 * share)}%"
