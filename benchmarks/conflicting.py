"""Minimal conflicting sets: the library's; a deletion filter that builds its programme anew; HiGHS' own; Pyomo's.

Pyomo is compared where it is installed (``pip install pyomo``); nothing else here needs it.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Iterable, Sequence

import numpy as np

import alignment as al
from alignment.effects.net_effects import net_effects
from alignment.feasibility.conflicting_sets import Contradiction, Cores
from alignment.feasibility.enumeration import list_all
from alignment.feasibility.moves import moves_of
from alignment.feasibility.repair_search import mend
from alignment.models import System
from alignment.solver import Clock
from benchmarks.filters import by_highs, by_pyomo, rebuilt

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


def listed(place: System, number: int, seconds: float) -> tuple[Cores, list[Contradiction], float]:
    """The first so many sets, none twice, and how long they took."""
    moves = moves_of(net_effects(place, 1))
    started = time.perf_counter()
    cores = Cores(moves, Clock(seconds))
    found = list_all(cores, limit=number)
    return cores, found.contradictions, time.perf_counter() - started


def minimal(cores: Cores, demands: Sequence[int]) -> bool:
    """Whether some demands cannot be met together, and any part of them can."""
    some = np.array(demands, dtype=np.int64)
    return not cores.meets(some) and all(cores.meets(np.setdiff1d(some, [each])) for each in demands)


SIZES = ((20, 50), (20, 100), (40, 100), (80, 200), (200, 500), (200, 1000), (200, 2000))
SETS = 100
"""How many sets are listed in a row."""


def report(sizes: Sequence[tuple[int, int]] = SIZES, cap: float = 60.0, plants: int = 100) -> Iterable[str]:
    """The rates, and the planted system."""
    others = ("rebuilt", "getIis", "pyomo")
    yield ""
    yield "One minimal conflicting set (ms; times: of ours; each set checked; those found may differ)"
    yield f"  {'levers, targets':18}{'library':>10}" + "".join(f"{name:>12}{'times':>8}" for name in others)
    pace = 0.0
    for levers, targets in sizes:
        place = dense(levers, targets, 1)
        ours(place)  # the first solve of a process pays for libraries
        mine, seconds, cores = min((ours(place) for _ in range(3)), key=lambda each: each[1])
        assert minimal(cores, mine)
        theirs = [rebuilt(cores, cap), by_highs(cores), _pyomo(cores, cap, pace)]
        pace = theirs[-1][1] / targets
        assert theirs[0][0] is None or minimal(cores, theirs[0][0])
        assert all(not each or not cores.meets(np.array(each, dtype=np.int64)) for each, _ in theirs[1:])
        yield f"  {f'{levers}, {targets}':18}{1000 * seconds:10.1f}" + "".join(
            _cell(found, took, seconds) for found, took in theirs
        )
    yield from _listed(sizes, cap)
    yield from _planted(plants)


def _cell(found: tuple[int, ...] | None, took: float, ours: float) -> str:
    if not took:
        return f"{'-':>12}{'-':>8}"
    sign = ">" if found is None else ""
    return f"{sign + f'{1000 * took:.0f}':>12}{sign + f'{took / ours:.1f}':>8}"


def _pyomo(cores: Cores, cap: float, pace: float) -> tuple[tuple[int, ...] | None, float]:
    """Nothing, and no time, where it is not installed; what would take longer than the cap is not begun."""
    if importlib.util.find_spec("pyomo") is None:
        return None, 0.0
    return (None, cap) if pace * len(cores) > cap else by_pyomo(cores)


def _listed(sizes: Sequence[tuple[int, int]], cap: float) -> Iterable[str]:
    yield ""
    yield f"{SETS} minimal conflicting sets in a row, none twice (a second)"
    yield f"  {'levers, targets':18}{'library':>10}{'rebuilt':>10}{'times':>8}"
    for levers, targets in sizes:
        cores, found, seconds = listed(dense(levers, targets, 1), SETS, cap)
        assert len({each.demands for each in found}) == len(found)
        assert all(map(cores.hold, found))
        theirs, slow = rebuilt(cores, cap)
        sign, rate = "<" if theirs is None else "", len(found) / seconds
        more = "" if len(found) >= SETS else f"  {len(found)} in {seconds:.0f} s"
        yield (
            f"  {f'{levers}, {targets}':18}{rate:10.2f}{sign + f'{1 / slow:.2f}':>10}"
            f"{'>' * bool(sign) + f'{rate * slow:.0f}':>8}{more}"
        )


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
