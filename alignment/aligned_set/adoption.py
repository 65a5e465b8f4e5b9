"""Adoption: a set is aligned only when bodies share it. What each keeps, takes on and gives up (METHOD 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import combinations
from typing import Protocol

from alignment.conflicts.search import search_of
from alignment.duties import Duties
from alignment.index import Index
from alignment.models.answers.adoption import Adopter, TierHolders, TierShare
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.bodies import Agency
from alignment.options.weighing import weighed
from alignment.sight import Sight

from .standing import Standings


class Basis(Protocol):
    """What is known of a system before a set is chosen; a programme is one, and so is `Known`."""

    @property
    def index(self) -> Index:
        """The rows by position."""
        ...

    @property
    def duties(self) -> Duties:
        """Who answers for what."""
        ...

    @property
    def sight(self) -> Sight:
        """Which measures serve which duties."""
        ...

    @property
    def standings(self) -> Standings:
        """What says what another said."""
        ...


class Known:
    """What is known of a system where no set is searched for.

    Parameters
    ----------
    system
        The system.
    options
        What is asked of the set.
    """

    def __init__(self, system: System, options: Options) -> None:
        counted = weighed(system, options)
        search = search_of(counted, options.tolerance, options.steps, options.decay, options.evidence)
        self.sight = Sight(counted, options)
        self.standings = Standings(self.sight, search)
        self.index, self.duties = self.sight.index, self.sight.duties


class Adoption:
    """What bodies work to once a set is agreed.

    Parameters
    ----------
    basis
        The programme, or what is known without one.
    kept
        The set, by position.
    """

    def __init__(self, basis: Basis, kept: Collection[int]) -> None:
        self._basis, self._index = basis, basis.index
        self._kept = frozenset(kept)

    def adopters(self) -> tuple[Adopter, ...]:
        """What each body that counts keeps, takes on and gives up."""
        today, then = self.today, self.proposed
        index = self._index
        return tuple(
            Adopter(
                agency=index.agencies[who].id,
                agency_name=index.agencies[who].name,
                keeps=ids(index, today[who] & self._kept),
                keeps_names=called(index, today[who] & self._kept),
                takes_on=ids(index, then[who] - today[who]),
                takes_on_names=called(index, then[who] - today[who]),
                gives_up=ids(index, today[who] - self._kept),
                gives_up_names=called(index, today[who] - self._kept),
            )
            for who in sorted(index.counting)
            if today[who] or then[who]
        )

    def holders(self, at: int) -> tuple[TierHolders, ...]:
        """Who works to a kept measure, by tier, the highest first."""
        index = self._index
        mine = sorted(who for who, measures in self.proposed.items() if at in measures)
        tiers: dict[str | None, list[Agency]] = {}
        for who in mine:
            tiers.setdefault(index.agencies[who].tier, []).append(index.agencies[who])
        return tuple(
            TierHolders(
                tier=tier,
                tier_name=None if tier is None else index.tiers[tier].name,
                agencies=tuple(row.id for row in tiers[tier]),
                agency_names=tuple(row.name for row in tiers[tier]),
            )
            for tier in sorted(tiers, key=lambda tier: (tier is None, index.tiers[tier].level if tier else 0, tier))
        )

    @cached_property
    def today(self) -> Mapping[int, frozenset[int]]:
        """The measures that each body is judged on: it has, or must deliver, a target on them."""
        return {who: self._index.holding.get(who, frozenset()) for who in self._index.counting}

    @cached_property
    def proposed(self) -> Mapping[int, frozenset[int]]:
        """The kept measures that each body works to: its own, and for each other duty the one that says most of it."""
        today = self.today
        found = {who: set(today[who] & self._kept) for who in self._index.counting}
        duties = self._basis.duties
        for duty, behind in duties.behind.items():
            able = [at for at in self._basis.sight.serving(duty) if at in self._kept]
            if able and duty.agency in found and not found[duty.agency].intersection(able):
                found[duty.agency].add(min(able, key=lambda at: (-self._standing(duty.agency, behind, at), at)))
        return {who: frozenset(measures) for who, measures in found.items()}

    def _standing(self, agency: int, behind: Iterable[int], at: int) -> int:
        """The largest standing of a measure over those behind a duty."""
        return max(
            (each.size for n in behind if (each := self._basis.standings.of(agency, n).get(at)) is not None),
            default=0,
        )

    def layers(self) -> tuple[TierShare, ...]:
        """How far each two tiers work to the same measures, today and then."""
        index = self._index
        tiers = sorted(index.tiers.values(), key=lambda row: (row.level, row.id))
        before, after = (self._by_tier(each) for each in (self.today, self.proposed))
        return tuple(
            TierShare(
                a=one.id,
                a_name=one.name,
                b=two.id,
                b_name=two.name,
                today=jaccard(before[one.id], before[two.id]),
                proposed=jaccard(after[one.id], after[two.id]),
            )
            for one, two in combinations(tiers, 2)
            if before.get(one.id) and before.get(two.id)
        )

    def _by_tier(self, measures: Mapping[int, frozenset[int]]) -> dict[str, frozenset[int]]:
        found: dict[str, frozenset[int]] = {}
        for who, each in measures.items():
            tier = self._index.agencies[who].tier
            if tier is not None:
                found[tier] = found.get(tier, frozenset()) | each
        return found


def jaccard(one: frozenset[int], two: frozenset[int]) -> float | None:
    """What both have over what either has; nothing where neither has any."""
    every = one | two
    return round(len(one & two) / len(every), 6) if every else None


def ids(index: Index, measures: Iterable[int]) -> tuple[str, ...]:
    """Ids of measures, in order."""
    return tuple(index.measures[at].id for at in sorted(measures))


def called(index: Index, measures: Iterable[int]) -> tuple[str, ...]:
    """What people call measures, in the same order."""
    return tuple(index.measures[at].name for at in sorted(measures))
