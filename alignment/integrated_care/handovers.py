"""Hand-overs: consecutive steps of a journey, and findings that stand between the two agencies of one.

A person is handed over from a to b where b stands at the next step of the journey and not at the one before. A finding
stands between them on some measures when it pulls a target of the one against a target of the other, and one of the two
is on these measures; a finding that lists rivals for one resource, only when both are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from alignment.conflicts.collection import Conflicts
from alignment.conflicts.finding import Finding
from alignment.index import Index, Ints, group, positions
from alignment.models.options.conflicts import Kind
from alignment.models.system import System
from alignment.models.system.bodies import PathwayStep

KINDS: Final[tuple[Kind, ...]] = (
    "opposed",
    "inconsistent",
    "spillover",
    "torn",
    "capacity",
    "joint",
    "perverse",
    "wrong-pocket",
)
"""The kinds that stand between two agencies by themselves; the rest point at others, or at one body."""

PAID: Final[frozenset[Kind]] = frozenset({"perverse", "wrong-pocket"})
"""The kinds whose sides are bodies rather than targets."""

RIVALS: Final[frozenset[Kind]] = frozenset({"capacity", "joint"})
"""The kinds that list many wishes: two agencies stand in them for many reasons that are not this hand-over."""


@dataclass(frozen=True)
class Seam:
    """A hand-over before anything is known of it.

    Attributes
    ----------
    pathway
        The journey.
    steps
        The step that is left and the one that is come to.
    giver, receiver
        Positions of the agencies.
    rows
        The rows of pathways of the giver at the first step, and of the receiver at the next.
    """

    pathway: str
    steps: tuple[float, float]
    giver: int
    receiver: int
    rows: tuple[tuple[PathwayStep, ...], tuple[PathwayStep, ...]]

    def measures(self, index: Index) -> frozenset[int]:
        """The measures that the steps name, by position."""
        named = (row.measure for side in self.rows for row in side)
        return frozenset(index.measure_at[word] for word in named if word is not None)


def seams_of(system: System, index: Index) -> Iterator[Seam]:
    """The hand-overs of every journey, in order."""
    journeys = group((row.pathway, row) for row in system.pathways)
    for pathway in sorted(journeys):
        steps = group((row.step, row) for row in journeys[pathway])
        for one, two in pairwise(sorted(steps)):
            yield from _between(pathway, (one, two), _by_agency(steps[one], index), _by_agency(steps[two], index))


ByAgency = Mapping[int, Sequence[PathwayStep]]


def _by_agency(rows: Sequence[PathwayStep], index: Index) -> ByAgency:
    """The rows of a step, by the agency that the person meets."""
    ordered = sorted(rows, key=lambda row: (row.measure or "", row.population or ""))
    return group((index.agency_at[row.agency], row) for row in ordered)


def _between(pathway: str, steps: tuple[float, float], before: ByAgency, after: ByAgency) -> Iterator[Seam]:
    for giver in sorted(before):
        for receiver in sorted(after.keys() - before.keys()):
            yield Seam(pathway, steps, giver, receiver, (tuple(before[giver]), tuple(after[receiver])))


Sides = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Pull:
    """A finding that stands between the two agencies of a hand-over.

    Attributes
    ----------
    place
        Its position, worst first.
    wants
        The measures of the giver's and of the receiver's target that pull apart; blank where money does.
    """

    place: int
    wants: tuple[int, int] | None


class Pulls:
    """Which findings stand between which agencies on which measures.

    Parameters
    ----------
    conflicts
        The findings, worst first.
    """

    def __init__(self, conflicts: Conflicts) -> None:
        self._conflicts, self._index = conflicts, conflicts.arrays
        self._sides: dict[int, list[tuple[Sides, Sides]]] = {}

    def worst(self, seam: Seam, measures: frozenset[int]) -> Pull | None:
        """The worst finding between the two agencies of a hand-over; none where there is none."""
        places = range(len(self._conflicts.findings) if measures else 0)
        return next((pull for at in places if (pull := self._pull(at, seam, measures)) is not None), None)

    def _pull(self, at: int, seam: Seam, measures: frozenset[int]) -> Pull | None:
        finding = self._conflicts.findings[at]
        if finding.kind in PAID:
            stands = bool(measures.intersection(finding.measures)) and _parted(finding, seam)
            return Pull(at, None) if stands else None
        least = 2 if finding.kind in RIVALS else 1
        pairs = [pair for pair in self._pairs(at, seam) if sum(end in measures for end in pair) >= least]
        if not pairs:
            return None
        return Pull(at, min(pairs, key=lambda pair: (-sum(end in measures for end in pair), pair)))

    def _pairs(self, at: int, seam: Seam) -> Iterator[tuple[int, int]]:
        """The measures of targets of the giver and of the receiver that a finding pulls apart."""
        for left, right in self._blocks(at):
            for ones, twos in ((left, right), (right, left)):
                yield from product(ones.get(seam.giver, ()), twos.get(seam.receiver, ()))

    def _blocks(self, at: int) -> list[tuple[Sides, Sides]]:
        """What pulls against what: for each agency that wants or has to deliver it, the measures."""
        if at not in self._sides:
            blocks = self._conflicts.findings[at].pair_blocks()
            self._sides[at] = [(self._held(left), self._held(right)) for left, right in blocks]
        return self._sides[at]

    def _held(self, targets: Ints) -> Sides:
        rows, found = self._index.targets, dict[int, set[int]]()
        for place in positions(targets):
            for who in (int(rows.agency[place]), int(rows.deliverer[place])):
                found.setdefault(who, set()).add(int(rows.measure[place]))
        return {who: frozenset(measures) for who, measures in found.items()}


def _parted(finding: Finding, seam: Seam) -> bool:
    """Whether the two agencies stand on different sides of a finding about money."""
    first, *rest = finding.between
    second = frozenset[int]().union(*rest)
    return (seam.giver in first and seam.receiver in second) or (seam.receiver in first and seam.giver in second)
