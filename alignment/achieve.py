"""Can they all be met? The moves that do it, the sets of targets that conflict, what to give up (METHOD section 5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import Final

import numpy as np

from .effects import net_effects
from .errors import OptionError
from .index import Floats, Index
from .models.achievement import (
    Achievement,
    ConflictingSet,
    GivenUp,
    JointConflicts,
    Level,
    Move,
    NotAssessed,
    Repair,
)
from .models.system import System
from .movement.binding import check_hard_facts, conflicting_set, not_assessed, wants
from .movement.cores import Contradiction, Cores, Spent, chosen
from .movement.listing import Listed, list_all
from .movement.mending import Mended, every_mend, mend
from .movement.moves import REACH, Moves, limits_of, movers, moves_of
from .solver import Clock, Warm
from .wording import lower_first, names, number, upper_first, verb

Progress = Callable[[str], None]

LIMIT: Final = 1000
"""How many sets are listed unless more are asked for."""

MANY: Final = 500
"""From so many measures and wishes on each effort is a column up and a column down."""

SEEN: Final = 1e-6
"""Efforts below this are not told; steps."""

DIGITS: Final = 6
"""Levels and efforts are told to this many decimals."""


def quiet(_: str) -> None:
    """Say nothing."""


def can_all_be_met(
    system: System,
    *,
    effort: float | None = None,
    reach: float = REACH,
    steps: int = 2,
    decay: float = 0.5,
    time_limit: float = 60.0,
) -> Achievement:
    r"""Whether all targets can be met together: with which moves, or which of them cannot.

    Effort on a measure moves it by the agency's control share, and others with it:
    ``D = (I + N)^T x``. Floors, ceilings, resources, effort and reach are hard; targets are what is asked.

    Parameters
    ----------
    system
        The system.
    effort
        The limit of agencies that have none of their own; blank is no limit. Unit: steps, from 0.
    reach
        How far an agency can push a measure. Unit: steps, above 0.
    steps, decay
        As in `net_effects`.
    time_limit
        How long to search. Unit: seconds.

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

    Examples
    --------
    >>> import alignment as al
    >>> answer = al.can_all_be_met(al.read(al.example("winter-pressure")))
    >>> answer.met, answer.conflict.targets
    (False, ('commissioner-home-care', 'council-budget'))
    """
    cores = cores_of(system, effort, reach, steps, decay, time_limit)
    met, conflict = None, None
    try:
        check_hard_facts(cores)
        met = cores.meets(cores.every)
        if not met:
            conflict = told(cores, cores.shrink(cores.core))
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    moves, levels = _way(cores, effort, reach, steps, decay) if met else ((), ())
    known = met is not None and (met or conflict is not None)
    return Achievement(
        system=system.hash,
        met=met,
        assessed=len(cores.moves.targets),
        moves=moves,
        levels=levels,
        conflict=conflict,
        not_assessed=missing(cores),
        stopped="finished" if known else cores.clock.ending,
    )


def find_joint_conflicts(  # noqa: PLR0913 - an option each
    system: System,
    limit: int = LIMIT,
    *,
    every: bool = False,
    effort: float | None = None,
    reach: float = REACH,
    steps: int = 2,
    decay: float = 0.5,
    time_limit: float = 60.0,
    progress: Progress = quiet,
) -> JointConflicts:
    """Minimal sets of targets that cannot all be met, though any part of each can.

    By default those that prove the smallest repair: enough that whatever hits all of them lets the rest be met.

    Parameters
    ----------
    system
        The system.
    limit
        How many sets to list at most, from 1.
    every
        Whether to look for all of them; their number can grow exponentially.
    effort, reach, steps, decay, time_limit
        As in `can_all_be_met`.
    progress
        Told how far it is.

    Returns
    -------
    JointConflicts
        The sets, smallest first, each verified without the solver, and whether these are all.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.

    References
    ----------
    Gleeson and Ryan (1990), Identifying minimally infeasible subsystems of inequalities, ORSA Journal on Computing 2.
    Liffiton and others (2016), Fast, flexible MUS enumeration, Constraints 21. Davies and Bacchus (2011), Solving
    MAXSAT by solving a sequence of simpler SAT instances, CP 2011.

    Examples
    --------
    >>> import alignment as al
    >>> found = al.find_joint_conflicts(al.read(al.example("winter-pressure")), every=True)
    >>> [each.size for each in found.sets], found.complete
    ([2, 2, 2], True)
    """
    check_limit(limit)
    cores = cores_of(system, effort, reach, steps, decay, time_limit)
    listed = Listed()
    try:
        check_hard_facts(cores)
        if every:
            listed = list_all(cores, limit=limit, tell=progress)
        else:
            mended = mend(cores, progress)
            proven = mended.proven and not mended.contradictions
            found = sorted(mended.contradictions, key=lambda each: (len(each.demands), each.demands))
            listed = Listed(found, proven, len(cores) if proven else 0)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    sets = list(islice(_expanded(cores, listed.contradictions, every=every), limit + 1))
    sets = sorted(sets, key=lambda each: (each.size, each.targets))
    return JointConflicts(
        system=system.hash,
        sets=tuple(sets[:limit]),
        complete=listed.complete and len(sets) <= limit,
        up_to=min([listed.up_to, *(each.size - 1 for each in sets[limit:])]),
        assessed=len(cores.moves.targets),
        not_assessed=missing(cores),
        stopped=cores.clock.ending,
    )


def smallest_repair(  # noqa: PLR0913 - an option each
    system: System,
    *,
    every: bool = False,
    limit: int = 100,
    effort: float | None = None,
    reach: float = REACH,
    steps: int = 2,
    decay: float = 0.5,
    time_limit: float = 60.0,
    progress: Progress = quiet,
) -> Repair:
    """The least weight of targets to give up such that all others can be met, with proof.

    Parameters
    ----------
    system
        The system.
    every
        Whether to look for all repairs of that weight.
    limit
        How many of them at most, from 1.
    effort, reach, steps, decay, time_limit
        As in `can_all_be_met`.
    progress
        Told how far it is.

    Returns
    -------
    Repair
        What to give up, what it weighs, and the conflicting sets that prove that nothing lighter is enough.

    Raises
    ------
    InputError
        The hard facts alone contradict each other.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> repair = al.smallest_repair(al.read(al.example("winter-pressure")), every=True)
    >>> repair.weight, repair.proven, len(repair.repairs)
    (2.0, True, 2)
    """
    check_limit(limit)
    cores = cores_of(system, effort, reach, steps, decay, time_limit)
    found, others, complete = Mended(), list[tuple[int, ...]](), False
    try:
        check_hard_facts(cores)
        found = mend(cores, progress)
        others = [found.given] if found.given is not None else []
        if every and found.proven:
            others, complete = every_mend(cores, found, limit)
    except Spent:
        pass
    except KeyboardInterrupt:
        cores.clock.interrupt()
    keys = cores.moves.index.targets.keys
    given = cores.every.tolist() if found.given is None else others[0]
    return Repair(
        system=system.hash,
        given_up=tuple(given_up(cores.moves.index, at) for at in chosen(cores, given)),
        weight=sum(cores.weights[each] for each in given) / 1_000_000,
        bound=found.bound / 1_000_000,
        proven=found.proven,
        repairs=tuple(tuple(keys[at] for at in chosen(cores, each)) for each in others),
        repairs_complete=complete,
        conflicts=tuple(told(cores, each) for each in found.contradictions if each.demands),
        apart=found.apart,
        assessed=len(cores.moves.targets),
        not_assessed=missing(cores),
        stopped="finished" if found.proven and (complete or not every) else cores.clock.ending,
    )


def check_limit(limit: int) -> None:
    """Refuse a limit below 1.

    Raises
    ------
    OptionError
        It is.
    """
    if limit < 1 or int(limit) != limit:
        raise OptionError(f"limit is a whole number from 1, not {limit}.")


def check_time(time_limit: float) -> Clock:
    """A clock for so many seconds.

    Raises
    ------
    OptionError
        They are not above 0.
    """
    if not (math.isfinite(time_limit) and time_limit > 0):
        raise OptionError(f"time_limit is a number of seconds above 0, not {time_limit}.")
    return Clock(time_limit)


def cores_of(system: System, effort: float | None, reach: float, steps: int, decay: float, time_limit: float) -> Cores:
    """The demands of a system under a clock."""
    clock, effects = check_time(time_limit), net_effects(system, steps, decay)
    # A column each way begins at no effort at all, which meets most of many targets; of few it is one column too many.
    apart = len(effects.index.by_wish) > MANY
    return Cores(moves_of(effects, reach, effort, apart=apart), clock)


def missing(cores: Cores) -> tuple[NotAssessed, ...]:
    """What was not assessed."""
    return not_assessed(cores.moves.index, cores.moves.missing.tolist())


def told(cores: Cores, each: Contradiction) -> ConflictingSet:
    """A contradiction with the first target of each demand."""
    return next(_expanded(cores, [each], every=False))


def _expanded(cores: Cores, found: Sequence[Contradiction], *, every: bool) -> Iterator[ConflictingSet]:
    """Contradictions as sets of targets: of targets that ask the same the first, or each in turn."""
    for each in found:
        verified = cores.hold(each)
        members = [cores.members[demand] if every else cores.members[demand][:1] for demand in each.demands]
        for pick in product(*members):
            targets = sorted(int(cores.moves.targets[at]) for at in pick)
            yield conflicting_set(cores, each, targets, verified=verified)


def given_up(index: Index, target: int) -> GivenUp:
    """A target to give up, as an answer."""
    rows = index.targets
    return GivenUp(
        target=rows.keys[target],
        agency=index.agencies[int(rows.agency[target])].id,
        measure=index.measures[int(rows.measure[target])].id,
        weight=float(rows.weight[target]),
        sentence=f"{upper_first(wants(index, target))}.",
    )


def _way(
    cores: Cores, effort: float | None, reach: float, steps: int, decay: float
) -> tuple[tuple[Move, ...], tuple[Level, ...]]:
    """The moves of least effort in all that meet every target, and where measures end up."""
    index = cores.moves.index
    moves = moves_of(net_effects(index.system, steps, decay), reach, effort, apart=True)
    least, most = Cores(moves, cores.clock).bounds(cores.every)
    warm = Warm(moves.linear(least, most), cores.clock)
    spent = _spent(moves, limits_of(index, effort))
    warm.costs(spent * np.array([len(lever.agencies) for lever in moves.levers]))
    if warm.solve() != "met":
        return (), ()
    movement = moves.rows @ warm.values
    used = np.flatnonzero(warm.values > SEEN).tolist()
    told = tuple(_move(moves, at, float(warm.values[at] * spent[at])) for at in used)
    return told, tuple(_level(moves, row, float(movement[row])) for row in sorted(set(moves.row.tolist())))


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
    way = "up" if lever.way > 0 else "down"
    says = f"{names([row.name for row in who])} {verb(len(who), 'pushes', 'push')} {lower_first(measure.name)} {way}"
    return Move(
        agencies=tuple(row.id for row in who),
        measure=measure.id,
        effort=round(lever.way * spent, DIGITS),
        sentence=f"{upper_first(says)} with {number(spent)} steps of effort{each}.",
    )


def _level(moves: Moves, row: int, steps: float) -> Level:
    at = moves.reasons[row].at
    measure = moves.index.measures[at]
    assert measure.baseline is not None
    level = round(measure.baseline + float(moves.index.step[at]) * steps, DIGITS)
    return Level(measure=measure.id, baseline=measure.baseline, level=level + 0.0)
