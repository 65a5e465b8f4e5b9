"""How a sheet is made so that everybody can use it: one table from A1, headings that stay and say what they are.

No merged cells and nothing said by colour alone: a required heading is bold, and its note says so.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from .new_workbook import AUTHOR, LIKE_FORMULAS, held, typed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.datavalidation import DataValidation

NARROWEST: Final = 10
WIDEST: Final = 60
"""Of a column. Unit: characters."""

LOOKED_AT: Final = 200
"""So many rows say how wide a column is."""

LINE: Final = 15
"""The height of a line. Unit: points."""

MOST_LINES: Final = 27
"""No row of Excel is higher than 409 points."""


@dataclass(frozen=True)
class Choice:
    """What may be chosen in a column.

    Attributes
    ----------
    formula
        The words in quotes, commas between, or where they stand.
    strict
        Whether anything else is refused.
    """

    formula: str
    strict: bool


@dataclass(frozen=True)
class Heading:
    """A column of a sheet.

    Attributes
    ----------
    name
        Its heading.
    note
        What it is; blank is no note.
    strong
        Whether it is bold.
    choice
        What may be chosen in its cells.
    width
        Unit: characters.
    """

    name: str
    note: str = ""
    strong: bool = True
    choice: Choice | None = None
    width: int = NARROWEST


def words(choices: Sequence[str]) -> Choice:
    """A drop-down list of a closed vocabulary."""
    return Choice(f'"{",".join(choices)}"', strict=True)


def ids(sheet: str, letter: str, last: int, *, strict: bool = True) -> Choice:
    """A drop-down list of the ids that another sheet holds, as far as it is filled.

    Parameters
    ----------
    sheet, letter, last
        The other sheet, the column of its ids, and the last row that is looked at.
    strict
        Whether anything else is refused.
    """
    cells = f"{sheet}!${letter}$2:${letter}${last}"
    # A list with the blanks below it would open at the blanks.
    return Choice(f"OFFSET({sheet}!${letter}$2,0,0,MAX(1,COUNTA({cells})),1)", strict)


def width_of(name: str, cells: Iterable[Any]) -> int:
    """How wide a column has to be for its heading, with the arrow of the filter, and its cells."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(WIDEST, max(NARROWEST, len(name) + 4, longest + 2))


def start(book: Workbook, title: str, headings: Sequence[Heading], filled: int, room: int = 0) -> WriteOnlyWorksheet:
    """A sheet with its headings, to which rows are then appended.

    Parameters
    ----------
    book
        The workbook, which only takes rows one after the other.
    title
        The sheet's name.
    headings
        Its columns.
    filled
        How many rows will follow.
    room
        So many rows more have drop-down lists and filters.
    """
    sheet = cast("WriteOnlyWorksheet", book.create_sheet(title))
    sheet.freeze_panes = "A2"
    _laid_out(sheet, headings, filled + room + 1)
    cast("Any", sheet).append([_heading(sheet, each) for each in headings])
    return sheet


def _laid_out(sheet: Any, headings: Sequence[Heading], last: int) -> None:
    from openpyxl.utils import get_column_letter

    for at, each in enumerate(headings, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = each.width
        if each.choice and last > 1:
            sheet.data_validations.append(_validation(each, f"{letter}2:{letter}{last}"))
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _validation(heading: Heading, cells: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    assert heading.choice is not None
    made = DataValidation("list", heading.choice.formula, allow_blank=True, sqref=cast("Any", cells))
    made.showErrorMessage = True
    made.errorStyle = "stop" if heading.choice.strict else "warning"
    made.errorTitle, made.error = heading.name, "Choose one of the list, or leave the cell blank."
    return made


def _heading(sheet: Any, heading: Heading) -> Cell:
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, Font, Side

    made = typed(sheet, held(heading.name), "s")
    made.quotePrefix = heading.name.startswith(LIKE_FORMULAS)
    made.font = Font(bold=heading.strong)
    made.border = Border(bottom=Side(style="medium" if heading.strong else "thin"))
    if heading.note:
        made.comment = Comment(heading.note, AUTHOR, width=320, height=24 + 18 * _height(heading.note))
    return made


def _height(note: str) -> int:
    """How many lines a note takes."""
    return sum(1 + len(line) // 45 for line in note.splitlines())


def fill(sheet: Any, rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> None:
    """Append rows below the headings of a sheet, each as high as what wraps in it.

    Parameters
    ----------
    sheet
        The sheet.
    rows
        Text, numbers, and nothing where a cell is blank.
    widths
        Of its columns. Unit: characters.
    """
    for number, row in enumerate(rows, start=2):
        # Not every program works heights out for itself.
        sheet.row_dimensions[number].height = LINE * _lines(row, widths)
        sheet.append([wrapped(sheet, value) for value in row])


def _lines(row: Sequence[Any], widths: Sequence[int]) -> int:
    """How many lines the highest of some cells takes."""
    cells = zip(row, widths, strict=True)
    return min(MOST_LINES, max((len(textwrap.wrap(str(value), width - 1)) for value, width in cells), default=1) or 1)


def wrapped(sheet: Any, value: Any) -> Cell | None:
    """A cell that shows all it holds, whatever it looks like; nothing where it is blank."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None:
        return None
    made = typed(sheet, held(value), "s") if isinstance(value, str) else WriteOnlyCell(sheet, value=value)
    made.alignment = Alignment(vertical="top", wrap_text=True)
    return made
