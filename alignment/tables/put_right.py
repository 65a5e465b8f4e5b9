"""The tables of a system put right before anything in them is judged: cells, ids, references, percentages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .followed import Followed
from .made_ids import make_ids as make, with_ids
from .mended import half_bands, mended
from .names import ROW_TYPES, WITH_IDS
from .naming import Names
from .percents import read_percents
from .raw import RawTable
from .rows import ReadRows
from .working import Working


@dataclass(frozen=True)
class PutRight:
    """The tables of a system, put right."""

    tables: Mapping[str, Working]
    """Each by name."""
    orphans: frozenset[tuple[str, str, str]]
    """Columns with words that may be ids of a table that does not say what ids it has: table, column, that table."""


def put_right(tables: Mapping[str, RawTable], read: Mapping[str, ReadRows], *, make_ids: bool) -> PutRight:
    """Every table with its cells put right where it is plain what was meant, notes of that, and faults where it is not.

    Parameters
    ----------
    tables
        The tables as they came, by name.
    read
        The rows of those that were read before.
    make_ids
        Whether rows without an id, or with a word that can be none, get one that is made of their name.
    """
    working = {
        name: Working(table, ROW_TYPES[name], read[name].whole if name in read else {})
        for name, table in tables.items()
    }
    mended(working)
    names = {name: Names(working[name]) for name in WITH_IDS if name in working}
    for one in names.values():
        one.tidy()
        if make_ids and with_ids(one.table):
            make(one)
    followed = Followed(working, names)
    followed.follow()
    for one in names.values():
        one.judge()
    read_percents(working)
    if "targets" in working:
        half_bands(working["targets"])
    return PutRight(working, frozenset(followed.orphans))
