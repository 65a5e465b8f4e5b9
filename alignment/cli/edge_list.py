"""A signed edge list, from a CSV file."""

from __future__ import annotations

from typing import Any

import alignment as al
from alignment.errors import InputError

from .expert_tables import grid, placed


def edge_list(file: str, **asked: Any) -> al.Frustration:
    """The camps of who is for and against whom.

    Parameters
    ----------
    file
        A CSV file with the columns a, b and weight.
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
        header, *rows = grid("edges", file)
        return al.frustration(pd.DataFrame(rows, columns=header, dtype=object), **asked)
    except InputError as error:
        raise InputError([placed(fault, file) for fault in error.faults]) from None
