"""An answer as a workbook for people who were not there: a cover, the contents, the answer in words, a table a sheet.

Every sheet is one table from A1 whose headings stay; no cell is merged, and nothing is said by colour. Ids have names
beside them, and the last sheets tell where the rows that the answer rests on were published, and what columns hold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from alignment.errors import OptionError
from alignment.models.answers.answer import Answer, Record
from alignment.models.system import System
from alignment.tables.new_workbook import MOST_ROWS as MOST_LINES, new_workbook
from alignment.verbs.registry import BY_FUNCTION, COMPARE

from .answer_rows import Column, fill_rows, page_sheet, table_sheet
from .sources import Source, sources
from .tables_told import columns_told, told

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl import Workbook

MOST_ROWS: Final = MOST_LINES - 1
"""The most rows that a sheet of Excel holds below its headings."""

LONGEST_NAME: Final = 31
"""The most characters that the name of a sheet has."""

EVEN: Final = "Consolas"
"""Letters of one width, which Excel has everywhere; other programs take one of their own."""

OWN: Final = ("cover", "contents", "in words", "sources", "notes")
"""The sheets that are none of the answer's tables."""

FIRST: Final = OWN[:3]
"""How its sheets begin."""

WORDS: Final = 100
"""How wide the answer in words is. Unit: characters."""

ENDLESS: Final = 10_000
"""So wide that a sentence is one line."""

GENERAL: Final = (
    "Blank is not known, or does not apply; it is never zero.",
    "Several words in a cell have a semicolon between them. Names stand beside the ids that they belong to.",
    "Text that looks like a formula is text. No cell of this workbook is worked out by another.",
)
"""What goes for every table."""


def write_answer(
    answer: Answer, path: Path, title: str, system: System | None = None, date: dt.date | None = None
) -> None:
    """Write an answer as a workbook.

    Parameters
    ----------
    answer
        The answer.
    path
        Where to, ending in .xlsx.
    title
        What it says, in a line.
    system
        The system that was asked, which tells its name and the sources of what the answer names.
    date
        The day that the cover bears; blank is none.

    Raises
    ------
    OptionError
        The path does not end in .xlsx, there is something else already, or the answer is of another system.
    """
    _check(answer, path, system)
    with new_workbook(path, title) as book:
        _fill(book, _Contents(answer, title, system, date))


def _check(answer: Answer, path: Path, system: System | None) -> None:
    check_place(path)
    record = record_in(answer)
    if system is not None and record is not None and record.input not in (None, system.hash):
        raise OptionError("This is the answer of another system. Give the system that was asked, or none.")


def check_place(path: Path) -> None:
    """Refuse a path that is no place for the workbook of an answer.

    Raises
    ------
    OptionError
        It does not end in .xlsx, or there is something else already.
    """
    if path.suffix.lower() != ".xlsx":
        raise OptionError(f"{path} is to be a workbook. Give it a name that ends in .xlsx.")
    if path.exists() and not is_answer(path):
        raise OptionError(f"{path} is there already, and no workbook of an answer. Choose another name.")


