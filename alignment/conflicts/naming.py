"""How sentences name things: measures as their owners write them, bodies by name while they are few, dates, what fits.

A sentence is to be read aloud once: it names four bodies at most, says how many there are where there are more (the
finding lists them), and of several ways to say it the fullest is taken that has at most `LONG` characters.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.index import Index
from alignment.models.system import System
from alignment.wording import in_words, names, quoted, verb

LONG: Final = 200
"""A sentence is to have no more characters than this, where it can be said so."""

BODIES: Final = 4
"""A sentence names no more bodies than this."""


@dataclass(frozen=True)
class Detail:
    """How fully a sentence is told.

    Attributes
    ----------
    limit
        A group of more bodies than this is counted, not named.
    full
        Whether what is asked for is told with its size, and what else is known.
    """

    limit: int
    full: bool


def details(*groups: Sized) -> Iterator[Detail]:
    """How fully a sentence about some groups of bodies may be told, the fullest first; names before sizes."""
    several = [
        limit for limit in range(BODIES, 1, -1) if sum(len(each) for each in groups if len(each) <= limit) <= BODIES
    ]
    for limits in (several, [1]):
        for full in (True, False):
            yield from (Detail(limit, full) for limit in limits)


def fitting(said: Iterable[str]) -> str:
    """The first of several sentences that is not too long, else the shortest.

    >>> fitting(["a" * 300, "b" * 150, "c"])[:3], fitting(["a" * 300, "b" * 250])[:3]
    ('bbb', 'bbb')
    """
    tried: list[str] = []
    for each in said:
        # A full stop is still to come.
        if len(each) < LONG:
            return each
        tried.append(each)
    return min(tried, key=len)


def called(index: Index, agency: int) -> str:
    """What people call an agency; of two that bear one name, with the tier or else the id."""
    row = index.agencies[agency]
    return index.system.derive(_agency_names)[row.id]


def measure_name(index: Index, measure: int) -> str:
    """What people call a measure, in quotation marks; of two that bear one name, with the framework or else the id."""
    row = index.measures[measure]
    return quoted(row.name) + index.system.derive(_measure_marks).get(row.id, "")


def resource_name(index: Index, resource: str | None) -> str:
    """What people call a resource, in quotation marks."""
    return quoted(next(row.name for row in index.system.resources if row.id == resource))


def named(index: Index, agencies: Iterable[int], limit: int = 2) -> str:
    """Bodies by name, the highest tier first, then by name; where there are too many, how many."""
    some = list(agencies)
    if len(some) > limit:
        return how_many(len(some))
    return names([called(index, at) for at in by_height(index, some)], limit)


def how_many(bodies: int, word: str = "body", many: str = "bodies") -> str:
    """A number of bodies in words.

    >>> how_many(1), how_many(6), how_many(3, "target", "targets")
    ('one body', 'six bodies', 'three targets')
    """
    return f"{in_words(bodies)} {verb(bodies, word, many)}"


def by_height(index: Index, agencies: Iterable[int]) -> list[int]:
    """Bodies, the highest tier first, then by name."""

    def height(at: int) -> tuple[float, str, str]:
        row = index.agencies[at]
        return (index.tiers[row.tier].level if row.tier else np.inf, row.name, row.id)

    return sorted(agencies, key=height)


def when(due: str) -> str:
    """A date as people say it.

    >>> when("2018"), when("2019-12-31"), when("2018-09-30"), when("2018-06-05"), when("2018/19")
    ('2018', 'the end of 2019', 'the end of September 2018', '5 June 2018', '2018/19')
    """
    if len(due) == 4 or "/" in due:
        return due
    day = dt.date.fromisoformat(due)
    if (day + dt.timedelta(days=1)).day > 1 if day < dt.date.max else False:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"the end of {day.year}" if day.month == 12 else f"the end of {MONTHS[day.month - 1]} {day.year}"


MONTHS: Final[Sequence[str]] = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)


def _agency_names(system: System) -> dict[str, str]:
    """What each agency is called, by id."""
    tiers = {row.id: row.name for row in system.tiers}
    alike: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for row in system.agencies:
        alike[row.name.casefold()].append((row.id, tiers.get(row.tier) if row.tier else None))
    found: dict[str, str] = {}
    for row in system.agencies:
        others = alike[row.name.casefold()]
        mark = _mark(row.id, row.tier and tiers.get(row.tier), [tier for _, tier in others])
        found[row.id] = row.name if len(others) == 1 else f"{row.name} ({mark})"
    return found


def _measure_marks(system: System) -> dict[str, str]:
    """What is said after the name of a measure that is not the only one of this name, by id."""
    alike: dict[str, list[str | None]] = defaultdict(list)
    for row in system.measures:
        alike[row.name.casefold()].append(row.framework)
    return {
        row.id: f" ({_mark(row.id, row.framework, alike[row.name.casefold()])})"
        for row in system.measures
        if len(alike[row.name.casefold()]) > 1
    }


def _mark(name: str, mark: str | None, marks: Sequence[str | None]) -> str:
    """What tells one of several apart: its mark, where no other has it, else its id."""
    return mark if mark and Counter(marks)[mark] == 1 else name
