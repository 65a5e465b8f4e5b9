"""A glimpse of an answer as HTML: its headline and the first rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from .layout import cell_text, cut

if TYPE_CHECKING:
    import pandas as pd

ROWS: Final = 12
"""More rows than this are no glimpse."""

COLUMNS: Final = 8
"""More columns than this are no glimpse."""

LETTERS: Final = 120
"""Longer cells are cut."""

STYLE: Final = "text-align:left;vertical-align:top;max-width:40em"


def glimpse(headline: str, frame: pd.DataFrame, names: Iterable[str], size: int | None = None) -> str:
    """A headline and the first rows of a table, at most a screen.

    Parameters
    ----------
    headline
        In a line.
    frame
        The table.
    names
        What the tables of the answer are called.
    size
        How many rows there are in all; blank is those of the table.

    Returns
    -------
    str
        A piece of HTML, every text of it escaped.
    """
    some = frame.iloc[:ROWS, :COLUMNS]
    more = (len(frame) if size is None else size) - len(some)
    rest = f"{more:,} more {'row' if more == 1 else 'rows'}. " if more > 0 else ""
    tables = f"<p>{rest}Tables, with to_frame(name): {escape(', '.join(names))}.</p>"
    return f"<p><strong>{escape(headline)}</strong></p>{table(some, LETTERS) if len(some) else ''}{tables}"


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
        "<tr>" + "".join(f'<td style="{STYLE}">{escape(_text(cell, letters))}</td>' for cell in row) + "</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _text(cell: object, letters: int | None) -> str:
    text = cell_text(cell)
    return text if letters is None else cut(text, letters)
