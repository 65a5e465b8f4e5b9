"""The quarrels of several systems side by side: two are one where they share findings.

Likeness is the weight (severity times confidence) of the findings that two have in common, of those of either; two of
at least a quarter are one, the most alike first, and no two of one place. What a quarrel is named after decides
nothing, as it can change when one finding goes. A quarrel that another place does not have is only in its own where
most of its weight is only there; otherwise its findings are elsewhere a part of other quarrels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from alignment.conflicts.order import weight_of
from alignment.conflicts.themes import themes_of
from alignment.models.answers.compared import ThemeSeen
from alignment.models.answers.themes import Theme

from .findings import Findings

ALIKE: Final = 0.25
"""From this likeness on two themes are one quarrel."""

MOST: Final = 0.5
"""A quarrel of which a larger part is found elsewhere too is not only in its own place. No unit, 0 to 1."""

One = tuple[int, int]
"""A theme: its place, and where it is among the themes there."""

Weights = Mapping[Any, int]
"""What findings say, and how much they weigh. Unit: millionths."""


class Quarrels:
    """The themes of several systems.

    Parameters
    ----------
    findings
        The findings of all.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings, self.sides = findings, findings.sides
        self.themes = [themes_of(state.conflicts) for state in self.sides.states]
        self.every: list[One] = [(place, at) for place in self.sides.places for at in range(len(self.themes[place]))]
        self.weights = {one: self._weights(one) for one in self.every}

    def _theme(self, one: One) -> Theme:
        return self.themes[one[0]][one[1]]

    def _weights(self, one: One) -> Weights:
        place, found = one[0], Counter[Any]()
        state, marks = self.sides.states[place], self.findings.marks[place]
        for name in self._theme(one).findings:
            at = state.places[name]
            found[marks[at]] += weight_of(state.conflicts.findings[at])
        return found

    def table(self) -> Iterator[ThemeSeen]:
        """A row for each quarrel: those with most of what pulls apart first."""
        rows = [self._row(group) for group in self._groups()]
        yield from sorted(rows, key=lambda row: (-max(share or 0.0 for share in row.shares), row.name, repr(row.ids)))

    def _groups(self) -> list[list[One]]:
        home = {one: [one] for one in self.every}
        for one, two in self._pairs():
            first, second = home[one], home[two]
            if first is not second and not {place for place, _ in first} & {place for place, _ in second}:
                first += second
                home |= dict.fromkeys(second, first)
        return list({id(group): group for group in home.values()}.values())

    def _pairs(self) -> list[tuple[One, One]]:
        """Pairs of themes of different places that are one quarrel, the most alike first."""
        found: list[tuple[Any, tuple[One, One]]] = []
        for one, two in combinations(self.every, 2):
            alike = 0.0 if one[0] == two[0] else alike_of([self.weights[one], self.weights[two]]) or 0.0
            if alike >= ALIKE:
                ids = sorted((self._theme(one).id, self._theme(two).id))
                found.append(((-round(alike, 9), ids), (one, two)))
        return [pair for _, pair in sorted(found)]

    def _row(self, group: list[One]) -> ThemeSeen:
        by_place = dict(group)
        themes = [self._theme((place, by_place[place])) if place in by_place else None for place in self.sides.places]
        known = [theme for theme in themes if theme is not None]
        heaviest = max(known, key=lambda theme: (theme.share, theme.name, theme.id))
        common = alike_of([self.weights[one] for one in group]) if len(group) > 1 else None
        what: Any = "all" if len(group) == len(self.sides.states) else self._what(group)
        spread = self.sides.spread
        return ThemeSeen(
            name=heaviest.name,
            what=what,
            where=() if what == "all" else self.sides.where(by_place),
            alike=None if common is None else round(common, 6),
            shares=spread([None if theme is None else round(theme.share, 6) for theme in themes]),
            findings=spread([0 if theme is None else len(theme.findings) for theme in themes]),
            names=spread([None if theme is None else theme.name for theme in themes]),
            ids=spread([None if theme is None else theme.id for theme in themes]),
            within=spread([None if place in by_place else self._within(place, group) for place in self.sides.places]),
        )

    def _what(self, group: Sequence[One]) -> Any:
        """Whether a quarrel that not all places have so is only in its own, by the weight of what others lack."""
        others = {*self.sides.places} - {place for place, _ in group}
        found = [(weight, mark) for one in group for mark, weight in self.weights[one].items()]
        elsewhere = [weight for weight, mark in found if others & self.findings.by_mark[mark].keys()]
        return "part of" if sum(elsewhere) > MOST * sum(weight for weight, _ in found) else "only in"

    def _within(self, place: int, group: Sequence[One]) -> str | None:
        """The quarrel of a place that has most of the weight of another's findings; blank where none has any."""
        marks = {mark for one in group for mark in self.weights[one]}
        there = [
            (sum(weight for mark, weight in self.weights[place, at].items() if mark in marks), theme.name)
            for at, theme in enumerate(self.themes[place])
        ]
        weight, name = max(there, key=lambda each: (round(each[0], 9), each[1]), default=(0.0, ""))
        return name if weight else None


def alike_of(weights: Sequence[Weights]) -> float | None:
    """The weight of what several have in common, of what any has; blank where none has any.

    >>> alike_of([{"a": 0.5, "b": 0.25}, {"a": 0.25}])
    0.333333
    """
    marks = {mark for each in weights for mark in each}
    any_has = sum(max(each.get(mark, 0.0) for each in weights) for mark in marks)
    all_have = sum(min(each.get(mark, 0.0) for each in weights) for mark in marks)
    return round(all_have / any_has, 6) if any_has else None
