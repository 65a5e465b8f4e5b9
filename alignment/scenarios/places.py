"""Several systems side by side: what each is called, and the order in which they are worked on.

That order depends on what the systems say alone (the largest first, then by name), so the order in which they were
given changes no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alignment.errors import OptionError
from alignment.models.faults import Fault
from alignment.models.numbers import count
from alignment.models.system import TABLES, System
from alignment.options.fault_words import TABLE

LONGEST: Final = 25
"""The most characters of a place's name within an id."""


@dataclass(frozen=True)
class Place:
    """One of several systems.

    Attributes
    ----------
    system
        The system.
    label
        What people call the place.
    slug
        The same as the beginning of an id.
    """

    system: System
    label: str
    slug: str

    @property
    def name(self) -> str:
        """What its system is called: two systems of one name are of one place."""
        return self.system.about.name or self.label


def places_of(systems: Sequence[System], names: Sequence[str] | None = None) -> tuple[Place, ...]:
    """Systems as places, in an order that does not depend on the one given; those that say the same are one.

    Parameters
    ----------
    systems
        The systems.
    names
        A short name for each; blank takes those of `about`.

    Raises
    ------
    OptionError
        There is no system, or the names do not tell them apart.
    """
    if not systems:
        raise OptionError("There is nothing to join. Give at least one system.")
    if names is None:
        ordered = _ordered([(system, _short(system.about.name)) for system in systems])
        return _called_apart(ordered)
    _check(names, len(systems))
    ordered = _ordered(list(zip(systems, names, strict=True)))
    return tuple(Place(system, name or "", slug(name or "")) for system, name in ordered)


def _short(name: str | None) -> str | None:
    """A name without what stands in brackets after it."""
    return name and (re.sub(r"\s*\([^()]*\)$", "", name) or name)


def _ordered(called: Sequence[tuple[System, str | None]]) -> list[tuple[System, str | None]]:
    """The largest first; of those that say the same, the first by name and by the order of its rows."""
    by_hash: dict[str, list[tuple[System, str | None]]] = {}
    for each in called:
        by_hash.setdefault(each[0].hash, []).append(each)
    firsts = [same[0] if len(same) == 1 else min(same, key=_rank) for same in by_hash.values()]
    return sorted(firsts, key=lambda each: (-_size(each[0]), each[1] or "", each[0].hash))


def _rank(each: tuple[System, str | None]) -> tuple[str, str]:
    system, name = each
    return name or "", repr([system.table(table) for table in TABLES])


def _size(system: System) -> int:
    return sum(len(system.table(table)) for table in TABLES)


def _called_apart(ordered: Sequence[tuple[System, str | None]]) -> tuple[Place, ...]:
    """Places called by their own names, numbered where those do not tell them apart."""
    slugs = [slug(name or "") or "place" for _, name in ordered]
    times, seen, taken = Counter(slugs), Counter[str](), set(slugs)
    places: list[Place] = []
    for (system, name), own in zip(ordered, slugs, strict=True):
        label, unique = name or "Place", own
        if times[own] > 1 or name is None:
            while True:
                seen[own] += 1
                unique = f"{own}-{seen[own]}"
                if unique not in taken:
                    break
            label = f"{label} {seen[own]}" if name is None else f"{label} ({seen[own]})"
            taken.add(unique)
        places.append(Place(system, label, unique))
    return tuple(places)


def slug(name: str) -> str:
    """A name as the beginning of an id; blank where none of its letters can be.

    >>> slug("Croydon"), slug("Health and care in London, 2018"), slug("1 Sutton")
    ('croydon', 'health-and-care-in-london', 'place-1-sutton')
    """
    word = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    # An id must not look like a date, as 1.2018 after 3 would.
    word = f"place-{word}" if word[:1].isdigit() else word
    return word if len(word) <= LONGEST else word[: LONGEST + 1].rpartition("-")[0] or word[:LONGEST]


def _check(names: Sequence[str], number: int) -> None:
    slugs = [slug(name) for name in names]
    if len(names) != number:
        there = "there is 1 system" if number == 1 else f"there are {number} systems"
        what, remedy = f"names {count(len(names), 'place', 'places')}, and {there}", "Give a name for each, in order"
    elif "" in slugs:
        what, remedy = "has a name without a letter or digit of English", "Give each place a short name such as croydon"
    elif len(set(slugs)) < number:
        what, remedy = "has names that are the same in an id", "Give each place a short name of its own"
    else:
        return
    raise OptionError.of([Fault(table=TABLE, column="names", what=what, remedy=remedy)])
