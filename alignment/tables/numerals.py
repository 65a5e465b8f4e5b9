"""Numbers as people write them: with decimal commas or points, thousands set apart, signs of money and per cent.

Whether a comma is a decimal comma is seen from the whole column: `1,5` can be nothing else, `1,250` either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from alignment.models.cell_fault_words import shown

Style = Literal["point", "comma"]
"""The decimal sign; the other of the two sets thousands apart."""

STYLES: Final[tuple[Style, ...]] = ("point", "comma")

PLAIN: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number as programs write it."""

MONEY: Final = "\u00a3$\u20ac\u00a5\u20b9"
"""Signs of currencies."""

SHAPES: Final = {
    style: re.compile(
        rf"(?:[1-9][0-9]{{0,2}}(?:{apart}[0-9]{{3}})+|[0-9]+|(?={point}))(?:{point}[0-9]+)?(?:e[+-]?[0-9]+)?"
    )
    for style, point, apart in (("point", r"\.", ","), ("comma", ",", r"\."))
}
SIGNED: Final = re.compile(
    rf"(?P<sign>[+-]?)(?P<money>[{MONEY}]?)(?P<sign_after>[+-]?)(?P<digits>.*?)(?P<after>[{MONEY}]?)"
)
THOUSAND: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""Digits that are a thousand and more in one style, and a few and thousandths in the other."""

SPACED: Final = re.compile(r"(?<=[0-9])[ '\u2019](?=[0-9]{3}(?![0-9]))")
"""Spaces and apostrophes that set thousands apart."""


@dataclass(frozen=True)
class Numeral:
    """A number as somebody wrote it."""

    sign: str
    digits: str
    """Its digits with points and commas, and no more."""
    money: bool
    """Whether it has the sign of a currency."""
    per_cent: bool
    """Whether it has the sign of a percentage."""

    @cached_property
    def styles(self) -> tuple[Style, ...]:
        """The ways in which it can be read that make different numbers; both where they make the same."""
        if self.money and THOUSAND.fullmatch(self.digits):
            # No money has thousandths.
            return ("point",) if "," in self.digits else ("comma",)
        return tuple(style for style in STYLES if SHAPES[style].fullmatch(self.digits))

    @property
    def decides(self) -> bool:
        """Whether it can be read in one way only, and so tells how others of its column are meant."""
        return len(self.styles) == 1

    @property
    def open(self) -> bool:
        """Whether it could be two different numbers."""
        return not self.decides and bool(THOUSAND.fullmatch(self.digits))

    @property
    def thousands(self) -> float:
        """The larger of two numbers that it could be."""
        return self.read("point" if "," in self.digits else "comma")

    def read(self, style: Style) -> float:
        """The number."""
        apart, point = (",", ".") if style == "point" else (".", ",")
        return float(self.sign + self.digits.replace(apart, "").replace(point, "."))


def numeral(text: str) -> Numeral | None:
    """A text as a number that somebody wrote; nothing where it is none.

    Parameters
    ----------
    text
        The text, spaces of any kind as plain ones.

    Examples
    --------
    >>> found = numeral("\u00a31,234.50")
    >>> found.styles, found.read("point")
    (('point',), 1234.5)
    >>> numeral("12 cases") is None
    True
    """
    bare = text.replace("\u2212", "-").strip()
    per_cent = bare.endswith("%")
    found = SIGNED.fullmatch(bare.removesuffix("%").strip())
    if found is None or (found["sign"] and found["sign_after"]):
        return None
    digits = SPACED.sub("", found["digits"].strip()).casefold()
    read = Numeral(found["sign"] or found["sign_after"], digits, bool(found["money"] or found["after"]), per_cent)
    return read if read.styles else None


def read_in(found: Numeral, style: Style | None, fits: Callable[[float], bool] = lambda _: True) -> float | None:
    """The number that is meant; nothing where it could be two.

    Parameters
    ----------
    found
        The number as it is written.
    style
        How others of its column are, as `style_of` tells it.
    fits
        Whether a number can stand there.

    Examples
    --------
    >>> written = numeral("1,250")
    >>> read_in(written, "comma"), read_in(written, None), read_in(written, None, float.is_integer)
    (1.25, None, 1250.0)
    """
    if style in found.styles and (found.open or found.decides):
        return found.read(style)
    if not found.open:
        return found.read(found.styles[0])
    fitting = [value for value in map(found.read, found.styles) if fits(value)]
    if len(fitting) < len(found.styles):
        return fitting[0] if fitting else found.thousands
    # Without a word to the contrary a point is a decimal point, as in every file that a program writes.
    return found.read("point") if "." in found.digits and style is None else None


def which_of_two(text: str, found: Numeral) -> tuple[str, str]:
    """What to ask of a number that could be two.

    >>> which_of_two("1,250", numeral("1,250"))
    ("'1,250' could be 1250 or 1.25: no other number of the column tells", 'Write 1250 or 1.25')
    """
    two = " or ".join(f"{found.read(style):.15g}" for style in found.styles)
    return f"{shown(text)} could be {two}: no other number of the column tells", f"Write {two}"


def style_of(numerals: Iterable[Numeral]) -> Style | None:
    """How the numbers of a column are written; nothing where none of them tells, or they contradict each other.

    >>> style_of([numeral("1,5"), numeral("1,250")]), style_of([numeral("1,250")])
    ('comma', None)
    """
    told: set[Style] = {one.styles[0] for one in numerals if one.decides}
    return told.pop() if len(told) == 1 else None
