"""A system as a folder: a CSV file a table, and about.json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from alignment.models import System

from .document import plain_row, raw_list
from .grid import from_grid
from .json_text import NotJsonError, line_of, parsed
from .names import ROW_TYPES
from .raw import RawSystem, RawTable, lost
from .safely import moved_aside, refilling
from .written_cells import Written, cell, written_tables

LONGEST: Final = 2**31 - 1
"""The longest cell, in characters; Python by itself stops at 131,072."""


def read_folder(folder: Path) -> RawSystem:
    """The tables of a folder; files that are neither CSV nor about.json are none of them."""
    tables = {
        path.stem: _table(path)
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ".csv" and path.is_file() and not path.name.startswith(".")
    }
    if (folder / "about.json").is_file():
        tables.setdefault("about", _about(folder / "about.json"))
    return RawSystem(tables, file_of)


def file_of(name: str) -> str:
    """The file of a table."""
    return "about.json" if name == "about" else f"{name}.csv"


def _table(path: Path) -> RawTable:
    name = path.stem
    if name == "about":
        return lost(name, path.name, "is a CSV file", "Write about.json: an object with name, year and so on")
    if name not in ROW_TYPES:
        return RawTable(name, path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 text (line {line_of(error)})"
        return lost(name, path.name, what, "Save it as UTF-8: in Excel, as 'CSV UTF-8 (Comma delimited)'")
    return _from_text(name, path.name, text)


def _from_text(name: str, place: str, text: str) -> RawTable:
    csv.field_size_limit(LONGEST)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return lost(
            name,
            place,
            f"the quotes cannot be made out ({error})",
            "Put text that holds a quote in quotes, and write each of its own quotes twice",
            row=len(rows) + 1,
        )
    return from_grid(name, place, enumerate(rows, start=1))


def _about(path: Path) -> RawTable:
    try:
        found = parsed(path.read_bytes())
    except NotJsonError as error:
        return lost("about", path.name, str(error), "Correct it there, or write the file again")
    if not isinstance(found, dict):
        return lost("about", path.name, "is not an object", "Write an object with name, year and so on")
    return raw_list("about", [found], path.name)


def write_folder(system: System, folder: Path) -> None:
    """Write a system as a folder of CSV files; what is not of the system stays, a table of its name beside it."""
    write_files(written_tables(system), folder)


def write_files(tables: Mapping[str, Written], folder: Path, **texts: str) -> None:
    """Write tables as a folder of CSV files.

    Tables of the folder that are not written again are moved aside (`moved_aside`).

    Parameters
    ----------
    tables
        What is written, by name.
    folder
        Where to.
    **texts
        Further files, by name without .txt.
    """
    with refilling(folder) as beside:
        for name, table in tables.items():
            _write_file(beside / file_of(name), name, table)
        for name, text in texts.items():
            (beside / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    for file in left_over(tables, folder):
        moved_aside(file)


def left_over(tables: Collection[str], folder: Path) -> list[Path]:
    """The files of a folder that would be read as tables, beside those that are written."""
    files = (folder / file_of(name) for name in ROW_TYPES if name not in tables)
    return [file for file in files if file.exists()]


def _write_file(file: Path, name: str, table: Written) -> None:
    if name == "about":
        file.write_text(_about_text(table), encoding="utf-8", newline="\n")
    else:
        _write_table(file, table)


def _about_text(table: Written) -> str:
    blank = dict.fromkeys(table.columns)
    said = plain_row(table.rows[0]) if table.rows else blank
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _write_table(file: Path, table: Written) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(table.columns)
        sheet.writerows([_written(getattr(row, name)) for name in table.columns] for row in table.rows)


def _written(value: Any) -> Any:
    """A value as CSV says it: the shortest text that is exactly the same number.

    >>> _written(95.0), _written(0.1), _written(None)
    ('95', '0.1', None)
    """
    return repr(value).removesuffix(".0") if isinstance(value, float) else cell(value)
