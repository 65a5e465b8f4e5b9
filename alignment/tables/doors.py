"""Reading and writing systems, whatever coat they wear."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from alignment.errors import InputError, UnknownWord
from alignment.examples import example, names
from alignment.models import System
from alignment.models.answers.answer import Answer
from alignment.models.faults import closest
from alignment.models.system import REQUIRED

from .archive import archive_bytes, read_archive
from .assemble import assemble
from .bare_list import list_in, read_list
from .document import document_bytes, raw_document, read_document
from .folder import SUFFIXES as TEXT, read_folder, write_folder
from .guarded import content_of
from .kept import keeping
from .names import ROW_TYPES
from .others_maps import ONLY_TABLES, SUFFIXES, map_in_text, map_in_workbook, refuse_map, whose_map
from .raw import RawSystem, refused
from .safely import replacing
from .spreadsheet import SUFFIXES as WORKBOOKS, read_workbook, sheets_of
from .text_rows import text_in
from .unfilled import unfilled
from .workbook import workbook_bytes

Source = str | os.PathLike[str] | Mapping[str, Any]
"""Where a system is: the path of a folder or file, the name of an example, or its tables by name."""

Ids = Literal["given", "make"]
"""Where ids are from."""

IDS: Final[tuple[Ids, ...]] = ("given", "make")

READERS: Final[Mapping[str, Callable[[Path, bytes], RawSystem]]] = {
    **dict.fromkeys((".csv", ".tsv"), read_list),
    ".json": read_document,
    ".zip": read_archive,
    **dict.fromkeys(WORKBOOKS, read_workbook),
}
"""Who reads what is in a file, given what its owner calls it."""

Kept = Sequence[Path]
"""Where what was not written again is kept."""

WRITERS: Final[Mapping[str, Callable[[System, str], bytes]]] = {
    ".json": document_bytes,
    ".xlsx": workbook_bytes,
    ".zip": archive_bytes,
}
"""Who makes what is in a file, given what it is called: of the same system always the same bytes."""

OTHERS: Final = frozenset(
    (
        *(
            ".csv",
            ".fods",
            ".numbers",
            ".ods",
            ".ots",
            ".tab",
            ".tsv",
            ".xls",
            ".xlsb",
            ".xlsm",
            ".xlt",
            ".xltm",
            ".xltx",
        ),
        *(".doc", ".docm", ".docx", ".md", ".odt", ".pages", ".pdf", ".rst", ".rtf", ".tex", ".txt"),
        *(".htm", ".html", ".odp", ".ppt", ".pptx", ".vsdx"),
        *(".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"),
        *(".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz"),
        *(".accdb", ".arrow", ".db", ".dbf", ".dta", ".feather", ".mdb", ".parquet", ".sqlite"),
        *(".pickle", ".pkl", ".rda", ".rdata", ".rds", ".sas7bdat", ".sav", ".sql"),
        *(".geojson", ".ini", ".ipynb", ".json5", ".jsonl", ".ndjson", ".toml", ".xml", ".yaml", ".yml"),
    )
)
"""Kinds of file that nobody means as the name of a folder."""

WRITTEN: Final = "Give a name that ends in .xlsx, .json or .zip, or one without an ending for a folder of CSV files"
"""What a system is written as."""


def read(source: Source, ids: Ids = "given") -> System:
    """Read a system, or say everything that is wrong with it.

    Parameters
    ----------
    source
        The path of a folder of CSV files (a file a table, and about.json) or a .zip of one, of a workbook (a sheet a
        table; .xlsx, .xlsm, .ods or .xls) or of a JSON document; of a list of measures with owners and wishes, as one
        CSV file or sheet, of which a system is made; where there is no such path, the name of an example
        (see `alignment.example`); or the tables themselves by name, each a DataFrame or a list of
        dicts, and `about` a dict or a DataFrame of one row. Nothing of it is changed.
    ids
        Where ids are from: ``given`` takes those of the source; ``make`` makes one of a row's name
        where it has none, or a word that can be none, and follows what refers to that row by its
        name or that word. Names stay as they are.

    Returns
    -------
    System
        The system; its rows are in the order of the source. Its `notes` say, cell by cell, what was
        put right or passed over.

    Raises
    ------
    UnknownWord
        `ids` is neither given nor make.
    InputError
        With every fault at once: file or sheet, row, column, what is wrong, and the remedy.

    Examples
    --------
    >>> system = read(
    ...     {
    ...         "agencies": [{"id": "trust", "name": "Acute trust"}],
    ...         "measures": [{"id": "beds", "name": "Beds in use", "unit": "%"}],
    ...         "targets": [{"agency": "trust", "measure": "beds", "sense": "at_most", "value": 92}],
    ...     }
    ... )
    >>> print(system)
    1 agency · 1 measure · 1 target

    >>> read(
    ...     {
    ...         "agencies": [{"id": "trust", "name": "Acute trust"}],
    ...         "measures": [{"id": "beds", "name": "Beds in use", "baseline": "9O"}],
    ...         "targets": [{"agency": "trst", "measure": "beds", "sense": "at_mst", "value": 92}],
    ...     }
    ... )
    Traceback (most recent call last):
    ...
    alignment.errors.InputError: 3 faults in the input:
      measures[0].baseline: '9O' is not a number. Write the number in digits, or clear the cell if it is not known.
      targets[0].agency: 'trst' is not an id of agencies. Did you mean 'trust'?
      targets[0].sense: 'at_mst' is not one of at_least, ..., increase, decrease, hold. Did you mean 'at_most'?
    """
    if ids not in IDS:
        raise UnknownWord(ids, IDS, "where ids are from")
    return assemble(raw_of(source), make_ids=ids == "make")


def raw_of(source: Source) -> RawSystem:
    """The tables of a source as they come."""
    if isinstance(source, Mapping):
        return _no_map(raw_document(source), None)
    path = path_of(source)
    try:
        if path.is_dir():
            return _filled(_no_map(read_folder(path), path))
        reader = _reader(path)
        return raw_in(path, content_of(path), reader)
    except OSError as error:
        where = str(error.filename or path)
        raise refused(where, f"cannot be opened: {error.strerror}", "Check that you may read it") from error


def raw_in(name: Path, content: bytes, reader: Callable[[Path, bytes], RawSystem]) -> RawSystem:
    """The tables in the content of a file, as they come; no file is opened.

    Parameters
    ----------
    name
        What its owner calls it.
    content
        What is in it.
    reader
        Who reads it, one of `READERS`.
    """
    return _filled(_tables(name, content, reader))


def _filled(raw: RawSystem) -> RawSystem:
    """The tables, unless nobody has filled them in."""
    if nothing := unfilled(raw):
        raise InputError(nothing)
    return raw


def _tables(path: Path, content: bytes, reader: Callable[[Path, bytes], RawSystem]) -> RawSystem:
    """The tables of a source; of a workbook without any, those that a list of measures makes."""
    raw = _no_map(reader(path, content), path)
    if reader is not read_workbook or not ONLY_TABLES.isdisjoint(raw.tables):
        return raw
    sheets = sheets_of(path.name, content)
    made = list_in(sheets)
    whose = None if made is not None or not raw.tables.keys().isdisjoint(REQUIRED) else map_in_workbook(sheets)
    if whose is not None:
        raise refuse_map(path, whose)
    return made or raw


def _no_map(raw: RawSystem, path: Path | None) -> RawSystem:
    """The tables, unless they are the parts of another tool's map."""
    whose = whose_map(raw)
    if whose is not None:
        raise refuse_map(path, whose)
    return raw


