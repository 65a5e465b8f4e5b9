r"""What can be done and what has to hold, stated again from the rows of a system (METHOD 5).

.. math::
    D = (I + N)^T x, \quad x_m = \sum_a s_{am} (e^+_{am} - e^-_{am}), \quad 0 \le e \le \text{reach}, \quad
    y = \text{today} + \text{step} \cdot D

Today is the baseline, or the own level of who has to deliver a target; floor and ceiling hold for each of them.

A *line* is something that moves: the level of a measure (in steps), what is used of a resource (in units of the largest
number in its line), the effort of an agency (in steps). It has what holds whatever is wanted; a target asks for more of
one line. A *way* is what agencies do, in ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from scipy import sparse

from alignment.models.options.fields import DECLARED, Counting
from alignment.models.system import System
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Target

from .arithmetic import Floats, Least, Programme, least_miss
from .effects import net_of
from .rows import asked_of, local, step_of

TOLERANCE: Final = 1e-7
"""What is missed by less is met; in the unit of the line."""

REACH: Final = 10.0
"""How far an agency is assumed to push a measure without floor or ceiling, unless somebody says otherwise; steps."""

FAR: Final = 1e-6
"""What a way is told to: by less, nobody pushes too far. Steps."""

TRIED: Final = 20
"""How many points that were once found are tried before a programme is solved."""

What = Literal["measure", "resource", "effort"]

Mark = tuple[What, str]
"""A line: what moves, and the id of the measure, resource or agency."""

Way = Mapping[tuple[str, str], float]
"""What agencies do: for agency and measure the steps of effort, above 0 for up."""

Numbers = Sequence[tuple[Mark, float]]
"""Multipliers of lines (Farkas): above 0 for the least a line has to be, below for the most."""


@dataclass(frozen=True)
class Allowed:
    """What moves are allowed and how they work, beyond what the rows of the system say.

    Attributes
    ----------
    effort
        The limit of agencies that have none of their own; None is no limit. Unit: steps.
    reach
        How far an agency can push a measure; None is from its floor to its ceiling. Unit: steps.
    assumed
        How far it can push one that has no floor or no ceiling, where no reach is given. Unit: steps.
    steps, decay, evidence
        Of the net effects.
    limits
        Whether what agencies can spend counts at all.
    """

    effort: float | None = None
    reach: float | None = None
    steps: int = 2
    decay: float = 0.5
    evidence: Counting = DECLARED
    limits: bool = True
    assumed: float = REACH


class Line(NamedTuple):
    """Something that moves, and what holds whatever is wanted."""

    mark: Mark
    least: float
    most: float


class Demand(NamedTuple):
    """What a target asks of a line; infinite is nothing."""

    mark: Mark
    low: float
    high: float


class _Column(NamedTuple):
    """An effort: of one agency one way, or, either way, of all on a measure that have no limit."""

    measure: str
    agencies: tuple[str, ...]
    moves: float
    """Steps of the measure for each unit of it."""
    low: float
    high: float


class Feasibility:
    """A system's lines and columns, and what each target asks.

    Parameters
    ----------
    system
        The system.
    allowed
        What moves are allowed.

    Attributes
    ----------
    demands
        What each target that can be assessed asks, by key.
    missing
        The keys of targets of which nobody says where their measure stands today.
    """

    def __init__(self, system: System, allowed: Allowed | None = None) -> None:
        self.system, self.allowed = system, allowed or Allowed()
        self.measures = {row.id: row for row in system.measures}
        self.local = local(system)
        self.shares = _shares(system)
        self._limits = self._limited()
        self.columns = list(self._columns())
        self.low, self.high = (np.array([column[at] for column in self.columns], dtype=float) for at in (3, 4))
        lines = [*self._levels(), *self._resources(), *self._efforts()]
        self.lines = [line for line, _ in lines]
        self.place = {line.mark: at for at, line in enumerate(self.lines)}
        self.rows: Any = sparse.csr_array(
            sparse.vstack([row for _, row in lines], format="csr") if lines else (0, len(self.columns))
        )
        self._found: list[Floats] = []
        keyed = dict(zip(system.derive(Keys).of("targets"), system.targets, strict=True))
        known = {key: row for key, row in keyed.items() if self.local(row).baseline is not None}
        self.demands = {
            key: Demand(("measure", row.measure), *asked_of(row, self.local(row))) for key, row in sorted(known.items())
        }
        self.targets = known
        self.missing = sorted(keyed.keys() - known.keys())

    def level_of(self, target: Target) -> str | None:
        """The agency whose own level of today a target is told from, where that is not the baseline."""
        own = self.local(target).baseline != self.measures[target.measure].baseline
        return target.deliverer if own else None

    # Columns

    def reach(self, measure: str) -> float:
        """How far an agency can push a measure; steps."""
        if self.allowed.reach is not None:
            return self.allowed.reach
        row = self.measures[measure]
        if row.floor is None or row.ceiling is None:
            return self.allowed.assumed
        return (row.ceiling - row.floor) / step_of(row)

    def _limited(self) -> dict[str, float]:
        """What each agency can spend, where that is limited."""
        given = {row.id: self.allowed.effort if row.effort is None else row.effort for row in self.system.agencies}
        if not self.allowed.limits:
            return dict.fromkeys(given, np.inf)
        return {name: effort for name, effort in given.items() if effort is not None}

    def _columns(self) -> Iterable[_Column]:
        for measure, shares in self.shares.items():
            reach = self.reach(measure)
            free = tuple(name for name in shares if name not in self._limits)
            if free:
                far = reach * sum(shares[name] for name in free)
                yield _Column(measure, free, 1.0, -far, far)
            for name, share in shares.items():
                if name not in free:
                    yield from (_Column(measure, (name,), way * share, 0.0, reach) for way in (1, -1))

    # Lines

    @cached_property
    def _moved(self) -> tuple[Mapping[str, int], Any]:
        """The place of each measure, and how far each column moves each measure (measures x columns)."""
        place, net = net_of(self.system, self.allowed.steps, self.allowed.decay, self.allowed.evidence)
        where = ([place[column.measure] for column in self.columns], np.arange(len(self.columns)))
        numbers = np.array([column.moves for column in self.columns], dtype=float)
        direct = sparse.csr_array(sparse.coo_array((numbers, where), (len(place), len(self.columns))))
        return place, sparse.csr_array(direct + net.T @ direct)

    def _levels(self) -> Iterable[tuple[Line, Any]]:
        place, moved = self._moved
        told: dict[str, list[float | None]] = {name: [row.baseline] for name, row in self.measures.items()}
        wanted = {row.measure for row in self.system.targets}
        for target in self.system.targets:
            told[target.measure].append(self.local(target).baseline)
        for name, row in self.measures.items():
            today = [level for level in told[name] if level is not None]
            if today and (name in wanted or row.floor is not None or row.ceiling is not None):
                step = step_of(row)
                low = -np.inf if row.floor is None else max((row.floor - level) / step for level in today)
                high = np.inf if row.ceiling is None else min((row.ceiling - level) / step for level in today)
                yield Line(("measure", name), low, high), moved[[place[name]]]

    def _resources(self) -> Iterable[tuple[Line, Any]]:
        place, moved = self._moved
        for row in self.system.resources:
            draws = self._draws(row.id)
            if draws and not (row.capacity is None and row.floor is None):
                used = np.zeros(len(place))
                used[[place[name] for name in draws]] = list(draws.values())
                line, now = np.asarray(used @ moved), row.in_use or 0.0
                size = float(np.abs(line).max(initial=0.0)) or 1.0
                low = -np.inf if row.floor is None else (row.floor - now) / size
                high = np.inf if row.capacity is None else (row.capacity - now) / size
                yield Line(("resource", row.id), low, high), sparse.csr_array(line[None, :] / size)

    def _draws(self, resource: str) -> dict[str, float]:
        """What a step up of each measure uses of a resource; of two rows about one line the mean."""
        told: dict[str, list[float]] = {}
        for row in self.system.draws:
            if row.resource == resource and row.per_step is not None:
                told.setdefault(row.measure, []).append(row.per_step if row.moving == "up" else -row.per_step)
        return {name: sum(uses) / len(uses) for name, uses in told.items()}

    def _efforts(self) -> Iterable[tuple[Line, Any]]:
        of: dict[str, list[int]] = {}
        for at, column in enumerate(self.columns):
            if column.agencies[0] in self._limits:
                of.setdefault(column.agencies[0], []).append(at)
        for name, places in of.items():
            row = np.zeros((1, len(self.columns)))
            row[0, places] = 1.0
            yield Line(("effort", name), -np.inf, self._limits[name]), sparse.csr_array(row)

    # What is asked

    def ends(self, targets: Iterable[str], give: float | Mapping[str, float] = 0.0) -> tuple[Floats, Floats]:
        """What each line has to be at least and at most, with some targets, each eased by some steps."""
        low, high = (np.array([line[at] for line in self.lines], dtype=float) for at in (1, 2))
        for key in targets:
            demand, far = self.demands[key], give.get(key, 0.0) if isinstance(give, Mapping) else give
            at = self.place[demand.mark]
            low[at], high[at] = max(low[at], demand.low - far), min(high[at], demand.high + far)
        return low, high

    def programme(self, targets: Iterable[str], give: float | Mapping[str, float] = 0.0) -> Programme:
        """The lines of some targets and all that holds anyway, as rows with a most."""
        low, high = self.ends(targets, give)
        up, down = np.isfinite(high), np.isfinite(low)
        return Programme(
            costs=np.zeros(len(self.columns)),
            rows=sparse.csr_array(sparse.vstack([self.rows[up], -self.rows[down]])),
            most=np.concatenate([high[up], -low[down]]),
            lower=self.low,
            upper=self.high,
        )

    def miss(self, targets: Collection[str], give: float | Mapping[str, float] = 0.0) -> Least:
        """By how much some line is missed at least, whatever anybody does."""
        programme = self.programme(targets, give)
        for point in self._found:
            if programme.miss(point) <= TOLERANCE:
                return Least(0.0, programme.miss(point), point)
        found = least_miss(programme)
        if found.point is not None and found.value <= TOLERANCE:
            self._found = [found.point, *self._found][:TRIED]
        return found

    def can(self, targets: Collection[str], give: float | Mapping[str, float] = 0.0) -> bool:
        """Whether some targets can all be met: there is a point, and arithmetic says that it meets them."""
        return self.miss(targets, give).value <= 2 * TOLERANCE

    # What others found

    def point(self, way: Way) -> Floats | None:
        """A way as a point; None where somebody pushes what they cannot push, or further than they can."""
        left, point = dict(way), np.zeros(len(self.columns))
        for at, column in enumerate(self.columns):
            pushed = [left.get((name, column.measure), 0.0) for name in column.agencies]
            if len(column.agencies) == 1 and column.agencies[0] in self._limits:
                point[at] = max(0.0, pushed[0] if column.moves > 0 else -pushed[0])
            else:
                point[at] = sum(
                    self.shares[column.measure][name] * push for name, push in zip(column.agencies, pushed, strict=True)
                )
        unable = [pair for pair, push in way.items() if push and pair[0] not in self.shares.get(pair[1], {})]
        far = any(abs(push) > self.reach(measure) + FAR for (_, measure), push in way.items() if push)
        return None if unable or far else point

    def keeps(self, way: Way, targets: Iterable[str], give: float | Mapping[str, float] = 0.0) -> bool:
        """Whether a way meets some targets and keeps to all that holds anyway, by arithmetic alone."""
        point = self.point(way)
        if point is None:
            return False
        moved = self.rows @ point
        low, high = self.ends(targets, give)
        return bool(np.maximum(low - moved, moved - high).max(initial=0.0) <= 3 * TOLERANCE)

    def contradict(self, numbers: Numbers, targets: Iterable[str], give: float | Mapping[str, float] = 0.0) -> bool:
        """Whether multipliers prove that some targets cannot all be met, by arithmetic alone."""
        if not numbers or any(mark not in self.place for mark, _ in numbers):
            return False
        low, high = self.ends(targets, give)
        at = np.array([self.place[mark] for mark, _ in numbers], dtype=np.int64)
        number = np.array([value for _, value in numbers], dtype=float)
        ends = np.where(number > 0, low[at], high[at])
        if not np.isfinite(ends).all():
            return False
        pull = self.rows.T @ np.bincount(at, number, minlength=len(self.lines))
        reached = float(np.maximum(pull * self.low, pull * self.high).sum())
        return float(number @ ends) - TOLERANCE * float(np.abs(number).sum()) > reached


def _shares(system: System) -> dict[str, dict[str, float]]:
    """For each measure, how far a step of each agency's effort moves it; without controls, those of its targets."""
    given: dict[str, dict[str, float]] = {}
    for row in system.controls:
        given.setdefault(row.measure, {})[row.agency] = row.share
    controlled = set(given)
    for row in system.targets:
        if row.measure not in controlled:
            given.setdefault(row.measure, {}).update({row.agency: 1.0, row.deliverer: 1.0})
    able = {
        measure: {name: share for name, share in sorted(shares.items()) if share > 0}
        for measure, shares in sorted(given.items())
    }
    return {measure: shares for measure, shares in able.items() if shares}
