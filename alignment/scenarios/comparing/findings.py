"""The findings of several systems that are the same, and those that only some have.

The id of a finding is its kind, then measures with wishes, then its scope; two are one where each part of their ids
stands for one thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, cast

from alignment.conflicts.telling import title_of
from alignment.models.answers.compared import FindingSeen
from alignment.models.system.keys import part_of_name

from .sides import Sides

WAYS: Final = re.compile(r"-(up|down|hold)$")
"""How the part of an id ends that is a measure with a wish."""

TABLES: Final = ("measures", "agencies", "outcomes", "populations", "resources", "tiers")
"""The tables whose ids stand in the id of a finding, those first that most are of."""

NEAR: Final = 5e-4
"""Severities that differ by less are the same."""


class Findings:
    """The findings of several systems, laid side by side.

    Parameters
    ----------
    sides
        The systems.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    @cached_property
    def by_mark(self) -> Mapping[Any, dict[int, list[int]]]:
        """By what findings say, where they are in the conflicts of each place."""
        found = defaultdict[Any, dict[int, list[int]]](lambda: defaultdict(list))
        for place in self.sides.places:
            ids = self._ids(place)
            for at, finding in enumerate(self.sides.states[place].conflicts.findings):
                kind, *parts = finding.id.split(".")
                found[kind, *(self._part(place, ids, part) for part in parts)][place].append(at)
        return found

    @cached_property
    def marks(self) -> list[dict[int, Any]]:
        """By place, what each of its findings says."""
        found: list[dict[int, Any]] = [{} for _ in self.sides.places]
        for mark, places in self.by_mark.items():
            for place, some in places.items():
                found[place] |= dict.fromkeys(some, mark)
        return found

    def _ids(self, place: int) -> dict[str, tuple[str, str]]:
        """What each part of an id stands for in a place."""
        system = self.sides.states[place].system
        return {
            part_of_name(row.id): (table, row.id)
            for table in reversed(TABLES)
            for row in cast("Any", system.table(table))
        }

    def _part(self, place: int, ids: Mapping[str, tuple[str, str]], part: str) -> Any:
        if part in ids:
            return self.sides.token(place, *ids[part])
        bare = WAYS.sub("", part)
        return (self.sides.token(place, *ids[bare]), part[len(bare) :]) if bare in ids else part

    def table(self) -> Iterator[FindingSeen]:
        """Every finding and where it is: first those that only some have, each worst first."""
        rows = [self._row(places) for places in self.by_mark.values()]
        order = {"only in": 0, "differs": 1, "same": 2}
        yield from sorted(rows, key=lambda row: (order[row.what], -row.worst, row.kind, row.title, repr(row.ids)))

    def _row(self, places: Mapping[int, list[int]]) -> FindingSeen:
        spread, every = self.sides.spread, self.sides.places
        severities = {place: self._severity(place, at) for place, at in places.items()}
        first = min(places)
        conflicts = self.sides.states[first].conflicts
        finding = conflicts.findings[places[first][0]]
        apart = max(severities.values()) - min(severities.values()) > NEAR
        what: Any = "only in" if len(places) < len(every) else "differs" if apart else "same"
        return FindingSeen(
            kind=finding.kind,
            title=title_of(conflicts.search, finding),
            what=what,
            where=self.sides.where(places) if what == "only in" else (),
            severities=spread([severities.get(place) for place in every]),
            ids=spread([tuple(self._id(place, at) for at in places.get(place, ())) for place in every]),
        )

    def _severity(self, place: int, at: list[int]) -> float:
        return max(self.sides.states[place].conflicts.findings[each].severity for each in at)

    def _id(self, place: int, at: int) -> str:
        return self.sides.states[place].conflicts.findings[at].id

    def only(self, place: int) -> Iterator[int]:
        """Where the findings of a place are that some other place lacks."""
        for places in self.by_mark.values():
            if len(places) < len(self.sides.states):
                yield from places.get(place, ())

    def on(self, place: int, targets: Collection[str]) -> list[int]:
        """Where the findings of a place are that some other place lacks and some targets stand in."""
        return sorted({at for key in targets for at in self._by_target[place].get(key, ())})

    @cached_property
    def _by_target(self) -> list[dict[str, set[int]]]:
        """By place and target, where the findings are that it stands in and some other place lacks."""
        found: list[dict[str, set[int]]] = []
        for place in self.sides.places:
            findings, by_key = self.sides.states[place].conflicts.findings, defaultdict[str, set[int]](set)
            for at in self.only(place):
                for key in {key for side in findings[at].sides for key in side.keys}:
                    by_key[key].add(at)
            found.append(by_key)
        return found
