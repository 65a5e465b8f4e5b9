"""Who could talk, and which findings that would reach.

A conversation is two agencies, or a body that already brings agencies together: one that others answer to in
partnership (`accountability` of kind partnership), with these members. Some kinds of finding stand between groups of
agencies (`Finding.between`):

- opposed, inconsistent, spillover, capacity, joint, cascade and whatever else has sides: who wants each side;
- two-masters: the masters, and who has to deliver;
- no-control: who asks or pays, and who can hardly move it;
- judged-by-rival: who has to deliver, and who records;
- perverse: who pays and is paid, and who wants the harmed measure otherwise;
- wrong-pocket: who would pay, and who would gain;
- duplicate: who wants the one measure, and who wants the other.

Such a finding is *reached* by a conversation with two different agencies of two different groups. Where there are no
two such agencies at all (unguarded, whose harmed measure nobody has a target on; sides of one single agency), it is
reached by an agency that asks for one of its targets together with another that has to deliver that. What is left is
one body's own, or nobody's (unowned), and no conversation reaches it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from alignment.index import Index

from .coverage import bits
from .finding import Finding

Asking = frozenset[tuple[int, int]]
"""Who asks for a target, and who else has to deliver it."""


@dataclass(frozen=True)
class Talk:
    """A conversation.

    Attributes
    ----------
    body
        The body that brings them together; none is two agencies.
    members
        Who is in it.
    instead
        For each of them the agencies that would do as well.
    reached
        The findings that it reaches, as bits by place.
    equal
        How many other conversations reach just the same.
    """

    body: int | None
    members: tuple[int, ...]
    instead: tuple[tuple[int, ...], ...]
    reached: int
    equal: int


def talks(index: Index, findings: Sequence[Finding]) -> list[Talk]:
    """The conversations that reach something: bodies by id, then pairs by ids.

    Of those that reach the same only the first is listed; one that reaches no more than a part of what another does is
    not listed at all.

    Parameters
    ----------
    index
        The system's arrays.
    findings
        The findings.
    """
    standing = _Standing(index, findings)
    merged: dict[int, Talk] = {}
    equal: dict[int, int] = defaultdict(int)
    for talk in [*standing.bodies(), *standing.pairs()]:
        if talk.reached:
            merged.setdefault(talk.reached, talk)
            equal[talk.reached] += talk.equal + 1
    largest = _largest(merged)
    return [
        Talk(talk.body, talk.members, talk.instead, talk.reached, equal[talk.reached] - 1)
        for talk in merged.values()
        if talk.reached in largest
    ]


def _largest(sets: Collection[int]) -> frozenset[int]:
    """The sets that no other contains."""
    within: dict[int, list[int]] = defaultdict(list)
    for each in sets:
        for element in bits(each):
            within[element].append(each)

    def contained(each: int) -> bool:
        # Whatever contains it holds its rarest element.
        rarest = min(bits(each), key=lambda element: len(within[element]))
        return any(each & ~other == 0 and other != each for other in within[rarest])

    return frozenset(each for each in sets if not contained(each))


class _Standing:
    """Where each agency stands in findings; agencies that stand alike are one class."""

    def __init__(self, index: Index, findings: Sequence[Finding]) -> None:
        self.index = index
        self._groups: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        """For each agency and number of a group, the findings in which it stands in that, as bits."""
        self._asking: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        """For each agency and another, the findings in which the one asks the other, as bits."""
        self._asked: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        """The same the other way round."""
        self._standing: dict[int, tuple[int, int]] = {}
        for place, finding in enumerate(findings):
            self._add(place, finding)
        self.alike = self._classes()

    def _add(self, place: int, finding: Finding) -> None:
        groups, asking = meeting(finding)
        for number, group in enumerate(groups):
            for who in group:
                self._groups[who][number] |= 1 << place
        for who, other in asking:
            self._asking[who][other] |= 1 << place
            self._asked[other][who] |= 1 << place

    def _classes(self) -> list[tuple[int, ...]]:
        """Agencies that stand alike, by id; the first with the first id."""
        found: dict[tuple[tuple[tuple[int, int], ...], ...], list[int]] = defaultdict(list)
        tables = (self._groups, self._asking, self._asked)
        for who in sorted({*self._groups, *self._asking, *self._asked}, key=self._id):
            found[tuple(tuple(sorted(table.get(who, {}).items())) for table in tables)].append(who)
        return [tuple(members) for members in found.values()]

    def _id(self, who: int) -> str:
        return self.index.agencies[who].id

    def reached(self, one: int, two: int) -> int:
        """The findings that two different agencies reach, as bits."""
        ones, twos = (self._groups.get(who, {}) for who in (one, two))
        asked = self._asking.get(one, {}).get(two, 0) | self._asking.get(two, {}).get(one, 0)
        (some, alone), (others, by_themselves) = self._stands(one), self._stands(two)
        together = 0
        for number in ones.keys() & twos.keys():
            together |= ones[number] & twos[number]
        return (some & others & ~(together & alone & by_themselves)) | asked

    def _stands(self, who: int) -> tuple[int, int]:
        """The findings in which an agency stands, and those in which it stands in one group alone."""
        if who not in self._standing:
            some = several = 0
            for stands in self._groups.get(who, {}).values():
                several |= some & stands
                some |= stands
            self._standing[who] = some, some & ~several
        return self._standing[who]

    def pairs(self) -> Iterator[Talk]:
        """Every two agencies, those alike together."""
        found = [talk for one, two in self._class_pairs() if (talk := self._pair(one, two)).reached]
        yield from sorted(found, key=lambda talk: tuple(map(self._id, talk.members)))

    def _class_pairs(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        yield from combinations(self.alike, 2)
        yield from ((members[:1], members[1:]) for members in self.alike if len(members) > 1)

    def _pair(self, ones: tuple[int, ...], twos: tuple[int, ...]) -> Talk:
        same = len(ones) == 1 and (ones + twos) in self.alike
        number = len(ones + twos) * len(twos) // 2 if same else len(ones) * len(twos)
        seats = sorted((ones, twos), key=lambda members: self._id(members[0]))
        instead = ((), twos[1:]) if same else tuple(members[1:] for members in seats)
        members = tuple(each[0] for each in seats)
        return Talk(None, members, instead, self.reached(*members), number - 1)

    def bodies(self) -> Iterator[Talk]:
        """Bodies that bring agencies together, by id."""
        for body, members in sorted(bodies_of(self.index).items(), key=lambda item: self._id(item[0])):
            reached = 0
            for one, two in combinations((body, *members), 2):
                reached |= self.reached(one, two)
            yield Talk(body, (body, *members), ((),) * (len(members) + 1), reached, 0)


def bodies_of(index: Index) -> Mapping[int, tuple[int, ...]]:
    """Bodies that bring agencies together, and these; by id."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in index.system.accountability:
        if row.kind == "partnership" and row.agency != row.answers_to:
            found[index.agency_at[row.answers_to]].add(index.agency_at[row.agency])
    return {body: tuple(sorted(members, key=lambda who: index.agencies[who].id)) for body, members in found.items()}


def meeting(finding: Finding) -> tuple[tuple[frozenset[int], ...], Asking]:
    """The groups that a finding stands between; where no two agencies do, who asks whom."""
    groups = tuple(group for group in finding.between if group)
    if len(groups) > 1 and len(frozenset[int]().union(*groups)) > 1:
        return groups, frozenset()
    asks = ((who, other) for side in finding.sides for other, masters in side.masters.items() for who in masters)
    return (), frozenset((who, other) for who, other in asks if who != other)