def path_of(source: str | os.PathLike[str]) -> Path:
    """The path that is meant: the one given, or that of an example."""
    path = Path(source)
    return example(source) if isinstance(source, str) and source in names() and not path.exists() else path


def _reader(path: Path) -> Callable[[Path, bytes], RawSystem]:
    if not path.exists():
        raise refused(str(path), "there is no such file or folder", _remedy(path))
    if path.suffix.lower() in SUFFIXES:
        raise refuse_map(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None and path.suffix.lower() in TEXT and path.stem not in ROW_TYPES:
        whose = map_in_text(path.name, text_in(path.name, content_of(path)))
        raise refuse_map(path, whose) if whose is not None else _unread(path)
    if reader is None or (reader is read_list and path.stem in ROW_TYPES):
        raise _unread(path)
    return reader


UNREAD: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(
        (".csv", ".tab", ".tsv", ".txt"),
        ("is one table of a system by itself", "Give the folder that it is in, with a file for each table"),
    ),
    ".xlsb": ("is a binary workbook", "Open it in Excel, and save it as an Excel workbook (.xlsx)"),
    ".numbers": ("is a workbook of Numbers", "Export it from there to Excel (.xlsx)"),
    ".pdf": ("is a PDF document", "Copy its tables into a workbook, a sheet a table"),
    ".docx": ("is a text document", "Copy its tables into a workbook, a sheet a table"),
    **dict.fromkeys((".htm", ".html"), ("is a web page", "Open it in Excel, and save it as .xlsx")),
}
"""What to say of kinds of file that are not read."""

