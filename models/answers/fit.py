"""Where square pegs meet round holes: measures of one outcome that sectors define, count or time differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames
from .frame import frame_of
from .layout import SHOWN, grid, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

Fits = Literal["same", "within", "differs", "not known"]
"""Whether two measures agree in a thing; within is that the people of the one are among those of the other."""

Thing = Literal["definition", "population", "unit", "timing"]
"""What two measures can differ in."""

OverlapKind = Literal["same", "part", "shared", "complementary", "distinct"]
"""What a row of overlaps can say."""


class Peg(Noun):
    """Two measures of one outcome, each worked to in a sector that does not work to the other."""

    outcomes: tuple[str, ...]
    """The outcomes that both speak for, by id."""
    outcome_names: tuple[str, ...]
    """What people call them."""
    measure_a: str
    """One measure, by id."""
    name_a: str
    """What people call it."""
    measure_b: str
    """The other, by id."""
    name_b: str
    """What people call it."""
    sectors_a: tuple[str, ...]
    """The sectors that work to the first alone."""
    sectors_b: tuple[str, ...]
    """The sectors that work to the second alone."""
    definition: Fits
    """Whether their definitions agree, by a row of overlaps or by their words."""
    population: Fits
    """Whether they are about the same people, or one about some of the other's."""
    unit: Fits
    """Whether they are in one unit."""
    timing: Fits
    """Whether their windows agree and their targets meet in time."""
    differs: tuple[Thing, ...]
    """What they differ in."""
    why: tuple[str, ...]
    """How, in words; one for each of these."""
    overlap: OverlapKind | None
    """What is declared of the two; blank is nothing."""
    explained: tuple[Thing, ...]
    """The differences that this explains."""
    alike: float
    """How alike names and definitions are. No unit, 0 to 1."""
    near: bool
    """Whether they are near each other: declared to overlap, or alike enough."""
    suggestion: str
    """What could be done, in words."""
    rows: tuple[str, ...]
    """The row of overlaps, by key; empty where there is none."""
    targets: tuple[str, ...]
    """The targets on the two that are still to be met, by key."""

    @property
    def said(self) -> str:
        """What differs, in words."""
        if self.why:
            return "; ".join(self.why)
        if self.overlap == "same":
            return "they are declared one thing, and nothing in the tables differs"
        if self.definition == "same":
            return "they are defined alike, and nothing in the tables differs"
        return "nothing in the tables differs, but whether they count the same people and services is not said"


class SectorPair(Noun):
    """Two sectors, and how many pairs of measures stand between them."""

    a: str
    """One sector."""
    b: str
    """The other."""
    pairs: int
    """Pairs of measures of which the one works to the first alone and the other to the second. Unit: pairs."""
    near: int
    """Those that are near each other. Unit: pairs."""
    definition: int
    """Near pairs whose definitions differ. Unit: pairs."""
    population: int
    """Near pairs about other people. Unit: pairs."""
    unit: int
    """Near pairs in other units. Unit: pairs."""
    timing: int
    """Near pairs with other times. Unit: pairs."""
    explained: int
    """Near pairs of which a row of overlaps explains every difference. Unit: pairs."""


class Fit(Lens):
    """Measures of one outcome that sectors work to apart, and what they differ in."""

    pegs: tuple[Peg, ...]
    """The pairs of measures: near ones first, of these the ones with fewest differences."""
    sectors: tuple[SectorPair, ...]
    """Every two sectors with such a pair, those with most near ones first."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``pegs``, ``sectors``."""
        return {"pegs": self._pegs, "sectors": self._sectors}

    def _pegs(self) -> pd.DataFrame:
        """A row for each pair of measures, near ones first, of these the ones with fewest differences.

        Returns
        -------
        pandas.DataFrame
            ``outcomes`` (ids), ``outcome_names``, ``measure_a`` (id), ``name_a``, ``measure_b`` (id), ``name_b``,
            ``sectors_a``, ``sectors_b`` (those that work to the one alone), ``definition``, ``population``, ``unit``,
            ``timing`` ("same", "within", "differs", "not known"), ``differs`` (of these four), ``why`` (in words),
            ``overlap`` (kind, or blank), ``explained`` (of these four), ``alike`` (float, 0 to 1), ``near`` (bool),
            ``suggestion``, ``rows`` (keys of overlaps), ``targets`` (keys). Lists are joined by "; ".
        """
        return frame_of(self.pegs, tuple(Peg.model_fields))

    def _sectors(self) -> pd.DataFrame:
        """A row for every two sectors with such a pair, those with most near ones first.

        Returns
        -------
        pandas.DataFrame
            ``a``, ``b`` (sectors), ``pairs``, ``near``, ``definition``, ``population``, ``unit``, ``timing``,
            ``explained`` (int; from ``definition`` on, of near pairs).
        """
        return frame_of(self.sectors, tuple(SectorPair.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        return self._pegs()[["outcome_names", "name_a", "name_b", "differs", "why", "suggestion"]]

    def _shown(self, width: int) -> Iterator[str]:
        near = [row for row in self.pegs if row.near]
        by_outcome: dict[str, list[Peg]] = {}
        for row in near[:SHOWN]:
            by_outcome.setdefault(row.outcome_names[0], []).append(row)
        for outcome, rows in by_outcome.items():
            yield from section(outcome, map(_told, rows), width)
        if len(near) > SHOWN:
            yield f"  ... and {len(near) - SHOWN:,} more (table pegs)."
        others = Counter(row.outcome_names[0] for row in self.pegs if not row.near)
        said = (f"{outcome}: {count(number, 'pair', 'pairs')}" for outcome, number in others.most_common())
        yield from section("Apart, and not known to be one thing", said, width, SHOWN, "pegs")
        yield from self._between(width)

    def _between(self, width: int) -> Iterator[str]:
        frame = self._sectors()
        frame = frame[frame["near"] > 0].drop(columns="explained")
        if len(frame):
            yield ""
            yield from grid(frame, width, SHOWN)


def _told(row: Peg) -> str:
    """A pair in a sentence or two."""
    ends = f"“{row.name_a}” ({', '.join(row.sectors_a)}) and “{row.name_b}” ({', '.join(row.sectors_b)})"
    return f"{ends}: {row.said}. {row.suggestion}"
