"""A system to an Excel workbook: a sheet a table."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from alignment.errors import InputError
from alignment.models import Fault, Row, System
from alignment.models.system.keys import Keys, keyed

from .column_notes import heading_note, is_list, named_table, vocabulary
from .columns import columns, required
from .names import ROW_TYPES
from .new_workbook import LONGEST, MOST_ROWS, cell_of, length_of, new_workbook
from .sheets import LOOKED_AT, Choice, Heading, ids, start, width_of, words
from .written_cells import Written, cell, written_tables

if TYPE_CHECKING:
    from openpyxl import Workbook

ROOM: Final = 1_000
"""So many rows below the last have drop-down lists."""

MOMENTS: Final = frozenset({"start", "due"})
"""The columns in which four digits are a year."""


def workbook_bytes(system: System, place: str) -> bytes:
    """A system as a workbook: of the same system the same bytes; what Excel would cut off is refused.

    Parameters
    ----------
    system
        The system.
    place
        What the workbook is called.
    """
    tables = written_tables(system)
    faults = [fault for name, each in tables.items() for fault in _too_large(name, each.rows, place)]
    faults = list(keyed(faults, lambda name: dict(enumerate(system.derive(Keys).of(name)))))
    if faults:
        raise InputError(faults)
    file = io.BytesIO()
    write_sheets(tables, file, system.about.name or "A system without a name")
    return file.getvalue()


def write_sheets(
    tables: Mapping[str, Written], to: Path | IO[bytes], title: str, first: Callable[[Workbook], None] | None = None
) -> None:
    """Write tables as a workbook.

    Parameters
    ----------
    tables
        What is written, by name, in order.
    to
        Where to.
    title
        The workbook's.
    first
        Writes what stands before the tables.
    """
    with new_workbook(to, title) as book:
        if first is not None:
            first(book)
        for name in tables:
            _write_sheet(book, name, tables)


def _too_large(name: str, rows: Sequence[Row], place: str) -> Iterator[Fault]:
    remedy = "write a folder of CSV files, or JSON"
    if len(rows) >= MOST_ROWS:
        what = f"{name} has {len(rows):,} rows, and a sheet of Excel holds {MOST_ROWS - 1:,} below its header"
        yield Fault(table=name, place=place, what=what, remedy=f"For a system of this size {remedy}")
    for column in columns(ROW_TYPES[name]):
        for index, row in enumerate(rows):
            text = cell(getattr(row, column))
            length = length_of(text) if isinstance(text, str) else 0
            if length > LONGEST:
                what = f"takes {length:,} characters, and a cell of Excel holds {LONGEST:,}"
                yield Fault(
                    table=name,
                    index=index,
                    column=column,
                    place=place,
                    what=what,
                    remedy=f"Shorten it, or {remedy}",
                )


def _write_sheet(book: Workbook, name: str, tables: Mapping[str, Written]) -> None:
    table = tables[name]
    room = 0 if name == "about" else ROOM
    sheet: Any = start(book, name, [_heading(name, column, tables) for column in table.columns], len(table.rows), room)
    for row in table.rows:
        sheet.append([_written(sheet, column, getattr(row, column)) for column in table.columns])


def _heading(name: str, column: str, tables: Mapping[str, Written]) -> Heading:
    row_type, table = ROW_TYPES[name], tables[name]
    return Heading(
        column,
        heading_note(row_type, column, table.example(column)),
        strong=column in required(row_type),
        choice=_choice(row_type, column, tables),
        width=width_of(column, (cell(getattr(row, column)) for row in table.rows[:LOOKED_AT])),
    )


def _choice(row_type: type[Row], column: str, tables: Mapping[str, Written]) -> Choice | None:
    """The drop-down list of a column, if it has one: of words, or of the ids of a table that is written too."""
    if known := vocabulary(row_type, column):
        return words(known)
    other = tables.get(named_table(row_type, column) or "")
    if other is None:
        return None
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(other.columns.index("id") + 1)
    # Of a list of ids, which no drop-down list can make, each id is an offer.
    return ids(
        str(named_table(row_type, column)), letter, len(other.rows) + ROOM + 1, strict=not is_list(row_type, column)
    )


def _written(sheet: Any, column: str, value: Any) -> Any:
    """A value as a cell that comes back as the same value."""
    plain = value if isinstance(value, float) else cell(value)
    if column in MOMENTS and isinstance(plain, str) and len(plain) == 4 and plain[0] != "0":
        return int(plain)
    return cell_of(sheet, plain)
