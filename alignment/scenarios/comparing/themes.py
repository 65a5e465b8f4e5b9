"""The quarrels of several systems side by side: two are one where they are named after one thing, or share measures.

Likeness is what their measures share of those of either (Jaccard); two of at least a quarter are one, the most alike
first, and no two of one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from alignment.conflicts.themes import themes_of
from alignment.models.answers.compared import ThemeSeen
from alignment.models.answers.themes import Theme

from .figures import jaccard
from .sides import Sides

ALIKE: Final = 0.25
"""From this likeness on two themes are one quarrel."""

One = tuple[int, int]
"""A theme: its place, and where it is among the themes there."""


class Quarrels:
    """The themes of several systems.

    Parameters
    ----------
    sides
        The systems.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.themes = [themes_of(state.conflicts) for state in sides.states]
        self.every: list[One] = [(place, at) for place in sides.places for at in range(len(self.themes[place]))]
        self.measures = {one: self._measures(one) for one in self.every}

    def _theme(self, one: One) -> Theme:
        return self.themes[one[0]][one[1]]

    def _measures(self, one: One) -> set[Any]:
        return {self.sides.token(one[0], "measures", each) for each in self._theme(one).measures}

    def _subject(self, one: One) -> Any:
        theme = self._theme(one)
        return None if theme.table is None or theme.row is None else self.sides.token(one[0], theme.table, theme.row)

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
        """Pairs of themes of different places that are one quarrel, those named after one thing first."""
        found: list[tuple[Any, tuple[One, One]]] = []
        for one, two in combinations(self.every, 2):
            if one[0] == two[0]:
                continue
            alike = jaccard(self.measures[one], self.measures[two]) or 0.0
            named = self._subject(one) is not None and self._subject(one) == self._subject(two)
            if named or alike >= ALIKE:
                ids = sorted((self._theme(one).id, self._theme(two).id))
                found.append(((not named, -round(alike, 9), ids), (one, two)))
        return [pair for _, pair in sorted(found)]

    def _row(self, group: list[One]) -> ThemeSeen:
        by_place = dict(group)
        themes = [self._theme((place, by_place[place])) if place in by_place else None for place in self.sides.places]
        known = [theme for theme in themes if theme is not None]
        heaviest = max(known, key=lambda theme: (theme.share, theme.name, theme.id))
        sets = [self.measures[one] for one in group]
        common = jaccard_of(sets)
        several = len(known) == len(self.sides.states)
        spread = self.sides.spread
        return ThemeSeen(
            name=heaviest.name,
            what="all" if several else "only in",
            where=() if several else self.sides.where(by_place),
            alike=None if len(sets) < 2 or common is None else round(common, 6),
            shares=spread([None if theme is None else round(theme.share, 6) for theme in themes]),
            findings=spread([0 if theme is None else len(theme.findings) for theme in themes]),
            names=spread([None if theme is None else theme.name for theme in themes]),
            ids=spread([None if theme is None else theme.id for theme in themes]),
        )


def jaccard_of(sets: list[set[Any]]) -> float | None:
    """What several sets all have of what any has; blank where none has any."""
    either = set[Any]().union(*sets)
    return len(sets[0].intersection(*sets[1:])) / len(either) if either else None
