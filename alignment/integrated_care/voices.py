r"""Who calls the tune: what each agency, tier and sector keeps, gains and loses.

A measure's origins are the agencies that have a target on it themselves; it is shared evenly between them. With s(a)
the share of a group in the measures, concentration (Herfindahl) is

.. math:: \sum_a s(a)^2
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from alignment.aligned_set.proposal import propose
from alignment.duties import Duty
from alignment.effects.congruity import congruity_of
from alignment.effects.grouping import names_of
from alignment.errors import UnknownWord
from alignment.index import Index, group
from alignment.models.answers.answer import Stop
from alignment.models.answers.voices import Concentration, Voice, Voices
from alignment.models.options.aligned_set import Options, VoiceOptions
from alignment.models.options.fields import Group
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.options.weighing import weighed
from alignment.sight import Sight


@verb(VoiceOptions, "measures", "by", "options")
def voices(system: System, asked: VoiceOptions) -> Voices:
    """Who calls the tune today and with a set of measures: what each keeps, gains and loses.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Voices
        A row for each group that counts, shares and their concentration, and congruity before and after.

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
    Leutz (1999), Milbank Quarterly 77: the one who integrates calls the tune. Feltham and Xie (1994), The Accounting
    Review 69.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.voices(al.read(al.example("winter-pressure")), by="tier")
    >>> found.concentration.after
    0.436508
    """
    options = asked.of_set
    if asked.measures is not None:
        return _Tune(system, options, asked.measures, asked.by).voices("finished")
    found = propose(system, options)
    return _Tune(system, options, found.measures, asked.by).voices(found.stopped)


class _Tune:
    def __init__(self, system: System, options: Options, measures: tuple[str, ...], by: Group) -> None:
        self.system = system
        self.options = options
        self.measures = measures
        self.by: Group = by
        self.index = weighed(system, options).derive(Index)
        for word in measures:
            if word not in self.index.measure_at:
                raise UnknownWord(word, self.index.measure_at, "a measure")
        self.sight = Sight(weighed(system, options), options)
        self.duties = self.sight.duties
        self.kept = frozenset(self.index.measure_at[word] for word in measures)
        self.today = frozenset(self.index.by_measure)

    def voices(self, stopped: Stop) -> Voices:
        before, after = (self._shares(each) for each in (self.today, self.kept))
        duties = _shares([(self.group_of[duty.agency], Fraction(1)) for duty in self.duties.weight])
        groups = group((name, who) for who, name in self.group_of.items() if name is not None)
        reach = [self._congruity[at].reach for at in (0, 1)]
        nobodys = self.kept - self.today
        return Voices(
            system=self.system.hash,
            options=self.options,
            by=self.by,
            measures=self.measures,
            groups=tuple(self._voice(name, groups[name], (before, after, duties)) for name in sorted(groups)),
            concentration=Concentration(
                before=_herfindahl(before), after=_herfindahl(after), duties=_herfindahl(duties)
            ),
            nobodys=self._ids(nobodys),
            nobodys_names=self._names(nobodys),
            congruity_before=reach[0],
            congruity_after=reach[1],
            stopped=stopped,
        )

    @cached_property
    def group_of(self) -> dict[int, str | None]:
        """The group of each agency that counts."""
        name = {"agency": "id", "tier": "tier", "sector": "sector"}[self.by]
        return {who: getattr(self.index.agencies[who], name) for who in sorted(self.index.counting)}

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
        congruities = [each.agencies.get(name) for each in self._congruity] if self.by == "agency" else [None, None]
        kept, lost, gained = own & self.kept, own - self.kept, (serving & self.kept) - own
        return Voice(
            group=name,
            name=names_of(self.system, self.by, [name])[0],
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
            congruity_before=congruities[0],
            congruity_after=congruities[1],
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
