"""Sums, units and bodies as the people of an organisation say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from alignment.wording import names, number

SCALES: Final = {"m": "million", "bn": "billion", "k": "thousand"}
"""Short words for the size of a sum."""

NAME: Final = re.compile(r"(“[^”]*”)")
"""A name as its owners write it, which is left as it is."""

MONEY: Final = re.compile(r"^([A-Z]{3})(?: (m|million|bn|billion|k|thousand)\b)?(.*)$")
"""A unit that begins with a currency."""


def plainly(text: str, currency: str | None) -> str:
    """A text with sums, and units per so many people, as people write them; names are left as they are.

    >>> plainly("at 855 GBP m or less, today 406 per 100000; “5 GBP m”", "GBP")
    'at GBP 855 million or less, today 406 per 100,000; “5 GBP m”'
    >>> plainly("0 GBP m or more, today -464 GBP m (index (2024/25 = 100))", "GBP")
    'GBP 0 or more, today -GBP 464 million (index, 2024/25 = 100)'
    """
    parts = NAME.split(text)
    return "".join(part if part.startswith("“") else _plain(part, currency) for part in parts)


def _plain(text: str, currency: str | None) -> str:
    text = re.sub(r"\bper (\d{4,})\b", lambda said: f"per {int(said[1]):,}", text)
    text = re.sub(r"\(index \(([^()]*)\)\)", r"(index, \1)", text)
    if currency is None or not re.fullmatch("[A-Z]{3}", currency):
        return text
    text = re.sub(rf"\b{currency} (m|bn|k)\b", lambda said: f"{currency} {SCALES[said[1]]}", text)
    # The second end of a band keeps its unit behind it, as that is the unit of both.
    return re.sub(rf"(?<!and )(?<![\d,.-])(-?\d[\d,.]*) {currency}( (?:million|billion|thousand)\b)?", _sum, text)


def _sum(said: re.Match[str]) -> str:
    currency, value = said[0].split(" ")[1], said[1]
    if value == "0":
        return f"{currency} 0"
    return f"{'-' if value.startswith('-') else ''}{currency} {value.removeprefix('-')}{said[2] or ''}"


def sum_of(value: float, unit: str | None, currency: str | None) -> str:
    """A sum of money with what it is counted in.

    >>> sum_of(338, "GBP m a year, England 2017/18", "GBP"), sum_of(200, "GBP per handover", None)
    ('GBP 338 million a year, England 2017/18', 'GBP 200 per handover')
    >>> sum_of(5, None, "GBP"), sum_of(5, "points", "GBP")
    ('GBP 5', '5 points')
    """
    unit = unit or currency or ""
    said = MONEY.match(unit)
    if said is None:
        return f"{number(value)} {unit}".strip()
    scale = f" {SCALES.get(said[2], said[2])}" if said[2] else ""
    return f"{said[1]} {number(value)}{scale}{said[3]}"


def first_of(words: Sequence[str]) -> str:
    """Two in words; of more the first, and how many others.

    >>> first_of(["a"]), first_of(["a", "b"]), first_of(["a", "b", "c"])
    ('a', 'a and b', 'a and 2 others')
    """
    return names(words, 2 if len(words) == 2 else 1)
