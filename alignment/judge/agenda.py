"""An agenda: what its conversations reach is found again from the rows, and no other conversation does better.

That so many conversations reach no more rests on the bound; the judge can refuse a bound below what is reached, an
agenda that is said to be the best and that another conversation in the place of one would better, and, where there are
few agencies, one that any other choice betters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from alignment.models.answers.agenda import Agenda
from alignment.models.system import System
from alignment.models.system.keys import Keys

from .cases import Case

FEW: Final = 6
"""Among so many agencies every choice of two conversations is tried."""

MANY: Final = 60
"""Among more no other conversation is tried at all."""

NEAR: Final = 1e-6
"""What a share may be off by."""


def objections(system: System, cases: Sequence[Case], agenda: Agenda) -> tuple[str, ...]:
    """What is wrong with an agenda, in words.

    Parameters
    ----------
    system
        The system.
    cases
        The findings, worst first.
    agenda
        The agenda.
    """
    return tuple(_Hearing(system, cases, agenda).objections())


class _Hearing:
    def __init__(self, system: System, cases: Sequence[Case], agenda: Agenda) -> None:
        self.system, self.cases, self.agenda = system, cases, agenda
        self.weight = {case.id: case.weight for case in cases}
        self.all = sum(self.weight.values())
        key = system.derive(Keys).key
        self.asks = {key("targets", row): (row.agency, row.for_agency or row.agency) for row in system.targets}

    def objections(self) -> Iterator[str]:
        """What is wrong, in words."""
        yield from self._of_members()
        yield from self._of_findings()
        yield from self._of_curve()
        if self.agenda.proven:
            yield from self._better()

    # Who and what

    @cached_property
    def _bodies(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.system.accountability:
            if row.kind == "partnership" and row.agency != row.answers_to:
                found.setdefault(row.answers_to, {row.answers_to}).add(row.agency)
        return found

    def _of_members(self) -> Iterator[str]:
        for talk in self.agenda.conversations:
            seats = [seat.agency for seat in talk.seats]
            if len(set(seats)) < len(seats):
                yield f"somebody sits twice in {talk.id}"
            if talk.kind == "pair" and len(seats) != 2:
                yield f"{talk.id} is not two agencies"
            if talk.kind == "body" and set(seats) != self._bodies.get(seats[0]):
                yield f"others meet in {talk.id}"

    def reached(self, members: Iterable[str]) -> frozenset[str]:
        """The findings that some agencies reach together."""
        inside = frozenset(members)
        return frozenset(case.id for case in self.cases if self._holds(case, inside))

    def _holds(self, case: Case, inside: frozenset[str]) -> bool:
        groups = [group for group in case.groups if group]
        if len(groups) > 1 and len(frozenset[str]().union(*groups)) > 1:
            present = [group & inside for group in groups]
            return any(one and two and len(one | two) > 1 for one, two in combinations(present, 2))
        asks = [self.asks[target] for target in case.targets]
        return any(who != other and {who, other} <= inside for who, other in asks)

    def _of_findings(self) -> Iterator[str]:
        before: set[str] = set()
        for talk in self.agenda.conversations:
            reaches = self.reached(seat.agency for seat in talk.seats)
            adds = reaches - before
            if frozenset(talk.reaches) != reaches or frozenset(talk.adds) != adds:
                yield f"{talk.id} reaches {len(reaches)} findings, {len(adds)} of them first, and others are told"
            weight = sum(self.weight[finding] for finding in adds)
            if abs(talk.weight - weight / 1e6) > NEAR or abs(talk.share - self._share(weight)) > NEAR:
                yield f"{talk.id} adds {weight / 1e6:g}, not {talk.weight:g}"
            yield from self._stand_ins(talk.id, [(seat.agency, seat.instead) for seat in talk.seats], reaches)
            before |= reaches
        told = [*before, *self.agenda.open, *self.agenda.beyond]
        if sorted(told) != sorted(self.weight):
            yield "not every finding is reached, open or beyond"

    def _stand_ins(
        self, name: str, seats: Sequence[tuple[str, Sequence[str]]], reaches: frozenset[str]
    ) -> Iterator[str]:
        for seat, instead in seats:
            for other in instead:
                if self.reached([other, *(who for who, _ in seats if who != seat)]) != reaches:
                    yield f"{other} does not do as well as {seat} in {name}"

    def _share(self, weight: int) -> float:
        return weight / self.all if self.all else 0.0

    # How much

    def _of_curve(self) -> Iterator[str]:
        reached = {finding for talk in self.agenda.conversations for finding in talk.reaches}
        weight = sum(self.weight.get(finding, 0) for finding in reached) / 1e6
        curve = self.agenda.curve
        if len(self.agenda.conversations) > self.agenda.meetings or len(curve) != self.agenda.meetings:
            yield f"there are not {self.agenda.meetings} conversations at most"
        if abs(curve[-1].weight - weight) > NEAR:
            yield f"{weight:g} is reached, not {curve[-1].weight:g}"
        for one, two in pairwise(curve):
            if two.weight < one.weight:
                yield f"{two.meetings} conversations are said to reach less than {one.meetings}"
        for point in curve:
            if point.bound < point.weight or point.proven != (point.bound == point.weight):
                yield f"the bound of {point.meetings} conversations does not go with what they reach"

    # Whether others do better

    def _better(self) -> Iterator[str]:
        standing = {who for case in self.cases for group in case.groups for who in group}
        standing |= {who for case in self.cases for target in case.targets for who in self.asks[target]}
        if len(standing) > MANY:
            return
        others = [*self._bodies.values(), *(set(pair) for pair in combinations(sorted(standing), 2))]
        reaches = sorted({self.reached(members) for members in others}, key=sorted)
        chosen = [frozenset(talk.reaches) for talk in self.agenda.conversations]
        best = self._sum(chosen)
        for at in range(self.agenda.meetings):
            rest = [*chosen[:at], *chosen[at + 1 :]]
            if any(self._sum([*rest, other]) > best for other in reaches):
                yield "another conversation in the place of one reaches more"
                return
        few = len(standing) <= FEW and self.agenda.meetings == 2
        if few and any(self._sum(two) > best for two in combinations(reaches, 2)):
            yield "two other conversations reach more"

    def _sum(self, reached: Iterable[frozenset[str]]) -> int:
        return sum(self.weight[finding] for finding in frozenset[str]().union(*reached))
