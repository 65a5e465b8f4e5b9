"""What stands above the layered map: what its strokes and marks mean, and what its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from . import map_places as at, palette
from .letters import width_of
from .map_contents import Contents
from .map_wishes import Way
from .marks import MARKS, STROKES, diamond
from .markup import Markup, element, short

SAYS: Final[dict[Way, str]] = {
    "up": "wants more of it",
    "down": "wants less",
    "hold": "wants it held",
    "meets": "has no target, stands in a conflict about it",
}

LENGTH: Final = 26.0
"""How long the sample of a stroke is."""

SIZE: Final = 11.0


def key(contents: Contents) -> Markup:
    """What the strokes and marks that are there mean, in two rows."""
    ways = {wish.way for wish in contents.wishes}
    wishes = [(_stroke(way), 45.0 if way in MARKS else 33.0, SAYS[way]) for way in SAYS if way in ways]
    across = any(one != two for one, two in (each.lines for each in contents.quarrels))
    alone = contents.unowned or any(one == two for one, two in (each.lines for each in contents.quarrels))
    clashes = [(_arc, 20.0, "conflict between two")] if across else []
    clashes += [(_diamond, 14.0, "conflict about one; the number says how many")] if alone else []
    return element("g", *_row(wishes, 14.0), *_row(clashes, 31.0), fill=palette.INK, font_size=SIZE, class_="key")


Sample = Callable[[float, float], Markup]
"""A stroke or mark at a place."""


def _row(items: list[tuple[Sample, float, str]], y: float) -> Iterator[Markup]:
    """Samples one beside the other, each before its words."""
    x = at.BODY_LEFT
    for sample, wide, words in items:
        yield sample(x, y)
        yield element("text", words, x=x + wide, y=y + 4)
        x += wide + width_of(words, SIZE) + LENGTH


def _stroke(way: Way) -> Sample:
    colour, dashes, width = STROKES[way]

    def sample(x: float, y: float) -> Markup:
        mark = MARKS[way](x + LENGTH + 7, y) if way in MARKS else Markup()
        line = element(
            "path",
            d=f"M{short(x)} {short(y)}h{short(LENGTH)}",
            stroke=colour,
            stroke_dasharray=dashes,
            stroke_width=width,
        )
        return element("g", line, mark)

    return sample


def _arc(x: float, y: float) -> Markup:
    course = f"M{short(x)} {short(y - 6)}c16 0 16 12 0 12"
    return element("path", d=course, fill="none", stroke=palette.CONFLICT, stroke_width=1.2)


def _diamond(x: float, y: float) -> Markup:
    return element("g", diamond(x + 5, y), fill=palette.CONFLICT)


def headings() -> Markup:
    """What each column is."""
    columns = (
        ("Who sets targets", at.BODY_RIGHT, "end"),
        ("On what", at.LINE_LEFT, "start"),
        ("Conflicts", at.MARK - 6, "start"),
        ("For which outcome", at.OUTCOME_LEFT - 12, "start"),
    )
    made = (element("text", words, x=x, y=at.TOP - 8, text_anchor=anchor) for words, x, anchor in columns)
    return element("g", *made, fill=palette.MUTED, font_size=SIZE)
