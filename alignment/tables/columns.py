"""Which columns a table has, and whether those of a raw table are they."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from alignment.models.cell_fault_words import near, sentence
from alignment.models.faults import Fault
from alignment.models.fields import Row

from .raw import RawTable, is_own

OWN: Final = "x-"
"""How the headings of columns begin that are their owner's own."""

MAKE: Final = 'ids="make", --ids make'
"""How ids are asked to be made, in Python and at the command line."""


@cache
def columns(row_type: type[Row]) -> tuple[str, ...]:
    """The columns of a table in the order of the documentation, those that every table may carry last.

    >>> from alignment.models import Capture
    >>> columns(Capture)
    ('measure', 'outcome', 'validity', 'source', 'verified', 'note')
    """
    shared = tuple(Row.model_fields)
    return (*(name for name in row_type.model_fields if name not in shared), *shared)


@cache
def required(row_type: type[Row]) -> tuple[str, ...]:
    """The columns of a table that may not be blank."""
    return tuple(name for name in columns(row_type) if row_type.model_fields[name].is_required())


def missing_columns(raw: RawTable, row_type: type[Row]) -> tuple[str, ...]:
    """The required columns that the table lacks altogether."""
    return tuple(name for name in required(row_type) if name not in raw.columns)


def strange_columns(raw: RawTable, row_type: type[Row]) -> dict[str, str | None]:
    """The columns that are none of the table and not marked as their owner's, each with the column that is meant.

    Those that could be several are asked about elsewhere.
    """
    known = columns(row_type)
    free = [name for name in known if name not in raw.columns]
    strange = [name for name in raw.columns if not (name in known or name in raw.open_titles or is_own(name))]
    return {name: near(name, free) for name in strange}


def column_faults(raw: RawTable, row_type: type[Row]) -> Iterator[Fault]:
    """A fault for each column that is not known, and for each required one that is not there."""
    known = columns(row_type)
    free = [name for name in known if name not in raw.columns]
    # One mistake, one fault: a column may be there under a heading that could be several.
    asked = {column for could in raw.open_titles.values() for column in could}
    missing = [name for name in missing_columns(raw, row_type) if name not in asked]
    for name, meant in strange_columns(raw, row_type).items():
        if meant in missing:
            # One mistake, one fault: the column is there under a wrong name.
            missing.remove(meant)
        what = f"'{name}' is not a column of {raw.name}"
        own = f"If it is your own, call it '{OWN}{name}'"
        other = f"{own}; columns that are not here yet: {', '.join(free)}" if free else own
        yield Fault(table=raw.name, column=name, what=what, remedy=f"Did you mean '{meant}'?" if meant else other)
    for name in missing:
        what, remedy = f"the column {name} is missing", f"Add it: {sentence(row_type, name)}"
        if name == "id" and "name" in raw.columns:
            remedy += f", or let ids be made of the names ({MAKE})"
        yield Fault(table=raw.name, column=name, what=what, remedy=remedy)
