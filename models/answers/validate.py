"""A system that was read without a fault, in figures."""

from __future__ import annotations

from alignment.models.fields import Noun


class Summary(Noun):
    """A system that was read without a fault, in figures."""

    system: str
    """The hash of the system: the same for the same facts, whatever the order of rows."""
    name: str | None
    """The system's name."""
    summary: str
    """Its size, in a line."""
    rows: dict[str, int]
    """How many rows each table has, by the table's name. Unit: rows."""
