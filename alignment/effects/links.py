r"""Direct effects of one measure on another: their own influences, or borrowed from a twin.

Two measures declared same, shared or part with a share of at least 1/2 are *twins*, one thing read twice, with

.. math:: s(m, m') = \text{share} \cdot d(m) \, d(m')

(where either has no good direction: the share). What pushes or is pushed by the one pushes or is pushed by the other;
the two do not push each other. A pair without influences that count borrows the effect of largest size among
s(i, i') E[i', j], E[i, j'] s(j', j) and s(i, i') E[i', j'] s(j', j), i' a twin of i and j' of j. Further on in a walk
the near end is not borrowed, so that a walk through one thing counts once. Of a pair with influences that are estimated
and others that are not, only the latter count, or only the former, as is asked; the others stand beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, NamedTuple

from alignment.index import MOST, Index, in_order, share_of
from alignment.models.options.fields import DECLARED, Counting
from alignment.models.system.links import Certainty, Influence
from alignment.models.system.measures import Overlap

CONFIDENCE: Final[dict[Certainty | None, float]] = {
    "strong": 0.9,
    "moderate": 0.7,
    "contested": 0.5,
    "weak": 0.3,
    None: 0.7,
}
"""How sure an influence is; blank counts as moderate."""

DIGITS: Final = 12
"""Effects are rounded to this many decimals: 0.2 is 0.2 whatever it was made of."""

Otherwise = Literal["sign", "larger", "smaller"]
"""How what stands beside an effect differs from it: its sign, or its size by more than a factor of `TWICE`."""

TWICE: Final = 2.0
"""Sizes that differ by no more than this factor say much the same."""

KINDS: Final = frozenset({"same", "shared", "part"})
"""The overlaps of measures that can be twins."""


@dataclass(frozen=True)
class Link:
    """A direct effect of one measure on another.

    Attributes
    ----------
    influences
        The rows that it rests on.
    overlaps
        The rows by which it is borrowed, over the near and the far twin; blank where that end is its own.
    share
        What each row does is multiplied by this.
    beside
        The rows of the same pair that do not count: estimates beside what is declared, or the other way round.
    """

    influences: tuple[Influence, ...]
    overlaps: tuple[Overlap | None, Overlap | None] = (None, None)
    share: float = 1.0
    beside: tuple[Influence, ...] = ()

    @cached_property
    def steps(self) -> float:
        """Steps of the second measure per step of the first."""
        return self.share * float(sum(row.steps for row in self.influences))

    @property
    def otherwise(self) -> Otherwise | None:
        """How far what stands beside it says something else; None where it says much the same, or nothing."""
        if not self.beside:
            return None
        here, there = (round(sum(row.steps for row in rows), DIGITS) for rows in (self.influences, self.beside))
        if here * there < 0:
            return "sign"
        if abs(there) > TWICE * abs(here):
            return "larger"
        return "smaller" if TWICE * abs(there) < abs(here) else None

    @property
    def borrowed(self) -> bool:
        """Whether it is a twin's."""
        return any(self.overlaps)

    @cached_property
    def confidence(self) -> float:
        """That of its weakest influence, 0 to 1."""
        return min(CONFIDENCE[row.certainty] for row in self.influences)

    @cached_property
    def years(self) -> float:
        """How long it takes; of parallel influences the slowest. Unit: years."""
        return max(row.lag_years or 0.0 for row in self.influences)

    def part(self, sign: int) -> float:
        """What pushes one way, without its sign: parallel influences push for themselves."""
        pushes = [self.share * row.steps for row in self.influences]
        return sum(abs(each) for each in pushes if each * sign > 0)


Links = dict[int, dict[int, Link]]
"""Direct effects by the measure that is moved and the one that moves with it."""


class _Twin(NamedTuple):
    """How a measure reads another."""

    sign: float
    """s(m, m')."""
    row: Overlap | None


def links_of(index: Index, evidence: Counting = DECLARED) -> tuple[Links, Links]:
    """The direct effects of a system, by position: those that a walk begins with, and those that it goes on with."""
    own, twins = _own(index, evidence), _twins(index)
    return _borrowing(own, twins, index, near=True), _borrowing(own, twins, index, near=False)


def _borrowing(own: Links, twins: Twins, index: Index, *, near: bool) -> Links:
    """Own effects, and borrowed ones for pairs without; borrowed at the near end too, or at the far end alone."""
    borrowed: dict[tuple[int, int], list[_Offer]] = defaultdict(list)
    for offer in _offers(own, twins):
        pair = source, target = offer.source, offer.target
        apart = source != target and target not in twins.get(source, {}) and pair not in index.complementary
        if apart and target not in own.get(source, {}) and (near or offer.link.overlaps[0] is None):
            borrowed[pair].append(offer)
    links = {source: dict(found) for source, found in own.items()}
    for (source, target), offers in borrowed.items():
        links.setdefault(source, {})[target] = min(offers, key=_rank).link
    return {source: dict(sorted(found.items())) for source, found in sorted(links.items())}


def _own(index: Index, evidence: Counting) -> Links:
    rows: dict[tuple[int, int], list[Influence]] = defaultdict(list)
    for row in in_order(index.system.influences):
        rows[index.measure_at[row.source_measure], index.measure_at[row.target_measure]].append(row)
    found: Links = {}
    for (source, target), parallel in rows.items():
        # Of two sides of one thing the one moves with the other by definition: neither does anything to the other.
        if (source, target) not in index.complementary:
            found.setdefault(source, {})[target] = _link(parallel, evidence)
    return found


def _link(parallel: Sequence[Influence], evidence: Counting) -> Link:
    """The effect of the influences of one pair: those of the origin that is asked for count, else all there are."""
    estimated = evidence == "estimated"
    known, beside = (
        tuple(row for row in parallel if ((row.origin == "estimated") == estimated) is wanted)
        for wanted in (True, False)
    )
    return Link(known, beside=beside) if known else Link(beside)


Twins = Mapping[int, Mapping[int, _Twin]]


def _twins(index: Index) -> Twins:
    """For each measure, those that read the same thing."""
    found: dict[int, dict[int, _Twin]] = defaultdict(dict)
    for row in index.system.overlaps:
        if row.kind in KINDS and share_of(row) >= MOST:
            one, two = index.measure_at[row.measure_a], index.measure_at[row.measure_b]
            ways = int(index.good[one] * index.good[two])
            sign = share_of(row) * (ways or 1)
            found[one][two] = found[two][one] = _Twin(sign, row)
    return found


class _Offer(NamedTuple):
    """An effect that a pair could borrow, and over which twins."""

    source: int
    target: int
    over: tuple[int, int]
    link: Link


def _rank(offer: _Offer) -> tuple[float, bool, tuple[int, int]]:
    """The largest first; of equal sizes the positive one, then the first by the ids of the twins."""
    return -round(abs(offer.link.steps), DIGITS), offer.link.steps < 0, offer.over


def _offers(links: Links, twins: Twins) -> Iterator[_Offer]:
    itself = _Twin(1.0, None)
    for source, found in links.items():
        for target, link in found.items():
            if not round(link.steps, DIGITS):
                continue
            for one, left in ((source, itself), *twins.get(source, {}).items()):
                for two, right in ((target, itself), *twins.get(target, {}).items()):
                    over = left.row, right.row
                    if any(over) and one != target and two != source:
                        borrowed = replace(link, overlaps=over, share=left.sign * right.sign)
                        yield _Offer(one, two, (source, target), borrowed)
