"""What an answer leans on where it binds at an assumed reach, and what more reach would do (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy import sparse

from alignment.index import Floats, Index, Ints, positions
from alignment.linear import Linear
from alignment.models.answers.achieve import AssumedReach, ConflictingSet, HardFact
from alignment.solver import Warm
from alignment.wording import count, in_steps, lower_first, names, number, upper_first

from .conflicting_sets import Contradiction, Cores, Proof
from .moves import REACH, TOLERANCE, Moves

SMALL = 1e-9
"""Numbers below this are none."""


def reach_facts(cores: Cores, each: Contradiction) -> Iterator[HardFact]:
    """How far agencies can push, where a contradiction rests on it: what is known, then what is assumed.

    Parameters
    ----------
    cores
        The demands.
    each
        The contradiction.
    """
    moves = cores.moves
    bound = _bound(moves, each.proof)
    for assumed in (False, True):
        measures = sorted({moves.levers[at].measure for at in positions(bound[moves.leaning[bound] == assumed])})
        if measures:
            enough = least_reach(cores, each.demands) if assumed else None
            yield _fact(moves, measures, enough, assumed=assumed)


def _bound(moves: Moves, proof: Proof) -> Ints:
    """The columns whose bounds a proof needs."""
    numbers = np.zeros(moves.rows.shape[0])
    for row, share in proof:
        numbers[row] += share
    pull = moves.rows.T @ numbers
    return np.flatnonzero(np.maximum(pull * moves.upper, pull * moves.lower) > SMALL)


def _fact(moves: Moves, measures: Sequence[int], enough: float | None, *, assumed: bool) -> HardFact:
    index = moves.index
    called = names([lower_first(index.measures[at].name) for at in measures])
    if assumed:
        says = f"nobody is assumed to push {called} further than {number(REACH)} steps{_would_do(enough)}"
    else:
        far = {float(moves.reach[at]) for at in measures}
        steps = f"{number(far.pop())} steps" if len(far) == 1 else "from floor to ceiling"
        says = f"no agency can push {called} further than {steps}"
    return HardFact(
        what="reach",
        says=says,
        measures=tuple(index.measures[at].id for at in measures),
        assumed=assumed,
        enough=None if enough is None or np.isinf(enough) else enough,
    )


def _would_do(enough: float | None) -> str:
    if enough is None:
        return ""
    return " (no reach would be enough)" if np.isinf(enough) else f" ({number(enough)} would be enough)"


def least_reach(cores: Cores, demands: Sequence[int]) -> float | None:
    """The least that every assumed reach would have to be so that some demands can be met; steps.

    Infinite where no reach would do; None where nobody knows.

    Parameters
    ----------
    cores
        The demands.
    demands
        Positions of some of them.
    """
    moves = cores.moves
    ours = np.flatnonzero(moves.leaning)
    least, most = cores.bounds(np.array(demands, dtype=np.int64))
    if not len(ours) or np.any(least > most + 2 * TOLERANCE):
        return np.inf
    base = moves.linear(np.minimum(least, most) - TOLERANCE, np.maximum(least, most) + TOLERANCE)
    lower, upper = moves.lower.copy(), moves.upper.copy()
    lower[ours], upper[ours] = np.where(lower[ours] < 0, -np.inf, 0.0), np.inf
    warm = Warm(_scaled(moves, base, ours, (lower, upper)), cores.clock)
    status = warm.solve()
    return round(warm.value, 6) if status == "met" else np.inf if status == "impossible" else None


def _scaled(moves: Moves, base: Linear, ours: Ints, bounds: tuple[Floats, Floats]) -> Linear:
    """The programme with one more column: the reach, which bounds the columns that lean on it."""
    size = len(base.costs)
    far = moves.upper[ours] / REACH
    places = (np.arange(len(ours)), ours)
    own = sparse.csr_array((np.ones(len(ours)), places), shape=(len(ours), size))
    held = [sparse.hstack([way * own, sparse.csr_array(-far[:, None])]) for way in (1.0, -1.0)]
    rows = sparse.hstack([base.rows, sparse.csr_array((base.rows.shape[0], 1))])
    below = np.full(2 * len(ours), -np.inf)
    return Linear(
        costs=np.append(base.costs, 1.0),
        rows=sparse.csr_array(sparse.vstack([rows, *held])),
        least=np.concatenate([base.least, below]),
        most=np.concatenate([base.most, np.zeros(2 * len(ours))]),
        lower=np.append(bounds[0], REACH),
        upper=np.append(bounds[1], np.inf),
        whole=np.zeros(size + 1, dtype=bool),
    )


def of_sets(index: Index, sets: Iterable[ConflictingSet]) -> tuple[AssumedReach, ...]:
    """The measures whose assumed reach some conflicting sets rest on, by id, with what more would do.

    Parameters
    ----------
    index
        The system's arrays.
    sets
        The sets.
    """
    found: dict[str, list[float | None]] = {}
    for fact in (fact for each in sets for fact in each.facts if fact.assumed):
        for measure in fact.measures:
            found.setdefault(measure, []).append(fact.enough)
    return tuple(_of_sets(index, measure, found[measure]) for measure in sorted(found))


def _of_sets(index: Index, measure: str, told: Sequence[float | None]) -> AssumedReach:
    enough = min((each for each in told if each is not None), default=None)
    sets = count(len(told), "conflicting set rests", "conflicting sets rest")
    most = "" if len(told) == 1 or enough is None else " at least one of them"
    more = (
        "no reach is known to be enough"
        if enough is None
        else f"with {number(enough)} steps{most or ' it'} could be met"
    )
    return _reach(index, measure, f"{sets} on it; {more}", sets=len(told), enough=enough)


def _reach(
    index: Index,
    measure: str,
    more: str,
    *,
    sets: int = 0,
    enough: float | None = None,
    spares: float | None = None,
) -> AssumedReach:
    at = index.measure_at[measure]
    row = index.measures[at]
    far = in_steps(REACH, float(index.step[at]), row.unit)
    said = f"{upper_first(row.name)} has no known floor and ceiling, so nobody is assumed to push it further than {far}"
    return AssumedReach(
        measure=measure,
        name=row.name,
        reach=REACH,
        sets=sets,
        enough=enough,
        spares=spares,
        sentence=f"{said}: {more}.",
    )


def of_bounds(moves: Moves, spared: Iterable[tuple[int, float, str]]) -> tuple[AssumedReach, ...]:
    """The measures at whose assumed reach an answer binds, with what one more step of it would spare.

    Parameters
    ----------
    moves
        The model.
    spared
        Measures by position, how much one more step spares, and the same in words.
    """
    index = moves.index
    return tuple(
        _reach(index, index.measures[at].id, f"one more step would spare {says}", spares=round(far, 6))
        for at, far, says in spared
    )


def united(*parts: Iterable[AssumedReach]) -> tuple[AssumedReach, ...]:
    """What several reasons say of assumed reaches, by measure."""
    return tuple(sorted((each for part in parts for each in part), key=lambda each: each.measure))


def tight(moves: Moves, warm: Warm) -> dict[int, Ints]:
    """For each measure of assumed reach the columns at their bound whose bound has a price.

    Parameters
    ----------
    moves
        The model; its columns are the first of the programme.
    warm
        The programme, solved.
    """
    size = len(moves.levers)
    values, price = warm.values[:size], warm.prices[:size]
    room = np.minimum(moves.upper - values, np.where(moves.lower < 0, values - moves.lower, np.inf))
    found: dict[int, list[int]] = {}
    for at in positions(np.flatnonzero((room < TOLERANCE) & moves.leaning & (np.abs(price) > 1e-7))):
        found.setdefault(moves.levers[at].measure, []).append(at)
    return {
        measure: np.array([at for at, lever in enumerate(moves.levers) if lever.measure == measure], dtype=np.int64)
        for measure in sorted(found)
    }


def further(moves: Moves, warm: Warm, columns: Ints, more: float = 1.0) -> None:
    """Let some columns be pushed so many steps further; 0 puts them back."""
    far = 1 + more / REACH
    warm.columns_to(columns, moves.lower[columns] * far, moves.upper[columns] * far)
