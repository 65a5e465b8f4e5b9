"""Which tables there are, and whether those of a source are they."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from alignment.models import TABLES, About, Fault, Row
from alignment.models.cell_fault_words import near
from alignment.models.system import REQUIRED

from .raw import RawSystem, is_own

ROW_TYPES: Final[Mapping[str, type[Row]]] = {"about": About, **TABLES}
"""Every table, and what the system is about, with the type of the rows."""

WITH_IDS: Final = tuple(name for name, row_type in TABLES.items() if row_type.key == ("id",) and name != "targets")
"""The tables that others refer to."""


def strays(raw: RawSystem) -> dict[str, str | None]:
    """The names that are no table's, each with the table that is meant."""
    absent = [name for name in ROW_TYPES if name not in raw.tables]
    return {name: near(name, absent) for name in raw.tables if not (name in ROW_TYPES or is_own(name))}


def name_faults(raw: RawSystem) -> Iterator[Fault]:
    """A fault for each name that is no table's, and for each required table that is not there."""
    found = strays(raw)
    for name, meant in found.items():
        remedy = (
            f"Did you mean '{meant}'?"
            if meant
            else "Begin its name with x- to keep it as your own, or give it the name of a table"
        )
        yield Fault(table=name, what=f"'{name}' is not a table of a system", remedy=remedy)
    for name in REQUIRED:
        # One mistake, one fault: a required table may be there under a wrong name.
        if name not in raw.tables and name not in found.values():
            yield Fault(table=name, what=f"the table {name} is missing", remedy="Add it: no system is without")
