"""A system to fill in: every table with every column, what each says, in what order, and what each switches on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alignment.errors import InputError
from alignment.examples import example
from alignment.lint.missing import BY_LENS, LACKING, NEEDS, UNREAD, Lacking
from alignment.models import TABLES, Fault, System
from alignment.models.cell_fault_words import rules
from alignment.models.system import REQUIRED
from alignment.models.system.checks import references
from alignment.tables import read
from alignment.tables.column_notes import heading_note, named_table, vocabulary
from alignment.tables.columns import columns, required
from alignment.tables.doors import OTHERS
from alignment.tables.folder import file_of, write_files
from alignment.tables.kept import START_SHEET, keeping
from alignment.tables.names import ROW_TYPES
from alignment.tables.others_maps import SUFFIXES
from alignment.tables.sheets import Heading, fill, start
from alignment.tables.workbook import write_sheets
from alignment.tables.written_cells import Written

if TYPE_CHECKING:
    from openpyxl import Workbook

FILLED: Final = "winter-pressure"
"""The example that stands in a template."""

TAUGHT: Final = (FILLED, "london-2018", "england-2026")
"""The examples that notes take theirs from, the first that has one."""

TITLE: Final = "Template of a system"

ORDER: Final = ("step", "sheet", "needed", "a row is", "columns to fill", "what it switches on")
WIDTHS: Final = (8, 18, 12, 30, 40, 80)
"""Of the first sheet's columns. Unit: characters."""

CHECK: Final = (
    "save, and type: alignment validate FILE. Whatever is wrong is named cell by cell, and what to add next is said; "
    "a sheet that stays empty does no harm"
)

WORDS: Final = {
    "source": "annual report, page 12",
    "verified": "yes",
    "note": "counted anew since April",
    "item": "delayed-discharges",
    "area": "the region",
    "period": "2019-20",
    "window": "12 months to March",
    "numerator": "patients discharged more than a day late",
    "denominator": "patients discharged",
}
"""What cells of text that no example fills could hold."""

LAST_YEAR: Final = 9999
"""By which a year is told from other whole numbers."""

Step = tuple[int, str, str, str, str, str]


def template(path: str | os.PathLike[str], *, empty: bool = False, replace: bool = False) -> None:
    """Write a system to fill in: every table with every column, what each says, and in what order to fill them.

    A workbook has notes on its headings, drop-down lists for closed vocabularies and for ids of other sheets, and a
    first sheet, `x-start-here`, that says what each table switches on; a folder of CSV files has that as README.txt.

    Parameters
    ----------
    path
        Where to: `.xlsx` is a workbook, a path without suffix a folder of CSV files.
    empty
        Whether it is without the example, which is winter-pressure, to write over.
    replace
        Whether it may take the place of what is there already.

    Raises
    ------
    InputError
        Something is there already, or the path ends like another kind of file.
    OSError
        The path cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> import alignment as al
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     al.template(f"{folder}/region.xlsx")
    ...     al.read(f"{folder}/region.xlsx") == al.read("winter-pressure")
    True
    """
    target = Path(path)
    if fault := _in_the_way(target, replace):
        raise InputError([fault])
    tables = {name: _table(name, empty) for name in _order()}
    if target.suffix.lower() == ".xlsx":
        with keeping(target):
            write_sheets(tables, target, TITLE, _first_sheet)
    else:
        write_files(tables, target, README=_readme())


def _in_the_way(target: Path, replace: bool) -> Fault | None:  # noqa: FBT001 - as the caller was asked
    """Why nothing is written, if so."""
    suffix = target.suffix.lower()
    what, remedy = "", "Give another name, or say that it may be replaced: --replace, or replace=True"
    if suffix in {*OTHERS, *SUFFIXES, ".json"}:
        what, remedy = (
            "is no kind of template",
            "Give a name that ends in .xlsx, or one without an ending for CSV files",
        )
    elif target.exists() and target.is_dir() == (suffix == ".xlsx"):
        what, remedy = f"is a {'folder' if target.is_dir() else 'file'}", "Give another name, or move it away"
    elif not replace and _holds_something(target):
        what = "is there already"
    return Fault(table="", place=str(target), what=what, remedy=remedy) if what else None


def _holds_something(target: Path) -> bool:
    return target.is_file() or any((target / name).exists() for name in ("README.txt", *map(file_of, ROW_TYPES)))


def _table(name: str, empty: bool) -> Written:  # noqa: FBT001 - as the caller was asked
    rows = () if empty else _rows(_example(FILLED), name)
    taught = [row for each in TAUGHT for row in _rows(_example(each), name)]
    further = {column: _further(name, column) for column in columns(ROW_TYPES[name])}
    return Written(rows, columns(ROW_TYPES[name]), taught, further)


