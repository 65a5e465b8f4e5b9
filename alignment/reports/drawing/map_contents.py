"""What the layered map shows, before anything has a place: bodies, lines, who wants what, what pulls apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import fmean
from typing import Final

import numpy as np

from alignment.conflicts.collection import Conflicts
from alignment.conflicts.finding import Finding
from alignment.conflicts.telling import title_of
from alignment.errors import UnknownWord
from alignment.index import Ints, positions
from alignment.models.system.measures import Measure

from .letters import plain
from .map_bodies import Body, bodies_of
from .map_wishes import Way, asked, bundles, means

MOST_LINES: Final = 70
"""Where there are more measures, those of one outcome are one line."""

NO_OUTCOME: Final = "No outcome given"

MOST_CONFLICTS: Final = 500
"""Of more conflicts the worst are drawn: nobody could follow the others."""


@dataclass(frozen=True)
class Block:
    """An outcome and what speaks for it: its measures by position in a column, a line each, or all on one line."""

    outcome: str | None
    name: str
    measures: tuple[int, ...]
    folded: bool


@dataclass(frozen=True)
class Line:
    """A line of the middle: a measure, or all measures of an outcome."""

    block: int
    name: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """What a body wants of a line; places of both, the agencies behind it and the measures it is about."""

    body: int
    line: int
    way: Way
    agencies: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Quarrel:
    """Conflicts between two lines, or about one that is then both; ids, and what the worst is about."""

    lines: tuple[int, int]
    conflicts: tuple[str, ...]
    title: str


class Contents:
    """What the map shows.

    Parameters
    ----------
    conflicts
        Where targets pull apart; the system is theirs.
    opened
        The outcome whose measures are to be seen one by one, all other outcomes being a line each; blank is all where
        there are not too many.
    lit
        The conflict that is to be seen whatever else is; blank is none.

    Raises
    ------
    UnknownWord
        The outcome, or the conflict, is not known.
    """

    def __init__(self, conflicts: Conflicts, opened: str | None = None, lit: str | None = None) -> None:
        self.conflicts, self.opened = conflicts, opened
        self.index, self.every = conflicts.arrays, conflicts.findings
        outcomes = {row.id for row in self.index.system.outcomes}
        if opened is not None and opened not in outcomes:
            raise UnknownWord(opened, outcomes, "an outcome")
        self.lit = next((each for each in self.every if each.id == lit), None)
        if lit is not None and self.lit is None:
            raise UnknownWord(lit, (each.id for each in self.every), "the id of a conflict here")
        worst = [*self.every[:MOST_CONFLICTS]]
        self.findings = worst if self.lit is None or self.lit in worst else [*worst, self.lit]

    @cached_property
    def folds(self) -> bool:
        """Whether outcomes are a line each."""
        return self.opened is not None or len(self.index.measures) > MOST_LINES

    @cached_property
    def _asked(self) -> Ints:
        """What each agency wants of each measure, by positions."""
        return asked(self.index, self.findings)

    @cached_property
    def targeted(self) -> frozenset[int]:
        """The measures that somebody has a target on, by position."""
        return frozenset(positions(self.index.targets.measure))

    @cached_property
    def in_conflict(self) -> frozenset[int]:
        """The agencies that stand in a conflict, by position."""
        return frozenset[int]().union(*{part for finding in self.every for part in finding.between})

    @property
    def _shown(self) -> frozenset[int]:
        """The agencies that set targets or stand in a conflict."""
        return self.in_conflict.union(positions(self.index.targets.agency))

    @property
    def left_out(self) -> int:
        """How many agencies neither set a target nor stand in a conflict."""
        return len(self.index.agencies) - len(self._shown)

    @cached_property
    def _first(self) -> list[Body]:
        """Bodies by tier and name, before they are brought near to what they are judged on."""
        return bodies_of(self.index, self._shown)

    def _body_of(self, bodies: Sequence[Body]) -> Ints:
        """The body of each agency, by position; 0 where it is not shown."""
        found = {agency: at for at, body in enumerate(bodies) for agency in body.agencies}
        return np.array([found.get(row.id, 0) for row in self.index.agencies], dtype=np.int64)

    @cached_property
    def _mean(self) -> list[float]:
        """For each measure the mean place of who wants something of it; infinite where nobody does."""
        bodies = self._body_of(self._first)[self._asked[:, 0]]
        return means(self._asked[:, 1], bodies, len(self.index.measures)).tolist()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Outcomes from above, by the mean place of who is judged on them."""
        groups: dict[str | None, list[int]] = defaultdict(list)
        for at, row in enumerate(self.index.measures):
            groups[self._main(at, row)].append(at)
        for row in self.index.system.outcomes:
            groups.setdefault(row.id, [])
        names = {row.id: row.name for row in self.index.system.outcomes}
        found = [
            Block(outcome, names.get(outcome or "", NO_OUTCOME), self._sorted(group), self._folded(outcome))
            for outcome, group in groups.items()
            if group or outcome in self.unowned
        ]
        return tuple(sorted(found, key=lambda block: (self._height(block.measures), block.name, block.outcome or "")))

    def _main(self, at: int, row: Measure) -> str | None:
        """The outcome that a measure speaks for: its own, else the one that it speaks for best."""
        validity = self.index.validity[at]
        return row.outcome or min(validity, key=lambda name: (-validity[name], name), default=None)

    def _sorted(self, group: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(group, key=lambda at: (self._mean[at], self.index.measures[at].name, at)))

    def _folded(self, outcome: str | None) -> bool:
        return self.folds and (outcome is None or outcome != self.opened)

    def _height(self, measures: Sequence[int]) -> float:
        known = [self._mean[at] for at in measures if self._mean[at] < float("inf")]
        return fmean(known) if known else float("inf")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the middle, from above."""
        return tuple(line for place, block in enumerate(self.blocks) for line in self._lines(place, block))

    def _lines(self, place: int, block: Block) -> Iterator[Line]:
        rows = [self.index.measures[at] for at in block.measures]
        if block.folded or not rows:
            yield Line(place, block.name if block.folded else "", tuple(row.id for row in rows))
            return
        yield from (Line(place, row.name, (row.id,)) for row in rows)

    @cached_property
    def _line_of(self) -> Ints:
        """The line of each measure, by position."""
        found = {measure: at for at, line in enumerate(self.lines) for measure in line.measures}
        return np.array([found[row.id] for row in self.index.measures], dtype=np.int64)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Bodies from above: by tier, then by the mean place of what they are judged on."""
        bodies, lines = self._body_of(self._first)[self._asked[:, 0]], self._line_of[self._asked[:, 1]]
        mean: list[float] = means(bodies, lines, len(self._first)).tolist()
        order = sorted(enumerate(self._first), key=lambda each: (each[1].level, each[1].tier or "", mean[each[0]]))
        return tuple(body for _, body in order)

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """Who wants what of which line, by body, line and way."""
        agencies, measures = ([row.id for row in rows] for rows in (self.index.agencies, self.index.measures))
        return tuple(
            Wish(body, line, way, tuple(agencies[at] for at in who), tuple(measures[at] for at in what))
            for body, line, way, who, what in bundles(self._asked, self._body_of(self.bodies), self._line_of)
        )

    @cached_property
    def quarrels(self) -> tuple[Quarrel, ...]:
        """What pulls apart, by the lines it stands between; of more than two lines each and the next."""
        found: dict[tuple[int, int], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            lines = sorted({int(self._line_of[at]) for at in finding.measures})
            for pair in pairwise(lines if len(lines) != 1 else lines * 2):
                found[pair].append(finding)
        return tuple(self._quarrel(pair, group) for pair, group in sorted(found.items()))

    @cached_property
    def standing(self) -> Mapping[int, int]:
        """In how many conflicts each line stands."""
        found: dict[int, set[str]] = defaultdict(set)
        for each in self.quarrels:
            for line in each.lines:
                found[line].update(each.conflicts)
        return {line: len(ids) for line, ids in found.items()}

    @cached_property
    def unowned(self) -> dict[str, Quarrel]:
        """Conflicts about an outcome and no measure, by outcome."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if not finding.measures and finding.outcome is not None:
                found[finding.outcome].append(finding)
        return {outcome: self._quarrel((0, 0), group) for outcome, group in found.items()}

    def _quarrel(self, lines: tuple[int, int], group: Sequence[Finding]) -> Quarrel:
        more = f", and {len(group) - 1:,} more" if len(group) > 1 else ""
        title = plain(title_of(self.conflicts.search, group[0]))
        return Quarrel(lines, tuple(each.id for each in group), f"{title}{more}")
