"""A part of a system: some of its rows, and all that they refer to."""

from __future__ import annotations

import random
from typing import Any, Final

from alignment.models import TABLES, System
from alignment.models.system.checks import references, words

NAMED: Final = tuple(table for table, row_type in TABLES.items() if row_type.key == ("id",) and table != "targets")


def part_of_system(system: System, seed: int) -> System:
    """A part of a system that depends on the seed alone: rows that others refer to stay, of all others some do."""
    draw = random.Random(seed)
    keep = draw.choice((0.2, 0.5, 0.9))
    tables: dict[str, list[Any]] = {
        table: [row for row in system.table(table) if table in NAMED or draw.random() < keep] for table in TABLES
    }
    wanted = {row for row in ((table, row.id) for table in NAMED for row in tables[table]) if draw.random() < keep}
    while True:
        for table in NAMED:
            tables[table] = [row for row in tables[table] if (table, row.id) in wanted | _named(tables)]
        if wanted | _named(tables) == {(table, row.id) for table in NAMED for row in tables[table]}:
            return System(about=system.about, **{table: tuple(rows) for table, rows in tables.items()})


def _named(tables: dict[str, list[Any]]) -> set[tuple[str, str]]:
    """All that the rows refer to."""
    return {
        (home, word)
        for table, rows in tables.items()
        for column, home in references(TABLES[table])
        for row in rows
        for word in words(row, column)
    }
