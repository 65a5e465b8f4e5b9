"""Tables of a page: a caption, headings with a scope, a box that scrolls; the worst first and the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .markup import Markup, element, folded, joined, paragraph

WORST: Final = 10
"""So many rows are read at once; the rest is folded."""

MOST: Final = 200
"""No table of the page has more rows: who wants all of them takes a workbook."""

Row = Sequence[str]


@dataclass(frozen=True)
class Head:
    """What a table is called, and its columns.

    Attributes
    ----------
    caption
        What it shows, in a sentence.
    columns
        The headings; that of a column of numbers ends in #.
    command
        What gives all rows, in a sentence, where the page does not.
    """

    caption: str
    columns: Sequence[str]
    command: str = ""


def table(head: Head, rows: Sequence[Row]) -> Markup | None:
    """A table; nothing where it has no rows.

    The first cell of each row is its heading.
    """
    if not rows:
        return None
    sides = ["number" if name.endswith("#") else None for name in head.columns]
    top = [
        element("th", name.removesuffix("#"), scope="col", class_=side)
        for name, side in zip(head.columns, sides, strict=True)
    ]
    body = [_row(row, sides) for row in rows]
    inside = element(
        "table",
        element("caption", head.caption),
        element("thead", element("tr", *top)),
        element("tbody", *body),
    )
    return element("div", inside, class_="scrolls", role="region", aria_label=head.caption, tabindex="0")


def _row(row: Row, sides: Sequence[str | None]) -> Markup:
    first, *rest = row
    cells = [element("td", cell, class_=side) for cell, side in zip(rest, sides[1:], strict=True)]
    return element("tr", element("th", first, scope="row"), *cells)


def worst(head: Head, rows: Sequence[Row], total: int | None = None) -> Markup | None:
    """A table of the first rows, and the rest of them folded below it.

    Parameters
    ----------
    head
        What it is called.
    rows
        Those to be read first before others.
    total
        How many there are, where these are not all; blank is these.
    """
    rest = rows[WORST:]
    if not rest:
        return table(head, rows)
    shown = rest[:MOST]
    beyond = (len(rows) if total is None else total) - WORST - len(shown)
    below = Head(f"{head.caption}, the rest", head.columns)
    more = f"{beyond:,} more are not on this page. {head.command}" if beyond > 0 else None
    return joined(table(head, rows[:WORST]), folded(f"{len(shown):,} more", table(below, shown), paragraph(more)))
