r"""Layers: whether the layers of government work to the same measures (Green).

A tier works to a measure when an agency of it has a target on it that is still to be met, or must deliver one. For
tiers A and B

.. math:: J(A, B) = |M_A \cap M_B| / |M_A \cup M_B|

Of the measures that both work to, some are *own* to both (an agency of each has a target on it itself), and on others
the one *delivers* what the other wants. A *master* of an agency is another that has a target for it to deliver; it
answers to some of its masters, and the rest ask. Wishes that are merely inferred count in none of the three.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from alignment.aligned_set.adoption import called, ids
from alignment.conflicts.collection import find_conflicts
from alignment.effects.alignment import pulls, ratio
from alignment.index import Floats, Index, group, positions
from alignment.models.answers.layers import Layers, Mastered, TierPair
from alignment.models.options.lenses import LayerOptions
from alignment.models.system import System
from alignment.options.verb import verb

from .authority import Authority
from .layers_told import missing, paragraph


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
        For every two tiers the measures that both work to, the share of all that these are (Jaccard), on which of them
        both have targets of their own and which the one delivers for the other, the conflicts between them and how far
        their targets help each other; for every agency its masters, and which of them it answers to.

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
        self.index: Index = system.derive(Index)
        rows = self.index.targets
        self.wanting, self.delivering = positions(rows.agency), positions(rows.deliverer)
        self.on = positions(rows.measure)
        self.live = [place for place, live in enumerate(self.index.live.tolist()) if live]
        self.given = [place for place in self.live if not rows.rows[place].revealed]

    def answer(self) -> Layers:
        """The answer."""
        pairs, agencies = tuple(self._pairs()), tuple(self._masters())
        return Layers(
            system=self.system.hash,
            pairs=pairs,
            agencies=agencies,
            paragraph=" ".join(paragraph(pairs, agencies)),
            missing=tuple(missing(self.index, agencies)),
        )

    def _tier(self, who: int) -> str | None:
        return self.index.agencies[who].tier

    @cached_property
    def _works(self) -> Mapping[str, frozenset[int]]:
        """The measures that each tier works to."""
        held = self.index.holding_live.items()
        return _sets((tier, at) for who, some in held if (tier := self._tier(who)) for at in some)

    @cached_property
    def _wants(self) -> Mapping[str, frozenset[int]]:
        """The measures that agencies of each tier have targets on themselves, not merely inferred."""
        return _sets((tier, self.on[place]) for place in self.given if (tier := self._tier(self.wanting[place])))

    @cached_property
    def _handed(self) -> Mapping[frozenset[str | None], frozenset[int]]:
        """The measures that an agency of the one of two tiers delivers for one of the other."""
        tiers = ((self._tier(self.wanting[place]), self._tier(self.delivering[place])) for place in self.given)
        return _sets(zip(map(frozenset, tiers), (self.on[place] for place in self.given), strict=True))

    def _pairs(self) -> Iterator[TierPair]:
        works = self._works
        every, set_alone = self._alignments(self.system), self._alignments(_without_inferred(self.system))
        between = self._conflicts()
        for a, b in combinations(sorted(works, key=lambda tier: (self.index.tiers[tier].level, tier)), 2):
            both, either = works[a] & works[b], works[a] | works[b]
            own = self._wants.get(a, frozenset[int]()) & self._wants.get(b, frozenset[int]())
            handed = self._handed.get(frozenset((a, b)), frozenset[int]()) - own
            yield TierPair(
                a=a,
                a_name=self.index.tiers[a].name,
                b=b,
                b_name=self.index.tiers[b].name,
                measures_a=len(works[a]),
                measures_b=len(works[b]),
                shared=ids(self.index, both),
                shared_names=called(self.index, both),
                jaccard=round(len(both) / len(either), 6) if either else None,
                own=ids(self.index, own),
                own_names=called(self.index, own),
                delivered=ids(self.index, handed),
                delivered_names=called(self.index, handed),
                conflicts=between.get(frozenset((a, b)), 0),
                alignment=every.get(frozenset((a, b))),
                alignment_set=set_alone.get(frozenset((a, b))),
                targets=tuple(self._keys(both, {a, b})),
            )

    def _alignments(self, system: System) -> Mapping[frozenset[str], float | None]:
        """How far the targets of each two tiers help or hinder each other, both ways together."""
        asked = self.asked
        groups, helped, hindered = pulls(system, "tier", None, asked.steps, asked.decay, asked.evidence)
        both = combinations(range(len(groups)), 2)
        return {frozenset((groups[a], groups[b])): _both_ways(helped, hindered, a, b) for a, b in both}

    def _conflicts(self) -> Mapping[frozenset[str], int]:
        """How many findings stand between each two tiers."""
        asked = {name: getattr(self.asked, name) for name in ("tolerance", "steps", "decay", "evidence")}
        counts = find_conflicts(self.system, **asked).counts("tier")
        ones, twos, numbers = (counts[name].tolist() for name in ("a", "b", "conflicts"))
        return {frozenset((a, b)): number for a, b, number in zip(ones, twos, numbers, strict=True)}

    def _keys(self, measures: frozenset[int], tiers: set[str]) -> Iterator[str]:
        for place in self.live:
            who = {self.wanting[place], self.delivering[place]}
            if self.on[place] in measures and tiers & {self._tier(each) or "" for each in who}:
                yield self.index.targets.keys[place]

    def _masters(self) -> Iterator[Mastered]:
        """The agencies with masters: those that answer to most come first."""
        authority = Authority(self.index)
        handed = [place for place in self.given if self.wanting[place] != self.delivering[place]]
        found = group((self.delivering[place], place) for place in handed)
        masters = [self._mastered(who, places, authority.over(who)) for who, places in found.items()]
        yield from sorted(masters, key=lambda row: (-len(row.answers_to), -len(row.masters), row.agency))

    def _mastered(self, who: int, places: Sequence[int], over: frozenset[int]) -> Mastered:
        row, masters = self.index.agencies[who], _by_targets(self.wanting[place] for place in places)
        obeyed, asking = ([each for each in masters if (each in over) is known] for known in (True, False))
        return Mastered(
            agency=row.id,
            name=row.name,
            tier=row.tier,
            tier_name=self.index.tiers[row.tier].name if row.tier else None,
            masters=self._ids(masters),
            master_names=self._names(masters),
            answers_to=self._ids(obeyed),
            answers_to_names=self._names(obeyed),
            asking=self._ids(asking),
            asking_names=self._names(asking),
            targets=tuple(self.index.targets.keys[place] for place in places),
        )

    def _ids(self, agencies: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.index.agencies[each].id for each in agencies)

    def _names(self, agencies: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.index.agencies[each].name for each in agencies)


def _sets(pairs: Iterable[tuple[Any, int]]) -> Mapping[Any, frozenset[int]]:
    """Positions by key."""
    return {key: frozenset(some) for key, some in group(pairs).items()}


def _by_targets(agencies: Iterable[int]) -> list[int]:
    """Agencies, those with most targets first."""
    targets = Counter(agencies)
    return sorted(targets, key=lambda who: (-targets[who], who))


def _without_inferred(system: System) -> System:
    """A system without wishes that were only inferred; itself where there are none."""
    if not any(row.revealed for row in system.targets):
        return system
    return system.replace(targets=[row for row in system.targets if not row.revealed])


def _both_ways(helped: Floats, hindered: Floats, a: int, b: int) -> float | None:
    return ratio(float(helped[a, b] + helped[b, a]), float(hindered[a, b] + hindered[b, a]))
