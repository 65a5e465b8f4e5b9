"""Can they all be met? The moves that do it, the sets of targets that conflict, what to give up (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from alignment.effects.net_effects import effects_of
from alignment.index import Floats, positions
from alignment.judge import achievement
from alignment.judge.refuse import refuse
from alignment.models.answers.achieve import (
    Achievement,
    AssumedReach,
    Level,
    Move,
)
from alignment.models.options.feasibility import MoveOptions
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.solver import Warm
from alignment.wording import in_steps, lower_first, names, number, upper_first, verb as conjugated

from .conflicting_sets import Contradiction, Cores, Spent
from .demands import cores_of, missing, told
from .hard_facts import check_hard_facts, level_of
from .moves import Moves, limits_of, movers, moves_of
from .reach import further, of_bounds, of_sets, tight
from .witness import allowed, claims

SEEN: Final = 1e-6
"""Efforts below this are not told; steps."""

DIGITS: Final = 6
"""Levels and efforts are told to this many decimals."""


@verb(MoveOptions)
def can_all_be_met(system: System, asked: MoveOptions) -> Achievement:
    r"""Whether all targets can be met together: with which moves, or which of them cannot.

    Effort on a measure moves it by the agency's control share, and others with it:
    ``D = (I + N)^T x``. Floors, ceilings, resources, effort and reach are hard; targets are what is asked.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Achievement
        Yes with the moves of least effort in all, or no with a minimal conflicting set; what was not assessed.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.
    SolverTrouble
        The answer did not survive the judge.

    Examples
    --------
    >>> import alignment as al
    >>> answer = al.can_all_be_met(al.read(al.example("winter-pressure")))
    >>> answer.met, answer.conflict.targets
    (False, ('commissioner-home-care', 'council-budget'))
    """
    cores = cores_of(system, asked)
    met, found = None, list[Contradiction]()
    try:
        check_hard_facts(cores)
        met = cores.meets(cores.every)
        if not met:
            found.append(cores.shrink(cores.core))
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    moves, levels, spared = _way(cores, asked) if met else ((), (), ())
    known = met is not None and (met or bool(found))
    assessed = len(cores.moves.targets)
    conflict = told(cores, found[0]) if found else None
    answer = Achievement(
        system=system.hash,
        met=met if assessed else None,
        assessed=assessed,
        moves=moves,
        levels=levels,
        conflict=conflict,
        reaches=spared if conflict is None else of_sets(cores.moves.index, [conflict]),
        not_assessed=missing(cores),
        stopped="finished" if known else cores.clock.ending,
    )
    refuse(achievement.objections(system, answer, allowed(asked), claims(cores, found)))
    return answer


def _way(cores: Cores, asked: MoveOptions) -> tuple[tuple[Move, ...], tuple[Level, ...], tuple[AssumedReach, ...]]:
    """The moves of least effort in all that meet every target, where measures end up, and what it leans on."""
    index = cores.moves.index
    moves = moves_of(
        effects_of(index.system, asked.steps, asked.decay, asked.evidence), asked.reach, asked.effort, apart=True
    )
    least, most = Cores(moves, cores.clock).bounds(cores.every)
    warm = Warm(moves.linear(least, most), cores.clock)
    spent = _spent(moves, limits_of(index, asked.effort))
    costs = spent * np.array([len(lever.agencies) for lever in moves.levers])
    warm.costs(costs)
    if warm.solve() != "met":
        return (), (), ()
    movement = moves.rows @ warm.values
    used = np.flatnonzero(warm.values > SEEN).tolist()
    told = tuple(_move(moves, at, float(warm.values[at] * spent[at])) for at in used)
    levels = tuple(_level(moves, at, float(movement[moves.row[at]])) for at in _places(moves))
    return told, levels, of_bounds(moves, _spared(moves, warm))


def _spared(moves: Moves, warm: Warm) -> Iterator[tuple[int, float, str]]:
    """For each assumed reach at which the way binds what one more step of it would spare."""
    value, bound = warm.value, tight(moves, warm)
    for measure, columns in bound.items():
        further(moves, warm, columns)
        spared = value - warm.value if warm.solve() == "met" else 0.0
        further(moves, warm, columns, 0.0)
        if spared > SEEN:
            yield measure, spared, f"{number(spared)} steps of effort in all"


def _spent(moves: Moves, limits: Floats) -> Floats:
    """What each agency spends per unit of a column: those without a limit push together, each as far."""
    shares = movers(moves.index)
    together = [sum(shares[lever.measure][who] for who in lever.agencies) for lever in moves.levers]
    free = np.isinf(limits[[lever.agencies[0] for lever in moves.levers]])
    return np.where(free, 1 / np.array(together, dtype=float), 1.0)


def _move(moves: Moves, at: int, spent: float) -> Move:
    lever, index = moves.levers[at], moves.index
    measure = index.measures[lever.measure]
    who = [index.agencies[each] for each in lever.agencies]
    each = " each" if len(who) > 1 else ""
    steps = f"{number(spent)} step{'' if number(spent) == '1' else 's'} of effort{each}"
    way = "up" if lever.way > 0 else "down"
    # A step of effort moves the measure by the share of who makes it.
    shares = movers(index)[lever.measure]
    far = in_steps(
        spent * sum(shares[agency] for agency in lever.agencies), float(index.step[lever.measure]), measure.unit
    )
    says = (
        f"{names([row.name for row in who])} {conjugated(len(who), 'pushes', 'push')} {lower_first(measure.name)} {way}"
        f" by {far}"
    )
    return Move(
        agencies=tuple(row.id for row in who),
        agency_names=tuple(row.name for row in who),
        measure=measure.id,
        name=measure.name,
        effort=round(lever.way * spent, DIGITS),
        sentence=f"{upper_first(says)}, with {steps}.",
    )


def _places(moves: Moves) -> list[int]:
    """Of each measure one assessed target for each place that its targets are told from, the baseline first."""
    rows = moves.index.targets
    found: dict[tuple[int, int], int] = {}
    for at, target in enumerate(positions(moves.targets)):
        place = int(rows.deliverer[target]) if rows.own[target] else -1
        found.setdefault((int(rows.measure[target]), place), at)
    return [found[mark] for mark in sorted(found)]


def _level(moves: Moves, at: int, steps: float) -> Level:
    index, target = moves.index, int(moves.targets[at])
    measure, now = int(index.targets.measure[target]), float(index.targets.now[target])
    row = index.measures[measure]
    level = round(now + float(index.step[measure]) * steps, DIGITS) + 0.0
    return Level(measure=row.id, name=row.name, baseline=now, level=level, **level_of(index, target))
