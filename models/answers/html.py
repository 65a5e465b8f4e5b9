"""A glimpse of an answer as HTML: its headline and the first rows of a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from .layout import cell_text

if TYPE_CHECKING:
    import pandas as pd

ROWS: Final = 10
"""More rows than this are no glimpse."""

LETTERS: Final = 120
"""Longer cells are cut."""

STYLE: Final = "text-align:left;vertical-align:top;max-width:40em"


def glimpse(headline: str, frame: pd.DataFrame, size: int | None = None) -> str:
    """A headline and the first rows of a table, at most a screen.

    Parameters
    ----------
    headline
        In a line.
    frame
        The table.
    size
        How many rows there are in all; blank is those of the table.

    Returns
    -------
    str
        A piece of HTML, every text of it escaped.
    """
    more = (len(frame) if size is None else size) - ROWS
    rest = f"<p>{more:,} more {'row' if more == 1 else 'rows'}: to_frame() has all.</p>" if more > 0 else ""
    return f"<p><strong>{escape(headline)}</strong></p>{table(frame.head(ROWS), LETTERS) if len(frame) else ''}{rest}"


def table(frame: pd.DataFrame, letters: int | None = None) -> str:
    """A table as HTML.

    Parameters
    ----------
    frame
        The table.
    letters
        Longer cells are cut; blank cuts none.
    """
    head = "".join(f'<th scope="col" style="{STYLE}">{escape(str(name))}</th>' for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f'<td style="{STYLE}">{escape(_cut(cell_text(cell), letters))}</td>' for cell in row) + "</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cut(text: str, letters: int | None) -> str:
    return text if letters is None or len(text) <= letters else f"{text[: letters - 3]}..."
