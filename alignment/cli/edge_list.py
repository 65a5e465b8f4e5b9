"""A signed edge list, from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import alignment as al
from alignment.errors import InputError
from alignment.maps.sheets import sheets_of
from alignment.tables.link_headings import columns_of

from .expert_tables import grid, placed
from .streams import say


def edge_list(file: str, **asked: Any) -> al.Frustration:
    """The camps of who is for and against whom.

    Parameters
    ----------
    file
        A CSV file or workbook with the columns a, b and weight, or others that say as much.
    **asked
        As in `alignment.signed_network.frustration.frustration`.

    Raises
    ------
    InputError
        Everything that is wrong with it, by row and column.
    OSError
        It cannot be read.
    """
    import pandas as pd

    try:
        header, *rows = _cells(file)
        _tell(header)
        return al.frustration(pd.DataFrame(rows, columns=header, dtype=object), **asked)
    except InputError as error:
        raise InputError([placed(fault, file) for fault in error.faults]) from None


def _cells(file: str) -> list[list[Any]]:
    """The rows of a file, its header first; of a workbook those of its first sheet."""
    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        return [list[Any](row) for row in grid("edges", file)]
    sheet = next(iter(sheets_of(path).values()))
    width = len(sheet.header)
    by_row = dict(sheet.rows)
    last = max(by_row, default=1)
    # Blank rows stay, so that a fault names the row of the sheet; they hold no relation.
    body = [[*by_row.get(at, ()), *[None] * width][:width] for at in range(2, last + 1)]
    return [list[Any](sheet.header), *body]


def _tell(header: list[Any]) -> None:
    """Say which columns were taken, where they are not called a, b and weight."""
    columns = columns_of([str(name) for name in header])
    last = None if columns is None else columns.weight if columns.weight is not None else columns.sign
    if columns is None or last is None:
        return
    names = [str(header[at]) for at in (*columns.ends, last)]
    if names != ["a", "b", "weight"]:
        say(f"Note: {names[0]}, {names[1]} and {names[2]} are taken for a, b and weight.")
