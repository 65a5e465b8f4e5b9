"""What stands below a table and is no row of it: sources, notes, keys to signs.

Only a row whose one filled cell is its first can be one, in a table whose rows need more than one; only below the last
other row; and only where it reads like one: it begins as sources and notes begin, or a blank row stands above it, or it
is a sentence where an id belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alignment.models.cell_fault_words import shown

from .columns import required
from .names import ROW_TYPES

BEGINS: Final = re.compile(
    r"(sources?|notes?|footnotes?|key|contact|published|last updated|copyright|end of (table|sheet|worksheet))\b"
    r"|[*\u2020\u2021\u00a9]|\[\w{1,3}\]|\(?[\dia-c][).:] |[\u00b9\u00b2\u00b3]",
    re.IGNORECASE,
)
"""How sources and notes begin."""

WORDS: Final = 6
"""So many words in place of an id are a sentence."""


def footnotes(table: str, titles: Sequence[str | None], rows: Sequence[tuple[int, Sequence[Any]]]) -> Mapping[int, str]:
    """The rows below a table that are none of it, by their place among the rows, with what they say.

    Parameters
    ----------
    table
        The table.
    titles
        The columns that the headings mean.
    rows
        The rows below the headings that are not blank, with their numbers.

    >>> rows = [(2, ["beds", "Beds"]), (4, ["Source: our own", None])]
    >>> footnotes("measures", ["id", "name"], rows)
    {1: 'Source: our own'}
    """
    needed = required(ROW_TYPES[table])
    if len(needed) <= 1:
        return {}
    first = next((at for at, title in enumerate(titles) if title is not None), 0)
    by_id = titles[first] != "name"
    below = _lonely(rows, first)
    # What stands below a footnote is one too.
    top = next((at for at, text in below.items() if _reads_like_one(text, gap=_gap(rows, at), by_id=by_id)), None)
    return {} if top is None else {at: shown(text)[1:-1] for at, text in below.items() if at >= top}


def _lonely(rows: Sequence[tuple[int, Sequence[Any]]], first: int) -> dict[int, str]:
    """The last rows in which only the first cell is filled, with what it says."""
    found: dict[int, str] = {}
    for at in reversed(range(len(rows))):
        text = _alone(rows[at][1], first)
        if text is None:
            break
        found[at] = text
    return dict(sorted(found.items()))


def _gap(rows: Sequence[tuple[int, Sequence[Any]]], at: int) -> bool:
    """Whether a blank row stands above a row."""
    return at > 0 and rows[at][0] - rows[at - 1][0] > 1


def _reads_like_one(text: str, *, gap: bool, by_id: bool) -> bool:
    return bool(BEGINS.match(text)) or (gap and " " in text) or (by_id and len(text.split()) >= WORDS)


def _alone(cells: Sequence[Any], first: int) -> str | None:
    """The text of the one cell that is filled, where that is the first."""
    filled = [at for at, cell in enumerate(cells) if cell is not None]
    text = cells[filled[0]] if len(filled) == 1 and filled[0] <= first else None
    return text if isinstance(text, str) else None
