"""A system as a folder: a CSV file a table, and about.json."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

from alignment.errors import InputError
from alignment.models import Note, System

from .document import plain_row, raw_list
from .formula_text import guarded
from .grid import filled, from_grid
from .guarded import check_number, check_size, content_of, is_outside
from .headings import FIRST, bare, most_columns
from .json_text import NotJsonError, parsed
from .names import ROW_TYPES
from .parts import BARE, sorted_out
from .raw import RawSystem, RawTable, lost, refused
from .safely import moved_aside, refilling
from .text import Text, first_rows
from .text_rows import rows_in, text_in
from .written_cells import Written, cell, written_tables

SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab", ".txt"})
"""What files of separated cells are called; of these only .csv says that it holds a table."""

ABOUT: Final = "about.json"
"""The file that says what a system is about."""


def read_folder(folder: Path) -> RawSystem:
    """The tables of a folder; files that are neither tables nor about.json are none of them."""
    return from_files(files_of(folder))


def files_of(folder: Path) -> list[File]:
    """The files of a folder."""
    paths = [path for path in sorted(folder.iterdir()) if not path.is_dir()]
    files = [File(path.name, partial(_inside, folder, path)) for path in paths]
    sizes = [path.stat().st_size for path, file in zip(paths, files, strict=True) if file.is_read and path.exists()]
    check_number(folder.name, len(sizes))
    check_size(folder.name, sum(sizes))
    return files


def _inside(folder: Path, path: Path) -> bytes:
    """What is in a file of a folder, which is no link to somewhere else."""
    if is_outside(path, folder):
        raise refused(path.name, "is a link that leads out of the folder", "Put a copy of the file in its place")
    return content_of(path)


def from_files(files: Sequence[File]) -> RawSystem:
    """The tables that some files make."""
    found = sorted_out([file for file in files if file.may_be_a_table])
    about = next((file for file in files if file.is_about), None)
    if about is not None:
        found.tables.setdefault("about", _about(about))
    return RawSystem(found.tables, file_of, found.notes)


def file_of(name: str) -> str:
    """The file of a table."""
    return ABOUT if name == "about" else f"{name}.csv"


class File:
    """A file of a folder, read when somebody asks what is in it."""

    kind = "file"
    hidden = False

    def __init__(self, path: str, content: Callable[[], bytes]) -> None:
        self.path = self.place = path
        self.name, _, suffix = path.rpartition(".")
        self.suffix = f".{suffix}".lower()
        self._content = content

    @cached_property
    def content(self) -> bytes:
        """What is in it."""
        return self._content()

    @property
    def is_about(self) -> bool:
        """Whether it says what the system is about."""
        return self.path.casefold() == ABOUT

    @property
    def is_read(self) -> bool:
        """Whether somebody looks into it."""
        return not self.path.startswith(".") and (self.may_be_a_table or self.is_about)

    @property
    def may_be_a_table(self) -> bool:
        """Whether it is of a kind that tables are, which a text file is only where it is called like one."""
        if self.path.startswith("."):
            return False
        return self.suffix in SUFFIXES and (self.suffix != ".txt" or bare(self.name) in BARE)

    @cached_property
    def text(self) -> Text:
        """What it says."""
        return text_in(self.path, self.content)

    def start(self, table: str) -> list[Sequence[Any]]:
        """Its first rows that are not blank; none where it is no text."""
        try:
            rows = first_rows(self.text, most_columns(table))
        except InputError:
            return []
        return [cells for _, cells in filled(enumerate(rows))][:FIRST]

    def grid(self, table: str | None) -> list[tuple[int, Sequence[Any]]]:
        """Its rows that are not blank, with their numbers."""
        return filled(rows_in(self.path, self.text, most_columns(table)).rows)

    def table(self, name: str) -> RawTable:
        """It as a table of that name."""
        if name == "about":
            return lost(name, self.path, "is a CSV file", "Write about.json: an object with name, year and so on")
        try:
            rows = rows_in(self.path, self.text, most_columns(name))
        except InputError as error:
            return _refused(name, self.path, error)
        table = from_grid(name, self.path, rows.rows, separator=rows.between)
        return replace(table, notes=[*(Note(table=name, what=what) for what in rows.notes), *table.notes])


def _refused(name: str, place: str, error: InputError) -> RawTable:
    """A table whose file was refused."""
    return RawTable(
        name, place, faults=[fault.model_copy(update={"table": name}) for fault in error.faults], readable=False
    )


def _about(file: File) -> RawTable:
    try:
        found = parsed(file.content)
    except InputError as error:
        return _refused("about", file.path, error)
    except NotJsonError as error:
        return lost("about", file.path, str(error), "Correct it there, or write the file again")
    if not isinstance(found, dict):
        return lost("about", file.path, "is not an object", "Write an object with name, year and so on")
    return raw_list("about", [found], file.path)


def write_folder(system: System, folder: Path) -> list[Path]:
    """Write a system as a folder of CSV files; what is not of the system stays, a table of its name beside it."""
    return write_files(written_tables(system), folder)


def write_files(tables: Mapping[str, Written], folder: Path, **texts: str) -> list[Path]:
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

    Returns
    -------
    list of Path
        Where the tables are that were moved aside.
    """
    with refilling(folder) as beside:
        for name, table in tables.items():
            (beside / file_of(name)).write_bytes(file_bytes(name, table))
        for name, text in texts.items():
            (beside / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    return [moved_aside(file) for file in left_over(tables, folder)]


def left_over(tables: Collection[str], folder: Path) -> list[Path]:
    """The files of a folder that would be read as tables, beside those that are written."""
    files = (folder / file_of(name) for name in ROW_TYPES if name not in tables)
    return [file for file in files if file.exists()]


def file_bytes(name: str, table: Written) -> bytes:
    """What is in the file of a table."""
    return (_about_text(table) if name == "about" else _table_text(table)).encode()


def _about_text(table: Written) -> str:
    blank = dict.fromkeys(table.columns)
    said = plain_row(table.rows[0]) if table.rows else blank
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _table_text(table: Written) -> str:
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(table.columns)
    sheet.writerows([_written(getattr(row, name)) for name in table.columns] for row in table.rows)
    return out.getvalue()


def _written(value: Any) -> Any:
    """A value as CSV says it: the shortest text that is exactly the same number; text as no formula.

    >>> _written(95.0), _written(-0.1), _written(None), _written("-0.1")
    ('95', '-0.1', None, "'-0.1")
    """
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    text = cell(value)
    return guarded(text) if isinstance(text, str) else text
