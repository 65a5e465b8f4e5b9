"""What an organisation can move, and what it holds that can run out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from alignment.conflicts.naming import measure_name
from alignment.index import Index, group
from alignment.models.answers.view import Hold
from alignment.wording import names, percent, quoted

from .plain import first_of

NAMED: Final = 2
"""So many of what it holds are named; the others are counted."""

MUCH: Final = 0.5
"""From this share on an organisation can move most of a measure."""

LITTLE: Final = 0.2
"""Below this share it can move little of a measure (METHOD 3, no-control)."""


class Means:
    """What an organisation can do.

    Parameters
    ----------
    index
        The system as arrays.
    who
        The organisation, by position.
    judged
        What it is judged on, by position.
    weight
        How much of its quarrels is about each measure, by position.
    """

    def __init__(self, index: Index, who: int, judged: frozenset[int], weight: Mapping[int, int]) -> None:
        self._index, self._who, self._judged, self._weight = index, who, judged, weight

    @cached_property
    def _shares(self) -> dict[int, float]:
        """Its share of each measure whose controls are given, with those that belong to it."""
        index = self._index
        return {at: index.control_of(self._who, shares) for at, shares in index.controls.items()}

    @cached_property
    def controls(self) -> tuple[Hold, ...]:
        """What it can move, most first."""
        found = [(at, share) for at, share in self._shares.items() if share > 0]
        return tuple(
            Hold(
                measure=self._index.measures[at].id,
                name=self._index.measures[at].name,
                share=round(share, 6),
                judged=at in self._judged,
            )
            for at, share in sorted(found, key=lambda pair: (-round(pair[1], 6), pair[0]))
        )

    # In sentences

    def moves(self) -> Iterator[str]:
        """What it can move most of, and what it is judged on and can move little of, that of its main quarrel first."""
        most = [self._shared(self._index.measure_at[row.measure]) for row in self.controls if row.share >= MUCH]
        little = [at for at in self._judged if self._shares.get(at, 1.0) < LITTLE]
        little.sort(key=lambda at: (-self._weight.get(at, 0), self._shares[at], at))
        parts = [f"half or more of {first_of(most)}"] if most else []
        if little:
            judged = " of what it is judged on" if len(little) > 1 else ", on which it is judged"
            parts.append(f"less than a fifth of {first_of([self._shared(at) for at in little])}{judged}")
        if parts:
            yield f"It can move {', but '.join(parts)}."

    def _shared(self, measure: int) -> str:
        return f"{measure_name(self._index, measure)} ({percent(self._shares[measure])})"

    def holds(self) -> Iterator[str]:
        """What it pays for that can run out."""
        own = self._index.agencies[self._who].id
        owned = [row for row in self._index.system.resources if row.owner == own]
        for full, some in group((bool(row.limited), quoted(row.name)) for row in owned).items():
            yield f"It holds {names(some, NAMED)}{', known to have nothing to spare' if full else ''}."
