"""The values of a spreadsheet, as calamine reads them.

Nothing of the library is imported here: `old_sheets` runs this file in a process of its own.
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple

Ranges = list[tuple[tuple[int, int], tuple[int, int]]]


class Values(NamedTuple):
    """The values of a sheet."""

    name: str
    hidden: bool
    rows: list[list[Any]]
    merged: Ranges


class UnreadableError(ValueError):
    """The content is no spreadsheet; the message says why, in a word."""


PROTECTED = "protected"
MANY = "many"
BROKEN = "broken"


def values(content: bytes, most: int) -> list[Values]:
    """The values of every sheet that is no chart.

    Parameters
    ----------
    content
        The spreadsheet.
    most
        So many sheets at most.

    Raises
    ------
    UnreadableError
        It cannot be read.
    """
    # Imported where it is used: only spreadsheets need it.
    from python_calamine import PasswordError

    try:
        return _values(content, most)
    except (KeyboardInterrupt, MemoryError, UnreadableError):
        raise
    except PasswordError as error:
        raise UnreadableError(PROTECTED) from error
    except BaseException as error:
        # Where it gives up, it raises what is no Exception.
        raise UnreadableError(BROKEN) from error


def _values(content: bytes, most: int) -> list[Values]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found: list[Values] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        if len(book.sheets_metadata) > most:
            raise UnreadableError(MANY)
        for at, about in enumerate(book.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(at)
                rows: Any = sheet.to_python(skip_empty_area=False)
                hidden = about.visible != SheetVisibleEnum.Visible
                found.append(Values(about.name, hidden, rows, list(sheet.merged_cell_ranges or ())))
    return found
