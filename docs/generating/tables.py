"""The tables of a system: what each column holds, and what it is used by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from alignment.models.cell_fault_words import rules
from alignment.models.fields import Row
from alignment.models.system import REQUIRED, System
from alignment.models.system.checks import references
from alignment.tables.columns import columns
from alignment.tables.names import ROW_TYPES

from .markdown import grid, said, words
from .usage import Used, used

MOST: Final = 10
"""So many kinds of conflict are nearly all of them."""

NOBODY: Final = "nothing yet"

NAMES: Final = "names the row"

READING: Final = {("about", "year_begins"): "reading, which makes days of financial years"}
"""What nothing but reading uses."""


def tables_in_short() -> str:
    """Every table in a line, for README."""
    idle = _idle(used())
    return grid(
        ("table", "what it says"),
        [
            (
                f"**{name}**" if name in REQUIRED else name,
                (System.model_fields[name].description or "") + (" (Used by nothing yet.)" if name in idle else ""),
            )
            for name in ROW_TYPES
        ],
    )


def unused() -> str:
    """What no question uses yet: whole tables, then columns of the others."""
    found = used()
    idle = _idle(found)
    lines = [f"- all of {_listed([f'[{name}](#{name})' for name in idle])}"] if idle else []
    for table in ROW_TYPES:
        columns = [
            column
            for (name, column), by in found.items()
            if name == table and not by and name not in idle and (name, column) not in READING
        ]
        if columns:
            lines.append(f"- of [{table}](#{table}): {_listed([f'`{column}`' for column in columns])}")
    return "\n".join(lines)


def _idle(found: Used) -> list[str]:
    """The tables of which no column is used."""
    busy = {table for (table, _), by in found.items() if by}
    return [table for table in ROW_TYPES if table not in busy]


def tables() -> str:
    """Every table with its columns."""
    found = used()
    return "\n\n".join(_table(name, row_type, found) for name, row_type in ROW_TYPES.items())


def _table(name: str, row_type: type[Row], found: Used) -> str:
    rows = [
        (
            f"**{column}**" if row_type.model_fields[column].is_required() else column,
            *_column(row_type, column),
            NAMES if column == "id" else READING.get((name, column)) or _users(found[name, column]),
        )
        for column in columns(row_type)
        if column not in Row.model_fields
    ]
    key = f" Two rows with the same {_listed(row_type.key)} are a fault." if row_type.key else ""
    needed = " Required." if name in REQUIRED else ""
    head = ("column", "what it holds", "meaning", "used by")
    return f"## {name}\n\n{said(row_type)}{needed}{key}\n\n{grid(head, rows)}"


def _users(questions: Collection[str]) -> str:
    """The questions that use a column; those about conflicts with their kinds, where these are not nearly all."""
    of_conflicts = [name.partition(":")[2] for name in questions if ":" in name]
    verbs = [name for name in questions if ":" not in name]
    if of_conflicts:
        some = "" if len(of_conflicts) >= MOST else f" ({', '.join(of_conflicts)})"
        verbs = [f"conflicts{some}", *verbs]
    return ", ".join(verbs) or NOBODY


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def shared_columns() -> str:
    """The columns that every table may carry."""
    return grid(("column", "what it holds", "meaning"), [(name, *_column(Row, name)) for name in Row.model_fields])


def _column(row_type: type[Row], column: str) -> tuple[str, str]:
    return _holds(row_type, column), row_type.model_fields[column].description or ""


def _holds(row_type: type[Row], column: str) -> str:
    """What a cell of a column holds, in a few words."""
    other = dict(references(row_type)).get(column)
    rule = rules(row_type, column)
    if other is not None:
        many = rule["type"] == "array"
        return f"ids of [{other}](#{other}), `;` between" if many else f"id of [{other}](#{other})"
    return words(rule)
