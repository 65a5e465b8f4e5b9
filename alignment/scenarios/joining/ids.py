"""What things are called in the joined system: ids that clash begin with the place, names end with it.

Of several things of one id the one that is in most places (and in more than one) keeps it; every other is called
``croydon.council``, after the first of its places by name. Where things of different places then bear one name, it is
followed by the place: Council (Croydon).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from alignment.models.fields import LONGEST_ID
from alignment.scenarios.matching import Thing
from alignment.scenarios.places import Place

Item = TypeVar("Item", bound=Hashable)


def new_ids(things: Sequence[Thing], places: Sequence[Place]) -> dict[Thing, str]:
    """The id of each thing of a table.

    Parameters
    ----------
    things
        The things.
    places
        The systems.
    """
    taken = {row.id for each in things for row in each.rows.values()}
    return told_apart([(each, each.first.id, each.places) for each in things], places, taken)


def told_apart(
    called: Iterable[tuple[Item, str, frozenset[int]]], places: Sequence[Place], taken: Iterable[str]
) -> dict[Item, str]:
    """Ids of which no two are the same whatever their capitals.

    Parameters
    ----------
    called
        Each thing with the id it has, and where it is.
    places
        The systems.
    taken
        All ids of the table, which no new one may be.
    """
    by_id = defaultdict[str, list[tuple[Item, str, frozenset[int]]]](list)
    for each in called:
        by_id[each[1].casefold()].append(each)
    used = {name.casefold() for name in taken}
    found: dict[Item, str] = {}
    for group in by_id.values():
        keeps = group[0] if len(group) == 1 else _most_common(group)
        for each in sorted(group, key=lambda each: _prefix(each[2], places)):
            item, own, where = each
            found[item] = own if each is keeps else free(f"{_prefix(where, places)}.{own}", used)
    return found


def _most_common(group: Sequence[tuple[Item, str, frozenset[int]]]) -> tuple[Item, str, frozenset[int]] | None:
    """The one that is in more places than any other, and in several."""
    sizes = sorted((len(where) for _, _, where in group), reverse=True)
    if sizes[0] == 1 or sizes[0] == sizes[1]:
        return None
    return next(each for each in group if len(each[2]) == sizes[0])


def _prefix(where: Collection[int], places: Sequence[Place]) -> str:
    return min(places[place].slug for place in where)


def free(wanted: str, used: set[str]) -> str:
    """An id that is not used yet; it is used from then on."""
    name, number = wanted[:LONGEST_ID], 1
    while name.casefold() in used:
        number += 1
        end = f"-{number}"
        name = f"{wanted[: LONGEST_ID - len(end)]}{end}"
    used.add(name.casefold())
    return name


def new_names(things: Iterable[Thing], places: Sequence[Place], named: Callable[[Thing], str]) -> Mapping[Thing, str]:
    """The names of things that bear one name with a thing of other places, with their place.

    Parameters
    ----------
    things
        The things of a table.
    places
        The systems.
    named
        The name of one.
    """
    by_name = defaultdict[str, list[Thing]](list)
    for each in things:
        by_name[named(each).casefold()].append(each)
    found: dict[Thing, str] = {}
    for group in by_name.values():
        for each in group if len(group) > 1 else ():
            place = _place(each, places)
            if place is not None and any(not each.places & other.places for other in group):
                found[each] = f"{named(each)} ({place})"
    return found


def _place(each: Thing, places: Sequence[Place]) -> str | None:
    """The one place where a thing is; nothing where there are several."""
    for called in ({places[place].label for place in each.places}, {places[place].name for place in each.places}):
        if len(called) == 1:
            return called.pop()
    return None
