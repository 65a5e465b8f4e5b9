"""A map of a system: its measures and influences, everything else of their rows in attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from alignment.models import Note, System
from alignment.models.fields import Row

from .drawing import value_of
from .map import Factor, Link, Map, Value

SCALE: Final = 3.0
"""The weights of such a map are strengths."""

OWN: Final = frozenset({"id", "name", "note", "source_measure", "target_measure", "strength"})
NAMES: Final = {"effect": "effect in steps"}


def map_of(system: System) -> Map:
    """The measures and influences of a system as a map whose scale is 3; the notes say what it leaves out."""
    factors = tuple(
        Factor(id=row.id, label=row.name, note=row.note, attributes=_attributes(row)) for row in system.measures
    )
    links = tuple(
        Link(
            source=row.source_measure,
            target=row.target_measure,
            weight=max(-SCALE, min(SCALE, SCALE * row.steps)) if row.effect is not None else row.strength,
            note=row.note,
            attributes=_attributes(row),
        )
        for row in system.influences
    )
    return Map(name=system.about.name, factors=factors, links=links, notes=tuple(_left_out(system)))


def _attributes(row: Row) -> Mapping[str, Value]:
    cells: Mapping[str, Any] = row.model_dump(exclude_none=True, exclude=set(OWN))
    found = {NAMES.get(name, name.replace("_", " ")): value_of(cell) for name, cell in cells.items()}
    return {name: value for name, value in found.items() if value is not None}


def _left_out(system: System) -> list[Note]:
    from alignment.models import TABLES

    others = {name: len(system.table(name)) for name in TABLES if name not in ("measures", "influences")}
    listed = ", ".join(f"{name} ({size})" for name, size in others.items() if size)
    return [Note(table="", what=f"a map holds measures and influences; not in it: {listed}")] if listed else []
