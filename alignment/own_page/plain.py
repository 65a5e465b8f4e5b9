"""Sums, units and bodies as the people of an organisation say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from alignment.wording import number

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
    """
    parts = NAME.split(text)
    return "".join(part if part.startswith("“") else _plain(part, currency) for part in parts)


def _plain(text: str, currency: str | None) -> str:
    text = re.sub(r"\bper (\d{4,})\b", lambda said: f"per {int(said[1]):,}", text)
    if currency is None or not re.fullmatch("[A-Z]{3}", currency):
        return text
    text = re.sub(rf"\b{currency} (m|bn|k)\b", lambda said: f"{currency} {SCALES[said[1]]}", text)
    # The second end of a band keeps its unit behind it, as that is the unit of both.
    return re.sub(rf"(?<!and )(?<![\d,.-])(-?\d[\d,.]*) {currency}( (?:million|billion|thousand)\b)?", _sum, text)


def _sum(said: re.Match[str]) -> str:
    currency = said[0].split(" ")[1]
    return f"{currency} {said[1]}{said[2] or ''}"


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


def together(words: Iterable[str], limit: int) -> str:
    """A list in words, names parted by semicolons where one of them has a comma of its own.

    >>> together(["a", "b", "c"], 2), together(["a, b", "c"], 2)
    ('a, b and 1 other', 'a, b; and c')
    """
    every = list(words)
    rest = len(every) - limit
    said = [*every[:limit], *([f"{rest} other{'' if rest == 1 else 's'}"] if rest > 0 else [])]
    if len(said) < 2:
        return "".join(said)
    if any("," in word for word in said):
        return f"{'; '.join(said[:-1])}; and {said[-1]}"
    return f"{', '.join(said[:-1])} and {said[-1]}"
