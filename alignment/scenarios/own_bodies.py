"""Bodies that are each place's own although they are called alike, such as a council of which every system has one.

A body is one where id and definition are (`definitions`), unless the places contradict each other about a measure that
it holds: the measure stands elsewhere, and nobody else there could say so; or other levels of it are wanted of the body
by the same agency for the same time and people. Then those of the measure's holders that stand nearest the front line
are each place's own. Systems that bear one name are one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from alignment.models.system.measures import Target

from .holders import Holders, Holding, contradicting
from .matching import Matching, Thing


def keep_own_bodies_apart(matching: Matching, shared: frozenset[str]) -> None:
    """Make things of their own of bodies that are each place's own.

    Parameters
    ----------
    matching
        The things; agencies and measures are matched by id and definition.
    shared
        Ids, in small letters, of agencies that stay one body.
    """
    if not any(len(each.rows) > 1 for each in matching.things["agencies"]):
        return
    bodies = Bodies(matching)
    own = {body for measure in matching.things["measures"] for body in bodies.own(measure)}
    for body in sorted(own, key=lambda each: each.number):
        if body.first.id.casefold() not in shared:
            _split(matching, body)


def _split(matching: Matching, body: Thing) -> None:
    matching.drop(body)
    by_name = defaultdict[str, dict[int, Any]](dict)
    for place, row in body.rows.items():
        by_name[matching.places[place].name][place] = row
    for rows in by_name.values():
        matching.thing("agencies", rows, apart="own")


class Bodies:
    """What the places say of bodies that they seem to share.

    Parameters
    ----------
    matching
        The things.
    """

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.holders = Holders(matching)
        self.wishes = self._wishes()

    def own(self, measure: Thing) -> set[Thing]:
        """The bodies that are each place's own, by what is said of one measure."""
        holdings = self.holders.of.get(measure.number, [])
        if len({each.place for each in holdings}) < 2:
            return set()
        return {*self._by_figures(holdings), *self._by_wishes(measure, holdings)}

    def _by_figures(self, holdings: Sequence[Holding]) -> Iterator[Thing]:
        """The bodies without which a place could not say where the measure stands."""
        torn = {agency: group for agency, group in contradicting(holdings) if self._elsewhere(group)}
        for place in {each.place for group in torn.values() for each in group}:
            here = [each.agency for each in holdings if each.place == place]
            if all(agency in torn for agency in here):
                yield from self._front(place, here)

    def _elsewhere(self, group: Iterable[Holding]) -> bool:
        """Whether it is places of other names that contradict each other."""
        return any(one.contradicts(two) and self._other(one.place, two.place) for one, two in combinations(group, 2))

    def _other(self, one: int, two: int) -> bool:
        return self.matching.places[one].name != self.matching.places[two].name

    def _by_wishes(self, measure: Thing, holdings: Sequence[Holding]) -> Iterator[Thing]:
        """The bodies of which other levels are wanted elsewhere, where they stand nearest the front line."""
        for deliverer, levels in self.wishes.get(measure.number, ()):
            groups = _meeting(levels)
            disjoint = (
                (one, two)
                for one, two in combinations(levels, 2)
                if self._other(one, two) and groups[one] is not groups[two]
            )
            for pair in disjoint:
                for place in pair:
                    here = [each.agency for each in holdings if each.place == place]
                    if deliverer in self._front(place, here):
                        yield deliverer
                        break

    def _front(self, place: int, agencies: Iterable[Thing]) -> list[Thing]:
        """Of some agencies in a place those nearest the front line; all of those whose tier is not known."""
        levels = {row.id: row.level for row in self.matching.places[place].system.tiers}
        known = [(levels.get(each.rows[place].tier), each) for each in agencies if place in each.rows]
        nearest = max((level for level, _ in known if level is not None), default=None)
        return [each for level, each in known if (level is None or level == nearest) and len(each.rows) > 1]

    def _wishes(self) -> dict[int, list[tuple[Thing, dict[int, frozenset[Any]]]]]:
        """By the number of a measure, for each wish that places share its deliverer and the levels wanted in each."""
        said = defaultdict[Any, dict[int, set[Any]]](lambda: defaultdict(set))
        for place, each in enumerate(self.matching.places):
            named = self.matching.named(place)
            for row in each.system.targets:
                said[_wish(row, named)][place].add((row.value, row.upper))
        things = {each.number: each for each in self.matching.things["agencies"]}
        found = defaultdict[int, list[tuple[Thing, dict[int, frozenset[Any]]]]](list)
        for (measure, deliverer, *_), levels in said.items():
            if len(levels) > 1:
                found[measure].append((things[deliverer], {place: frozenset(some) for place, some in levels.items()}))
        return found


def _meeting(levels: Mapping[int, frozenset[Any]]) -> dict[int, set[Any]]:
    """By place, all levels wanted by it and by places that want one of the same, and so on.

    Places whose levels meet, if by way of others, hold the same set.
    """
    groups: list[set[Any]] = []
    for some in levels.values():
        met = [group for group in groups if group & some]
        groups = [group for group in groups if not group & some] + [set(some).union(*met)]
    return {place: next(group for group in groups if group & some) for place, some in levels.items()}


def _wish(row: Target, named: Any) -> tuple[Any, ...]:
    people = None if row.population is None else named["populations"][row.population]
    agency, deliverer = (named["agencies"][name] for name in (row.agency, row.deliverer))
    return named["measures"][row.measure], deliverer, agency, row.sense, people, row.start, row.due
