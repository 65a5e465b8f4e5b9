"""What may be one thing under two ids in different places, and nobody has said so: shown, and never joined.

Measures by their likeness (`alignment.likeness`), all else by its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from alignment.index import Index
from alignment.likeness.measures import Measures, Two
from alignment.models.fields import Row
from alignment.models.options.likeness import LEAST
from alignment.models.system import System
from alignment.scenarios.draft import SINGULAR
from alignment.scenarios.matching import Thing
from alignment.wording import quoted

from .deciding import Labels, Notes
from .things import Things

MOST: Final = 20
"""So many pairs of a table are told; of the others how many there are."""


def tell_likely(system: System, rows: Mapping[str, Sequence[tuple[Thing, Row]]], things: Things, notes: Notes) -> None:
    """Note what may be one thing and is not.

    Parameters
    ----------
    system
        The joined system.
    rows
        By table, its things and their rows.
    things
        What they are called.
    notes
        Where it is told.
    """
    labels = things.labels
    for table in rows:
        if table == "measures":
            alike = likely_measures(system, [each for each, _ in rows[table]], len(labels.labels))
            pairs = [(each.one, each.two, f"likeness {each.score:.2f}, {each.reason}") for each in alike]
        else:
            pairs = list(_names(dict(rows[table])))
        for one, two, why in pairs[:MOST]:
            notes.likely(table, _told(one, two, why, things, labels))
        if len(pairs) > MOST:
            notes.likely(table, f"{len(pairs) - MOST:,} further pairs may be one")


def _told(one: Thing, two: Thing, why: str, things: Things, labels: Labels) -> str:
    said = [
        f"{quoted(each.first.name)} ({things.id[each]}) of {labels.of(each.places)}"
        for each in sorted((one, two), key=lambda each: things.id[each])
    ]
    how = "declare it in overlaps" if one.table == "measures" else "give them one id"
    return f"{said[0]} and {said[1]} may be one {SINGULAR[one.table]} ({why}); where they are, {how}"


class Likely(NamedTuple):
    """Two measures of different places that may be one."""

    one: Thing
    two: Thing
    score: float
    """How alike they are. No unit, 0 to 1."""
    reason: str
    """In what."""


def likely_measures(system: System, things: Sequence[Thing], places: int) -> Iterator[Likely]:
    """Pairs of measures of different places that are alike, the most alike first.

    Parameters
    ----------
    system
        The joined system.
    things
        Its measures, in their order there.
    places
        How many places there are.
    """
    some = {row.id: each for row, each in zip(system.measures, things, strict=True) if len(each.places) < places}
    if len({place for each in some.values() for place in each.places}) < 2:
        return
    rows = tuple(row for row in system.measures if row.id in some)
    measures = Measures(Index(System(about=system.about, **_around(system), measures=rows)))
    spoken = {frozenset((row.measure_a, row.measure_b)) for row in system.overlaps}
    alike = [
        two
        for two in (Two(measures, one, two) for one, two in measures.near())
        if _elsewhere(*(some[row.id] for row in two.rows))
        and frozenset(row.id for row in two.rows) not in spoken
        and two.score >= LEAST
    ]
    for two in sorted(alike, key=lambda each: (-each.score, *(row.id for row in each.rows))):
        one, other = (some[row.id] for row in two.rows)
        yield Likely(one, other, two.score, two.reason)


def _around(system: System) -> dict[str, Any]:
    """What measures refer to."""
    tables = ("tiers", "agencies", "populations", "outcomes", "collections")
    return {**{table: system.table(table) for table in tables}, "targets": ()}


def _elsewhere(one: Thing, two: Thing) -> bool:
    """Whether two things are in different places, and not kept apart there for a reason that is told already."""
    return not one.places & two.places and one.first.id.casefold() != two.first.id.casefold()


def _names(things: Mapping[Thing, Any]) -> Iterator[tuple[Thing, Thing, str]]:
    by_name = defaultdict[str, list[Thing]](list)
    for each in things:
        by_name[" ".join(each.first.name.casefold().split())].append(each)
    for group in by_name.values():
        for one, two in combinations(group, 2):
            if _elsewhere(one, two):
                yield one, two, "one name"
