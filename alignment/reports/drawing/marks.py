"""Marks and strokes of the layered map: each way that a body may want has a shape, a dash and a colour of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from . import palette
from .map_wishes import Way
from .markup import Markup, element, short

STROKES: Final[Mapping[Way, tuple[str, str | None, float]]] = {
    "meets": (palette.RULE, "2 3", 1.0),
    "hold": (palette.HOLD, "2 2", 1.2),
    "up": (palette.UP, None, 1.0),
    "down": (palette.DOWN, "6 3", 1.2),
}
"""For each way colour, dashes and width, in the order in which they are drawn."""


def rising(x: float, y: float) -> Markup:
    """A triangle that points up, about a point."""
    return _shape(x, y, "m-4 3.5h8l-4 -7z", palette.UP)


def falling(x: float, y: float) -> Markup:
    """A triangle that points down."""
    return _shape(x, y, "m-4 -3.5h8l-4 7z", palette.DOWN)


def square(x: float, y: float) -> Markup:
    """A square."""
    return _shape(x, y, "m-3.5 -3.5h7v7h-7z", palette.HOLD)


def diamond(x: float, y: float) -> Markup:
    """A diamond, in the colour of what it is drawn in."""
    return _shape(x, y, "m-4.5 0l4.5 -4.5l4.5 4.5l-4.5 4.5z", None)


def _shape(x: float, y: float, course: str, colour: str | None) -> Markup:
    return element("path", d=f"M{short(x)} {short(y)}{course}", fill=colour)


MARKS: Final[Mapping[Way, Callable[[float, float], Markup]]] = {"up": rising, "down": falling, "hold": square}
"""The mark before a line that some body wants to go that way."""
