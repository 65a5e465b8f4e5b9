"""A template in which nobody wrote anything yet."""

from __future__ import annotations

from alignment.models import Fault
from alignment.models.system import REQUIRED

from .columns import required
from .names import ROW_TYPES
from .raw import RawSystem, RawTable


def unfilled(raw: RawSystem) -> list[Fault]:
    """What to fill, where tables are there that nobody needs and none has a row; else nothing.

    A system without rows that was written has the needed tables only.
    """
    tables = {name: table for name, table in raw.tables.items() if name in ROW_TYPES}
    if set(tables) <= {"about", *REQUIRED} or any(map(_says_something, tables.values())):
        return []
    return [_to_fill(tables[name]) for name in REQUIRED if name in tables]


def _says_something(table: RawTable) -> bool:
    return any(table.rows) or bool(table.faults)


def _to_fill(table: RawTable) -> Fault:
    needed = required(ROW_TYPES[table.name])
    return Fault(
        table=table.name,
        place=table.place,
        row=None if table.header is None else table.header + 1,
        what="nothing is filled in yet",
        remedy=f"Write a row for each; {', '.join(needed[:-1])} and {needed[-1]} are needed, all else may wait",
    )
