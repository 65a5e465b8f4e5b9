"""Rows of an answer as rows of a sheet: text that is text whatever it looks like, and all of it to be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from alignment.tables.new_workbook import LONGEST, kept_as
from alignment.tables.sheets import LOOKED_AT, Heading, start, width_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

ENDS: Final = "... (the end is left out: a cell holds no more)"
"""How a text ends that was cut, as it is longer than a cell holds."""

LINE: Final = 15
"""How high a line is. Unit: points."""

HIGHEST: Final = 405
"""The highest that a row can be is a little more. Unit: points."""

ROOM: Final = 3
"""Lines are broken so many characters before their end, on the average."""


def table_sheet(
    book: Workbook,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str | None] | None = None,
) -> None:
    """A sheet of rows under headings.

    Parameters
    ----------
    book
        The workbook.
    title
        The sheet's name.
    columns
        The headings; a space is shown for each underscore.
    rows
        Cells of answers: text, numbers, yes and no, blanks.
    formats
        How the numbers of each column are shown; blank is as they are.
    """
    every = list(rows)
    headings = [
        Heading(name.replace("_", " "), width=width_of(name, (row[at] for row in every[:LOOKED_AT])))
        for at, name in enumerate(columns)
    ]
    sheet: Any = start(book, title, headings, len(every))
    down = [Column(sheet, how) for how in formats or [None] * len(columns)]
    fill_rows(sheet, every, down, [each.width for each in headings], first=2)


def fill_rows(
    sheet: Any, rows: Iterable[Sequence[Any]], down: Sequence[Column], wide: Sequence[int], first: int = 1
) -> None:
    """Rows below each other, each as high as its text takes."""
    for number, row in enumerate(rows, start=first):
        height = max((_lines(value, width) for value, width in zip(row, wide, strict=True)), default=1)
        if height > 1:
            sheet.row_dimensions[number].height = min(height * LINE, HIGHEST)
        sheet.append([column.cell(value) for column, value in zip(down, row, strict=True)])


def _lines(value: Any, width: int) -> int:
    """How many lines a cell takes; a word that does not fit any more leaves some room behind."""
    return sum(1 + len(line) // (width - ROOM) for line in value.split("\n")) if isinstance(value, str) else 1


class Column:
    """The cells of a column, of which each kind is made once: a look costs more than all else."""

    def __init__(self, sheet: Any, how: str | None = None, *, strong: bool = False, font: str | None = None) -> None:
        self._number = _cell(sheet, strong=strong, font=font)
        self._text = _cell(sheet, strong=strong, font=font, wraps=True)
        self._like_formula = _cell(sheet, strong=strong, font=font, wraps=True)
        # Excel keeps such text as text, also once somebody has edited the cell.
        self._like_formula.quotePrefix = True
        if how is not None:
            self._number.number_format = how

    def cell(self, value: Any) -> Cell | None:
        """The cell of a value, to be written before the next is asked for; text is text, whatever it looks like."""
        plain = _plain(value)
        if plain is None:
            return None
        kept, kind = kept_as(plain)
        if not isinstance(plain, str):
            self._number.value, self._number.data_type = kept, kind or "n"
            return self._number
        made = self._text if kind is None else self._like_formula
        made.value = kept if len(kept) <= LONGEST else kept[: LONGEST - len(ENDS)] + ENDS
        made.data_type = "s"
        return made


def _cell(sheet: Any, *, strong: bool, font: str | None, wraps: bool = False) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    made = WriteOnlyCell(sheet)
    made.alignment = Alignment(vertical="top", wrap_text=wraps)
    made.font = Font(name=font, bold=strong)
    return made


def _plain(value: Any) -> Any:
    """A cell of a table as a workbook takes it."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:  # noqa: PLR0124 - no number
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value if abs(value) < float("inf") else str(value)
    return str(value)


def page_sheet(book: Workbook, title: str, wide: Sequence[int]) -> Any:
    """A sheet to be read from above, as wide as a page."""
    sheet: Any = book.create_sheet(title)
    for letter, width in zip("AB", wide, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet
