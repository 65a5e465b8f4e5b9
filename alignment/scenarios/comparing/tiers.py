"""Tiers side by side: how many measures and masters a body has, what tiers share, and where findings stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from alignment.models.answers.compared import TierFigure, TierPairFigure
from alignment.models.options.conflicts import KINDS, Kind

from .figures import DIGITS, HUNDRED, Working, difference_of, figure_of, jaccard, mean
from .sides import Sides

FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "agencies": ("bodies with targets, own or to deliver", "bodies"),
    "measures": ("measures", "measures"),
    "measures_each": ("measures a body works to", "measures, mean of the bodies with targets"),
    "masters_each": ("others whose targets a body delivers", "bodies, mean of the bodies with targets"),
}
"""Each figure of a tier, what people call it, and its unit."""


class Layers:
    """The tiers of several systems.

    Parameters
    ----------
    sides
        The systems.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.working = [Working(state) for state in sides.states]

    def tiers(self) -> Iterator[TierFigure]:
        """A row for each tier and figure, from the top."""
        for key, ids in self._tiers().items():
            known = [self._figures(place, ids.get(place)) for place in self.sides.places]
            for name, (label, unit) in FIGURES.items():
                figure = figure_of(name, label, unit, self.sides.spread([each.get(name) for each in known]))
                yield TierFigure(tier=self._name(key), **dict(figure))

    def _tiers(self) -> dict[Any, dict[int, str]]:
        """By what they are, the ids of tiers with bodies that have targets in each place; from the top."""
        found: dict[Any, dict[int, str]] = {}
        levels: dict[Any, list[float]] = {}
        for place in self.sides.places:
            for row in self.sides.states[place].system.tiers:
                key = self.sides.tiers.of[place][row.id]
                levels.setdefault(key, []).append(row.level)
                if row.id in self.working[place].by_tier:
                    found.setdefault(key, {}).setdefault(place, row.id)
        return {key: found[key] for key in sorted(found, key=lambda key: (min(levels[key]), repr(key)))}

    def _name(self, key: Any) -> str:
        """What most places call a tier."""
        rows = [
            (place, name)
            for place in self.sides.places
            for name, each in self.sides.tiers.of[place].items()
            if each == key
        ]
        return self.sides.called("tiers", rows)

    def _figures(self, place: int, tier: str | None) -> dict[str, float | None]:
        if tier is None:
            return {}
        working = self.working[place]
        bodies = [who for who in working.measures if working.tier(who) == tier]
        return {
            "agencies": len(bodies),
            "measures": len(working.by_tier[tier]),
            "measures_each": mean([len(working.measures[who]) for who in bodies]),
            "masters_each": mean([len(working.masters.get(who, ())) for who in bodies]),
        }

    # Two tiers

    def pairs(self) -> Iterator[TierPairFigure]:
        """A row for every two tiers: what they share; then the findings between them, all and by kind."""
        tiers = self._tiers()
        counts = [self._counts(place) for place in self.sides.places]
        keys = list(tiers)
        for at, one in enumerate(keys):
            for two in keys[at:]:
                ids = [(tiers[one].get(place), tiers[two].get(place)) for place in self.sides.places]
                yield from self._pair(self._name(one), self._name(two), ids, counts, within=one == two)

    def _pair(
        self, one: str, two: str, ids: list[tuple[str | None, str | None]], counts: list[Counts], *, within: bool
    ) -> Iterator[TierPairFigure]:
        if not within:
            shares = [self._shared(place, *pair) for place, pair in enumerate(ids)]
            yield self._row((one, two), "shared", None, "share of the measures of either", shares)
        unit = "findings for 100 targets of the two" if not within else "findings for 100 targets of the tier"
        known = [self._per_100(place, pair, counts[place]) for place, pair in enumerate(ids)]
        for kind in EVERY:
            if any(each and kind in each for each in known):
                numbers = [None if each is None else each.get(kind, 0.0) for each in known]
                yield self._row((one, two), "findings", kind, unit, numbers)

    def _row(
        self, tiers: tuple[str, str], figure: Any, kind: Kind | None, unit: str, values: list[float | None]
    ) -> TierPairFigure:
        spread = self.sides.spread([None if value is None else round(value, DIGITS) for value in values])
        return TierPairFigure(
            a=tiers[0], b=tiers[1], figure=figure, kind=kind, unit=unit, values=spread, difference=difference_of(spread)
        )

    def _shared(self, place: int, one: str | None, two: str | None) -> float | None:
        works = self.working[place].by_tier
        return None if one is None or two is None else jaccard(works[one], works[two])

    def _per_100(
        self, place: int, pair: tuple[str | None, str | None], counts: Counts
    ) -> dict[Kind | None, float] | None:
        """By kind, the findings between two tiers for 100 targets that a body of either has, or has to deliver."""
        if None in pair:
            return None
        working = self.working[place]
        targets = sum({working.tier(who), working.tier(to)} & {*pair} != set() for who, to, _ in working.rows)
        numbers = counts.get(frozenset(pair), {})
        return {kind: HUNDRED * number / targets for kind, number in numbers.items()} if targets else None

    def _counts(self, place: int) -> Counts:
        """By tiers and kind, how many findings stand between them; without a kind all of them."""
        conflicts = self.sides.states[place].conflicts
        found: Counts = {}
        for kind in EVERY:
            some = conflicts if kind is None else conflicts.of_kind(kind)
            table = some.counts("tier")
            for one, two, number in zip(*(table[name].tolist() for name in ("a", "b", "conflicts")), strict=True):
                found.setdefault(frozenset((one, two)), {})[kind] = number
        return found


EVERY: Final[tuple[Kind | None, ...]] = (None, *KINDS)
"""All findings, then those of each kind."""

Counts = dict[frozenset[str | None], dict[Kind | None, int]]
"""Findings by tiers and kind."""
