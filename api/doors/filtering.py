"""Which rows of a table are wanted: by what is in a column, and by words anywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from alignment.errors import InputError
from alignment.models.answers.layout import joined
from alignment.models.cell_fault_words import shown
from alignment.models.faults import Fault, meant
from alignment.models.options.fields import Asked
from alignment.options.fault_words import TABLE

BETWEEN: Final = "; "
"""What stands between several things in a cell; see `joined`."""

WHOLE: Final = re.compile(r"(-?[0-9]+)\.0")
"""A whole number in a column of others."""


class RowOptions(Asked):
    """Which rows of a table are wanted: all that fit."""

    where: tuple[str, ...] = ()
    """Only rows with such cells, as column:value: the cell, or one of several things in it; several values of a column
    are alternatives, several columns must all fit. Capitals do not matter; column: alone is a blank cell."""
    words: tuple[str, ...] = ()
    """Only rows in which all of these words appear, in whatever cell. Capitals do not matter."""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    columns
        Its columns, in order.
    rows
        The cells of each row, as JSON has them.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def filtered(table: Table, asked: RowOptions) -> Sequence[Sequence[Any]]:
    """Those rows that are wanted, in their order.

    Parameters
    ----------
    table
        The table.
    asked
        What is wanted.

    Raises
    ------
    InputError
        There is no such column, or no column is named: a fault for each.

    Examples
    --------
    >>> table = Table(["kind", "agency"], [["torn", "trust"], ["opposed", "trust; council"]])
    >>> filtered(table, RowOptions(where=("agency:council",)))
    [['opposed', 'trust; council']]
    """
    wanted = _wanted(table.columns, asked.where)
    words = [word for each in asked.words for word in each.casefold().split()]
    return [row for row in table.rows if _fits(row, wanted) and _has(row, words)]


def text_of(cell: Any) -> str:
    """What people see in a cell.

    >>> text_of(None), text_of(["a", "b"]), text_of(0.5)
    ('', 'a; b', '0.5')
    """
    if isinstance(cell, list):
        return joined(map(text_of, cast("list[Any]", cell)))
    return "" if cell is None else str(cell)


def _wanted(columns: Sequence[str], where: Sequence[str]) -> Mapping[int, frozenset[str]]:
    """The values that are wanted by the place of their column."""
    faults = list[Fault]()
    found = defaultdict[int, set[str]](set)
    for each in where:
        column, colon, value = each.partition(":")
        if colon and column in columns:
            found[columns.index(column)].add(_bare(value))
        else:
            what, remedy = _astray(column, columns) if colon else (f"{shown(each)} names no column", NAME_IT)
            faults.append(Fault(table=TABLE, column="where", what=what, remedy=remedy))
    if faults:
        raise InputError(faults)
    return {at: frozenset(values) for at, values in found.items()}


NAME_IT: Final = "Write column:value"


def _astray(column: str, columns: Sequence[str]) -> tuple[str, str]:
    """What is wrong with a column that is not there, and the remedy."""
    some = ", ".join(columns[:12]) + (", ..." if len(columns) > 12 else "")
    return f"{shown(column)} is not a column of this table", meant(column, columns, f"There are: {some or 'none'}.")


def _fits(row: Sequence[Any], wanted: Mapping[int, frozenset[str]]) -> bool:
    return all(not values.isdisjoint(_values(text_of(row[at]))) for at, values in wanted.items())


def _values(text: str) -> Iterator[str]:
    """What a cell may be looked for by: all of it, or one of several things in it."""
    yield _bare(text)
    if BETWEEN in text:
        yield from map(_bare, text.split(BETWEEN))


def _bare(text: str) -> str:
    """Text for comparison: true is True, and 3 is 3.0."""
    bare = text.strip().casefold()
    whole = WHOLE.fullmatch(bare)
    return bare if whole is None else whole[1]


def _has(row: Sequence[Any], words: Sequence[str]) -> bool:
    # No word holds a line end, so none is found across two cells.
    text = "\n".join(map(text_of, row)).casefold() if words else ""
    return all(word in text for word in words)
