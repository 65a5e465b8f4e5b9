"""Which columns say what a thing is: two rows of one id are one thing where these agree, a blank with anything.

All other columns are figures of a place: that they differ makes no two things of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from alignment.models.fields import Row
from alignment.models.system import TABLES
from alignment.models.system.checks import references

DEFINITION: Final[Mapping[str, tuple[str, ...]]] = {
    "tiers": ("name", "level"),
    "populations": ("name",),
    "outcomes": ("name", "dimension"),
    "collections": ("name",),
    "measures": ("name", "unit", "direction", "outcome", "population", "numerator", "denominator", "window"),
    "agencies": ("name", "tier", "kind", "sector"),
    "resources": ("name", "unit", "owner", "capacity", "floor", "in_use", "limited"),
}
"""For each table that others refer to, the columns that say what a row is; tables before those that refer to them."""

OWN_FIGURES: Final[Mapping[str, frozenset[str]]] = {
    "resources": frozenset({"capacity", "floor", "in_use", "limited"}),
}
"""Columns of a definition where a blank agrees with a blank only: the beds of one place are not those of another."""

MEANING: Final = ("unit", "direction", "outcome", "population")
"""What has to agree of two measures that somebody declares to be one, whatever words they use."""

Named = Mapping[str, Mapping[str, Any]]
"""For each table, what stands for each of its ids."""


def definition(table: str, row: Row, named: Named) -> tuple[Any, ...]:
    """What a row says it is, words without regard to capitals and spaces.

    Parameters
    ----------
    table
        Its table.
    row
        The row.
    named
        What stands for the ids that it refers to.
    """
    homes = dict(references(TABLES[table]))
    found: list[Any] = []
    for column in DEFINITION[table]:
        cell: Any = getattr(row, column)
        if cell is not None and column in homes:
            found.append(named[homes[column]][cell])
        else:
            found.append(" ".join(cell.casefold().split()) if isinstance(cell, str) else cell)
    return tuple(found)


def differing(table: str, one: Sequence[Any], two: Sequence[Any]) -> tuple[str, ...]:
    """The columns in which two definitions do not agree.

    >>> differing("outcomes", ("safety", None), ("safe", "experience"))
    ('name',)
    """
    exact = OWN_FIGURES.get(table, frozenset())
    return tuple(
        column
        for column, mine, yours in zip(DEFINITION[table], one, two, strict=True)
        if mine != yours and (column in exact or (mine is not None and yours is not None))
    )


def clusters(table: str, definitions: Mapping[int, tuple[Any, ...]]) -> tuple[list[list[int]], list[int]]:
    """Rows grouped so that in each group all definitions agree.

    Parameters
    ----------
    table
        The table.
    definitions
        By place, what its row says it is.

    Returns
    -------
    tuple of list
        The groups, each a list of places; and the places whose row would agree with more than one of them.
    """
    if len(set(definitions.values())) == 1:
        return [sorted(definitions)], []
    groups: list[list[int]] = []
    wholes: list[tuple[Any, ...]] = []
    unsure: list[int] = []
    for place in sorted(definitions, key=lambda place: (-_filled(definitions[place]), repr(definitions[place]), place)):
        own = definitions[place]
        fitting = [at for at, whole in enumerate(wholes) if not differing(table, whole, own)]
        if not fitting:
            groups.append([place])
            wholes.append(own)
            continue
        if len(fitting) > 1:
            unsure.append(place)
        first = fitting[0]
        groups[first].append(place)
        wholes[first] = tuple(
            mine if mine is not None else yours for mine, yours in zip(wholes[first], own, strict=True)
        )
    return [sorted(group) for group in groups], unsure


def _filled(cells: Iterable[Any]) -> int:
    return sum(cell is not None for cell in cells)
