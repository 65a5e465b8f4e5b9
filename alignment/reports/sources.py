"""The rows of a system that an answer names, with where each was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from alignment.models.system import TABLES, System
from alignment.models.system.keys import Keys

if TYPE_CHECKING:
    import pandas as pd

KEYED: Final[Mapping[str, str]] = {
    "measure": "measures",
    "measures": "measures",
    "measure_a": "measures",
    "measure_b": "measures",
    "target": "targets",
    "targets": "targets",
    "influence": "influences",
    "source": "measures",
}
"""The columns of answers that hold keys of a table, one or several."""

BETWEEN: Final = "; "
"""Between the words of a list."""


@dataclass(frozen=True)
class Source:
    """A row that an answer names.

    Attributes
    ----------
    table, row
        The table, and the row's key in it.
    called
        What people call it; blank where it has no name.
    source, verified, note
        As the row has them.
    """

    table: str
    row: str
    called: str | None
    source: str | None
    verified: str | None
    note: str | None


def sources(system: System, tables: Iterable[pd.DataFrame]) -> list[Source]:
    """The rows of a system that some tables name and that say where they are from, in the system's order.

    Parameters
    ----------
    system
        The system that was asked.
    tables
        The tables of the answer.
    """
    named = frozenset(each for table in tables for each in _named(table))
    return [found for found in _rows(system) if (found.table, found.row) in named and _says_something(found)]


def _named(table: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The rows that a table names, by table and key."""
    columns = {str(name): table[name].tolist() for name in table.columns}
    if "table" in columns and "row" in columns:
        yield from zip(columns["table"], columns["row"], strict=True)
    for cell in columns.get("rows", ()):
        yield from (_parted(word) for word in _words(cell))
    for column in KEYED.keys() & columns.keys():
        yield from ((KEYED[column], word) for cell in columns[column] for word in _words(cell))


def _words(cell: Any) -> list[str]:
    return cell.split(BETWEEN) if isinstance(cell, str) else []


def _parted(word: str) -> tuple[str, str]:
    table, _, row = word.partition(":")
    return table, row


def _rows(system: System) -> Iterator[Source]:
    keys = system.derive(Keys)
    for name in TABLES:
        for key, row in zip(keys.of(name), system.table(name), strict=True):
            yield Source(name, key, getattr(row, "name", None), row.source, row.verified, row.note)


def _says_something(found: Source) -> bool:
    return any((found.source, found.verified, found.note))
