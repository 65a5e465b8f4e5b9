"""What is one thing in several systems, how that is known, and what is only likely to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, get_args

from alignment.models.answers.compared import Match
from alignment.scenarios.joining.likely import Pair
from alignment.scenarios.matching import Thing
from alignment.wording import names, verb

from .one_id import is_loose
from .roles import How, Role, by_id
from .sides import Sides

ORDER: Final = ("agencies", "measures", "outcomes", "tiers", "populations", "collections", "resources")
"""The tables of things, those that people ask for first."""


def matches(sides: Sides, likely: Sequence[Pair]) -> Iterator[Match]:
    """A row for each thing: first what is in several places, then what is only likely, then what one has.

    Parameters
    ----------
    sides
        The systems.
    likely
        Measures that may be one.
    """
    rows = [*_things(sides), *(_part(sides, role) for role in sides.roles.all), *_likely(sides, likely)]
    order = {how: at for at, how in enumerate(get_args(How))}
    yield from sorted(rows, key=lambda row: (ORDER.index(row.table), order[row.how], row.name, repr(row.ids)))


def _things(sides: Sides) -> Iterator[Match]:
    for table in ORDER[1:]:
        if table == "tiers":
            yield from _tiers(sides)
            continue
        for thing in sides.matching.things[table]:
            how: Any = "only" if len(thing.rows) < 2 else "declared" if thing.declared else by_id(thing)
            yield _row(sides, table, how, sides.thing_name(thing), [thing])


def _row(sides: Sides, table: str, how: Any, name: str, things: Iterable[Thing]) -> Match:
    things = list(things)
    ids = {place: row.id for thing in things for place, row in thing.rows.items()}
    if how == "only" and len(sides.states) == 1:
        how = "id"
    return Match(
        table=table,
        name=name,
        how=how,
        ids=sides.spread([(ids[p],) if p in ids else () for p in sides.places]),
        why=_why(things[0]),
    )


def _why(thing: Thing) -> str | None:
    """In what rows of one id differ, whether they are one thing to compare or clearly two."""
    if not thing.differs:
        return None
    said = differing_words(thing)
    return said if is_loose(thing) else f"what has this id elsewhere is another thing: {said}"


def differing_words(thing: Thing) -> str:
    """In what the rows of a thing differ, in words."""
    return f"{names(thing.differs, len(thing.differs))} {verb(len(thing.differs), 'differs', 'differ')}"


def _tiers(sides: Sides) -> Iterator[Match]:
    keys = dict.fromkeys(key for place in sides.places for key in sides.tiers.of[place].values())
    for key in keys:
        ids = [
            tuple(sorted(name for name, each in sides.tiers.of[place].items() if each == key)) for place in sides.places
        ]
        known = [(place, name) for place, names in enumerate(ids) for name in names]
        several = len({place for place, _ in known}) == len(sides.states) == 1 or len({place for place, _ in known}) > 1
        how: Any = "only" if not several else "id" if key[0] == "name" else "counterpart"
        yield Match(table="tiers", name=sides.called("tiers", known), how=how, ids=sides.spread(ids))


def _part(sides: Sides, role: Role) -> Match:
    how: Any = "id" if len(sides.states) == 1 else role.how
    ids = sides.spread([role.bodies.get(place, ()) for place in sides.places])
    why = differing_words(sides.player(role)) if how == "id, other definition" else None
    return Match(table="agencies", name=sides.bodies(role), how=how, ids=ids, why=why)


def _likely(sides: Sides, likely: Iterable[Pair]) -> Iterator[Match]:
    for each in likely:
        name = " / ".join(sides.thing_name(thing) for thing in (each.one, each.two))
        row = _row(sides, "measures", "likely", name, (each.one, each.two))
        yield row.model_copy(update={"score": round(each.score, 6), "why": each.reason})