def _further(name: str, column: str) -> Any:
    """What a cell could hold that no example fills."""
    row_type = ROW_TYPES[name]
    if known := vocabulary(row_type, column):
        return known[0]
    if other := named_table(row_type, column):
        return _rows(_example(FILLED), other)[0].id if _rows(_example(FILLED), other) else None
    held = rules(row_type, column)
    if held["type"] == "string":
        return WORDS.get(column)
    return 2030 if held["type"] == "integer" and held.get("maximum") == LAST_YEAR else held.get("maximum", 2) / 2


@cache
def _example(name: str) -> System:
    return read(example(name))


def _rows(system: System, name: str) -> Sequence[Any]:
    return (system.about,) if name == "about" else system.table(name)


@cache
def _order() -> tuple[str, ...]:
    """The tables in the order in which they are best filled.

    The required first, then outcomes, then what adds most, each after those that it names.
    """
    wanted = ["about", *REQUIRED, "outcomes"]
    for each in LACKING:
        wanted += [*_named_by(each), each.table]
    return tuple(dict.fromkeys([*wanted, *TABLES]))


def _named_by(lacking: Lacking) -> Iterator[str]:
    """The tables whose ids fill an empty table or column."""
    for column, table in references(ROW_TYPES[lacking.table]):
        if lacking.column in {None, column}:
            yield table


def _steps() -> Iterator[Step]:
    """What to do, step by step."""
    needed = (*REQUIRED,)
    tables = _order()
    last = max(map(tables.index, needed)) + 1
    for step, name in enumerate(tables[:last], start=1):
        yield step, *_said(name)
    yield last + 1, "", "", "", "", CHECK
    for step, name in enumerate(tables[last:], start=last + 2):
        yield step, *_said(name)


def _said(name: str) -> tuple[str, str, str, str, str]:
    row_type = ROW_TYPES[name]
    first = (row_type.__doc__ or "").partition("\n")[0]
    return name, "yes" if name in REQUIRED else "no", first, ", ".join(required(row_type)), " ".join(_switches(name))


def _switches(name: str) -> Iterator[str]:
    """What a table, and what columns of it or to it, switch on."""
    if name in REQUIRED:
        yield "Nothing can be asked without it."
    if name == "outcomes":
        yield "Named in measures: without them no body answers for anything, and no set can be proposed."
    if name == "about":
        yield "Says what the system is called, for which year, in which currency."
    if name == "levels":
        yield "Tells each target from its deliverer's own level: need, slack, what is met, and what can all be met."
    for each in LACKING:
        whole = each.column is None and each.table == name
        by_column = each.column is not None and (each.table == name or name in _named_by(each))
        if whole or by_column:
            yield f"{'Tells' if whole else f'With {each.column} in {each.table}:'} {each.adds}{_kinds(each.kinds)}."
    lone = [kind for kind, groups in NEEDS.items() if (name, None) in (lack for group in groups for lack in group)]
    if lone and not any(each.table == name for each in LACKING):
        yield f"Conflicts of kind {', '.join(lone)}."
    if name in BY_LENS:
        yield f"Tells {BY_LENS[name]}."
    if name in UNREAD:
        yield "No question reads it yet; it is checked and kept."


def _kinds(kinds: Sequence[str]) -> str:
    return f" (conflicts of kind {', '.join(kinds)})" if kinds else ""


def _first_sheet(book: Workbook) -> None:
    headings = [Heading(name, width=width) for name, width in zip(ORDER, WIDTHS, strict=True)]
    steps = [[said or None for said in step] for step in _steps()]
    fill(start(book, START_SHEET, headings, len(steps)), steps, WIDTHS)


def _readme() -> str:
    """The first sheet, and the notes, as a text."""
    lines = [
        TITLE,
        "",
        "A file a table. Fill them in this order; bodies, measures and targets are needed, all else adds.",
    ]
    for step, name, *said in _steps():
        lines += ["", f"{step}. {file_of(name) if name else said[-1]}", *(_told(name, *said) if name else ())]
    return "\n".join(lines) + "\n"


def _told(name: str, needed: str, row: str, _: str, switches: str) -> Iterator[str]:
    yield f"   {'Needed. ' if needed == 'yes' else ''}A row: {row} {switches}".rstrip()
    table = _table(name, empty=True)
    for column in table.columns:
        yield f"   - {column}: {' '.join(heading_note(ROW_TYPES[name], column, table.example(column)).splitlines())}"
