"""A system as a folder: a CSV file a table, and about.json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from alignment.models import Row, System

from .document import plain_row, raw_list
from .grid import from_grid
from .json_text import NotJsonError, line_of, parsed
from .names import ROW_TYPES
from .raw import RawSystem, RawTable, lost
from .safely import refilling
from .written_cells import cell, filled_columns, filled_tables

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
    """Write a system as a folder of CSV files; files that are no tables stay as they are."""
    written = {file_of(name): rows for name, rows in filled_tables(system)}
    with refilling(folder) as beside:
        for file, rows in written.items():
            if file == "about.json":
                (beside / file).write_text(_about_text(rows), encoding="utf-8", newline="\n")
            else:
                _write_table(beside / file, rows, ROW_TYPES[Path(file).stem])
    for name in ROW_TYPES:
        if file_of(name) not in written:
            (folder / file_of(name)).unlink(missing_ok=True)


def _about_text(rows: Iterable[Row]) -> str:
    (about,) = rows
    return json.dumps(plain_row(about), ensure_ascii=False, indent=2) + "\n"


def _write_table(file: Path, rows: Sequence[Row], row_type: type[Row]) -> None:
    names = filled_columns(row_type, rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(names)
        sheet.writerows([_written(getattr(row, name)) for name in names] for row in rows)


def _written(value: Any) -> Any:
    """A value as CSV says it: the shortest text that is exactly the same number.

    >>> _written(95.0), _written(0.1), _written(None)
    ('95', '0.1', None)
    """
    return repr(value).removesuffix(".0") if isinstance(value, float) else cell(value)
