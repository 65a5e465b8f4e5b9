"""A spreadsheet as it comes: .xlsx and .xlsm, the older .xls, and .ods; a sheet a table.

The values are read by calamine. What they do not tell is read beside them: in .xlsx of the parts themselves
(`sheet_xml`), in .ods of its content (`ods_xml`); of an .xls nothing tells it, which is noted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Container, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from alignment.errors import AlignmentError
from alignment.models import Note

from .disguises import OLE, PROTECTED, why_no_workbook
from .grid import filled, from_grid
from .headings import FIRST
from .names import ROW_TYPES
from .ods_xml import ods_marks
from .old_sheets import old_values
from .parts import sorted_out
from .raw import Percent, RawSystem, RawTable, refused
from .sheet_xml import addresses, letter, marks_of
from .unpacked import BROKEN, repacked
from .values import MANY, PROTECTED as LOCKED, UnreadableError, Values, values
from .xml_parts import MOST_CELLS, PERCENT, Marks, Spot, StrangePartsError, TooLargeError

SUFFIXES: Final = (".ods", ".xls", ".xlsm", ".xlsx", ".xltx")
"""What workbooks are called."""

MOST_SHEETS: Final = 500
"""The most sheets that a workbook may have."""

OLD: Final = "is an old .xls workbook: percent formats, errors and formulas without a result cannot be told apart in it"

AGAIN: Final = "Open it in Excel, and save it as a new .xlsx workbook"

TOLD_MERGES: Final = 5
"""So many merged ranges of a sheet are noted one by one."""


def read_workbook(path: Path, content: bytes) -> RawSystem:
    """The tables of a workbook; sheets that are no tables are passed over with a note."""
    found = sorted_out(sheets_of(path.name, content))
    old = [Note(table="", place=path.name, what=OLD)] if content.startswith(OLE) else []
    return RawSystem(found.tables, sheet_of, [*old, *found.notes])


def sheets_of(place: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook that say something, or bear a table's name."""
    return [each for each in sheets_in(place, content) if each.name in ROW_TYPES or not each.is_blank]


def sheets_in(place: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook.

    Parameters
    ----------
    place
        What its owner calls it.
    content
        The workbook.

    Raises
    ------
    InputError
        It is none, or one that no computer could hold.
    """
    strange = why_no_workbook(content)
    if strange is not None:
        raise refused(place, *strange)
    try:
        return _sheets(content)
    except TooLargeError as error:
        raise refused(place, str(error), error.remedy) from error
    except StrangePartsError as error:
        raise refused(place, str(error), AGAIN) from error


def sheet_of(name: str) -> str:
    """The sheet of a table."""
    return f"sheet {name}"


UNTOLD: Final[Mapping[str, Marks]] = {}
"""Of workbooks of which nothing tells more than their values."""


class Sheet:
    """A sheet of a workbook."""

    kind = "sheet"

    def __init__(
        self, name: str, rows: Sequence[list[Any]], *, hidden: bool, notes: Sequence[tuple[str | None, str]] = ()
    ) -> None:
        self.name, self.rows, self.hidden, self.notes = name, rows, hidden, notes
        self.place = sheet_of(name)

    def start(self, table: str) -> list[Sequence[Any]]:
        """Its first rows that are not blank."""
        return [cells for _, cells in filled(enumerate(self.rows[: 10 * FIRST]))][:FIRST]

    def grid(self, table: str | None) -> list[tuple[int, Sequence[Any]]]:
        """Its rows that are not blank, with their numbers."""
        return filled(enumerate(self.rows, start=1))

    def table(self, name: str) -> RawTable:
        """It as a table of that name."""
        table = from_grid(name, self.place, enumerate(self.rows, start=1), letter)
        return replace(
            table, notes=[*(Note(table=name, cell=cell, what=what) for cell, what in self.notes), *table.notes]
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(cell not in ("", None) for row in self.rows for cell in row)


def _sheets(content: bytes) -> list[Sheet]:
    old = content.startswith(OLE)
    with _told_as_one():
        content = content if old else repacked(content)
        marks = UNTOLD if old else _marks(content)
    try:
        found = (old_values if old else values)(content, MOST_SHEETS)
    except UnreadableError as error:
        raise _unreadable(str(error)) from error
    return [_sheet(each, marks) for each in found]


def _unreadable(why: str) -> StrangePartsError:
    if why == MANY:
        return TooLargeError(f"has more than {MOST_SHEETS} sheets")
    return StrangePartsError(PROTECTED.what if why == LOCKED else "cannot be read as a workbook")


def _marks(content: bytes) -> Mapping[str, Marks]:
    """What the values do not tell, by the name of the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = _reader_of(set(archive.namelist()))
    return read(content)


@contextmanager
def _told_as_one() -> Generator[None]:
    """Say in one way that a workbook is broken, however what reads its parts says it."""
    try:
        yield
    except (AlignmentError, StrangePartsError):
        raise
    except BROKEN as error:
        raise StrangePartsError("cannot be read as a workbook") from error


def _reader_of(parts: Container[str]) -> Callable[[bytes], Mapping[str, Marks]]:
    """Who reads what the values of a workbook with such parts do not tell."""
    if "xl/workbook.bin" in parts:
        raise StrangePartsError("is a binary workbook (.xlsb), of which too little can be told")
    return ods_marks if "content.xml" in parts else marks_of


def _sheet(found: Values, marks: Mapping[str, Marks]) -> Sheet:
    if marks is not UNTOLD and found.name not in marks:
        raise StrangePartsError("cannot be read as a workbook")
    mine = marks.get(found.name, Marks())
    for (row, column), mark in mine.cells.items():
        _put(found.rows, row, column, mark)
    notes = _fill(found.rows, [*mine.merged, *found.merged])
    return Sheet(found.name, found.rows, hidden=found.hidden, notes=notes)


def _put(rows: list[list[Any]], row: int, column: int, mark: Any) -> None:
    """Mark a cell, also where the reader of values left it out."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    cells = rows[row]
    cells.extend("" for _ in range(column + 1 - len(cells)))
    if mark is not PERCENT:
        cells[column] = mark
    elif isinstance(cells[column], float | int):
        cells[column] = Percent(float(cells[column]))


def _fill(rows: list[list[Any]], merged: Sequence[tuple[Spot, Spot]]) -> list[tuple[str | None, str]]:
    """Give each row that is merged with others the value of the first; what to note of it.

    Across columns a value stays where it is: what stands there is under one heading.
    """
    told: list[str] = []
    if sum(max(0, min(high[0], len(rows)) - low[0]) for low, high in merged) > MOST_CELLS:
        raise TooLargeError("has more merged cells than a table needs")
    filled = [any(cell not in ("", None) for cell in row) for row in rows] if merged else []
    for low, high in sorted(merged):
        value = rows[low[0]][low[1]] if low[0] < len(rows) and low[1] < len(rows[low[0]]) else ""
        below = [rows[at] for at in range(low[0] + 1, min(high[0] + 1, len(rows))) if filled[at]]
        if value in ("", None) or not below:
            continue
        for cells in below:
            cells.extend("" for _ in range(low[1] + 1 - len(cells)))
            if cells[low[1]] in ("", None):
                cells[low[1]] = value
        told.append(":".join(addresses(low, high)))
    more = len(told) - TOLD_MERGES
    return [
        *(
            (merge[: merge.index(":")], f"{merge} is merged: its value is read in each of its rows")
            for merge in told[:TOLD_MERGES]
        ),
        *([(None, f"{more} more merged ranges are read so")] if more > 0 else ()),
    ]