def is_answer(path: Path) -> bool:
    """Whether a file is a workbook that was made of an answer, over which another may be written."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True)
    except Exception:  # noqa: BLE001 - openpyxl fails in as many ways as a file can be something else
        return False
    names = book.sheetnames[: len(FIRST)]
    book.close()
    return tuple(names) == FIRST


def record_in(answer: Answer) -> Record | None:
    """How an answer came about; nothing where it is part of another one."""
    return getattr(answer, "record", None)


@dataclass(frozen=True)
class _Contents:
    """What a workbook is about."""

    answer: Answer
    title: str
    system: System | None
    date: dt.date | None


def _fill(book: Workbook, about: _Contents) -> None:
    """All sheets, in order."""
    frames = {name: make() for name, make in about.answer.frames.items()}
    named = sources(about.system, frames.values()) if about.system is not None else []
    shown = {name: frame for name, frame in frames.items() if 0 < len(frame) <= MOST_ROWS}
    sheets = dict(zip(shown, sheet_names(shown), strict=True))
    _cover(book, about)
    table_sheet(book, "contents", ("sheet", "rows", "what it holds"), _contents(about.answer, frames, sheets, named))
    _in_words(book, about.answer)
    for name, sheet in sheets.items():
        _table(book, sheet, shown[name])
    if named:
        table_sheet(book, "sources", tuple(Source.__annotations__), (tuple(vars(each).values()) for each in named))
    table_sheet(book, "notes", ("about", "note"), _notes(about, sheets))


def sheet_names(tables: Iterable[str]) -> list[str]:
    """A name for the sheet of each table, which no other sheet has and Excel takes.

    >>> sheet_names(["measures", "notes", "a/b", "A b"])
    ['measures', 'notes (2)', 'a b', 'A b (2)']
    """
    taken = {name.casefold() for name in OWN}
    found: list[str] = []
    for table in tables:
        bare = re.sub(r"[\[\]:*?/\\_']+", " ", table).strip() or "table"
        tries = (bare[:LONGEST_NAME], *(f"{bare[: LONGEST_NAME - 5]} ({at})" for at in range(2, 1_000)))
        found.append(next(each for each in tries if each.casefold() not in taken))
        taken.add(found[-1].casefold())
    return found


def _cover(book: Workbook, about: _Contents) -> None:
    """What this is, of which system, asked how, by what: a line each."""
    sheet = page_sheet(book, "cover", (22, 90))
    lines = cover_lines(about.answer, about.title, about.system, about.date)
    fill_rows(sheet, lines, [Column(sheet, strong=True), Column(sheet)], (22, 90))


def _in_words(book: Workbook, answer: Answer) -> None:
    """The answer as text, a sentence a row; columns of figures stand under each other only in letters of one width."""
    sheet = page_sheet(book, "in words", (WORDS,))
    rows = ((line.rstrip(),) for line in ("The answer in words", *answer.to_text(ENDLESS).splitlines()))
    fill_rows(sheet, rows, [Column(sheet, font=EVEN)], (WORDS,))


def cover_lines(
    answer: Answer, title: str, system: System | None, date: dt.date | None
) -> Iterator[tuple[str, str | None]]:
    """What the cover says, each line under a label."""
    yield "answer", title
    record = record_in(answer)
    verb = None if record is None else {**BY_FUNCTION, COMPARE.home[1]: COMPARE}.get(record.verb)
    if verb is not None:
        yield "what was asked", f"{verb.summary}."
    if system is not None:
        yield "system", system.about.name or "it has no name"
        yield "size", str(system)
    if date is not None:
        yield "date", date.isoformat()
    if record is not None:
        yield from _record_lines(record)
    yield "how to read it", "The sheet contents says what stands on which sheet; the sheet notes what its columns hold."


def _record_lines(record: Record) -> Iterator[tuple[str, str]]:
    """How an answer came about."""
    if record.input is not None:
        yield "hash of the system", record.input
    yield "options", _listed(record.options) or "none"
    yield "search", record.stopped
    yield "made by", _listed(record.versions)


def _listed(words: Any) -> str:
    """Names and what they are, semicolons between; what is blank is left out."""
    return "; ".join(f"{name} {_said(value)}" for name, value in words.items() if value not in (None, (), [], {}))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, cast("list[Any]", value))) if isinstance(value, list | tuple) else str(value)


def _contents(
    answer: Answer, frames: dict[str, pd.DataFrame], sheets: dict[str, str], named: Sequence[Source]
) -> Iterator[tuple[Any, ...]]:
    """What stands on which sheet; tables without a sheet too."""
    yield "cover", None, "What this is, of which system, and how it was asked."
    yield "in words", None, "The answer as text."
    for name, frame in frames.items():
        yield sheets.get(name), len(frame), _content(name, told(answer.frames[name]), len(frame))
    if named:
        yield "sources", len(named), "Where the rows of the system that the answer names are from."
    yield "notes", None, "What the columns of each sheet hold, and what was put right while the system was read."


def _content(name: str, says: str, rows: int) -> str:
    says = says or f"The table {name}."
    if rows > MOST_ROWS:
        return f"{says} It is too long for a sheet: ask for it as CSV (table {name})."
    return says if rows else f"{says} There is none (table {name})."


def _notes(about: _Contents, sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    for note in GENERAL:
        yield "every sheet", note
    for name, sheet in sheets.items():
        if says := columns_told(about.answer.frames[name]):
            yield f"columns of {sheet}", says
    for note in about.system.notes if about.system is not None else ():
        yield "what was put right", str(note)


def _table(book: Workbook, sheet: str, frame: pd.DataFrame) -> None:
    """A table of the answer as a sheet."""
    formats = [_format(frame.iloc[:, at]) for at in range(len(frame.columns))]
    table_sheet(book, sheet, tuple(map(str, frame.columns)), frame.itertuples(index=False, name=None), formats)


def _format(column: pd.Series[Any]) -> str | None:
    """How the numbers of a column are shown: to two decimals where they are not whole; their value stays."""
    if column.dtype.kind != "f":
        return None
    return None if (column.dropna() % 1 == 0).all() else "0.00"
