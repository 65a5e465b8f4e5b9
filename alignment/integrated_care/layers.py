r"""Layers: whether the layers of government work to the same measures (Green).

A tier works to a measure when an agency of it has a target on it, or must deliver one. For tiers A and B

.. math:: J(A, B) = |M_A \cap M_B| / |M_A \cup M_B|
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from alignment.conflicts.collection import find_conflicts
from alignment.effects.alignment import pulls, ratio
from alignment.index import Floats, Index, positions
from alignment.models.answers.layers import Layers, Mastered, TierPair
from alignment.models.numbers import count
from alignment.models.options.lenses import LayerOptions
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.wording import names, percent, upper_first


@verb(LayerOptions)
def layers(system: System, asked: LayerOptions) -> Layers:
    """Whether the layers of government work to the same measures, and who serves how many masters.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Layers
        For every two tiers the measures that both work to, the share of all that these are (Jaccard), the conflicts
        between them and how far their targets help each other; for every agency its masters.

    References
    ----------
    Green's question: layer after layer of politicians who do not have the same outcome measures.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.layers(al.read(al.example("winter-pressure")))
    >>> [(row.a, row.b, len(row.shared), row.jaccard) for row in found.pairs]
    [('regional', 'local', 2, 0.285714), ('regional', 'provider', 2, 0.333333), ('local', 'provider', 1, 0.125)]
    """
    return _Layers(system, asked).answer()


class _Layers:
    def __init__(self, system: System, asked: LayerOptions) -> None:
        self.system, self.asked = system, asked
        self.index = system.derive(Index)
        rows = self.index.targets
        self.wanting, self.delivering = positions(rows.agency), positions(rows.deliverer)
        self.on = positions(rows.measure)

    def answer(self) -> Layers:
        """The answer."""
        pairs, agencies = tuple(self._pairs()), tuple(self._masters())
        return Layers(
            system=self.system.hash,
            pairs=pairs,
            agencies=agencies,
            paragraph=_paragraph(pairs, agencies),
            missing=tuple(self._missing()),
        )

    def _works_to(self) -> Mapping[str, frozenset[int]]:
        """The measures that each tier works to."""
        found: dict[str, set[int]] = {}
        for who in (*self.wanting, *self.delivering):
            if tier := self.index.agencies[who].tier:
                found.setdefault(tier, set())
        for wanting, delivering, measure in zip(self.wanting, self.delivering, self.on, strict=True):
            for who in (wanting, delivering):
                if tier := self.index.agencies[who].tier:
                    found[tier].add(measure)
        return {tier: frozenset(measures) for tier, measures in found.items()}

    def _pairs(self) -> Iterator[TierPair]:
        works = self._works_to()
        groups, helped, hindered = pulls(
            self.system, "tier", None, self.asked.steps, self.asked.decay, self.asked.evidence
        )
        at = {tier: place for place, tier in enumerate(groups)}
        between = self._conflicts()
        for a, b in combinations(sorted(works, key=lambda tier: (self.index.tiers[tier].level, tier)), 2):
            both, either = sorted(works[a] & works[b]), works[a] | works[b]
            yield TierPair(
                a=a,
                a_name=self.index.tiers[a].name,
                b=b,
                b_name=self.index.tiers[b].name,
                measures_a=len(works[a]),
                measures_b=len(works[b]),
                shared=tuple(self.index.measures[each].id for each in both),
                shared_names=tuple(self.index.measures[each].name for each in both),
                jaccard=round(len(both) / len(either), 6) if either else None,
                conflicts=between.get(frozenset((a, b)), 0),
                alignment=_both_ways(helped, hindered, at[a], at[b]),
                targets=tuple(self._keys(both, {a, b})),
            )

    def _conflicts(self) -> Mapping[frozenset[str], int]:
        """How many findings stand between each two tiers."""
        asked = {name: getattr(self.asked, name) for name in ("tolerance", "steps", "decay", "evidence")}
        counts = find_conflicts(self.system, **asked).counts("tier")
        ones, twos, numbers = (counts[name].tolist() for name in ("a", "b", "conflicts"))
        return {frozenset((a, b)): number for a, b, number in zip(ones, twos, numbers, strict=True)}

    def _keys(self, measures: list[int], tiers: set[str]) -> Iterator[str]:
        for place, measure in enumerate(self.on):
            who = {self.wanting[place], self.delivering[place]}
            if measure in measures and tiers & {self.index.agencies[each].tier or "" for each in who}:
                yield self.index.targets.keys[place]

    def _masters(self) -> Iterator[Mastered]:
        found: dict[int, list[int]] = {}
        for place, (wanting, delivering) in enumerate(zip(self.wanting, self.delivering, strict=True)):
            if wanting != delivering:
                found.setdefault(delivering, []).append(place)
        masters = {who: sorted({self.wanting[place] for place in places}) for who, places in found.items()}
        for who in sorted(masters, key=lambda who: (-len(masters[who]), self.index.agencies[who].id)):
            row = self.index.agencies[who]
            yield Mastered(
                agency=row.id,
                name=row.name,
                tier=row.tier,
                tier_name=self.index.tiers[row.tier].name if row.tier else None,
                masters=tuple(self.index.agencies[each].id for each in masters[who]),
                master_names=tuple(self.index.agencies[each].name for each in masters[who]),
                targets=tuple(self.index.targets.keys[place] for place in found[who]),
            )

    def _missing(self) -> Iterator[str]:
        without = sorted(
            row.name for who, row in enumerate(self.index.agencies) if row.tier is None and who in self.index.counting
        )
        if without:
            yield (
                f"{names(without)} {'has' if len(without) == 1 else 'have'} no tier, so their measures count for none: "
                "the column tier of agencies would add them."
            )


def _both_ways(helped: Floats, hindered: Floats, a: int, b: int) -> float | None:
    return ratio(float(helped[a, b] + helped[b, a]), float(hindered[a, b] + hindered[b, a]))


def _paragraph(pairs: tuple[TierPair, ...], agencies: tuple[Mastered, ...]) -> str:
    known = [row for row in pairs if row.jaccard is not None]
    if not known:
        return "There are no two tiers with targets, so nothing can be said of layers."
    best = max(known, key=lambda row: (row.jaccard or 0, row.a, row.b))
    worst = min(known, key=lambda row: (row.jaccard or 0, row.a, row.b))
    said = [f"{_said(best)}."]
    if worst is not best:
        said.append(f"{_said(worst)}.")
    if agencies:
        most = agencies[0]
        others = count(len(most.masters), "other body sets", "other bodies set")
        said.append(f"{upper_first(most.name)} has most masters: {others} targets that it has to deliver.")
    return " ".join(said)


def _said(row: TierPair) -> str:
    number = len(row.shared)
    either = row.measures_a + row.measures_b - number
    return (
        f"The tiers {row.a_name} and {row.b_name} share {number} of the {count(either, 'measure', 'measures')} that "
        f"either works to ({percent(row.jaccard or 0.0)})"
    )
