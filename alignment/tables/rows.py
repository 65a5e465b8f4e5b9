"""The rows of a raw table, each judged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast

from pydantic import TypeAdapter, ValidationError, create_model
from pydantic_core import ErrorDetails

from alignment.models import Fault, Row
from alignment.models.cell_fault_words import worded

from .columns import MAKE, columns, missing_columns
from .raw import MOST_FAULTS, RawTable, TooManyError

Cells = dict[str, Any]
Rows = Mapping[int, Row]
"""Rows by their index in the raw table."""


AT_ONCE: Final = 20_000
"""So many rows are judged at once."""

NONE: Final[Mapping[int, Collection[str]]] = MappingProxyType({})
"""No cells."""


@dataclass(frozen=True)
class ReadRows:
    """What could be read of a table."""

    whole: Rows
    """Rows without a fault of their own."""
    torn: Rows
    """Rows of which some cells could not be read, those cells blank."""
    faults: Sequence[Fault]
    """What is wrong with the cells."""


@dataclass(frozen=True)
class _BadCell:
    index: int
    column: str
    error: ErrorDetails


def read_rows(raw: RawTable, row_type: type[Row], aside: Mapping[int, Collection[str]] = NONE) -> ReadRows:
    """Every row that can be read, and a fault for each cell that cannot.

    A row that its coat does not trust is left out, without another word. Of the cells that are put aside by index and
    column nothing is said either.
    """
    spoilt = _spoilt(raw, aside)
    cells = {index: row for index, row in enumerate(_known_cells(raw, row_type)) if None not in spoilt.get(index, ())}
    whole, found = _validated(cells, row_type)
    bad: defaultdict[int, set[str | None]] = defaultdict(set, spoilt)
    faults = [_fault(raw, row_type, one) for one in found if _is_news(one, raw, row_type, spoilt)]
    if len(faults) > MOST_FAULTS:
        raise TooManyError(raw.name, faults)
    for one in found:
        bad[one.index].add(one.column)
    if found:
        whole, _ = _validated({i: row for i, row in cells.items() if i not in bad}, row_type)
    torn = {
        index: _loose(row_type).model_validate({c: v for c, v in row.items() if c not in bad[index]})
        for index, row in cells.items()
        if index in bad
    }
    return ReadRows({i: row for i, row in whole.items() if i not in bad} if bad else whole, torn, faults)


def _spoilt(raw: RawTable, aside: Mapping[int, Collection[str]]) -> dict[int, set[str | None]]:
    """For each row that the coat found fault with, the columns; no column is the whole row."""
    spoilt: defaultdict[int, set[str | None]] = defaultdict(set)
    for fault in raw.faults:
        if fault.index is not None:
            spoilt[fault.index].add(fault.column)
    for index, names in aside.items():
        spoilt[index].update(names)
    return dict(spoilt)


def _known_cells(raw: RawTable, row_type: type[Row]) -> Sequence[Cells]:
    known = columns(row_type)
    if set(known).issuperset(raw.columns):
        return raw.rows
    return [{name: row[name] for name in known if name in row} for row in raw.rows]


def _validated(cells: Mapping[int, Cells], row_type: type[Row]) -> tuple[Rows, list[_BadCell]]:
    """All the rows, or else what is wrong with them: of more than enough faults the first."""
    rows: list[Row] = []
    bad: list[_BadCell] = []
    given = list(cells.items())
    for at in range(0, len(given), AT_ONCE):
        try:
            rows += _adapter(row_type).validate_python([row for _, row in given[at : at + AT_ONCE]])
        except ValidationError as error:
            bad += (
                _BadCell(given[at + cast("int", each["loc"][0])][0], str(each["loc"][1]), each)
                for each in error.errors(include_url=False)
            )
        if len(bad) > MOST_FAULTS:
            break
    return ({}, bad) if bad else (dict(zip(cells, rows, strict=True)), [])


@cache
def _adapter(row_type: type[Row]) -> TypeAdapter[list[Row]]:
    return TypeAdapter[list[Row]](list[row_type])  # pyright: ignore[reportInvalidTypeForm] - known at run time only


@cache
def _loose(row_type: type[Row]) -> type[Row]:
    """The same row with no cell required."""
    fields: dict[str, Any] = {
        name: (field.rebuild_annotation(), None) for name, field in row_type.model_fields.items() if field.is_required()
    }
    return create_model(f"Torn{row_type.__name__}", __base__=row_type, **fields)


def _is_news(bad: _BadCell, raw: RawTable, row_type: type[Row], spoilt: Mapping[int, set[str | None]]) -> bool:
    """Whether nobody said it yet: a missing column and a spoilt cell are blank in the row."""
    if bad.error["type"] == "missing" and bad.column in missing_columns(raw, row_type):
        return False
    return bad.column not in spoilt.get(bad.index, ())


def _fault(raw: RawTable, row_type: type[Row], bad: _BadCell) -> Fault:
    what, remedy = worded(row_type, bad.column, bad.error)
    if bad.error["type"] == "missing" and bad.column == "id" and "name" in raw.rows[bad.index]:
        remedy += f", or let ids be made of the names ({MAKE})"
    return Fault(table=raw.name, index=bad.index, column=bad.column, what=what, remedy=remedy)