NO_SYSTEM: Final = (
    "is neither a folder of CSV files or a .zip of one, nor a workbook (.xlsx, .ods), a .json document or a list of "
    "measures (.csv)"
)
"""What to say of all others."""


def _unread(path: Path) -> InputError:
    """What to say of a file that is not read."""
    return refused(str(path), *UNREAD.get(path.suffix.lower(), (NO_SYSTEM, "Save it as one of these")))


def _remedy(path: Path) -> str:
    """What to do about a path that is not there: to a plain name, which examples there are."""
    known = {other.name: str(other) for other in path.parent.iterdir()} if path.parent.is_dir() else {}
    plain = path.name == str(path)
    near = closest(path.name, {**known, **dict.fromkeys(names() if plain else ())})
    meant = f"Did you mean '{known.get(near, near)}'?" if near else "Check the path"
    if not plain:
        return meant
    return f"{meant}{'' if near else '.'} The examples are: {', '.join(names())}"


def write(system: System | Answer, path: str | os.PathLike[str]) -> None:
    """Write a system: `.xlsx` is a workbook, `.json` a document, `.zip` CSV files packed, all else a folder of them.

    Of the same system a file always holds the same bytes. What is there already is replaced only once
    everything is written. In a folder, tables that the system does not have are moved aside, as
    `draws.csv.old`, and files that are no tables stay; of a file that holds more than tables a copy
    is kept, as `region.xlsx.old`. An answer is written as a workbook, as its `to_excel` does.

    Parameters
    ----------
    system
        The system, or an answer.
    path
        Where to; folders on the way are made.

    Raises
    ------
    InputError
        The path ends like another kind of file or is of another kind, or a workbook cannot hold the
        system: then nothing is written.
    OSError
        The path cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> system = read({"agencies": [{"id": "trust", "name": "Trust"}], "measures": [], "targets": []})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(system, f"{folder}/small.xlsx")
    ...     read(f"{folder}/small.xlsx") == system
    True
    """
    if isinstance(system, Answer):
        system.to_excel(path)
    else:
        write_keeping(system, path)


def write_keeping(system: System, path: str | os.PathLike[str]) -> Kept:
    """Write a system as `write` does, and say where what was not written again is kept."""
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix in SUFFIXES:
        remedy = "Write it with alignment map SYSTEM FILE, or alignment.write_map in Python"
        raise refused(str(target), "is the name of a systems map, not of a system", remedy)
    if suffix in OTHERS:
        raise refused(str(target), f"ends in {target.suffix}, and no system is written as such a file", WRITTEN)
    writer = WRITERS.get(suffix)
    if target.exists() and target.is_dir() == (writer is not None):
        what = "is a folder" if target.is_dir() else "is a file"
        raise refused(str(target), what, "Choose another name, or move it away")
    if writer is None:
        return write_folder(system, target)
    with keeping(target) as copies, replacing(target) as file:
        file.write_bytes(writer(system, target.name))
    return copies
