"""The proposed sets of several systems side by side: what each keeps, and why another does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from alignment.models.answers.compared import Standing, StandsHere
from alignment.scenarios.joining.likely import Pair
from alignment.scenarios.matching import Thing

from .sides import Sides


class Sets:
    """The sets of several systems.

    Parameters
    ----------
    sides
        The systems.
    likely
        Measures that may be one.
    """

    def __init__(self, sides: Sides, likely: Sequence[Pair]) -> None:
        self.sides, self.likely = sides, likely

    def table(self) -> Iterator[StandsHere]:
        """A row for each measure that some set keeps: those that all keep first, by name."""
        for thing in self.sides.matching.things["measures"]:
            standings: list[Standing] = [self._standing(place, thing) for place in self.sides.places]
            if "kept" in standings:
                yield self._row(thing, standings)

    def rows(self) -> tuple[StandsHere, ...]:
        """The table in order."""
        every = len(self.sides.labels)
        return tuple(
            sorted(self.table(), key=lambda row: (-(len(row.kept_in) == every), row.kept_in, row.name, repr(row.ids)))
        )

    def _row(self, thing: Thing, standings: Sequence[Standing]) -> StandsHere:
        kept = {place for place, standing in enumerate(standings) if standing == "kept"}
        why = [self._why(place, thing, standing) for place, standing in enumerate(standings)]
        spread = self.sides.spread
        return StandsHere(
            name=self.sides.thing_name(thing),
            kept_in=self.sides.where(kept),
            ids=spread([thing.rows[place].id if place in thing.rows else None for place in self.sides.places]),
            standings=spread(list(standings)),
            targets=spread([self._targets(place, thing) for place in self.sides.places]),
            why=spread(why),
        )

    def _targets(self, place: int, thing: Thing) -> int:
        """How many targets a place has on a measure."""
        return self._wanted[place][thing.rows[place].id] if place in thing.rows else 0

    @cached_property
    def _wanted(self) -> list[Counter[str]]:
        return [Counter(row.measure for row in state.system.targets) for state in self.sides.states]

    def _standing(self, place: int, thing: Thing) -> Standing:
        state = self.sides.states[place]
        if place not in thing.rows:
            return "not there"
        if state.proposal is None:
            return "no set"
        name = thing.rows[place].id
        return self._decided[place].get(name, "nobody's")

    @cached_property
    def _decided(self) -> list[dict[str, Standing]]:
        """By place, what is decided of each measure that somebody has a target on, or that is kept."""
        found: list[dict[str, Standing]] = []
        for state in self.sides.states:
            decided: dict[str, Standing] = {}
            if state.proposal is not None:
                decided |= {row.measure: "retired" for row in state.proposal.retired}
                decided |= {row.measure: "not judged" for row in state.proposal.not_judged}
                decided |= {row.measure: "kept" for row in state.proposal.kept}
            found.append(decided)
        return found

    def _why(self, place: int, thing: Thing, standing: Standing) -> str | None:
        """Why a measure is kept, or is not, in a place."""
        if standing == "not there":
            return self._not_there(place, thing)
        if standing == "nobody's":
            return "Nobody has a target on it."
        if standing == "no set":
            return "No set was found."
        proposal = self.sides.states[place].proposal
        assert proposal is not None
        rows = (*proposal.kept, *proposal.retired, *proposal.not_judged)
        return next(row.reason for row in rows if row.measure == thing.rows[place].id)

    def _not_there(self, place: int, thing: Thing) -> str:
        """That a place has no such measure, or one that may be it."""
        for each in self.likely:
            for one, two in ((each.one, each.two), (each.two, each.one)):
                if one is thing and place in two.rows:
                    return f"Not there under this id; “{two.rows[place].name}” is probably the same."
        return "There is no such measure."
