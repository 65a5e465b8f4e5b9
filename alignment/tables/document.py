"""A system as one JSON document: an object with a list of rows a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from alignment.models import TABLES, About, Fault, Note, Row, System
from alignment.models.cell_fault_words import shown

from .columns import columns, required
from .frames import is_frame, raw_frame
from .guarded import most_rows, raise_it
from .json_text import NotJsonError, Repeating, parsed
from .names import ROW_TYPES
from .raw import MOST_FAULTS, RawSystem, RawTable, lost, more_faults, plain, refused
from .text import MOST_COLUMNS
from .written_cells import filled_tables

MOST_TABLES: Final = 1_000
"""So many names may stand beside each other in a document."""


def to_document(system: System) -> dict[str, Any]:
    """A system as plain data, ready for JSON: an object with a list of rows a table.

    Blanks and optional tables without rows are left out.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    dict
        `about`, an object, where anything is known of it; and for each table a list of objects.
        `reported_at` is a list, and yes and no are true and false.

    Examples
    --------
    >>> import alignment.tables as tables
    >>> system = tables.read({"agencies": [{"id": "a", "name": "A"}], "measures": [], "targets": []})
    >>> tables.to_document(system)
    {'agencies': [{'id': 'a', 'name': 'A'}], 'measures': [], 'targets': []}
    """
    tables: dict[str, Any] = {name: [plain_row(row) for row in rows] for name, rows in filled_tables(system)}
    if "about" in tables:
        (tables["about"],) = tables["about"]
    return tables


def plain_row(row: Row) -> dict[str, Any]:
    """A row as plain data, without its blanks."""
    cells = ((name, getattr(row, name)) for name in columns(type(row)))
    return {
        name: list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
        for name, value in cells
        if value is not None
    }


def document_bytes(system: System, place: str = "") -> bytes:
    """A system as JSON, a row a line: of the same tables the same bytes."""
    del place  # nothing of it can be refused
    return "".join(_lines(to_document(system))).encode()


def _lines(tables: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n"
    for name, rows in tables.items():
        yield f'{before}"{name}": '
        yield (_text(rows) if isinstance(rows, dict) or not rows else "[\n" + ",\n".join(map(_text, rows)) + "\n]")
        before = ",\n"
    yield "\n}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_document(path: Path, content: bytes) -> RawSystem:
    """The tables of a JSON file."""
    try:
        found = parsed(content)
    except NotJsonError as error:
        raise refused(path.name, str(error), "Correct it there, or write the file again") from error
    if not isinstance(found, dict):
        raise refused(path.name, "is not an object", "Write an object with a list of rows for each table")
    found = cast("dict[str, Any]", found)
    if isinstance(found.get("system"), dict) and TABLES.keys().isdisjoint(found):
        # As it is sent to a server, with options beside.
        raw = raw_document(found["system"], path.name)
        note = Note(table="", place=path.name, what="holds the tables under 'system', and was read from there")
        return replace(raw, notes=[note, *raw.notes])
    return raw_document(found, path.name)


def raw_document(tables: Mapping[Any, Any], place: str = "") -> RawSystem:
    """The tables of an object that holds lists of rows, or DataFrames."""
    if len(tables) > MOST_TABLES:
        what = f"holds {len(tables):,} names, and a system has some twenty tables"
        raise refused(place or "the document", what, "Give the tables of the system alone")
    found = {str(name): _table(str(name), value, place) for name, value in tables.items() if value is not None}
    for name in tables.repeated if isinstance(tables, Repeating) else ():
        found[name] = lost(name, place, f"gives {name} twice", "Make one list of the two")
    return RawSystem(found, lambda _: place)


def _table(name: str, value: Any, place: str) -> RawTable:
    if name not in ROW_TYPES:
        return RawTable(name, place, other=value)
    if is_frame(value):
        return raw_frame(name, value)
    if name == "about" and isinstance(value, Mapping | About):
        return raw_list(name, [value], place)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return raw_list(name, cast("Sequence[Any]", value), place)
    if name == "about":
        found = lost(name, place, "about is not an object", "Write an object with name, year and so on")
    else:
        found = lost(name, place, f"{name} is not a list of rows", "Write a list of objects, one for each row")
    return replace(found, other=value)


def raw_list(name: str, rows: Sequence[Any], place: str = "") -> RawTable:
    """A table from a list of rows, each cell under its name, or of rows as the system has them."""
    if place and len(rows) > most_rows():
        return lost(name, place, f"{name} has {len(rows):,} rows, and at most {most_rows():,} are read", raise_it())
    faults: list[Fault] = []
    cells: list[dict[str, Any]] = []
    # Of a table without rows nobody can say that a column is missing.
    names = dict.fromkeys(() if rows else required(ROW_TYPES[name]))
    for index, row in enumerate(rows):
        if len(faults) >= MOST_FAULTS:
            faults.append(more_faults(name))
            break
        if isinstance(row, ROW_TYPES[name]):
            row = plain_row(row)  # noqa: PLW2901 - the same row, as cells
        if isinstance(row, Mapping):
            row = cast("Mapping[Any, Any]", row)
            named = {str(key): cell for key, cell in row.items()}
            names.update(dict.fromkeys(named))
            cells.append({key: bare for key, cell in named.items() if (bare := plain(cell)) is not None})
            faults.extend(_twice(name, index, row))
        else:
            cells.append({})
            faults.append(_no_row(name, index, row))
            if isinstance(row, Row):
                # It says all that a row of its own kind says: nobody left a column out.
                names.update(dict.fromkeys(required(ROW_TYPES[name])))
    if len(names) > MOST_COLUMNS:
        what = f"{name} has {len(names):,} columns, and at most {MOST_COLUMNS:,} are read"
        return lost(name, place, what, "Give the columns of the table alone")
    return RawTable(name, place, tuple(names), cells, faults=faults)


def _no_row(name: str, index: int, row: Any) -> Fault:
    """What to say of something among the rows that is none of this table."""
    if isinstance(row, Row):
        what, remedy = f"a row of type {type(row).__name__} is not one of {name}", "Move it to the table that it is of"
    else:
        what, remedy = f"{shown(row)} is not a row", "Write an object with a name for each cell"
    return Fault(table=name, index=index, what=what, remedy=remedy)


def _twice(name: str, index: int, row: Mapping[Any, Any]) -> Iterator[Fault]:
    for key in row.repeated if isinstance(row, Repeating) else ():
        yield Fault(
            table=name,
            index=index,
            column=key,
            what="is given twice",
            remedy="Begin the name of one with x-, or join the two",
        )
