"""What a word or mark says of the sign of a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

Sign = Literal["+", "-"]
"""Whether two things move together or apart; of people, whether they are for or against each other."""

MARKS: Final[dict[str, Sign]] = {
    "+": "+",
    "-": "-",
    # A sign at each end, as in Kumu's systems practice: what happens to the one, then to the other. "--" alone could as
    # well be a strong minus, which `ends` tells.
    "++": "+",
    "+-": "-",
    "-+": "-",
    "s": "+",
    "o": "-",
    "same": "+",
    "opposite": "-",
    "pos": "+",
    "neg": "-",
    "plus": "+",
    "minus": "-",
}
"""Marks of causal loop diagrams: same and opposite, or a sign at each end."""

DASHES: Final = str.maketrans("\u2212\u2013\u2014", "---")
"""What people and programs write for a minus."""

WORDS: Final[dict[str, Sign]] = {
    "positive": "+",
    "positively": "+",
    "negative": "-",
    "negatively": "-",
    "increases": "+",
    "decreases": "-",
    "reduces": "-",
    "opposite": "-",
}
"""Words that tell the sign wherever they stand."""


LONGEST: Final = 40
"""No number is longer, however small. Unit: characters."""

NUMBER: Final = re.compile(r"[+-]?(?:\d{1,12}(?:[.,]\d+)?|[.,]\d+)(?:[eE]-\d{1,3})?")
"""A number as people write it, and as programs write a small one."""


def sign_of(text: str | None) -> Sign | None:
    """The sign that a word or mark says; blank where it says none, or both.

    >>> sign_of("+-"), sign_of("Negative influence"), sign_of("positive or negative"), sign_of("funds")
    ('-', '-', None, None)
    """
    if text is None:
        return None
    bare = re.sub(r"[\s()\[\]/]+", "", text).lower().translate(DASHES)
    if bare in MARKS:
        return MARKS[bare]
    found: set[Sign] = {WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}
    return found.pop() if len(found) == 1 else None


def ends(marks: Iterable[str | None]) -> bool:
    """Whether marks have a sign at each end, so that "--" is down and down: that is, together.

    >>> ends(["++", "--", "+-"]), ends(["++", "--"])
    (True, False)
    """
    return any(mark is not None and mark.strip().translate(DASHES) in ("+-", "-+") for mark in marks)


def number_of(value: object) -> float | None:
    """The number that a cell holds, with a point or a comma; blank where it holds none.

    >>> number_of("+0,5"), number_of("\u22122"), number_of("P"), number_of(True)
    (0.5, -2.0, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) <= 1e12 else None
    text = str(value).strip().translate(DASHES)
    if len(text) > LONGEST or NUMBER.fullmatch(text) is None:
        return None
    return float(text.replace(",", "."))
