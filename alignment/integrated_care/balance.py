r"""Balance: whether people's experience, outcomes and use of resources are all measured, by tier (Green).

For a tier with the measures M that it works to, M_d those of dimension d, M_p those that take the person's view

.. math:: \frac{|M_d|}{\sum_d |M_d|}, \qquad \frac{|M_p|}{|M_p| + |M_o|}

with M_o those that take the organisation's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Literal

from alignment.aligned_set.adoption import Adoption, Known, called, ids
from alignment.index import Index, group
from alignment.models.answers.balance import WORDS, Balance, Balanced, Lacking
from alignment.models.numbers import count
from alignment.models.options.lenses import BalanceOptions
from alignment.models.system import System
from alignment.models.system.measures import DIMENSIONS, Dimension
from alignment.options.verb import verb
from alignment.wording import names, percent, quoted

from .balance_told import missing
from .chosen import chosen

Every = Literal["all"]


@verb(BalanceOptions, "measures")
def balance(system: System, asked: BalanceOptions) -> Balance:
    """Whether people's experience, outcomes and use of resources are all measured, and how much from their view.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Balance
        For every tier, today and with the set: measures worked to and their share by dimension, and how many take the
        person's view; which dimension a tier lacks altogether.

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
        paragraph=" ".join(view.said()),
        missing=tuple(missing(view.index, view.now.get(None, frozenset()) | view.then.get(None, frozenset()))),
        stopped=stopped,
    )


class _Balance:
    def __init__(self, system: System, asked: BalanceOptions, measures: tuple[str, ...]) -> None:
        self.known = Known(system, asked.of_set)
        self.index: Index = self.known.index
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

    @cached_property
    def order(self) -> list[str]:
        """The tiers with agencies that count, from the top."""
        return sorted((tier for tier in self.now if tier), key=lambda tier: (self.index.tiers[tier].level, tier))

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
            now_person_share=self._person_share(now),
            then=ids(self.index, then),
            then_names=called(self.index, then),
            then_share=_share(len(then), self._known_of(self.then[tier])) if dimension != "all" else None,
            then_person=self._views(then, "person"),
            then_person_share=self._person_share(then),
        )

    def _of(self, measures: frozenset[int], dimension: Dimension | Every) -> frozenset[int]:
        return measures if dimension == "all" else frozenset(at for at in measures if self.dimension[at] == dimension)

    def _known_of(self, measures: Collection[int]) -> int:
        return sum(self.dimension[at] is not None for at in measures)

    def _views(self, measures: Collection[int], view: str) -> int:
        return sum(self.index.measures[at].perspective == view for at in measures)

    def _person_share(self, measures: Collection[int]) -> float | None:
        person = self._views(measures, "person")
        return _share(person, person + self._views(measures, "organisation"))

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
                        now=now,
                        then=then,
                        could=tuple(self.index.measures[at].id for at in could),
                        could_names=tuple(self.index.measures[at].name for at in could),
                    )

    def _could(self, tier: str, dimension: Dimension) -> list[int]:
        able = [at for at, spoken in enumerate(self.spoken) if dimension in spoken and self.index.readable(at, tier)]
        return sorted(able, key=lambda at: (at not in self.kept, -self._holders[at], at))

    @cached_property
    def _holders(self) -> Counter[int]:
        """How many bodies work to each measure today."""
        return Counter(at for held in self.index.holding_live.values() for at in held)

    # In words

    def said(self) -> Iterator[str]:
        """The paragraph, a sentence at a time."""
        if not self.tiers:
            yield "Nobody has a target that is still to be met, so nothing can be said of what is measured."
            return
        if not self._known_of(self.now[None]):
            yield "No measure that somebody works to says which outcome it is for, so its dimension is not known."
            return
        yield self._counts()
        yield from self._views_said()
        yield self._lacks()

    def _counts(self) -> str:
        _, *rows = self.tiers[: 1 + len(DIMENSIONS)]
        then = self._known_of(self.then[None])
        said = [
            f"{len(row.now)} {'is' if len(row.now) == 1 else 'are'} of {WORDS[row.dimension]}"
            if number == 0
            else f"{len(row.now)} of {WORDS[row.dimension]}"
            for number, row in enumerate(rows)
            if row.dimension != "all"
        ]
        now = count(self._known_of(self.now[None]), "measure", "measures")
        later = names([str(len(row.then)) for row in rows])
        return f"Of the {now} that bodies work to today, {names(said)}; with the set it is {later} of {then}."

    def _views_said(self) -> Iterator[str]:
        every, experience, *_ = self.tiers
        if every.now_person_share is None:
            return
        then = f", and by {self._person(self.then[None])} with the set" if every.then_person_share is not None else ""
        yield f"The person's view is taken by {self._person(self.now[None])} today{then}."
        others = [at for at in self._of(self.now[None], "experience") if self._views([at], "organisation")]
        if others:
            some = names([quoted(name) for name in called(self.index, others)], 2)
            are = "is" if len(others) == 1 else "are"
            yield f"Even of experience, {len(others)} of {len(experience.now)} {are} seen by the organisation: {some}."

    def _person(self, measures: Collection[int]) -> str:
        """How many of some measures take the person's view, of those that say whose they take."""
        person = self._views(measures, "person")
        whole = person + self._views(measures, "organisation")
        return f"{person} of {whole} ({percent(person / whole)})"

    def _lacks(self) -> str:
        """Which tiers lack something, and whether the set changes that."""
        now, then = (self._lacked(when) for when in ("now", "then"))
        if not now and not then:
            return "Every tier works to something on each of the three, today and with the set."
        if now == then:
            return f"Lacking altogether, today and with the set: {names(now, 4)}."
        if not now:
            return f"Every tier works to something on each today; with the set this would be lacking: {names(then, 4)}."
        return f"Lacking altogether today: {names(now, 4)}; with the set: {names(then, 4) if then else 'nothing'}."

    def _lacked(self, when: str) -> list[str]:
        """What each tier lacks, the tier's name first."""
        rows = [row for row in self.lacking if getattr(row, when)]
        by_tier = group((row.tier_name, WORDS[row.dimension]) for row in rows)
        return [f"{tier} ({names(lacked)})" for tier, lacked in by_tier.items()]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
