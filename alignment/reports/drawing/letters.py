"""How wide words are: a little over what letters of Arial take, so that labels are cut and broken without a browser."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

FONT: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""The letters of drawings."""

SIZE: Final = 12.0
"""How high letters are where nothing else is said. Unit: pixels."""

MORE: Final = "…"

NARROW: Final = frozenset("iIjl.,:;'|! ‘’·")
MIDDLE: Final = frozenset('ftr()[]{}-/\\"*“”')
WIDE: Final = frozenset("mwMW%@—…")
SLIM: Final = frozenset("cksvxyzJ")
WIDTHS: Final = ((NARROW, 0.29), (MIDDLE, 0.4), (SLIM, 0.52), (WIDE, 1.03))
LATIN: Final = 0x250
"""From this sign on letters are taken to be as wide as they are high."""


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, in pixels.

    Parameters
    ----------
    text
        In one line.
    size
        How high its letters are. Unit: pixels.
    """
    return sum(map(_width, text)) * size


def _width(sign: str) -> float:
    known = next((width for signs, width in WIDTHS if sign in signs), None)
    if known is not None:
        return known
    if ord(sign) >= LATIN:
        return 0.0 if unicodedata.combining(sign) else 1.1
    return 0.74 if sign.isupper() else 0.58


def cut_to(text: str, width: float, size: float = SIZE) -> str:
    """A text that is no wider; what is cut ends in an ellipsis.

    >>> cut_to("Emergency admissions", 80), cut_to("Beds", 80)
    ('Emergency…', 'Beds')
    """
    if width_of(text, size) <= width:
        return text
    room, kept = width - width_of(MORE, size), 0
    for sign in text:
        room -= _width(sign) * size
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + MORE


def lines_of(text: str, width: float, most: int, size: float = SIZE) -> list[str]:
    """A text broken at spaces into lines that are no wider, the last of them cut where there would be too many.

    >>> lines_of("Older people stay independent at home", 100, 2)
    ['Older people', 'stay independe…']
    """
    lines: list[str] = []
    left = " ".join(text.split())
    while left and len(lines) < most - 1 and width_of(left, size) > width:
        ends = [found.start() for found in re.finditer(" ", left) if width_of(left[: found.start()], size) <= width]
        if not ends:
            break
        lines.append(left[: ends[-1]])
        left = left[ends[-1] + 1 :]
    return [*lines, cut_to(left, width, size)]


def plain(said: str) -> str:
    """Words without the data's own "(type)", which marks a body that stands for many alike.

    >>> plain("London borough (type)"), plain("London borough (type) (Borough)"), plain("NHS England")
    ('London borough', 'London borough (Borough)', 'NHS England')
    """
    return said.replace(" (type)", "")
