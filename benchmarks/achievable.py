"""Set and values together: rows found when a set breaks them, against one programme with indicators for targets."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy import sparse

import alignment as al
from alignment.aligned_set.programme import Objective, Programme, build
from alignment.aligned_set.stage_as_cover import covering_of, minimise as by_rows
from alignment.feasibility.conflicting_sets import Cores
from alignment.index import Index
from alignment.linear import Linear
from alignment.models.options.aligned_set import Options
from alignment.solver import Clock, minimise
from benchmarks.timing import steady

GAP = 1 - 1e-6


def place(measures: int, seed: int) -> al.System:
    """A made-up place: three targets a measure, limited effort, half of the measures capped near where they stand."""
    draw = random.Random(seed)
    agencies, outcomes = max(4, measures // 10), max(3, measures // 4)
    names = [f"m{at:04}" for at in range(measures)]
    rows: list[dict[str, Any]] = [
        {
            "id": name,
            "name": name,
            "outcome": f"o{draw.randrange(outcomes)}",
            "baseline": 10,
            "step": 1,
            **({"ceiling": 10 + draw.choice((1, 2, 3)), "floor": 10 - draw.choice((1, 2, 3))} if at % 2 else {}),
        }
        for at, name in enumerate(names)
    ]
    targets: list[dict[str, Any]] = [
        {
            "agency": f"a{draw.randrange(agencies)}",
            "measure": name,
            "sense": sense,
            "value": 10 + draw.choice((1, 2)) if sense == "at_least" else 10 - draw.choice((1, 2)),
            "weight": draw.choice((0.3, 0.6, 1.0)),
        }
        for name in names
        for sense in [draw.choice(("at_least", "at_most"))] * 2 + [draw.choice(("at_least", "at_most"))]
    ]
    links = [
        {"source_measure": one, "target_measure": two, "effect": draw.choice((-0.6, -0.4, 0.4, 0.6))}
        for one in names
        for two in draw.sample(names, 3)
        if one != two
    ]
    captures = [
        {"measure": name, "outcome": f"o{other}", "validity": 0.8}
        for name in names
        for other in draw.sample(range(outcomes), 2)
        if f"o{other}" != next(row["outcome"] for row in rows if row["id"] == name)
    ]
    return al.read(
        {
            "agencies": [{"id": f"a{at}", "name": f"A{at}", "effort": 6} for at in range(agencies)],
            "outcomes": [{"id": f"o{at}", "name": f"O{at}", "dimension": "outcomes"} for at in range(outcomes)],
            "measures": rows,
            "captures": captures,
            "targets": list({(row["agency"], row["measure"], row["sense"]): row for row in targets}.values()),
            "influences": list({(row["source_measure"], row["target_measure"]): row for row in links}.values()),
        }
    )


def rows_found(system: al.System, options: Options) -> float:
    """Weight of gaps and then conflict, by rows found when a set breaks them."""
    programme = build(system, options)
    objective = together(programme)
    outcome = by_rows(programme, objective, (), Clock(300), gap=GAP)
    assert outcome.values is not None
    return round(sum(number * outcome.values[at] for at, number in objective.items()))


def together(programme: Programme) -> dict[int, float]:
    """Gaps first, then conflict, as one sum."""
    by_stage: dict[str, Objective] = {each.stage: each for each in programme.objectives}
    gaps, conflict = by_stage["gaps"].terms, by_stage["conflict"].terms
    large = sum(conflict.values()) + 1
    found: dict[int, float] = {at: float(number) for at, number in conflict.items()}
    for at, number in gaps.items():
        found[at] = found.get(at, 0.0) + float(large * number)
    return found


def one_programme(system: al.System, options: Options) -> float:
    """The same with efforts as columns, and an indicator row for each target with the tightest number that is valid."""
    programme = build(system, options)
    covering, order = covering_of(programme, together(programme), ())
    assert programme.lazy is not None
    cores = programme.lazy.cores(programme.candidates, Clock(300))
    outcome = minimise(_joined(covering.linear(), cores, _columns(programme, order), system), Clock(300), gap=GAP)
    assert outcome.values is not None
    return round(float(covering.linear().costs @ outcome.values[: covering.linear().columns]))


def _columns(programme: Programme, order: Sequence[int]) -> dict[int, int]:
    place = {column: at for at, column in enumerate(order)}
    return {measure: place[column] for column, measure in enumerate(programme.candidates)}


def _joined(sets: Linear, cores: Cores, column: dict[int, int], system: al.System) -> Linear:
    moves, index = cores.moves, system.derive(Index)
    size, levers = sets.columns, len(moves.levers)
    up, down = moves.rows.maximum(0), (-moves.rows).maximum(0)
    lowest = up @ moves.lower - down @ moves.upper
    highest = up @ moves.upper - down @ moves.lower
    rows: list[Any] = []
    least: list[float] = []
    for at in range(len(cores)):
        row = int(cores.row[at])
        measure = int(index.targets.measure[moves.targets[cores.members[at][0]]])
        line = np.asarray(moves.rows[[row]].todense()).ravel()
        for sign, bound, far in ((1.0, cores.low[at], lowest[row]), (-1.0, -cores.high[at], -highest[row])):
            if np.isfinite(bound):
                ask = np.zeros(size)
                ask[column[measure]] = -(bound - far)
                rows.append(np.concatenate([ask, sign * line]))
                least.append(far)
    held = sparse.hstack([sparse.csr_array((moves.rows.shape[0], size)), moves.rows])
    first = sparse.hstack([sets.rows, sparse.csr_array((sets.rows.shape[0], levers))])
    free = np.full(len(rows), np.inf)
    return Linear(
        costs=np.concatenate([sets.costs, np.zeros(levers)]),
        rows=sparse.vstack([first, held, sparse.csr_array(np.array(rows))]).tocsr(),
        least=np.concatenate([sets.least, moves.least, least]),
        most=np.concatenate([sets.most, moves.most, free]),
        lower=np.concatenate([sets.lower, moves.lower]),
        upper=np.concatenate([sets.upper, moves.upper]),
        whole=np.concatenate([sets.whole, np.zeros(levers, dtype=bool)]),
    )


def report(sizes: Sequence[int], seed: int) -> Iterable[str]:
    """Seconds of both ways, the same best value checked first."""
    yield ""
    yield "Set and values together: gaps and conflict of the best set whose targets can all be met (seconds)"
    yield f"{'':40}{'one programme':>15}{'rows found':>15}{'times':>7}"
    for size in sizes:
        system = place(size, seed)
        options = Options(achievable=True, order="conflict-first")
        mine, seconds = steady(lambda system=system, options=options: rows_found(system, options))
        theirs, other = steady(lambda system=system, options=options: one_programme(system, options))
        assert mine == theirs, (size, mine, theirs)
        yield f"  {size:,} measures, {len(system.targets):,} targets".ljust(40) + (
            f"{other:15.2f}{seconds:15.2f}{other / seconds:7.1f}"
        )
