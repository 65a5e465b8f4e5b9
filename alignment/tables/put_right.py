"""The tables of a system put right before anything in them is judged: cells, ids, references, percentages."""

from __future__ import annotations

from collections.abc import Mapping

from .followed import Followed
from .made_ids import make_ids as make
from .made_ids import with_ids
from .mended import half_bands, mended
from .names import ROW_TYPES, WITH_IDS
from .naming import Names
from .percents import read_percents
from .raw import RawTable
from .rows import ReadRows
from .working import Working


def put_right(tables: Mapping[str, RawTable], read: Mapping[str, ReadRows], *, make_ids: bool) -> dict[str, Working]:
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
    Followed(working, names).follow()
    for one in names.values():
        one.judge()
    read_percents(working)
    if "targets" in working:
        half_bands(working["targets"])
    return working
