"""A system whose bodies are called as people call them, so that every sentence made of it does."""

from __future__ import annotations

from collections import Counter
from typing import Final

from alignment.models.system import System

KIND: Final = " (type)"
"""What stands behind a name whose row stands for many bodies of one type."""


def plainly_named(system: System) -> System:
    """The same system with names that can be read aloud.

    What only says that a row stands for many bodies goes; where two bodies bear one name their tier, or else their id,
    stands behind it.

    Parameters
    ----------
    system
        The system.

    Examples
    --------
    >>> import alignment as al
    >>> london = plainly_named(al.read("london-2018"))
    >>> next(row.name for row in london.agencies if row.id == "london-borough")
    'London borough'
    """
    tiers = {row.id: row.name for row in system.tiers}
    bare = {row.id: row.name.removesuffix(KIND).strip() or row.name for row in system.agencies}
    marked = {row.id: f"{bare[row.id]} ({tiers.get(row.tier or '', row.id)})" for row in system.agencies}
    once, apart = _alike(bare), _alike(marked)
    names = {
        each: name
        if once[name.casefold()] == 1
        else marked[each]
        if apart[marked[each].casefold()] == 1
        else f"{name} ({each})"
        for each, name in bare.items()
    }
    if all(names[row.id] == row.name for row in system.agencies):
        return system
    return system.replace(agencies=[row.model_copy(update={"name": names[row.id]}) for row in system.agencies])


def _alike(names: dict[str, str]) -> Counter[str]:
    return Counter(name.casefold() for name in names.values())
