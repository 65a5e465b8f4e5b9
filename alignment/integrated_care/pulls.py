"""Pulls: findings that stand between the two agencies of a hand-over, on the measures of it.

One does when it pulls a target of the one, still to be met, against a target of the other, not both held by both, and
one of the two is on these measures; both are where one is merely inferred. A lever that is *torn* does only where
somebody wants the lever itself moved one of the two ways, and neither way goes against people with nobody wanting it.
Rivals for a resource do only where numbers say that it is overrun, both are on these measures and draw on it
themselves, and they are no two readings of one thing. A payment does where one of the two is paid and can move the
measure (controls at least 0.2 of it, where controls are given), and the other pays it, or wants otherwise (a target,
not merely inferred) when the one that is paid does not. A gain in another pocket does unless it is but the payment for
what that body does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from alignment.conflicts.collection import Conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.kinds.no_control import LEAST
from alignment.index import Index, Ints, positions
from alignment.models.options.conflicts import Kind
from alignment.models.system.links import Incentive

from .handovers import Seam

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

RIVALS: Final[frozenset[Kind]] = frozenset({"capacity", "joint"})
"""The kinds that list many wishes: two agencies stand in them for many reasons that are not this hand-over."""

Sides = Mapping[int, frozenset[int]]
"""For each agency that wants or has to deliver some targets, their measures."""


@dataclass(frozen=True)
class Pull:
    """A finding that stands between the two agencies of a hand-over.

    Attributes
    ----------
    place
        Its position, worst first.
    wants
        The measures of the giver's and of the receiver's target that pull apart; blank where money does.
    first
        Whether the giver stands on the first side of the finding.
    """

    place: int
    wants: tuple[int, int] | None = None
    first: bool = True


class Pulls:
    """Which findings stand between which agencies on which measures.

    Parameters
    ----------
    conflicts
        The findings, worst first.
    alike
        Pairs of measures that are declared the same, shared or part of each other, either way round.
    """

    def __init__(self, conflicts: Conflicts, alike: frozenset[tuple[int, int]]) -> None:
        self._conflicts, self._alike = conflicts, alike
        self._index: Index = conflicts.arrays
        self._sides: dict[int, list[tuple[Sides, Sides]]] = {}
        self._published = published(self._index)
        self._drawn = {(self._index.measure_at[row.measure], row.resource) for row in self._index.system.draws}

    def worst(self, seam: Seam, measures: frozenset[int]) -> Pull | None:
        """The worst finding between the two agencies of a hand-over; none where there is none."""
        places = range(len(self._conflicts.findings) if measures else 0)
        return next((pull for at in places if (pull := self._pull(at, seam, measures)) is not None), None)

    def _pull(self, at: int, seam: Seam, measures: frozenset[int]) -> Pull | None:
        finding = self._conflicts.findings[at]
        if finding.kind in ("perverse", "wrong-pocket"):
            stands = self._paid(finding, seam) if finding.kind == "perverse" else _gains_elsewhere(finding, seam)
            return Pull(at) if stands and measures.intersection(finding.measures) else None
        if not self._counts(finding):
            return None
        pulls = [
            Pull(at, ends, first)
            for ends, first in self._pairs(at, seam)
            if sum(end in measures for end in ends) >= self._least(finding, ends, seam) and self._rivals(finding, ends)
        ]
        return min(pulls, key=lambda pull: _nearest(pull, measures), default=None)

    def _pairs(self, at: int, seam: Seam) -> Iterator[tuple[tuple[int, int], bool]]:
        """The measures of targets of giver and receiver that a finding pulls apart; whether the giver is first."""
        for left, right in self._blocks(at):
            for ones, twos, first in ((left, right, True), (right, left, False)):
                for one, two in product(ones.get(seam.giver, ()), twos.get(seam.receiver, ())):
                    # Where both hold both, each is torn by itself, and they do not pull apart.
                    both = one in ones.get(seam.receiver, ()) and two in twos.get(seam.giver, ())
                    if not both:
                        yield (one, two), first

    def _least(self, finding: Finding, ends: tuple[int, int], seam: Seam) -> int:
        """How many of two measures have to be on the hand-over: both of rivals, and where a wish was only inferred."""
        published = all(pair in self._published for pair in zip((seam.giver, seam.receiver), ends, strict=True))
        return 1 if published and finding.kind not in RIVALS else 2

    def _blocks(self, at: int) -> list[tuple[Sides, Sides]]:
        if at not in self._sides:
            blocks = self._conflicts.findings[at].pair_blocks()
            self._sides[at] = [(self._held(left), self._held(right)) for left, right in blocks]
        return self._sides[at]

    def _held(self, targets: Ints) -> Sides:
        rows, found = self._index.targets, dict[int, set[int]]()
        for place in positions(targets[self._index.live[targets]]):
            for who in (int(rows.agency[place]), int(rows.deliverer[place])):
                found.setdefault(who, set()).add(int(rows.measure[place]))
        return {who: frozenset(measures) for who, measures in found.items()}

    # What counts

    def _counts(self, finding: Finding) -> bool:
        """Whether a finding can pull two bodies apart by itself."""
        if finding.kind == "torn":
            return self._wanted(finding.measures[0])
        return finding.kind != "capacity" or finding.facts.overrun > 0

    def _wanted(self, lever: int) -> bool:
        """Whether somebody wants a lever moved, and no way that nobody wants goes against people."""
        ways = {way for way in (1, -1) if self._lives(lever, way)}
        return bool(ways) and all(way in ways or way * int(self._index.good[lever]) >= 0 for way in (1, -1))

    def _lives(self, measure: int, way: int) -> bool:
        targets = self._index.by_wish.get((measure, way))
        return targets is not None and bool(self._index.live[targets].any())

    def _rivals(self, finding: Finding, ends: tuple[int, int]) -> bool:
        """Whether two measures can be rivals: not two readings of one thing, each drawing on what both need itself."""
        if finding.kind not in RIVALS:
            return True
        drawn = finding.resource is None or all((end, finding.resource) in self._drawn for end in ends)
        return drawn and ends not in self._alike

    def _paid(self, finding: Finding, seam: Seam) -> bool:
        paid: tuple[Incentive, ...] = finding.facts
        wanting = ((who, side.measure) for side in finding.sides for who in side.agencies | side.deliverers)
        otherwise = frozenset(who for who, at in wanting if (who, at) in self._published)
        return any(self._pays(row, finding.measures[0], otherwise, seam) for row in paid)

    def _pays(self, row: Incentive, measure: int, otherwise: frozenset[int], seam: Seam) -> bool:
        """Whether a payment stands between two agencies: one is paid, the other pays or wants otherwise."""
        payee, payer = self._index.agency_at[row.payee], self._index.agency_at[row.payer]
        ends = {seam.giver, seam.receiver}
        if payee not in ends or not self._moves(payee, measure):
            return False
        (other,) = ends - {payee}
        return bool(otherwise & ends) if other == payer else other in otherwise and payee not in otherwise

    def _moves(self, who: int, measure: int) -> bool:
        shares = self._index.controls.get(measure)
        return shares is None or self._index.control_of(who, shares) >= LEAST


def published(index: Index) -> frozenset[tuple[int, int]]:
    """Agencies with the measures that they work to by more than wishes that were inferred, by position."""
    rows = index.targets
    places = [at for at, row in enumerate(rows.rows) if not row.revealed and index.live[at]]
    return frozenset(
        (int(who), int(rows.measure[at])) for at in places for who in (rows.agency[at], rows.deliverer[at])
    )


def _nearest(pull: Pull, measures: frozenset[int]) -> tuple[int, tuple[int, int], bool]:
    """Those with both ends on the hand-over come first."""
    ends = pull.wants or (0, 0)
    return -sum(end in measures for end in ends), ends, not pull.first


def _gains_elsewhere(finding: Finding, seam: Seam) -> bool:
    """Whether of two agencies the one would pay and the other gain, other than by being paid for what it does."""
    ends, facts = {seam.giver, seam.receiver}, finding.facts
    others = ends - {facts.mover}
    return facts.mover in ends and any(
        gain.agency in others and getattr(gain.row, "basis", None) != "activity" for gain in facts.gains
    )
