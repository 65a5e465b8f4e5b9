"""Systems that differ from a place in one column: cells changed, cleared or filled, all of them or one."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Final

import alignment as al
from alignment.models.cell_fault_words import rules
from alignment.models.fields import ID, Row
from alignment.models.system.checks import references
from alignment.tables.names import ROW_TYPES

from .place import Tables

Cell = Any

BLANK: Final = None

MORE: Final = (" again", "-again")
"""What is put behind a text and behind an id."""


def altered(tables: Tables, table: str, column: str) -> Iterator[al.System]:
    """Systems that differ from the tables in a column, the plainest first; those that cannot be are left out.

    Parameters
    ----------
    tables
        The place, as rows of cells.
    table, column
        Where it is to differ.
    """
    rows = _rows(tables, table)
    others = [list(_others(tables, table, column, row.get(column))) for row in rows]
    filled = [at for at, row in enumerate(rows) if row.get(column) is not None]
    for number in range(max((len(each) for each in others), default=0)):
        yield from _read(tables, table, {at: {column: others[at][number]} for at in filled if number < len(others[at])})
    # By itself each row is given the first and the last of what it could say: the last is a blank.
    for at, each in enumerate(others):
        for cell in (*each[:1], *each[1:][-1:]):
            yield from _read(tables, table, {at: {column: cell}})


def _read(tables: Tables, table: str, cells: Mapping[int, Mapping[str, Cell]]) -> Iterator[al.System]:
    """The system with some cells otherwise; none where its tables would contradict each other."""
    if cells:
        fresh = copy.deepcopy(tables)
        for at, each in cells.items():
            _rows(fresh, table)[at] |= each
        try:
            yield al.read(fresh)
        except al.InputError:
            return


def _rows(tables: Tables, table: str) -> list[dict[str, Cell]]:
    return [tables[table]] if table == "about" else tables[table]


def _others(tables: Tables, table: str, column: str, cell: Cell) -> Iterator[Cell]:
    """What could stand in a cell instead."""
    row_type = ROW_TYPES[table]
    refers = dict(references(row_type)).get(column)
    if refers is None:
        yield from _values(rules(row_type, column), cell)
    else:
        many = rules(row_type, column)["type"] == "array"
        for name in (row["id"] for row in tables[refers]):
            word = [name] if many else name
            if word != cell:
                yield word
    if cell is not None and not row_type.model_fields[column].is_required():
        yield BLANK


def _values(rule: Mapping[str, Any], cell: Cell) -> Iterator[Cell]:
    if "enum" in rule:
        yield from (word for word in rule["enum"] if word != cell)
    elif rule["type"] == "boolean":
        yield from (value for value in (True, False) if value != cell)
    elif rule["type"] in ("number", "integer"):
        yield from _numbers(rule, cell)
    elif rule.get("pattern") == ID:
        yield f"{cell or 'other'}{MORE[1]}"
    elif "minLength" in rule:
        yield f"{cell or 'Other'}{MORE[0]}"
    else:
        yield from (year for year in ("2020", "2032", "2045") if year != cell)


def _numbers(rule: Mapping[str, Any], cell: Cell) -> Iterator[Cell]:
    """Twice and half as much and a little more, as far as the column allows them."""
    low, high = rule.get("minimum", -1e12), rule.get("maximum", 1e12)
    now = 1 if cell is None else cell
    for value in (now * 2, now / 2, now + 1, now - 0.25, 0):
        whole = round(value) if rule["type"] == "integer" else value
        if low <= whole <= high and whole != cell:
            yield whole


def columns_of(row_type: type[Row]) -> list[str]:
    """The columns of a table that say something of their own: neither the id nor what every table may carry."""
    return [name for name in row_type.model_fields if name not in Row.model_fields and name != "id"]
