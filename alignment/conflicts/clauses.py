"""What a finding adds to another that was told before it, in a clause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from alignment.index import Index
from alignment.wording import WAYS, names, quoted, with_article

from .finding import Finding
from .kinds.against_people import bound
from .kinds.duplicate import how_far
from .kinds.perverse import paid_for, raised
from .naming import called, how_many, measure_name, named, resource_name

MANY: Final = 3
"""A clause names no more measures than this."""


class Clauses:
    """What findings add to a theme.

    Parameters
    ----------
    index
        The system's arrays.
    leading
        The finding that was told before them.
    subject
        The measure that the theme is named after, by id, which is called "this"; none where it is named otherwise.
    """

    def __init__(self, index: Index, leading: Finding, subject: str | None) -> None:
        self.index, self.leading, self.subject = index, leading, subject

    def of(self, finding: Finding) -> str:
        """What a finding adds."""
        write = {
            "spillover": self._push,
            "unguarded": self._push,
            "opposed": self._opposed,
            "inconsistent": self._inconsistent,
            "capacity": self._capacity,
            "joint": self._joint,
            "two-masters": self._two_masters,
            "no-control": self._no_control,
            "judged-by-rival": self._judged_by_rival,
            "unowned": self._unowned,
            "perverse": self._perverse,
            "wrong-pocket": self._wrong_pocket,
            "duplicate": self._duplicate,
            "cascade": self._cascade,
            "torn": self._torn,
            "against-people": self._against_people,
        }
        return write.get(finding.kind, self._plainly)(finding)

    def _measure(self, at: int) -> str:
        return "this" if self.index.measures[at].id == self.subject else measure_name(self.index, at)

    def _measures(self, finding: Finding) -> str:
        if len(finding.measures) > MANY:
            return how_many(len(finding.measures), "measure", "measures")
        return names([self._measure(at) for at in finding.measures], MANY)

    def _agencies(self, agencies: Iterable[int]) -> str:
        return named(self.index, agencies)

    def _push(self, finding: Finding) -> str:
        pushing = finding.sides[0]
        harmed = self._measure(finding.measures[-1])
        way = WAYS[1 if pushing.wish * (finding.effect or 0.0) > 0 else -1]
        nobody = ", which nobody guards" if finding.kind == "unguarded" else ""
        if self.leading.kind in ("spillover", "unguarded") and _push_of(self.leading) == _push_of(finding):
            return f"the same also pushes {harmed} {way}{nobody}"
        return f"{self._measure(pushing.measure)} {WAYS[pushing.wish]} pushes {harmed} {way}{nobody}"

    def _opposed(self, finding: Finding) -> str:
        return f"{self._measures(finding)} is wanted both up and down"

    def _inconsistent(self, finding: Finding) -> str:
        return f"{self._measures(finding)} has more than one value or date"

    def _capacity(self, finding: Finding) -> str:
        draws = how_many(len(finding.measures), "measure draws", "measures draw")
        return f"{draws} on {resource_name(self.index, finding.resource)}"

    def _joint(self, finding: Finding) -> str:
        return f"{self._measures(finding)} cannot all be met together"

    def _two_masters(self, finding: Finding) -> str:
        assert finding.deliverer is not None
        asking = how_many(len(finding.between[0]))
        return f"{called(self.index, finding.deliverer)} has to deliver what {asking} want in it"

    def _no_control(self, finding: Finding) -> str:
        return f"{self._agencies(finding.between[1])} can hardly move {self._measures(finding)}"

    def _judged_by_rival(self, finding: Finding) -> str:
        who = self._agencies(finding.between[1])
        return f"{who} records {self._measure(finding.measures[0])} with a stake of its own"

    def _unowned(self, finding: Finding) -> str:
        name = next(row.name for row in self.index.system.outcomes if row.id == finding.outcome)
        return f"nobody is judged on {quoted(name)}"

    def _perverse(self, finding: Finding) -> str:
        paid, harmed = finding.measures[0], finding.measures[-1]
        there = self._paid(finding)
        if paid == harmed:
            return f"{there}, though it is wanted {finding.sides[0].limits}"
        return f"{there}, and that pushes {self._measure(harmed)} {WAYS[-finding.sides[0].wish]}"

    def _paid(self, finding: Finding) -> str:
        """That somebody is paid for a move."""
        measure, way = self._measure(finding.measures[0]), paid_way(finding)
        if raised(self.index, finding.facts):
            return f"money is raised by {measure} going {WAYS[way]}"
        what = paid_for(self.index, finding.facts, measure, way)
        several = len({row.basis for row in finding.facts}) > 1
        return f"there are {what}" if several else f"there is {with_article(what)}"

    def _wrong_pocket(self, finding: Finding) -> str:
        pays, gains = (self._agencies(part) for part in finding.between)
        return f"{pays} would pay for {self._measures(finding)}, and {gains} would gain"

    def _duplicate(self, finding: Finding) -> str:
        others = [at for at in finding.measures if self.index.measures[at].id != self.subject]
        far = how_far(finding)
        if len(others) == 1:
            return f"{self._measure(others[0])} measures {far} the same"
        return f"{self._measures(finding)} measure {far} the same"

    def _cascade(self, finding: Finding) -> str:
        return f"values for {self._measures(finding)} do not add up from tier to tier"

    def _torn(self, finding: Finding) -> str:
        assert finding.pair is not None
        up, down = (self._measure(int(self.index.targets.measure[at])) for at in finding.pair)
        return f"{self._measure(finding.measures[0])} is pulled up for {up} and down for {down}"

    def _against_people(self, finding: Finding) -> str:
        (side,) = finding.sides
        limit, about = bound(side), self._measures(finding)
        return f"{about} {f'has {with_article(limit)}' if limit else 'is wanted the way'} that is worse for people"

    def _plainly(self, finding: Finding) -> str:
        about = self._measures(finding)
        return f"{finding.kind.replace('-', ' ')}{f': {about}' if about else ''}"


def _push_of(finding: Finding) -> tuple[int, int]:
    return finding.sides[0].measure, finding.sides[0].wish


def paid_way(finding: Finding) -> int:
    """The way that a perverse finding's payment is for: the one that moves the harmed measure against the wish."""
    return -finding.sides[0].wish * (1 if finding.effect is None or finding.effect > 0 else -1)
