r"""The movement model as plain data: what agencies can do, what has to hold, and what targets ask for.

.. math::
    D = (I + N)^T x, \quad x_m = \sum_a s_{am} (e^+_{am} - e^-_{am}), \quad 0 \le e \le \text{reach}, \quad
    y = \text{today} + \text{step} \cdot D

Today is the measure's baseline, or the own level of the agency that has to deliver a target: all places move alike.
Columns are efforts: one each way for an agency whose effort is limited; agencies without a limit push a measure
together, as one column. Rows are levels of measures, uses of resources and efforts of agencies, each with the reason
it is there. A target is a demand on one row. Everything is in steps, so that one tolerance fits all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from scipy import sparse

from alignment.effects.net_effects import NetEffects
from alignment.errors import OptionError
from alignment.index import Bools, Floats, Index, Ints
from alignment.linear import Linear

REACH: Final = 10.0
"""How far one agency is assumed to push a measure that has no floor or no ceiling; steps."""

TOLERANCE: Final = 1e-7
"""What is missed by less counts as met; steps."""


class Lever(NamedTuple):
    """A column: an effort on a measure."""

    measure: int
    """Position of the measure that is pushed."""
    agencies: tuple[int, ...]
    """Positions of those who push it; several only where none of them has a limit."""
    way: int
    """+1 pushes up, -1 down, 0 is either."""


class Reason(NamedTuple):
    """Why a row is there."""

    what: Literal["measure", "resource", "effort"]
    """A level, the use of a resource, or the effort of an agency."""
    at: int
    """Position of the measure, resource (by id) or agency."""


@dataclass(frozen=True, eq=False)
class Moves:
    """The movement model of a system.

    Attributes
    ----------
    index
        The system's arrays.
    levers, lower, upper
        The columns and their bounds, in steps of effort; those that push together: in steps of the measure.
    rows, least, most
        The rows (sparse, rows x columns) and what has to hold whatever is wanted.
    reasons, scale
        Why each row is there; what one of its units is in the unit of its resource (1 for other rows).
    targets
        Positions of the targets that can be assessed.
    row, low, high
        The row of each of them, and what it asks of it; infinite is nothing.
    missing
        Positions of the targets that cannot be assessed: nobody says where their measure stands today.
    reach, assumed
        How far an agency can push each measure (steps), and whether that is assumed: nobody said, and the measure has
        no floor or no ceiling.
    """

    index: Index
    levers: tuple[Lever, ...]
    lower: Floats
    upper: Floats
    rows: Any
    least: Floats
    most: Floats
    reasons: tuple[Reason, ...]
    scale: Floats
    targets: Ints
    row: Ints
    low: Floats
    high: Floats
    missing: Ints
    reach: Floats
    assumed: Bools

    @property
    def leaning(self) -> Bools:
        """Whether the bounds of each column are assumed."""
        return self.assumed[np.array([lever.measure for lever in self.levers], dtype=np.int64)]

    def linear(self, least: Floats | None = None, most: Floats | None = None) -> Linear:
        """The rows as a programme without an objective; with these bounds, or those that hold anyway."""
        size = len(self.levers)
        return Linear(
            costs=np.zeros(size),
            rows=self.rows,
            least=self.least - TOLERANCE if least is None else least,
            most=self.most + TOLERANCE if most is None else most,
            lower=self.lower,
            upper=self.upper,
            whole=np.zeros(size, dtype=bool),
        )

    def __repr__(self) -> str:
        return f"<Moves: {len(self.levers)} levers, {len(self.reasons)} rows, {len(self.targets)} targets>"


def moves_of(
    effects: NetEffects,
    reach: float | None = None,
    effort: float | None = None,
    limits: Floats | None = None,
    measures: Sequence[int] | None = None,
    *,
    apart: bool = False,
) -> Moves:
    """The movement model of a system.

    Parameters
    ----------
    effects
        The system's net effects.
    reach
        How far an agency can push a measure with all its effort there; None is `reach_of` each. Unit: steps, above 0.
    effort
        The limit of agencies that have none of their own; None is no limit. Unit: steps, from 0.
    limits
        The limit of every agency, instead of what the system says.
    measures
        Only targets on these count, by position; None is all.
    apart
        Whether those without a limit, too, have a column each way.

    Raises
    ------
    OptionError
        An option is out of its range.
    """
    if reach is not None and not (0 < reach < np.inf):
        raise OptionError(f"reach is a number of steps above 0, not {reach}.")
    if effort is not None and not (0 <= effort < np.inf):
        raise OptionError(f"effort is a number of steps from 0, not {effort}.")
    index = effects.index
    bound = limits_of(index, effort) if limits is None else limits
    far, assumed = reach_of(index, reach)
    levers, lower, upper, pushes = _levers(index, far, bound, apart=apart)
    moved = sparse.csr_array(pushes @ effects.with_itself)
    wanted = _wanted(index, measures)
    parts = [_levels(index, moved, (lower, upper), wanted), _resources(index, moved), _efforts(levers, bound)]
    reasons = tuple(reason for part in parts for reason in part.reasons)
    place = {reason.at: at for at, reason in enumerate(parts[0].reasons)}
    today = ~np.isnan(index.targets.now[wanted])
    known = wanted[today]
    asked = [_asked(index, int(at)) for at in known]
    return Moves(
        index=index,
        levers=levers,
        lower=lower,
        upper=upper,
        rows=sparse.csr_array(sparse.vstack([part.rows for part in parts], format="csr")),
        least=np.concatenate([part.least for part in parts]),
        most=np.concatenate([part.most for part in parts]),
        reasons=reasons,
        scale=np.concatenate([part.scale for part in parts]),
        targets=known,
        row=np.array([place[int(index.targets.measure[at])] for at in known], dtype=np.int64),
        low=np.array([low for low, _ in asked], dtype=float),
        high=np.array([high for _, high in asked], dtype=float),
        missing=wanted[~today],
        reach=far,
        assumed=assumed,
    )


def reach_of(index: Index, reach: float | None = None) -> tuple[Floats, Bools]:
    """How far an agency can push each measure, in steps, and whether that is assumed.

    The steps between floor and ceiling where both are given, else `REACH`, assumed.

    Parameters
    ----------
    index
        The system's arrays.
    reach
        What was asked for instead, for every measure. Unit: steps.
    """
    if reach is not None:
        return np.full(len(index.measures), reach), np.zeros(len(index.measures), dtype=bool)
    ends = np.array(
        [np.nan if row.floor is None or row.ceiling is None else row.ceiling - row.floor for row in index.measures],
        dtype=float,
    )
    assumed = np.isnan(ends)
    return np.where(assumed, REACH, ends / index.step), assumed


def limits_of(index: Index, effort: float | None = None) -> Floats:
    """The effort that each agency can spend; infinite is no limit."""
    blank = np.inf if effort is None else effort
    return np.array([blank if row.effort is None else row.effort for row in index.agencies], dtype=float)


def movers(index: Index) -> dict[int, dict[int, float]]:
    """For each measure that somebody can move, how many steps each agency's step of effort moves it.

    The control shares; where a measure has none, everybody with a target on it moves it by a whole step: those who
    want it and those who must deliver it.
    """
    found = {measure: dict(shares) for measure, shares in index.controls.items()}
    rows = index.targets
    for measure, agency, deliverer in zip(
        rows.measure.tolist(), rows.agency.tolist(), rows.deliverer.tolist(), strict=True
    ):
        if measure not in index.controls:
            found.setdefault(measure, {}).update({agency: 1.0, deliverer: 1.0})
    able = {m: {a: share for a, share in sorted(shares.items()) if share > 0} for m, shares in sorted(found.items())}
    return {measure: shares for measure, shares in able.items() if shares}


def _levers(
    index: Index, reach: Floats, limits: Floats, *, apart: bool
) -> tuple[tuple[Lever, ...], Floats, Floats, Any]:
    """The columns, their bounds, and the steps of each measure that each of them brings about directly."""
    rows: list[tuple[Lever, float, float, float]] = []
    for measure, shares in movers(index).items():
        free = tuple(agency for agency in shares if np.isinf(limits[agency]))
        if free:
            far = float(reach[measure]) * sum(shares[agency] for agency in free)
            if apart:
                rows += [(Lever(measure, free, way), 0.0, far, float(way)) for way in (1, -1)]
            else:
                rows.append((Lever(measure, free, 0), -far, far, 1.0))
        for agency, share in shares.items():
            if not np.isinf(limits[agency]):
                far = float(reach[measure])
                rows += [(Lever(measure, (agency,), way), 0.0, far, way * share) for way in (1, -1)]
    where = [lever.measure for lever, *_ in rows]
    shape = (len(rows), len(index.measures))
    pushes = sparse.csr_array((np.array([row[3] for row in rows], float), (np.arange(len(rows)), where)), shape=shape)
    low, high = (np.array([row[at] for row in rows], dtype=float) for at in (1, 2))
    return tuple(lever for lever, *_ in rows), low, high, pushes


@dataclass(frozen=True, eq=False)
class _Part:
    """Some rows."""

    rows: Any
    least: Floats
    most: Floats
    reasons: tuple[Reason, ...]
    scale: Floats


def _wanted(index: Index, measures: Sequence[int] | None) -> Ints:
    every = np.arange(len(index.targets), dtype=np.int64)
    return every if measures is None else every[np.isin(index.targets.measure, np.array(measures, dtype=np.int64))]


def _asked(index: Index, target: int) -> tuple[float, float]:
    """What a target asks of the movement of its measure, in steps; a change without a value asks for one step."""
    rows = index.targets
    base, step = float(rows.now[target]), float(index.step[int(rows.measure[target])])
    low, high = float(rows.low[target]), float(rows.high[target])
    if rows.change[target] and rows.rows[target].value is None:
        return (1.0, np.inf) if rows.wish[target] > 0 else (-np.inf, -1.0)
    return (low - base) / step, (high - base) / step


def reaching(index: Index) -> tuple[Floats, Floats]:
    """The least and the largest level of each measure today: its baseline, and those that its targets are told from.

    A floor has to hold for the least, a ceiling for the largest. Unit: the measure's; nan where none is known.
    """
    rows, low, high = index.targets, index.baseline.copy(), index.baseline.copy()
    np.fmin.at(low, rows.measure, rows.now)
    np.fmax.at(high, rows.measure, rows.now)
    return low, high


def _levels(index: Index, moved: Any, bounds: tuple[Floats, Floats], wanted: Ints) -> _Part:
    """A row for each level that somebody wants, or that could leave what is possible."""
    columns = sparse.csr_array(moved.T)
    up, down = columns.maximum(0), (-columns).maximum(0)
    lowest, highest = up @ bounds[0] - down @ bounds[1], up @ bounds[1] - down @ bounds[0]
    asked = set(index.targets.measure[wanted].tolist())
    kept: list[int] = []
    least: list[float] = []
    most: list[float] = []
    bottom, top = (each.tolist() for each in reaching(index))
    for at, row in enumerate(index.measures):
        if np.isnan(bottom[at]):
            continue
        low = -np.inf if row.floor is None else (row.floor - bottom[at]) / float(index.step[at])
        high = np.inf if row.ceiling is None else (row.ceiling - top[at]) / float(index.step[at])
        if at in asked or lowest[at] < low or highest[at] > high:
            kept.append(at)
            least.append(low)
            most.append(high)
    return _Part(
        rows=columns[np.array(kept, dtype=np.int64)],
        least=np.array(least, dtype=float),
        most=np.array(most, dtype=float),
        reasons=tuple(Reason("measure", at) for at in kept),
        scale=np.ones(len(kept)),
    )


def draws_of(index: Index) -> dict[str, dict[int, float]]:
    """For each resource, what one step up of each measure uses; two rows about one line count with their mean."""
    told: dict[tuple[str, int], list[float]] = {}
    for row in index.system.draws:
        if row.per_step is not None:
            told.setdefault((row.resource, index.measure_at[row.measure]), []).append(row.use_when(1))
    found: dict[str, dict[int, float]] = {}
    for (resource, measure), uses in sorted(told.items()):
        found.setdefault(resource, {})[measure] = sum(uses) / len(uses)
    return found


def _resources(index: Index, moved: Any) -> _Part:
    """A row for each resource with a cap or a floor and known draws; in units of its largest number."""
    draws = draws_of(index)
    found: list[tuple[Reason, Any, float, float, float]] = []
    for at, row in enumerate(sorted(index.system.resources, key=lambda row: row.id)):
        uses = draws.get(row.id, {})
        if (row.capacity is None and row.floor is None) or not uses:
            continue
        line = np.zeros(len(index.measures))
        line[list(uses)] = list(uses.values())
        numbers = moved @ line
        size = float(np.abs(numbers).max(initial=0.0)) or 1.0
        used = row.in_use or 0.0
        low = -np.inf if row.floor is None else (row.floor - used) / size
        high = np.inf if row.capacity is None else (row.capacity - used) / size
        found.append((Reason("resource", at), numbers / size, low, high, size))
    rows = np.array([each[1] for each in found]).reshape(len(found), moved.shape[0])
    return _Part(
        rows=sparse.csr_array(rows),
        least=np.array([each[2] for each in found], dtype=float),
        most=np.array([each[3] for each in found], dtype=float),
        reasons=tuple(each[0] for each in found),
        scale=np.array([each[4] for each in found], dtype=float),
    )


def _efforts(levers: Sequence[Lever], limits: Floats) -> _Part:
    """A row for each agency with a limit that can move anything."""
    ones = [(lever.agencies[0], at) for at, lever in enumerate(levers) if np.isfinite(limits[lever.agencies[0]])]
    agencies = sorted({agency for agency, _ in ones})
    place = {agency: at for at, agency in enumerate(agencies)}
    where = ([place[agency] for agency, _ in ones], [at for _, at in ones])
    return _Part(
        rows=sparse.csr_array((np.ones(len(ones)), where), shape=(len(agencies), len(levers))),
        least=np.full(len(agencies), -np.inf),
        most=limits[np.array(agencies, dtype=np.int64)],
        reasons=tuple(Reason("effort", agency) for agency in agencies),
        scale=np.ones(len(agencies)),
    )
