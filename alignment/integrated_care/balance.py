r"""Balance: whether people's experience, outcomes and use of resources are all measured, by tier (Green).

For a tier with the measures M that it works to, M_d those of dimension d, M_p those seen from the person

.. math:: \frac{|M_d|}{\sum_d |M_d|}, \qquad \frac{|M_p|}{|M_p| + |M_o|}

with M_o those seen from the organisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Literal

from alignment.aligned_set.adoption import Adoption, Known, called, ids
from alignment.index import Index, positions
from alignment.models.answers.balance import Balance, Balanced, Lacking
from alignment.models.options.lenses import BalanceOptions
from alignment.models.system import System
from alignment.models.system.measures import DIMENSIONS, Dimension
from alignment.options.verb import verb

from .balance_told import missing, said
from .chosen import chosen

Every = Literal["all"]


@verb(BalanceOptions, "measures")
def balance(system: System, asked: BalanceOptions) -> Balance:
    """Whether experience, outcomes and use of resources are all measured, and how much from the person.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Balance
        For every tier, today and with the set: measures worked to and their share by dimension, and how many are seen
        from the person; which dimension the bodies of a tier work to no measure of.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Green's question, as METHOD reads it: people's experience, outcomes and use of resources are all looked at, and the
    person's view with them.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.balance(al.read("winter-pressure"))
    >>> [(row.dimension, len(row.now), len(row.then), row.now_person) for row in found.tiers[:4]]
    [('all', 8, 7, 1), ('experience', 2, 2, 1), ('outcomes', 3, 3, 0), ('resource-use', 3, 2, 0)]
    """
    measures, stopped = chosen(system, asked)
    view = _Balance(system, asked, measures)
    return Balance(
        system=system.hash,
        measures=measures,
        tiers=view.tiers,
        lacking=view.lacking,
        paragraph=" ".join(_paragraph(view)),
        missing=tuple(missing(view.index, view.now.get(None, frozenset()) | view.then.get(None, frozenset()))),
        stopped=stopped,
    )


def _paragraph(view: _Balance) -> Iterator[str]:
    if not view.tiers:
        yield "Nobody has a target that is still to be met, so nothing can be said of what is measured."
    elif not any(row.dimension != "all" and row.now for row in view.tiers[: 1 + len(DIMENSIONS)]):
        yield "No measure that somebody works to says which outcome it is for, so its dimension is not known."
    else:
        yield from said(view.tiers, view.lacking, view.idle, view.unasked)


class _Balance:
    def __init__(self, system: System, asked: BalanceOptions, measures: tuple[str, ...]) -> None:
        self.known = Known(system, asked.of_set)
        self.index: Index = self.known.index
        self.sight = asked.of_set.sight
        self.kept = frozenset(self.index.measure_at[word] for word in measures)
        dimension = {row.id: row.dimension for row in system.outcomes}
        self.dimension = [dimension.get(row.outcome or "") for row in self.index.measures]
        self.spoken = [{dimension[each] for each in self.captured(at)} for at in range(len(self.index.measures))]

    def captured(self, at: int) -> tuple[str, ...]:
        """The outcomes that a measure speaks for well enough."""
        return self.known.duties.captured.get(at, ())

    @cached_property
    def now(self) -> Mapping[str | None, frozenset[int]]:
        """The measures that each tier works to today; blank is all agencies."""
        return self._by_tier(self.index.holding_live)

    @cached_property
    def then(self) -> Mapping[str | None, frozenset[int]]:
        """Those of the set that it would work to."""
        return self._by_tier(Adoption(self.known, self.kept).proposed)

    def _by_tier(self, held: Mapping[int, frozenset[int]]) -> Mapping[str | None, frozenset[int]]:
        found: dict[str | None, frozenset[int]] = {}
        for who in self.index.counting:
            for tier in {None, self.index.agencies[who].tier}:
                found[tier] = found.get(tier, frozenset()) | held.get(who, frozenset())
        return found

    def working(self, tier: str) -> tuple[str, ...]:
        """The names of the agencies of a tier that work to some measure today."""
        held = self.index.holding_live
        return tuple(self.index.agencies[who].name for who in self._bodies(tier) if held.get(who))

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """The names of tiers below where accountability ends, with bodies of which none works to a measure."""
        bodied = {row.tier for row in self.index.agencies if row.tier}
        tiers = [row for row in self.index.tiers.values() if row.id in bodied and row.level > 0]
        order = sorted(tiers, key=lambda row: (row.level, row.id))
        return tuple(row.name for row in order if not self.now.get(row.id))

    @cached_property
    def order(self) -> list[str]:
        """The tiers that work to something, from the top."""
        return sorted(
            (tier for tier, measures in self.now.items() if tier and measures),
            key=lambda tier: (self.index.tiers[tier].level, tier),
        )

    @cached_property
    def tiers(self) -> tuple[Balanced, ...]:
        """The rows of all tiers together, and of each."""
        some = [None, *self.order] if self.now.get(None) or self.then.get(None) else []
        return tuple(self._row(tier, each) for tier in some for each in ("all", *DIMENSIONS))

    def _row(self, tier: str | None, dimension: Dimension | Every) -> Balanced:
        now, then = (self._of(held[tier], dimension) for held in (self.now, self.then))
        return Balanced(
            tier=tier,
            tier_name="All tiers" if tier is None else self.index.tiers[tier].name,
            dimension=dimension,
            now=ids(self.index, now),
            now_names=called(self.index, now),
            now_share=_share(len(now), self._known_of(self.now[tier])) if dimension != "all" else None,
            now_person=self._views(now, "person"),
            now_viewed=self._viewed(now),
            now_person_share=_share(self._views(now, "person"), self._viewed(now)),
            then=ids(self.index, then),
            then_names=called(self.index, then),
            then_share=_share(len(then), self._known_of(self.then[tier])) if dimension != "all" else None,
            then_person=self._views(then, "person"),
            then_viewed=self._viewed(then),
            then_person_share=_share(self._views(then, "person"), self._viewed(then)),
        )

    def _of(self, measures: frozenset[int], dimension: Dimension | Every) -> frozenset[int]:
        return measures if dimension == "all" else frozenset(at for at in measures if self.dimension[at] == dimension)

    def _known_of(self, measures: Collection[int]) -> int:
        return sum(self.dimension[at] is not None for at in measures)

    def _views(self, measures: Collection[int], view: str) -> int:
        return sum(self.index.measures[at].perspective == view for at in measures)

    def _viewed(self, measures: Collection[int]) -> int:
        return sum(self.index.measures[at].perspective is not None for at in measures)

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """The dimensions of which tiers work to nothing, not even by what a measure speaks for besides."""
        return tuple(self._lacking())

    def _lacking(self) -> Iterator[Lacking]:
        for tier in self.order if self.tiers else ():
            for each in DIMENSIONS:
                now, then = (all(each not in self.spoken[at] for at in held[tier]) for held in (self.now, self.then))
                if now or then:
                    could = self._could(tier, each)
                    yield Lacking(
                        tier=tier,
                        tier_name=self.index.tiers[tier].name,
                        dimension=each,
                        bodies=self.working(tier),
                        now=now,
                        then=then,
                        could=tuple(self.index.measures[at].id for at in could),
                        could_names=tuple(self.index.measures[at].name for at in could),
                    )

    @cached_property
    def unasked(self) -> tuple[str, ...]:
        """The names of the measures of experience that are seen by the organisation; those with most targets first."""
        now = self._of(self.now.get(None, frozenset()), "experience")
        some = [at for at in now if self.index.measures[at].perspective == "organisation"]
        return tuple(self.index.measures[at].name for at in sorted(some, key=lambda at: (-self._asked[at], at)))

    @cached_property
    def _asked(self) -> Counter[int]:
        """How many targets on each measure are still to be met."""
        return Counter(positions(self.index.targets.measure[self.index.live]))

    def _could(self, tier: str, dimension: Dimension) -> list[int]:
        """The measures of a dimension that can be read at a tier and that some body of it has something to do with."""
        able = (at for at, spoken in enumerate(self.spoken) if dimension in spoken and self.index.readable(at, tier))
        near = [at for at in able if any(self._concerns(who, at) for who in self._bodies(tier))]
        return sorted(near, key=lambda at: (at not in self.kept, -self._holders[at], at))

    def _bodies(self, tier: str) -> list[int]:
        """The agencies of a tier that count."""
        return [who for who in sorted(self.index.counting) if self.index.agencies[who].tier == tier]

    def _concerns(self, who: int, at: int) -> bool:
        """Whether an agency moves a measure enough to see itself in it, or has a duty for what it speaks for."""
        moves = self.index.controls.get(at, {}).get(who, 0.0) >= self.sight
        return moves or not self._charged[who].isdisjoint(self.captured(at))

    @cached_property
    def _charged(self) -> Mapping[int, frozenset[str]]:
        """For each agency the outcomes that it has duties for."""
        by_agency = self.known.duties.by_agency
        return {who: frozenset(duty.outcome for duty in by_agency.get(who, ())) for who in self.index.counting}

    @cached_property
    def _holders(self) -> Counter[int]:
        """How many bodies work to each measure today."""
        return Counter(at for held in self.index.holding_live.values() for at in held)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
