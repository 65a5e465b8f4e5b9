"""Which row of a sheet or file holds its headings, and which column each of them means.

Of the first rows it is the one in which most cells are columns of the table. A column is meant by its name in any
case, with spaces or hyphens, and by the few words that people use for it (`models/system/other_names.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from alignment.models import Row
from alignment.models.system.other_names import COLUMNS_CALLED

from .columns import columns, required
from .names import ROW_TYPES
from .raw import is_own

FIRST: Final = 30
"""So many rows that are not blank are looked at."""

ENOUGH: Final = 2
"""So many cells of a row below the first must be columns, or it is no row of headings."""


def bare(text: str) -> str:
    """A heading or name without what people vary: capitals, spaces, hyphens, underscores, marks at the end.

    >>> bare(" Source  Measure: "), bare("answers-to*"), bare("for_agency")
    ('source measure', 'answers to', 'for agency')
    """
    return re.sub(r"[\s_\-]+", " ", text).strip(" :*?.").casefold()


@cache
def _own(table: str) -> Mapping[str, tuple[str, ...]]:
    """The columns of a table by their bare names."""
    return {bare(column): (column,) for column in columns(ROW_TYPES[table])}


@cache
def _called(table: str) -> Mapping[str, tuple[str, ...]]:
    """The columns of a table by the bare words that people use for them."""
    row_type: type[Row] = ROW_TYPES[table]
    found: dict[str, tuple[str, ...]] = {}
    for column, called in COLUMNS_CALLED.get(table, {}).items():
        if column in row_type.model_fields:
            for word in map(bare, called):
                found[word] = (*found.get(word, ()), column)
    return found


def meanings(table: str, title: Any) -> tuple[str, ...]:
    """The columns of a table that a heading could be; its own names win.

    >>> meanings("measures", "Indicator"), meanings("measures", "Reference"), meanings("measures", "colour")
    (('name',), ('id', 'ref'), ())
    """
    word = bare(title) if isinstance(title, str) else ""
    return _own(table).get(word) or _called(table).get(word, ())


def columns_in(table: str, cells: Iterable[Any]) -> frozenset[str]:
    """The columns of a table that a row of cells names."""
    return frozenset(column for cell in cells for column in meanings(table, cell)[:1])


def most_columns(table: str | None) -> Callable[[Sequence[Sequence[Any]]], int]:
    """What tells how many columns of a table, or of none, one of some rows names."""
    return lambda rows: max((len(columns_in(table, cells)) for cells in rows), default=0) if table else 0


def heading_row(table: str, rows: Sequence[Sequence[Any]]) -> int:
    """Which of some rows, none of them blank, holds the headings: 0 where none says so more clearly.

    >>> heading_row("captures", [["Captures, 2026"], ["Measure", "Outcome", "Validity"], ["beds", "well", 1]])
    1
    """
    named = [columns_in(table, cells) for cells in rows[:FIRST]]
    needed = frozenset(required(ROW_TYPES[table]))
    # Of headings over two rows the lower one names more.
    whole = [at for at, found in enumerate(named) if needed and needed <= found]
    best = max(whole or range(len(named)), key=lambda at: len(named[at]), default=0)
    return best if named and len(named[best]) >= ENOUGH else 0


def holds(table: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether rows, none of them blank, hold a table: a row names all columns that it cannot do without."""
    needed = frozenset(required(ROW_TYPES[table]))
    return any(found and needed <= found for found in (columns_in(table, cells) for cells in rows[:FIRST]))


def read_as(table: str, titles: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    """For each heading that is not a column as it is written, by its place: the columns that it could be.

    What is written exactly wins, then what is a column's name in other capitals; words that people use can only mean
    what nobody has said so far.

    >>> read_as("measures", ["Id", "Indicator", "unit", "Reference", "x-colour"])
    {0: ('id',), 1: ('name',), 3: ('ref',)}
    >>> read_as("measures", ["Indicator", "Reference"])
    {0: ('name',), 1: ('id', 'ref')}
    """
    taken = set(columns(ROW_TYPES[table])).intersection(filter(_is_text, titles))
    other = {at: bare(title) for at, title in enumerate(titles) if _is_text(title) and title not in taken}
    found: dict[int, tuple[str, ...]] = {}
    for known in (_own(table), _called(table)):
        meant = {
            at: tuple(column for column in known.get(word, ()) if column not in taken)
            for at, word in other.items()
            if at not in found and not is_own(titles[at])
        }
        found |= {at: could for at, could in meant.items() if could}
        taken.update(could[0] for could in found.values() if len(could) == 1)
    return dict(sorted(found.items()))


def _is_text(title: Any) -> bool:
    return isinstance(title, str)
