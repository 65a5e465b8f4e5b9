"""A system with other tables instead of some of its own, checked like one that is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alignment.errors import UnknownWord
from alignment.models import TABLES, System

from .assemble import assemble
from .document import raw_document
from .names import ROW_TYPES


def replaced(system: System, tables: Mapping[str, Any]) -> System:
    """A system with other tables instead of some of its own.

    Parameters
    ----------
    system
        The system; it stays as it is.
    tables
        The other tables by name, as `read` takes them, or of rows of the type that the table has. None is no rows.

    Raises
    ------
    UnknownWord
        There is no table of that name.
    InputError
        With every fault at once, also of rows elsewhere that refer to what is gone.
    """
    for name in tables:
        if name not in ROW_TYPES:
            raise UnknownWord(name, ROW_TYPES, "a table of a system")
    own = {"about": (system.about,), **{name: system.table(name) for name in TABLES}}
    return assemble(raw_document(tables), {name: rows for name, rows in own.items() if name not in tables})
