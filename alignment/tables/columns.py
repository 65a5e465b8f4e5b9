"""Which columns a table has, and whether those of a raw table are they."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from alignment.models import Fault, Row
from alignment.models.faults import closest

from .raw import RawTable


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


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that is meant, if only capitals, spaces, hyphens or a few letters differ.

    >>> near("At least", ["at_least", "at_most"]), near("in range", ["in-range", "none"])
    ('at_least', 'in-range')
    """
    words = {_bare(one): one for one in known}
    bare = _bare(word)
    return words.get(bare) or words.get(closest(bare, words) or "")


def _bare(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def missing_columns(raw: RawTable, row_type: type[Row]) -> tuple[str, ...]:
    """The required columns that the table lacks altogether."""
    return tuple(name for name in required(row_type) if name not in raw.columns)


def column_faults(raw: RawTable, row_type: type[Row]) -> Iterator[Fault]:
    """A fault for each column that is not known, and for each required one that is not there."""
    known = columns(row_type)
    free = [name for name in known if name not in raw.columns]
    missing = list(missing_columns(raw, row_type))
    for name in raw.columns:
        if name in known:
            continue
        meant = near(name, free)
        if meant in missing:
            # One mistake, one fault: the column is there under a wrong name.
            missing.remove(meant)
        what = f"'{name}' is not a column of {raw.name}"
        remedy = f"Did you mean '{meant}'?" if meant else f"Delete it, or use one of {', '.join(free)}"
        yield Fault(table=raw.name, column=name, what=what, remedy=remedy if free else "Delete it")
    for name in missing:
        what, remedy = f"the column {name} is missing", f"Add it: {sentence(row_type, name)}"
        yield Fault(table=raw.name, column=name, what=what, remedy=remedy)


def sentence(row_type: type[Row], column: str) -> str:
    """What a column says, in words that can follow others."""
    said = row_type.model_fields[column].description or column
    return (said[0].lower() + said[1:]).rstrip(".")


@cache
def rules(row_type: type[Row], column: str) -> Mapping[str, Any]:
    """What a cell of a column may hold, as its JSON schema says it.

    >>> from alignment.models import Overlap
    >>> rules(Overlap, "share")
    {'maximum': 1, 'minimum': 0, 'type': 'number'}
    """
    schema = row_type.model_json_schema()["properties"][column]
    return schema["anyOf"][0] if "anyOf" in schema else schema
