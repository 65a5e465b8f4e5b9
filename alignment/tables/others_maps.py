"""What is a systems map of another tool, and no system: one fault that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignment.errors import InputError

from .raw import RawSystem, refused

SUFFIXES: Final = frozenset({".gexf", ".graphml", ".prsm"})
"""Kinds of file that hold maps and nothing else."""

PARTS: Final = {
    frozenset({"elements", "connections"}): "of Kumu",
    frozenset({"factors", "links"}): "of the Participatory System Mapper",
    frozenset({"nodes", "edges"}): "of nodes and edges",
}
"""The names of the parts of a map, and whose they are."""


def refuse_map(path: Path | None, whose: str = "") -> InputError:
    """What to raise where a map stands in the place of a system."""
    what = f"is a systems map{f' {whose}' if whose else ''}, not the tables of a system"
    name = path.name if path else "FILE"
    remedy = f"Make tables of it: alignment map {name} FOLDER, or alignment.read_map in Python"
    return refused(str(path) if path else "the document", what, remedy)


def whose_map(raw: RawSystem) -> str | None:
    """Whose map the parts of a source are of; none where they are no map's.

    >>> from .document import raw_document
    >>> whose_map(raw_document({"elements": [], "connections": []}))
    'of Kumu'
    """
    names = {name.strip().lower() for name in raw.tables}
    return next((whose for parts, whose in PARTS.items() if parts <= names), None)
