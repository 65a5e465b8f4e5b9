"""Which bodies and tiers of several places play one part, so that what they are judged on can be compared.

Bodies that are matched play one part, and so do those of one id that are each place's own (every place's council), and
of one id whose tier, kind or sector differ a little (`one_id`). Of the rest those of one tier, kind and sector do: they
may be many, such as the boroughs of one region and the districts of another. Without a kind that is so only where a
place has no more than one such body. Nothing else of an answer takes them for one body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from alignment.scenarios.matching import Matching, Thing

from .one_id import is_loose

How = Literal["id", "id, other definition", "declared", "counterpart", "likely", "only"]
"""Why things are taken for one: their ids, with what they say or although that differs a little; somebody's word; that
they play one part; what is only likely; nothing."""


def folded(text: str | None) -> str | None:
    """Words without regard to capitals and spaces."""
    return None if text is None else " ".join(text.casefold().split())


@dataclass(frozen=True, eq=False)
class Role:
    """A part that one or more bodies play.

    Attributes
    ----------
    number
        Its place among all.
    how
        Why its bodies are taken together.
    bodies
        By place, the ids of the bodies, in order.
    """

    number: int
    how: How
    bodies: dict[int, tuple[str, ...]]

    @property
    def single(self) -> bool:
        """Whether no place has more than one body of it."""
        return all(len(ids) == 1 for ids in self.bodies.values())


class Tiers:
    """The tiers of several places: one where they have one name, else where they are on one level.

    Parameters
    ----------
    matching
        The places.
    """

    def __init__(self, matching: Matching) -> None:
        self.of: list[dict[str, Any]] = [{} for _ in matching.places]
        names, levels = defaultdict[Any, set[int]](set), defaultdict[Any, set[int]](set)
        rows = [(place, row) for place, each in enumerate(matching.places) for row in each.system.tiers]
        for place, row in rows:
            names[folded(row.name)].add(place)
        for place, row in rows:
            if len(names[folded(row.name)]) == 1:
                levels[row.level].add(place)
        for place, row in rows:
            own = folded(row.name)
            key = ("level", row.level) if len(levels[row.level]) > 1 and len(names[own]) == 1 else ("name", own)
            self.of[place][row.id] = key


class Roles:
    """The parts that the bodies of several places play.

    Parameters
    ----------
    matching
        The places and their things.
    tiers
        Their tiers.
    """

    def __init__(self, matching: Matching, tiers: Tiers) -> None:
        self.matching, self.tiers = matching, tiers
        self.all = tuple(Role(number, *each) for number, each in enumerate(self._found()))
        self.of: list[dict[str, Role]] = [{} for _ in matching.places]
        for role in self.all:
            for place, ids in role.bodies.items():
                self.of[place] |= dict.fromkeys(ids, role)

    def _found(self) -> Iterator[tuple[How, dict[int, tuple[str, ...]]]]:
        groups = defaultdict[Any, list[Thing]](list)
        for thing in self.matching.things["agencies"]:
            groups[self._mark(thing)].append(thing)
        for mark, things in groups.items():
            places = {place for thing in things for place in thing.places}
            several = len(places) < len(things) and mark[0] == "lone"
            if mark[0] == "thing" or (len(places) > 1 and not several):
                yield _how(mark, things), _bodies(things)
            else:
                for thing in things:
                    yield "only", _bodies([thing])

    def _mark(self, thing: Thing) -> tuple[Any, ...]:
        """What bodies of one part share."""
        if len(thing.rows) > 1:
            return "thing", thing.number
        if thing.apart == "own":
            return "own", thing.first.id.casefold()
        ((place, row),) = thing.rows.items()
        tier = self.tiers.of[place].get(row.tier)
        if row.kind is None:
            return ("thing", thing.number) if tier is None else ("lone", tier, folded(row.sector))
        return "kind", tier, folded(row.kind), folded(row.sector)


def _how(mark: tuple[Any, ...], things: Sequence[Thing]) -> How:
    if mark[0] != "thing":
        return "counterpart"
    return "only" if len(things[0].rows) < 2 else by_id(things[0])


def by_id(thing: Thing) -> How:
    """How a thing is one that has one id in several places."""
    return "id, other definition" if is_loose(thing) else "id"


def _bodies(things: Sequence[Thing]) -> dict[int, tuple[str, ...]]:
    found = defaultdict[int, list[str]](list)
    for thing in things:
        for place, row in thing.rows.items():
            found[place].append(row.id)
    return {place: tuple(sorted(ids)) for place, ids in sorted(found.items())}
