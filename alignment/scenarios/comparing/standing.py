"""Where the measures of several systems stand today, and of how many targets it is known and met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from alignment.index import Bools, Index, Targets, positions
from alignment.models.answers.compared import StandsToday
from alignment.scenarios.matching import Thing
from alignment.scenarios.state import State

from .sides import Sides


class Today(NamedTuple):
    """A measure in one system: where it stands for its targets, how many of them that is known of, and how many met."""

    level: float | None = None
    known: int = 0
    met: int = 0


NOWHERE = Today()
"""Of a measure that is not there, or has no target."""


class Standings:
    """Where the measures stand that several systems have targets on.

    Parameters
    ----------
    sides
        The systems.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    def table(self) -> Iterator[StandsToday]:
        """A row for each: first those that are met in some and missed in others, those furthest apart first."""
        rows = [row for thing in self.sides.matching.things["measures"] if (row := self._row(thing)) is not None]
        yield from sorted(rows, key=lambda row: (-_apart(row), row.name, row.measures[0] or ""))

    def _row(self, thing: Thing) -> StandsToday | None:
        seen = self.sides.spread([self._of(place, thing) for place in self.sides.places])
        if sum(today.known > 0 for today in seen) < 2:
            return None
        ids = [thing.rows[place].id if place in thing.rows else None for place in self.sides.places]
        units = {row.unit for row in thing.rows.values()}
        return StandsToday(
            name=self.sides.thing_name(thing),
            unit=units.pop() if len(units) == 1 else None,
            measures=self.sides.spread(ids),
            levels=tuple(today.level for today in seen),
            known=tuple(today.known for today in seen),
            met=tuple(today.met for today in seen),
        )

    def _of(self, place: int, thing: Thing) -> Today:
        return self._known[place].get(thing.rows[place].id, NOWHERE) if place in thing.rows else NOWHERE

    @cached_property
    def _known(self) -> Sequence[dict[str, Today]]:
        return [_standing(state) for state in self.sides.states]


def measurable(rows: Targets) -> Bools:
    """Which targets name a level, and have a figure of where their measure stands today.

    Of a change nobody can say whether it is met, as it is asked for from wherever the measure stands; and a guardrail
    is met by every level of today.
    """
    return rows.known & ~np.isnan(rows.now) & ~rows.change & ~rows.hold


def _standing(state: State) -> dict[str, Today]:
    """By measure, where it stands for its targets; the level is told where all of them have the same one."""
    index = state.system.derive(Index)
    rows = index.targets
    found = defaultdict[str, list[tuple[float, bool]]](list)
    telling = measurable(rows)
    for measure, now, met in zip(
        positions(rows.measure[telling]), rows.now[telling].tolist(), rows.met[telling].tolist(), strict=True
    ):
        found[index.measures[measure].id].append((now, met))
    return {
        name: Today(some[0][0] if len({now for now, _ in some}) == 1 else None, len(some), sum(met for _, met in some))
        for name, some in found.items()
    }


def _apart(row: StandsToday) -> float:
    """How far the shares of targets that are met are apart."""
    shares = [met / known for met, known in zip(row.met, row.known, strict=True) if known]
    return max(shares) - min(shares)
