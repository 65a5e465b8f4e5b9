"""Minimal conflicting sets: by certificates, by a deletion filter that builds its programme anew, by HiGHS itself."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

import alignment as al
from alignment.cores import Cores
from alignment.effects import net_effects
from alignment.mending import mend
from alignment.models import System
from alignment.moves import TOLERANCE, moves_of
from alignment.solver import Clock

Row = tuple[dict[int, float], float]
"""Levers with their numbers, and the least they have to add up to."""


def system(levers: int, rows: Sequence[Row]) -> System:
    """A system in which one doer pulls levers, and each row is a target on a measure of its own."""
    pulled = [{"id": f"l{at:04}", "name": f"Lever {at}"} for at in range(levers)]
    asked = [{"id": f"t{at:04}", "name": f"Target {at}", "baseline": 0, "step": 1} for at in range(len(rows))]
    return System.model_validate(
        {
            "agencies": [{"id": "doer", "name": "Doer"}],
            "measures": [*pulled, *asked],
            "targets": [
                {"id": f"t{at:04}", "agency": "doer", "measure": f"t{at:04}", "sense": "at_least", "value": least}
                for at, (_, least) in enumerate(rows)
            ],
            "influences": [
                {"source_measure": f"l{lever:04}", "target_measure": f"t{at:04}", "effect": number}
                for at, (numbers, _) in enumerate(rows)
                for lever, number in numbers.items()
            ],
            "controls": [
                *({"agency": "doer", "measure": row["id"], "share": 1} for row in pulled),
                *({"agency": "doer", "measure": row["id"], "share": 0} for row in asked),
            ],
        }
    )


def dense(levers: int, targets: int, seed: int) -> System:
    """Targets that each depend on half of the levers, too many for all to be met."""
    draw = random.Random(seed)
    rows: list[Row] = [
        ({at: round(draw.uniform(-1, 1), 3) for at in sorted(draw.sample(range(levers), levers // 2))}, 1.0)
        for _ in range(targets)
    ]
    return system(levers, rows)


def planted(levers: int, targets: int, conflicts: int, seed: int) -> System:
    """Three targets that cannot all be met, so many times, among others that can."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for at in range(conflicts):
        one, two, other = 2 * at, 2 * at + 1, (2 * at + 2) % levers
        rows += [({one: 1.0}, 1.0), ({two: 1.0}, 1.0), ({one: -1.0, two: -1.0, other: 0.01}, -1.5)]
    while len(rows) < targets:
        numbers = {at: round(draw.uniform(-1, 1), 3) for at in sorted(draw.sample(range(levers), 5))}
        rows.append((numbers, round(sum(numbers.values()) - 2, 3)))
    return system(levers, rows)


def ours(place: System) -> tuple[tuple[int, ...], float, Cores]:
    """One set, the programme built and solved within the time."""
    moves = moves_of(net_effects(place, 1))
    started = time.perf_counter()
    cores = Cores(moves, Clock(600))
    assert not cores.meets(cores.every)
    found = cores.shrink(cores.core)
    return found.demands, time.perf_counter() - started, cores


def rebuilt(cores: Cores, cap: float) -> tuple[tuple[int, ...] | None, float]:
    """One set by leaving out one target after the other, each time a fresh PuLP problem; nothing after the cap."""
    started = time.perf_counter()
    kept = list(range(len(cores)))
    for each in range(len(cores)):
        if time.perf_counter() - started > cap:
            return None, cap
        rest = [one for one in kept if one != each]
        if not _solved(cores, rest):
            kept = rest
    return tuple(kept), time.perf_counter() - started


def _solved(cores: Cores, demands: Sequence[int]) -> bool:
    import pulp  # pyright: ignore[reportMissingTypeStubs]

    moves = cores.moves
    problem: Any = pulp.LpProblem("filter", pulp.LpMinimize)
    bounds = zip(moves.lower.tolist(), moves.upper.tolist(), strict=True)
    levers = [problem.add_variable(f"x{at}", low, high) for at, (low, high) in enumerate(bounds)]
    rows = moves.rows.tocsr()
    for demand in demands:
        at = int(cores.row[demand])
        span = slice(rows.indptr[at], rows.indptr[at + 1])
        columns, numbers = rows.indices[span].tolist(), rows.data[span].tolist()
        terms = [(levers[column], number) for column, number in zip(columns, numbers, strict=True)]
        least = float(cores.low[demand]) - TOLERANCE
        problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(terms), pulp.LpConstraintGE, rhs=least))
    solver: Any = pulp.HiGHS(msg=False, threads=1)
    problem.solve(solver)
    return int(problem.status) == 1


def by_highs(cores: Cores) -> tuple[tuple[int, ...], float]:
    """One set by HiGHS' own search (strategy 6)."""
    import highspy

    from alignment.solver.highs import bulk

    least, most = cores.bounds(cores.every)
    started = time.perf_counter()
    model: Any = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("iis_strategy", 6)):
        model.setOptionValue(name, value)
    model.passModel(bulk(cores.moves.linear(least - TOLERANCE, most + TOLERANCE)))
    model.run()
    _, found = model.getIis()
    rows = set(found.row_index_)
    return tuple(at for at in range(len(cores)) if int(cores.row[at]) in rows), time.perf_counter() - started


def minimal(cores: Cores, demands: Sequence[int]) -> bool:
    """Whether some demands cannot be met together, and any part of them can."""
    some = np.array(demands, dtype=np.int64)
    return not cores.meets(some) and all(cores.meets(np.setdiff1d(some, [each])) for each in demands)


SIZES = ((20, 50), (40, 100), (80, 200), (200, 500), (200, 1000), (200, 2000))


def report(sizes: Sequence[tuple[int, int]] = SIZES, cap: float = 60.0, plants: int = 100) -> Iterable[str]:
    """The rates, and the planted system."""
    yield ""
    yield "One minimal conflicting set (ms; each set checked to be one; sets found may differ)"
    yield f"  {'levers, targets':20}{'library':>10}{'rebuilt':>10}{'times':>8}{'getIis':>10}{'times':>8}"
    for levers, targets in sizes:
        place = dense(levers, targets, 1)
        ours(place)  # the first solve of a process pays for libraries
        mine, seconds, cores = ours(place)
        its, iis = by_highs(cores)
        theirs, slow = rebuilt(cores, cap)
        assert minimal(cores, mine)
        assert not len(its) or not cores.meets(np.array(its, dtype=np.int64))
        assert theirs is None or minimal(cores, theirs)
        sign = ">" if theirs is None else ""
        yield (
            f"  {f'{levers}, {targets}':20}{1000 * seconds:10.1f}{sign + f'{1000 * slow:.0f}':>10}"
            f"{sign + f'{slow / seconds:.0f}':>8}{1000 * iis:10.1f}{iis / seconds:8.1f}"
        )
    yield from _planted(plants)


def _planted(plants: int) -> Iterable[str]:
    place = planted(2 * plants, 20 * plants, plants, 1)
    first = ours(place)[1]
    started = time.perf_counter()
    repair = al.smallest_repair(place, steps=1, time_limit=600)
    seconds = time.perf_counter() - started
    assert repair.proven
    assert repair.weight == plants
    cores = Cores(moves_of(net_effects(place, 1)), Clock(600))
    assert mend(cores).apart == plants
    yield f"  {plants} planted among {20 * plants:,} targets: first set {first:.2f} s, smallest repair {seconds:.2f} s"
