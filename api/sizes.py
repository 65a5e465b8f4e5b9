"""How many rows a server takes of each table; knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from alignment.models.faults import Fault
from alignment.models.system import TABLES

from .refusals import TooLargeError
from .settings import Settings


def check_size(tables: Any, settings: Settings) -> None:
    """Refuse a system with more rows than the server takes, before any of them is read.

    Raises
    ------
    TooLargeError
        With a fault for each table.
    """
    if isinstance(tables, Mapping):
        found = cast("Mapping[str, Any]", tables)
        lists = {name: found[name] for name in TABLES if isinstance(found.get(name), list)}
        check_rows({name: len(rows) for name, rows in lists.items()}, settings)


def check_rows(numbers: Mapping[str, int], settings: Settings) -> None:
    """Refuse tables with more rows than the server takes.

    Parameters
    ----------
    numbers
        How many rows each table has, by name.
    settings
        What the server takes.

    Raises
    ------
    TooLargeError
        With a fault for each table.

    Examples
    --------
    >>> check_rows({"agencies": 2}, Settings(agencies=2))
    """
    faults = tuple(_too_long(numbers, settings))
    if faults:
        raise TooLargeError("The system is larger than this server takes.", faults)


def _too_long(numbers: Mapping[str, int], settings: Settings) -> Iterator[Fault]:
    for name, number in numbers.items():
        most = getattr(settings, name, settings.rows) if name in TABLES else number
        if number > most:
            what = f"has {number:,} rows, and this server takes {most:,}"
            yield Fault(table=name, what=what, remedy="Leave rows out, or use the library on your own computer")
