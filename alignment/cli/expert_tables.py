"""MACTOR's two tables as experts fill them, from files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import alignment as al
from alignment.errors import InputError
from alignment.maps.contents import Contents
from alignment.maps.sheets import Sheet
from alignment.models.faults import Fault
from alignment.tables.link_signs import number_of
from alignment.tables.map_headings import scored_names_in, scores_at

from .streams import say

if TYPE_CHECKING:
    import pandas as pd


def expert_tables(influence: str, positions: str, **asked: Any) -> al.Mactor:
    """MACTOR's matrices of two files.

    Parameters
    ----------
    influence
        A CSV file or workbook: the first column names actors, and so do the others.
    positions
        A CSV file or workbook: the first column names actors, the others objectives.
    **asked
        As in `alignment.mactor.matrices.mactor_from`.

    Raises
    ------
    InputError
        Everything that is wrong with them, by file, row and column.
    OSError
        A file cannot be read.
    """
    files = {"direct": influence, "positions": positions}
    sheets = {name: _sheet(file) for name, file in files.items()}
    try:
        return al.mactor_from(_table(sheets["direct"]), _table(sheets["positions"]), **asked)
    except InputError as error:
        found = [placed(fault, files[fault.table], sheets[fault.table]) for fault in error.faults]
        raise InputError(found) from None


def placed(fault: Fault, place: str, sheet: Sheet | None = None) -> Fault:
    """A fault where its owner finds it: the first row of a sheet is its header."""
    row = fault.row if sheet is None or fault.index is None else sheet.rows[fault.index + 1][0]
    return fault.model_copy(update={"place": place, "row": row})


def whole(file: str, sheet: Sheet) -> Sheet:
    """A sheet whose rows have no cells beyond its headings; what was put right in it is said.

    Raises
    ------
    InputError
        A row has.
    """
    faults = [
        Fault(
            table="",
            place=file,
            row=row,
            what=f"has {size} cells, and the header has {len(sheet.header)}",
            remedy=f'Put text that holds {sheet.between} in quotes ("...")',
        )
        for row, size in sheet.beyond()
    ]
    if faults:
        raise InputError(faults)
    for note in sheet.notes:
        say(f"Note: {file} {note}.")
    return sheet


def body(sheet: Sheet) -> list[list[Any]]:
    """The rows below the headings of a sheet, each with a cell for each of them."""
    width = len(sheet.header)
    return [_wide(cells, width) for cells in sheet.cells[1:]]


def amount(cell: Any) -> Any:
    """A cell as a number where it is one with a decimal comma.

    >>> amount("0,5"), amount("9"), amount("much")
    (0.5, '9', 'much')
    """
    value = number_of(cell) if isinstance(cell, str) and "," in cell else None
    return cell if value is None else value


def _wide(cells: Sequence[Any], width: int) -> list[Any]:
    return [*cells, *[None] * width][:width]


def _sheet(file: str) -> Sheet:
    try:
        found = Contents(Path(file), scored_names_in).sheet
    except InputError as error:
        raise InputError([placed(fault, file) for fault in error.faults]) from None
    return whole(file, found.below(scores_at(found.cells)))


def _table(sheet: Sheet) -> pd.DataFrame:
    import pandas as pd

    rows = [["" if cell is None else cell for cell in cells] for cells in body(sheet)]
    return pd.DataFrame(
        [list(map(amount, row[1:])) for row in rows],
        index=[row[0] for row in rows],
        columns=sheet.header[1:],
        dtype=object,
    )
