"""How a value is written in the cell of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from alignment.models import TABLES, About, Row, System
from alignment.models.system import REQUIRED

from .columns import columns, required


@dataclass(frozen=True)
class Written:
    """A table to be written.

    Attributes
    ----------
    rows
        Its rows.
    columns
        The columns that are written.
    examples
        Rows of its type of which examples are taken.
    further
        Examples of columns that none of these rows fills.
    """

    rows: Sequence[Row]
    columns: tuple[str, ...]
    examples: Sequence[Row]
    further: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def example(self, column: str) -> Any:
        """A value of a column; nothing where no row has one."""
        values = (value for row in self.examples if (value := getattr(row, column)) is not None)
        return next(values, self.further.get(column))


def written_tables(system: System) -> dict[str, Written]:
    """What is written of a system: the tables worth writing, with the columns worth writing."""
    return {name: Written(rows, filled_columns(type_of(name), rows), rows) for name, rows in filled_tables(system)}


def type_of(name: str) -> type[Row]:
    """The type of a table's rows."""
    return About if name == "about" else TABLES[name]


def filled_tables(system: System) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The tables worth writing: the required ones, and those that say something."""
    if system.about != About():
        yield "about", (system.about,)
    for name in TABLES:
        if system.table(name) or name in REQUIRED:
            yield name, system.table(name)


def filled_columns(row_type: type[Row], rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns worth writing: the required ones, and those that some row fills."""
    needed = required(row_type)
    return tuple(
        name for name in columns(row_type) if name in needed or any(getattr(row, name) is not None for row in rows)
    )


def cell(value: Any) -> Any:
    """A value as a table says it: yes and no, lists joined by semicolons, text and numbers as they are.

    >>> cell(True), cell(("national", "provider")), cell(95.0), cell(None)
    ('yes', 'national;provider', 95.0, None)
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
