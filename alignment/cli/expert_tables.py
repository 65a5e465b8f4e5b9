"""MACTOR's two tables as experts fill them, from CSV files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import alignment as al
from alignment.errors import InputError
from alignment.models.faults import Fault
from alignment.tables.guarded import content_of

if TYPE_CHECKING:
    import pandas as pd


def expert_tables(influence: str, positions: str, **asked: Any) -> al.Mactor:
    """MACTOR's matrices of two files.

    Parameters
    ----------
    influence
        A CSV file: the first column names actors, and so do the others.
    positions
        A CSV file: the first column names actors, the others objectives.
    **asked
        As in `alignment.mactor.matrices.mactor_from`.

    Raises
    ------
    InputError
        Everything that is wrong with them, by file, row and column.
    OSError
        A file cannot be read.
    """
    places = {"direct": influence, "positions": positions}
    try:
        return al.mactor_from(_table("direct", influence), _table("positions", positions), **asked)
    except InputError as error:
        raise InputError([placed(fault, places[fault.table]) for fault in error.faults]) from None


def placed(fault: Fault, place: str) -> Fault:
    """A fault where its owner finds it: the first row of a file is its header."""
    row = None if fault.index is None else fault.index + 2
    return fault.model_copy(update={"place": place, "row": fault.row if row is None else row})


def _table(name: str, file: str) -> pd.DataFrame:
    import pandas as pd

    header, *rows = grid(name, file)
    cells = [row[1:] for row in rows]
    return pd.DataFrame(cells, index=[row[0] for row in rows], columns=header[1:], dtype=object)


def grid(name: str, file: str) -> list[list[str]]:
    """The rows of a CSV file, its header first, all of one length.

    Parameters
    ----------
    name
        What the table is called in faults.
    file
        The file.

    Raises
    ------
    InputError
        It is no table.
    """
    header, *rows = _rows(name, file) or [[""]]
    ragged = [at for at, row in enumerate(rows) if len(row) != len(header)]
    if ragged:
        raise InputError([_ragged(name, at, len(rows[at]), len(header)) for at in ragged])
    return [header, *rows]


def _ragged(name: str, at: int, cells: int, wanted: int) -> Fault:
    what = f"has {cells} cells, and the header has {wanted}"
    return Fault(table=name, index=at, what=what, remedy="Give every row a cell for each column")


def _rows(name: str, file: str) -> list[list[str]]:
    """The rows of a CSV file, without spaces around cells and blank rows at the end."""
    try:
        text = content_of(Path(file)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        raise InputError([Fault(table=name, what="is not UTF-8 text", remedy="Save it as 'CSV UTF-8'")]) from None
    except csv.Error as error:
        what = f"the quotes cannot be made out ({error})"
        raise InputError([Fault(table=name, what=what, remedy="Put names that hold a quote in quotes")]) from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return [[cell.strip() for cell in row] for row in rows]
