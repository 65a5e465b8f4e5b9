"""Fit: where are square pegs (Leutz 4)? One outcome, two measures, each worked to in a sector that has not the other.

Two measures of an outcome (validity at least theta) are a *pair* when some sector works to the first and not to the
second, and another to the second and not to the first. They are *near* when a row of overlaps speaks of the two, or
their names and definitions are alike by at least `least` and not each name has words of its own (acute services and
social care services are two things, rated alike), unless the definitions say the same. Of near pairs those with fewest
differences come first, then those of which most is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product

from alignment.duties import Duties
from alignment.index import Index, group, positions
from alignment.likeness.measures import Measures, Two
from alignment.models.answers.fit import Fit, Fits, OverlapKind, Peg, SectorPair, Thing
from alignment.models.options.lenses import FitOptions
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Overlap
from alignment.options.verb import verb

from .differences import CUT, ONE_RETURN, Differences, explained, suggestion
from .fit_told import missing, paragraph


@verb(FitOptions)
def fit(system: System, asked: FitOptions) -> Fit:
    """Where square pegs meet round holes: measures of one outcome that sectors work to apart, and how they differ.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Fit
        A row for each pair of measures: what differs of definition, population, unit and timing, what a row of overlaps
        explains of that, and whether to align the two or keep both as local choice; and how many stand between which
        sectors.

    References
    ----------
    Leutz (1999), Milbank Quarterly 77: you can't integrate a square peg and a round hole.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.fit(al.read("england-2026"))
    >>> [(row.measure_a, row.measure_b, row.differs, row.overlap) for row in found.pegs[:1]]
    [('ascof-2c', 'care-home-adm', (), 'same')]
    """
    view = _Fit(system, asked)
    pegs = tuple(sorted(view.pegs(), key=_nearest_first))
    return Fit(
        system=system.hash,
        pegs=pegs,
        sectors=tuple(_sectors(pegs)),
        paragraph=" ".join(paragraph(pegs, tuple(_sectors(pegs)), len(system.outcomes))),
        missing=tuple(missing(view.index, pegs)),
    )


def _nearest_first(row: Peg) -> tuple[bool, int, int, float, str, str]:
    unknown = (row.definition, row.population, row.unit, row.timing).count("not known")
    return not row.near, len(row.differs), unknown, -row.alike, row.measure_a, row.measure_b


class _Fit:
    def __init__(self, system: System, asked: FitOptions) -> None:
        self.system, self.asked = system, asked
        self.index: Index = system.derive(Index)
        self.duties = Duties(system, asked.theta)
        self.measures = Measures(self.index)
        self.keys = system.derive(Keys)
        self.differences = Differences(self.index)
        self.outcomes = {row.id: row.name for row in system.outcomes}

    def pegs(self) -> Iterator[Peg]:
        """The pairs of measures, in no order."""
        for (one, two), outcomes in self._pairs.items():
            apart = self.sectors[one] - self.sectors[two], self.sectors[two] - self.sectors[one]
            if all(apart):
                yield self._peg(one, two, outcomes, apart)

    @cached_property
    def sectors(self) -> Mapping[int, frozenset[str]]:
        """The sectors that work to each measure today."""
        held = self.index.holding_live.items()
        pairs = group((at, sector_of(self.index, who)) for who, measures in held for at in measures)
        return {at: frozenset(words) for at, words in pairs.items()}

    @property
    def _pairs(self) -> Mapping[tuple[int, int], list[str]]:
        """Every two measures of an outcome that are worked to, with their outcomes."""
        found: dict[tuple[int, int], list[str]] = {}
        for outcome, speaking in sorted(self.duties.speaking.items()):
            for pair in combinations([at for at in speaking if at in self.sectors], 2):
                found.setdefault(pair, []).append(outcome)
        return found

    @cached_property
    def _overlaps(self) -> Mapping[frozenset[str], Overlap]:
        return {frozenset((row.measure_a, row.measure_b)): row for row in self.system.overlaps}

    def _peg(self, one: int, two: int, outcomes: list[str], apart: tuple[frozenset[str], frozenset[str]]) -> Peg:
        a, b = self.index.measures[one], self.index.measures[two]
        row = self._overlaps.get(frozenset((a.id, b.id)))
        both = Two(self.measures, one, two)
        fits = self.differences.fits(both, row)
        differs: tuple[Thing, ...] = tuple(thing for thing, (how, _) in fits.items() if how == "differs")
        kind = None if row is None else row.kind
        near = row is not None or (both.score >= self.asked.least and _may_be_one(both, fits["definition"][0]))
        return Peg(
            outcomes=tuple(outcomes),
            outcome_names=tuple(self.outcomes[each] for each in outcomes),
            measure_a=a.id,
            name_a=a.name,
            measure_b=b.id,
            name_b=b.name,
            sectors_a=tuple(sorted(apart[0])),
            sectors_b=tuple(sorted(apart[1])),
            definition=fits["definition"][0],
            population=fits["population"][0],
            unit=fits["unit"][0],
            timing=fits["timing"][0],
            differs=differs,
            why=tuple(fits[thing][1] for thing in differs),
            overlap=kind,
            explained=explained(kind, differs),
            alike=both.score,
            near=near,
            suggestion=self._suggestion(both, kind, fits, near=near),
            rows=() if row is None else (self.keys.key("overlaps", row),),
            targets=tuple(self._targets({one, two})),
        )

    def _suggestion(
        self, both: Two, kind: OverlapKind | None, fits: Mapping[Thing, tuple[Fits, str]], *, near: bool
    ) -> str:
        one, two = (row.collection for row in both.rows)
        if one is not None and one == two and kind in ONE_RETURN and fits["population"][0] == "differs":
            return CUT
        return suggestion(kind, {thing: how for thing, (how, _) in fits.items()}, near=near)

    def _targets(self, measures: set[int]) -> Iterator[str]:
        rows = self.index.targets
        for place, at in enumerate(positions(rows.measure)):
            if at in measures and self.index.live[place]:
                yield rows.keys[place]


def _may_be_one(both: Two, definition: Fits) -> bool:
    """Whether names do not each say something that the other does not, or what is defined is the same."""
    return definition == "same" or not (both.name.mine and both.name.yours)


def sector_of(index: Index, who: int) -> str:
    """The sector of an agency; its tier, and else its name, where that is blank."""
    row = index.agencies[who]
    if row.sector is not None:
        return row.sector
    return row.name if row.tier is None else f"{index.tiers[row.tier].name} (tier)"


def _sectors(pegs: tuple[Peg, ...]) -> list[SectorPair]:
    """How many pairs of measures stand between which sectors."""
    between = group((pair, row) for row in pegs for pair in _sector_pairs(row))
    rows = [
        SectorPair(
            a=a,
            b=b,
            pairs=len(some),
            near=sum(row.near for row in some),
            definition=_differing(some, "definition"),
            population=_differing(some, "population"),
            unit=_differing(some, "unit"),
            timing=_differing(some, "timing"),
            explained=sum(row.near and bool(row.differs) and row.differs == row.explained for row in some),
        )
        for (a, b), some in between.items()
    ]
    return sorted(rows, key=lambda row: (-row.near, -row.pairs, row.a, row.b))


def _sector_pairs(row: Peg) -> set[tuple[str, str]]:
    return {(min(pair), max(pair)) for pair in product(row.sectors_a, row.sectors_b)}


def _differing(pegs: Sequence[Peg], thing: str) -> int:
    return sum(row.near and thing in row.differs for row in pegs)
