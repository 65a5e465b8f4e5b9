"""A signed edge list, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import alignment as al
from alignment.errors import InputError
from alignment.maps.contents import Contents
from alignment.maps.sheets import Sheet
from alignment.tables.link_headings import columns_of
from alignment.tables.map_headings import edges_at

from .expert_tables import amount, body, placed, whole
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

    sheet = _sheet(file)
    _tell(sheet.header)
    try:
        return al.frustration(pd.DataFrame(_rows(sheet), columns=sheet.header, dtype=object), **asked)
    except InputError as error:
        raise InputError([placed(fault, file, sheet) for fault in error.faults]) from None


def _sheet(file: str) -> Sheet:
    try:
        found = Contents(Path(file)).sheet
    except InputError as error:
        raise InputError([placed(fault, file) for fault in error.faults]) from None
    return whole(file, found.below(edges_at(found.cells)))


def _rows(sheet: Sheet) -> list[list[Any]]:
    """Its rows, weights with a decimal comma as numbers; what is at the ends of links are names."""
    columns = columns_of(sheet.header)
    ends = () if columns is None else columns.ends
    return [[cell if at in ends else amount(cell) for at, cell in enumerate(cells)] for cells in body(sheet)]


def _tell(header: list[str]) -> None:
    """Say which columns were taken, where they are not called a, b and weight."""
    columns = columns_of(header)
    last = None if columns is None else columns.weight if columns.weight is not None else columns.sign
    if columns is None or last is None:
        return
    names = [header[at] for at in (*columns.ends, last)]
    if names != ["a", "b", "weight"]:
        say(f"Note: {names[0]}, {names[1]} and {names[2]} are taken for a, b and weight.")
