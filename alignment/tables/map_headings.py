"""Where a map of another tool begins among rows: at the headings of an edge list, or at the names over a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from .link_headings import columns_of
from .link_signs import number_of

FIRST: Final = 30
"""The headings are among so many rows."""

Rows = Sequence[Sequence[Any]]
"""Rows of cells, none of them blank."""


def text_of(value: Any) -> str | None:
    r"""A cell as text on one line; blank is nothing.

    >>> text_of(" Energy\nefficiency "), text_of(3.0), text_of("")
    ('Energy efficiency', '3', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split()) or None


def names_in(cells: Sequence[Any]) -> list[str]:
    """Headings as text; what is blank is no text."""
    return [text_of(cell) or "" for cell in cells]


def starts(rows: Rows) -> Iterator[int]:
    """Which rows may hold headings: the first, and each that has more cells than all above it, which are titles.

    >>> list(starts([["Interlinkages, 2019"], ["", "beds", "waits"], ["beds", 0, 1]]))
    [0, 1]
    """
    widest = -1
    for at, cells in enumerate(rows[:FIRST]):
        # The corner of a matrix may be blank.
        width = sum(cell not in (None, "") for cell in cells[1:])
        if width > widest:
            yield at
            widest = width


def edges_at(rows: Rows) -> int | None:
    """The row whose headings name the two ends of links; none where no row does."""
    return next((at for at in starts(rows) if columns_of(names_in(rows[at])) is not None), None)


def matrix_at(rows: Rows) -> int | None:
    """The row that shares most of its names with the first cells of those below it; none where no row does."""
    return next((at for at in starts(rows) if _shared(rows, at) and not _is_below_edges(rows, at)), None)


def _shared(rows: Rows, at: int) -> int:
    """How many names a row shares with the first cells below it; 0 where these are not most."""
    across = {name for name in names_in(rows[at][1:]) if name}
    if not across:
        return 0
    down = {name for cells in rows[at + 1 :] if cells and (name := text_of(cells[0])) is not None}
    shared = len(across & down)
    return shared if 2 * shared > min(len(across), len(down)) else 0


def _is_below_edges(rows: Rows, at: int) -> bool:
    """Whether the headings of an edge list stand above a row, which then is one of its links."""
    return edges_at(rows[:at]) is not None


def scores_at(rows: Rows) -> int | None:
    """The row of names below which most cells are numbers; none where no row is so. Above it stand titles."""
    return max((at for at in starts(rows) if _scored(rows, at)), default=None)


def _scored(rows: Rows, at: int) -> int:
    """How many names a row has over numbers; 0 where most of what is below it is none."""
    names = [name for name in names_in(rows[at][1:]) if name and number_of(name) is None]
    below = [cell for cells in rows[at + 1 :] for cell in cells[1:] if cell not in (None, "")]
    numbers = sum(number_of(cell) is not None for cell in below)
    return len(names) if 2 * numbers >= len(below) > 0 else 0


def scored_names_in(rows: Rows) -> int:
    """How many names some rows have over numbers."""
    at = scores_at(rows)
    return 0 if at is None else _scored(rows, at)


def headings_in(rows: Rows) -> int:
    """How many headings of a matrix or an edge list some rows hold."""
    matrix, edges = matrix_at(rows), edges_at(rows)
    if matrix is not None:
        return _shared(rows, matrix)
    columns = None if edges is None else columns_of(names_in(rows[edges]))
    return 0 if columns is None else len(columns.taken)
