"""What is a systems map of another tool, and no system: one fault that says so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from alignment.errors import InputError

from .grid import filled
from .headings import bare
from .link_headings import columns_of
from .map_headings import Rows, edges_at, headings_in, matrix_at, names_in
from .parts import BARE
from .raw import RawSystem, refused
from .spreadsheet import Sheet
from .text import Text
from .text_rows import rows_in

SUFFIXES: Final = frozenset({".gexf", ".graphml", ".prsm"})
"""Kinds of file that hold maps and nothing else."""

PARTS: Final = {
    frozenset({"elements", "connections"}): "of Kumu",
    frozenset({"factors", "links"}): "of the Participatory System Mapper",
    frozenset({"nodes", "edges"}): "of nodes and edges",
}
"""The names of the parts of a map, and whose they are."""


VAGUE: Final = frozenset({"a", "start", "origin"})
"""Headings that by themselves say nothing of links."""

ONLY_TABLES: Final = frozenset({"agencies", "targets"})
"""Only a system has tables of these names: neither a map, a bare list nor the options of a question hold them."""


def refuse_map(path: Path | None, whose: str = "") -> InputError:
    """What to raise where a map stands in the place of a system."""
    what = f"is a systems map{f' {whose}' if whose else ''}, not the tables of a system"
    name = path.name if path else "FILE"
    remedy = f"Make tables of it: alignment map {name} FOLDER, or alignment.read_map in Python"
    if path is not None and path.is_dir():
        remedy = "Put its files into a workbook, a sheet each, and make tables of that: alignment map map.xlsx FOLDER"
    return refused(str(path) if path else "the document", what, remedy)


def map_on(rows: Rows) -> str | None:
    """What sort of map some rows are; none where they are none.

    >>> map_on([["from", "to", "sign"], ["beds", "waits", "+"]]), map_on([["name", "owner"]])
    ('(an edge list)', None)
    """
    if matrix_at(rows) is not None:
        return "(a matrix of scores)"
    at = edges_at(rows)
    columns = None if at is None else columns_of(names_in(rows[at]))
    if at is None or columns is None:
        return None
    ends = {names_in(rows[at])[each].lower() for each in columns.ends}
    # Two columns called a and b, or start and end, could be anything.
    return "(an edge list)" if len(columns.taken) > len(columns.ends) or ends.isdisjoint(VAGUE) else None


def map_in_text(place: str, text: Text) -> str | None:
    """What sort of map the text of a file is; none where it is none."""
    try:
        found = rows_in(place, text, headings_in)
    except InputError:
        return None
    return map_on([cells for _, cells in filled(found.rows)])


def map_in_workbook(sheets: Iterable[Sheet]) -> str | None:
    """What sort of map a workbook holds on a sheet that is called like no table; none where it holds none."""
    strange = (sheet for sheet in sheets if bare(sheet.name) not in BARE)
    return next(filter(None, (map_on([cells for _, cells in sheet.grid(None)]) for sheet in strange)), None)


def whose_map(raw: RawSystem) -> str | None:
    """Whose map the parts of a source are of; none where they are no map's, or those of a system.

    >>> from .document import raw_document
    >>> whose_map(raw_document({"elements": [], "connections": []}))
    'of Kumu'
    """
    if not ONLY_TABLES.isdisjoint(raw.tables):
        return None
    # A sheet called Links may have been taken for a table by now, and one called Connections passed over.
    places = (found.place for found in (*raw.tables.values(), *raw.notes))
    names = {name.strip().lower() for name in (*raw.tables, *map(_named, places))}
    return next((whose for parts, whose in PARTS.items() if parts <= names), None)


def _named(place: str) -> str:
    """What a sheet or file at a place is called."""
    return place.removeprefix("sheet ").rpartition(".")[0] or place.removeprefix("sheet ")
