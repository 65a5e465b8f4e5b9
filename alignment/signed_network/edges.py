"""Signed edge lists: who is for and who is against whom, as somebody wrote it down, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, cast

import pandas as pd

from alignment.errors import InputError
from alignment.models.faults import Fault
from alignment.tables.link_headings import Columns, columns_of
from alignment.tables.link_signs import sign_of
from alignment.wording import number

MICRO: Final = 1_000_000
"""Weights are counted in millionths."""

LARGEST: Final = 1_000_000
"""No weight is larger: sums of millionths of it are still exact."""

COLUMNS: Final = ("a", "b", "weight")


class Edge(NamedTuple):
    """A relation between two."""

    a: str
    """The first by name."""
    b: str
    """The other."""
    weight: float
    """Above 0 for, below 0 against."""


def edges_of(given: Iterable[Any] | pd.DataFrame) -> tuple[tuple[str, ...], tuple[Edge, ...]]:
    """The names in an edge list, and its relations: each once, in order.

    Parameters
    ----------
    given
        Rows of two names and a weight, or a frame with the columns a, b and weight, or others that say as much: from,
        to and sign; source, target and strength. A weight may be + or -.

    Raises
    ------
    InputError
        Everything that is wrong with it.
    """
    rows, faults = _rows(given)
    names = _headings(given)
    read = [_Row(at, row, names) for at, row in rows]
    faults += [fault for row in read for fault in row.faults()]
    good = [row for row in read if row.whole]
    faults += list(_contradictions(good))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: (fault.index is not None, fault.index or 0)))
    found = {row.pair: round(row.weight, 6) for row in good}
    names = sorted({name for pair in found for name in pair})
    return tuple(names), tuple(Edge(*pair, weight) for pair, weight in sorted(found.items()) if weight)


def _fault(what: str, remedy: str, **where: Any) -> Fault:
    return Fault(table="edges", what=what, remedy=remedy, **where)


def _rows(given: Iterable[Any] | pd.DataFrame) -> tuple[list[tuple[int, list[Any]]], list[Fault]]:
    """The rows that have three cells, with their place, and the faults of the others."""
    if isinstance(given, pd.DataFrame):
        columns = columns_of([str(name) for name in given.columns])
        if columns is None or (columns.weight is None and columns.sign is None):
            return [], [_unnamed([str(name) for name in given.columns])]
        given = [_three(columns, row) for row in given.itertuples(index=False, name=None)]
    rows = list(enumerate(map(_cells, given)))
    remedy = "Write two names and a weight"
    wrong = [_fault(f"has {len(row)} cells", remedy, index=at) for at, row in rows if len(row) != len(COLUMNS)]
    return [(at, row) for at, row in rows if len(row) == len(COLUMNS)], wrong


def _headings(given: Any) -> tuple[str, ...]:
    """What the owner calls the two names and the weight."""
    header = [str(name) for name in given.columns] if isinstance(given, pd.DataFrame) else []
    columns = columns_of(header)
    if columns is None:
        return COLUMNS
    last = columns.weight if columns.weight is not None else columns.sign
    return (*(header[at] for at in columns.ends), "weight" if last is None else header[last])


def _unnamed(header: list[str]) -> Fault:
    found = ", ".join(name for name in header if name) or "none"
    what = f"the columns of two names and a weight cannot be made out: there are {found}"
    return _fault(what, "Call the columns a, b and weight")


def _three(columns: Columns, row: Sequence[Any]) -> list[Any]:
    """Two names and a weight; where a sign has a column of its own, the weight with it."""
    names = [row[at] for at in columns.ends]
    weight = None if columns.weight is None else row[columns.weight]
    sign = None if columns.sign is None else row[columns.sign]
    if columns.weight is None:
        return [*names, sign]
    amount, said = _number(weight), _number(sign)
    if sign is None or math.isnan(amount) or math.isnan(said):
        return [*names, weight]
    return [*names, abs(amount) if said > 0 else -abs(amount)]


def _cells(row: Any) -> list[Any]:
    return [row] if isinstance(row, str) or not isinstance(row, Iterable) else list(cast("Iterable[Any]", row))


class _Row:
    """A row of an edge list: two names and a weight, as far as they can be made out."""

    def __init__(self, at: int, cells: Sequence[Any], names: Sequence[str]) -> None:
        self.at, self.cells, self.names = at, cells, names
        self.a, self.b = (_name(cell) for cell in cells[:2])
        self.weight = _number(cells[2])
        self.whole = not list(self.faults())

    @property
    def pair(self) -> tuple[str, str]:
        """Its names, in order."""
        return min(self.a, self.b), max(self.a, self.b)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it taken by itself."""
        for column, name in zip(self.names[:2], (self.a, self.b), strict=True):
            if not name:
                yield self._fault("is blank", "Write a name", column)
        if self.a and self.a == self.b:
            yield self._fault(f"'{self.a}' is related to itself", "Name two: a relation is between two")
        what = self._wrong_weight()
        if what:
            remedy = "Write +, - or a number: above 0 for, below 0 against, 0 neither; a millionth to a million in size"
            yield self._fault(what, remedy, self.names[2])

    def _wrong_weight(self) -> str | None:
        if math.isnan(self.weight):
            return "is blank" if not _name(self.cells[2]) else f"'{self.cells[2]}' is not a number"
        if self.weight and not 1 / MICRO <= abs(self.weight) <= LARGEST:
            return f"{self.weight:g} is too {'large' if abs(self.weight) > 1 else 'small'}"
        return None

    def _fault(self, what: str, remedy: str, column: str | None = None, **where: Any) -> Fault:
        return _fault(what, remedy, index=self.at, column=column, **where)

    def contradicts(self, first: _Row) -> Fault:
        """That an earlier row gives the same two another weight."""
        what = f"'{first.a}' and '{first.b}' are there already with {number(first.weight)}, not {number(self.weight)}"
        return self._fault(what, "Keep one of the two", repeats=first.at)


def _contradictions(rows: Iterable[_Row]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], _Row] = {}
    for row in rows:
        first = seen.setdefault(row.pair, row)
        if first.weight != row.weight:
            yield row.contradicts(first)


def _name(cell: Any) -> str:
    """A name as text; nothing where it is blank."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NA:
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        # A sign alone counts 1.
        return {"+": 1.0, "-": -1.0}.get(sign_of(_name(cell)) or "", math.nan)
