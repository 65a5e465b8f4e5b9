r"""Sway: who calls the tune (Leutz): shares of the kept measures against shares of the duties.

A measure's origins are the agencies that have a target on it themselves; it is shared evenly between them. With s(a)
the share of a group in the measures, concentration (Herfindahl) is

.. math:: \sum_a s(a)^2

and 1 over it is the number of groups that would have as much each, were all alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from alignment.duties import Duty
from alignment.effects.congruity import congruity_of
from alignment.effects.grouping import names_of
from alignment.index import Index, group
from alignment.models.answers.answer import Stop
from alignment.models.answers.sway import Concentration, Flag, Sway, Voice
from alignment.models.options.lenses import SwayOptions
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.sight import Sight
from alignment.wording import count, names, quoted

from .chosen import chosen
from .tune import MUCH, Together, paragraph


@verb(SwayOptions, "measures", "by", "options")
def sway(system: System, asked: SwayOptions) -> Sway:
    """Who calls the tune: whose measures are kept, against whose duties they serve, today and with a set of measures.

    A group is flagged whose own measures are more of the kept ones than the option `sway` allows any one agency. Where
    that is not given, or groups are not agencies, it is one that has more than an even share of the kept measures, and
    more than twice its share of the duties.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Sway
        A row for each group that counts: measures kept, lost and gained, shares of measures and duties, and why it is
        flagged; their concentration, and congruity before and after.

    Raises
    ------
    UnknownWord
        A measure or ``by`` is not known.
    OptionError
        An option is out of its range.
    NoAlignedSet
        No set was given, and none meets all wishes.

    References
    ----------
    Leutz (1999), Five laws for integrating medical and social services, Milbank Quarterly 77(1): the one who
    integrates calls the tune. Feltham and Xie (1994), The Accounting Review 69.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.sway(al.read(al.example("winter-pressure")), by="tier")
    >>> found.concentration.after
    0.436508
    """
    measures, stopped = chosen(system, asked)
    return _Tune(system, asked, measures).answer(stopped)


class _Tune:
    def __init__(self, system: System, asked: SwayOptions, measures: tuple[str, ...]) -> None:
        self.system = system
        self.asked = asked
        self.options = asked.of_set
        self.measures = measures
        self.index = weighed(system, self.options).derive(Index)
        self.sight = Sight(weighed(system, self.options), self.options)
        self.duties = self.sight.duties
        self.kept = frozenset(self.index.measure_at[word] for word in measures)
        self.today = frozenset(self.index.by_measure)

    def answer(self, stopped: Stop) -> Sway:
        """The answer."""
        before, after = (self._shares(each) for each in (self.today, self.kept))
        duties = _shares([(self.group_of[duty.agency], Fraction(1)) for duty in self.duties.weight])
        members = group((name, who) for who, name in self.group_of.items() if name is not None)
        voices = tuple(self._voice(name, members[name], (before, after, duties)) for name in sorted(members))
        concentration = Concentration(before=_herfindahl(before), after=_herfindahl(after), duties=_herfindahl(duties))
        nobodys = self.kept - self.today
        return Sway(
            system=self.system.hash,
            options=self.options,
            by=self.asked.by,
            measures=self.measures,
            groups=voices,
            concentration=concentration,
            nobodys=self._ids(nobodys),
            nobodys_names=self._names(nobodys),
            congruity_before=self._congruity[0].reach,
            congruity_after=self._congruity[1].reach,
            paragraph=paragraph(
                voices, self._together(voices), concentration, self.asked, len(self.measures), len(nobodys)
            ),
            missing=tuple(self._missing()),
            stopped=stopped,
        )

    @cached_property
    def group_of(self) -> dict[int, str | None]:
        """The group of each agency that counts."""
        name = {"agency": "id", "tier": "tier", "sector": "sector"}[self.asked.by]
        return {who: getattr(self.index.agencies[who], name) for who in sorted(self.index.counting)}

    def _together(self, voices: Sequence[Voice]) -> Together | None:
        """What the tier has whose bodies have the largest part of the kept measures together."""
        if self.asked.by != "agency":
            return None
        tiers = {row.id: row.tier for row in self.index.agencies}
        rows = group((tier, row) for row in voices if (tier := tiers[row.group]))
        most = max(rows, key=lambda tier: (sum(row.share_after for row in rows[tier]), tier), default=None)
        bodies = sum(bool(row.share_after) for row in rows.get(most, ()))
        if most is None or bodies == 1:
            return None
        after, duties = (sum(getattr(row, name) for row in rows[most]) for name in ("share_after", "share_of_duties"))
        return Together(self.index.tiers[most].name, len(rows[most]), after, duties)

    @cached_property
    def _congruity(self) -> list[Any]:
        walks = self.options.steps, self.options.decay, self.options.evidence
        counted = weighed(self.system, self.options)
        return [congruity_of(counted, each, *walks) for each in (None, self.measures)]

    @cached_property
    def _owners(self) -> Mapping[int, Sequence[int]]:
        """The agencies that have a target on each measure themselves."""
        return group((at, who) for who, own in sorted(self.duties.own.items()) for at in own)

    def _shares(self, measures: Iterable[int]) -> dict[str, Fraction]:
        owned = ((at, self._owners[at]) for at in measures if at in self._owners)
        return _shares([(self.group_of[who], Fraction(1, len(owners))) for _, owners in owned for who in owners])

    def _voice(self, name: str, agencies: Collection[int], shares: tuple[Mapping[str, Fraction], ...]) -> Voice:
        own = frozenset[int]().union(*(self.duties.own.get(who, frozenset()) for who in agencies))
        duties = [duty for who in agencies for duty in self.duties.by_agency.get(who, ())]
        serving = {at for duty in duties for at in self.sight.serving(duty)}
        before, after, of_duties = (round(float(each.get(name, 0)), 6) for each in shares)
        congruities = (
            [each.agencies.get(name) for each in self._congruity] if self.asked.by == "agency" else [None, None]
        )
        kept, lost, gained = own & self.kept, own - self.kept, (serving & self.kept) - own
        return Voice(
            group=name,
            name=names_of(self.system, self.asked.by, [name])[0],
            own=len(own),
            kept=self._ids(kept),
            kept_names=self._names(kept),
            lost=self._ids(lost),
            lost_names=self._names(lost),
            gained=self._ids(gained),
            gained_names=self._names(gained),
            duties=len(duties),
            heard_before=self._heard(duties, self.today),
            heard_after=self._heard(duties, self.kept),
            served_before=self._served(duties, self.today),
            served_after=self._served(duties, self.kept),
            share_before=before,
            share_after=after,
            share_of_duties=of_duties,
            share_of_own=self._share_of_own(kept),
            flagged=self._flagged(kept, shares[1].get(name, Fraction(0)), shares[2].get(name, Fraction(0))),
            congruity_before=congruities[0],
            congruity_after=congruities[1],
        )

    def _share_of_own(self, kept: Collection[int]) -> float:
        return round(len(kept) / len(self.kept), 6) if self.kept else 0.0

    def _flagged(self, kept: Collection[int], of_measures: Fraction, of_duties: Fraction) -> Flag | None:
        """Why a group calls the tune; nothing where it does not."""
        if self.asked.sway is not None and self.asked.by == "agency":
            return "cap" if len(kept) > self.asked.sway * len(self.kept) else None
        # Who has less than an even part calls no tune, however few its duties.
        even = Fraction(1, len({name for name in self.group_of.values() if name is not None}))
        return "duties" if of_measures > max(MUCH * of_duties, even) else None

    def _missing(self) -> Iterator[str]:
        without = [self.index.agencies[who].name for who, name in self.group_of.items() if name is None]
        if without:
            yield (
                f"{count(len(without), 'body counts', 'bodies count')} for no {self.asked.by}: {names(without)}. The "
                f"column {self.asked.by} of agencies would add what is theirs."
            )
        unknown = [self.index.measures[at] for at in sorted(self.today) if not self.index.validity[at]]
        if unknown:
            yield (
                f"{count(len(unknown), 'measure', 'measures')} with targets and no known outcome cannot show whose "
                f"duty {'it is' if len(unknown) == 1 else 'they are'}: "
                f"{names([quoted(row.name) for row in unknown])}. The column outcome of measures, or rows of captures, "
                "would add that."
            )

    def _heard(self, duties: Iterable[Duty], measures: frozenset[int]) -> int:
        """Duties that the agency's own measures among some serve."""
        own = self.duties.own
        return self._served((duty for duty in duties if own.get(duty.agency)), measures, own)

    def _served(
        self, duties: Iterable[Duty], measures: frozenset[int], own: Mapping[int, frozenset[int]] | None = None
    ) -> int:
        return sum(
            any(at in measures and (own is None or at in own[duty.agency]) for at in self.sight.serving(duty))
            for duty in duties
        )

    def _ids(self, measures: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.measures[at].id for at in sorted(measures))

    def _names(self, measures: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.index.measures[at].name for at in sorted(measures))


def _shares(parts: Iterable[tuple[str | None, Fraction]]) -> dict[str, Fraction]:
    """What part of the whole each group has; parts without a group count in the whole."""
    found: dict[str | None, Fraction] = {}
    for name, part in parts:
        found[name] = found.get(name, Fraction(0)) + part
    whole = sum(found.values(), start=Fraction(0))
    return {name: part / whole for name, part in found.items() if name is not None}


def _herfindahl(shares: Mapping[str, Fraction]) -> float:
    return round(float(sum((share * share for share in shares.values()), start=Fraction(0))), 6)
