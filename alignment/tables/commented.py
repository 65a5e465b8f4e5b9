"""A workbook of sheets as they are given, with comments at cells and a first sheet that lists what there is to say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from alignment.errors import InputError
from alignment.models import Fault

from .mended_sheets import FAULTS, Page
from .new_workbook import AUTHOR, LONGEST, MOST_ROWS, cell_of, held, length_of, new_workbook, typed
from .raw import Percent, Spoilt
from .spreadsheet import sheet_of

SIZE: Final = (120, 360)
"""The height and width of a comment. Unit: points."""

WIDTHS: Final = (8, 44, 60, 60)
"""The widths of the columns of the first sheet. Unit: characters."""

ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""The errors of Excel; whatever else is one is written as the last."""


class Remark(NamedTuple):
    """Something to say of a workbook."""

    kind: str
    where: str
    what: str
    remedy: str = ""
    place: str = ""
    """The sheet, as in `sheet_of`."""
    cell: str | None = None
    """The cell at which to say it too."""


def write_commented(pages: Sequence[Page], remarks: Sequence[Remark], path: Path) -> None:
    """Write the workbook.

    Parameters
    ----------
    pages
        Its sheets.
    remarks
        What to say; all of it in the first sheet.
    path
        Where to.

    Raises
    ------
    InputError
        A sheet or a cell is larger than Excel holds.
    """
    _check(pages, path.name)
    with new_workbook(path) as book:
        _list(book, remarks)
        for page in pages:
            _sheet(book, page, _comments(remarks, sheet_of(page.title)))


def _check(pages: Iterable[Page], place: str) -> None:
    faults = [fault for page in pages for fault in _too_large(page, place)]
    if faults:
        raise InputError(faults)


def _too_large(page: Page, place: str) -> Iterable[Fault]:
    remedy = "Mend it where it is: alignment validate lists what is wrong"
    if len(page.rows) > MOST_ROWS:
        what = f"has {len(page.rows):,} rows, and a sheet of Excel holds {MOST_ROWS:,}"
        yield Fault(table=page.title, place=place, what=f"{page.title} {what}", remedy=remedy)
    for number, line in enumerate(page.rows, start=1):
        for one in line:
            if isinstance(one, str) and length_of(one) > LONGEST:
                what = f"holds a text of {len(one):,} characters, and a cell of Excel holds {LONGEST:,}"
                yield Fault(table=page.title, row=number, place=place, what=what, remedy=remedy)


def _list(book: Any, remarks: Iterable[Remark]) -> None:
    """The first sheet."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    sheet = book.create_sheet(FAULTS)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(["kind", "where", "what", "remedy"])
    for remark in remarks:
        cells: list[Any] = [WriteOnlyCell(sheet, value=None) for _ in WIDTHS]
        for made, text in zip(cells, (remark.kind, remark.where, remark.what, remark.remedy), strict=True):
            made.value, made.data_type = held(text)[:LONGEST], "s"
            made.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)


def _comments(remarks: Iterable[Remark], place: str) -> Mapping[str, str]:
    """What to say at the cells of a sheet."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for remark in remarks:
        if remark.cell is not None and remark.place == place:
            found[remark.cell].append(f"{remark.what}. {remark.remedy}")
    return {address: "\n\n".join(said) for address, said in found.items()}


def _sheet(book: Any, page: Page, comments: Mapping[str, str]) -> None:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    sheet = book.create_sheet(page.title)
    sheet.sheet_state = "hidden" if page.hidden else "visible"
    sheet.freeze_panes = "A2"
    at: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for address, said in comments.items():
        letter, row = coordinate_from_string(address)
        at[row][column_index_from_string(letter)] = said
    for number, line in enumerate(page.rows, start=1):
        cells = [written(sheet, value) for value in line]
        for column, said in at[number].items() if number in at else ():
            cells.extend(None for _ in range(column - len(cells)))
            cells[column - 1] = _commented(sheet, cells[column - 1], said)
        sheet.append(cells)


def _commented(sheet: Any, value: Any, said: str) -> Any:
    """A cell with a comment."""
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    made = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value=value)
    height, width = SIZE
    made.comment = Comment(held(said), AUTHOR, height=height, width=width)
    made.fill = PatternFill("solid", fgColor="FFF2CC")
    return made


def written(sheet: Any, value: Any) -> Any:
    """A cell that is read again as the same."""
    if isinstance(value, Spoilt):
        code = value.what.partition(" ")[0]
        return typed(sheet, code if code in ERRORS else "#N/A", "e")
    if isinstance(value, Percent):
        made = typed(sheet, repr(value.fraction), "n")
        made.number_format = "0%" if value.hundredths.is_integer() else "0.00%"
        return made
    known = value is None or isinstance(value, str | int | float | dt.date | dt.time | dt.timedelta)
    return cell_of(sheet, value if known else str(value))
