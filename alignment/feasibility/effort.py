r"""How much effort it takes: the least E with which all targets are met and nobody spends more.

.. math:: \min E \quad \text{with} \quad \sum_m (e^+_{am} + e^-_{am}) \le E \cdot p_a \; \text{for every agency } a

with p the power of the agency where asked for, else 1. What agencies can spend today plays no part: it is what the
answer is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from scipy import sparse

from alignment.effects.net_effects import effects_of
from alignment.index import Floats, Index, Ints, positions
from alignment.judge import effort as judged
from alignment.judge.refuse import refuse
from alignment.linear import Linear
from alignment.models.answers.effort import AgencyEffort, CurvePoint, EffortNeeded, TargetEffort
from alignment.models.options.feasibility import EffortOptions
from alignment.models.progress import Progress, quiet
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.solver import Clock, Warm
from alignment.wording import number, upper_first

from .conflicting_sets import Cores, Spent, chosen
from .demands import given_up, missing, told
from .hard_facts import check_hard_facts, wants, who_wants_what
from .moves import TOLERANCE, Moves, limits_of, moves_of, reach_of
from .reach import further, of_bounds, of_sets, tight, united
from .repair_search import Mended, mend
from .witness import allowed, claims

DIGITS: Final = 6
"""Efforts are told to this many decimals."""

DUST: Final = 1e-9
"""Dual values below this are none."""


@verb(EffortOptions)
def effort_needed(system: System, asked: EffortOptions, *, progress: Progress = quiet) -> EffortNeeded:
    """The least effort of every agency with which all targets can be met, who is the bottleneck, what each target adds.

    What agencies can spend (``effort`` in the table) is set aside. Targets that cannot be met whatever the effort are
    told apart first: those that cannot be met even alone, then a smallest repair.

    Parameters
    ----------
    system
        The system.
    progress
        Told in words what is being done. Raising KeyboardInterrupt ends the search, as Ctrl-C does.

    Returns
    -------
    EffortNeeded
        The effort, the bottlenecks by their dual values, and for each target what it takes alone and what it adds.

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
    >>> need = al.effort_needed(al.read(al.example("winter-pressure")))
    >>> round(need.effort, 3), [row.target for row in need.given_up]
    (5.733, ['commissioner-delays', 'council-budget'])
    """
    clock, effects = Clock(asked.time_limit), effects_of(system, asked.steps, asked.decay, asked.evidence)
    index = effects.index
    power = _power(index) if asked.by_power else np.ones(len(index.agencies))
    # More than anybody could spend, so that each agency has columns of its own and none is bound.
    far = 2 * max(1.0, float(reach_of(index, asked.reach)[0].sum()))
    free = moves_of(effects, asked.reach, limits=np.full(len(power), far))
    cores = Cores(free, clock)
    found, need = Mended(), None
    rows: tuple[TargetEffort, ...] = ()
    agencies: tuple[AgencyEffort, ...] = ()
    points: list[CurvePoint] = []
    spared: list[tuple[int, float, str]] = []
    try:
        check_hard_facts(cores)
        found = mend(cores, progress)
        if found.proven and found.given is not None:
            need = _Need(cores, power)
            kept = np.setdiff1d(cores.every, np.array(found.given, dtype=np.int64))
            value = need.least(kept)
            agencies = tuple(need.agencies(limits_of(index)))
            spared = list(need.reaches(kept, value))
            rows = tuple(need.targets(kept, value, progress))
            levels = [value * at / asked.curve for at in range(asked.curve + 1)] if asked.curve else []
            points.extend(_point(replace(free, most=_capped(free, level * power)), cores, level) for level in levels)
    except Spent:
        pass
    except KeyboardInterrupt:
        clock.interrupt()
    single = {each.demands[0] for each in found.contradictions if len(each.demands) == 1}
    given = chosen(cores, found.given or ())
    alone = set(chosen(cores, single))
    sets = tuple(told(cores, each) for each in found.contradictions)
    answer = EffortNeeded(
        system=system.hash,
        effort=None if need is None or need.value is None or not len(free.targets) else round(need.value, DIGITS),
        by_power=asked.by_power,
        alone=tuple(given_up(index, at) for at in sorted(alone)),
        given_up=tuple(given_up(index, at) for at in given if at not in alone),
        conflicts=tuple(each for each in sets if each.size > 1),
        reaches=united(of_sets(index, sets), of_bounds(free, spared)),
        agencies=agencies,
        targets=rows,
        curve=tuple(points),
        assessed=len(free.targets),
        not_assessed=missing(cores),
        stopped=clock.ending,
    )
    shown = claims(cores, found.contradictions)
    refuse(judged.objections(system, answer, allowed(asked), shown, each=False))
    return answer


def _power(index: Index) -> Floats:
    return np.array([1.0 if row.power is None else row.power for row in index.agencies], dtype=float)


def _capped(moves: Moves, limits: Floats) -> Floats:
    most = moves.most.copy()
    for row, reason in enumerate(moves.reasons):
        if reason.what == "effort":
            most[row] = limits[reason.at]
    return most


def _point(moves: Moves, cores: Cores, level: float) -> CurvePoint:
    found = mend(Cores(moves, cores.clock))
    given = set(chosen(cores, found.given or ())) if found.given is not None else set(positions(moves.targets))
    kept = [at for at in positions(moves.targets) if at not in given]
    weight = sum(round(float(moves.index.targets.weight[at]) * 1_000_000) for at in kept) / 1_000_000
    return CurvePoint(effort=round(level, DIGITS), met=len(kept), weight=weight, proven=found.proven)


class _Need:
    """The programme of the least effort, over any demands."""

    def __init__(self, cores: Cores, power: Floats) -> None:
        self._cores, self._power = cores, power
        moves = cores.moves
        efforts = np.array([reason.what == "effort" for reason in moves.reasons])
        self._efforts: Ints = np.flatnonzero(efforts)
        share = np.array([-power[reason.at] if reason.what == "effort" else 0.0 for reason in moves.reasons])
        plain = moves.linear()
        most = np.where(efforts, 0.0, moves.most)
        linear = Linear(
            costs=np.append(plain.costs, 1.0),
            rows=sparse.csr_array(sparse.hstack([moves.rows, sparse.csr_array(share[:, None])])),
            least=moves.least,
            most=most,
            lower=np.append(moves.lower, 0.0),
            upper=np.append(moves.upper, np.inf),
            whole=np.zeros(len(moves.levers) + 1, dtype=bool),
        )
        self._held = efforts
        self._warm = Warm(linear, cores.clock)
        self.value: float | None = None
        self._values: Floats = np.zeros(len(moves.levers) + 1)
        self._duals: Floats = np.zeros(len(moves.reasons))

    def _solve(self, on: Ints) -> float | None:
        least, most = self._cores.bounds(on)
        if np.any(least > most + 1e-6):
            return None
        least, most = np.minimum(least, most), np.where(self._held, 0.0, np.maximum(least, most))
        answer = "impossible"
        # Exactly first, so that round answers are round; what only the tolerance lets be met has it.
        for slack in (0.0, TOLERANCE):
            if answer == "impossible":
                self._warm.bounds(least - slack, most + slack)
                answer = self._warm.solve()
        if answer == "unknown":
            raise Spent
        return max(0.0, self._warm.value) if answer == "met" else None

    def least(self, on: Ints) -> float:
        """The effort for some demands that can be met together."""
        value = self._solve(on)
        if value is None:
            raise Spent
        self.value, self._values, self._duals = value, self._warm.values, self._warm.duals
        return value

    def agencies(self, has: Floats) -> Iterator[AgencyEffort]:
        """What each agency spends, and how far it is the bottleneck."""
        moves = self._cores.moves
        spent = moves.rows @ self._values[:-1]
        for row in positions(self._efforts):
            agency = moves.reasons[row].at
            yield AgencyEffort(
                agency=moves.index.agencies[agency].id,
                agency_name=moves.index.agencies[agency].name,
                has=None if np.isinf(has[agency]) else float(has[agency]),
                spends=round(float(spent[row]), DIGITS) + 0.0,
                bottleneck=round(abs(float(self._duals[row])) * float(self._power[agency]), DIGITS),
            )

    def reaches(self, kept: Ints, value: float) -> Iterator[tuple[int, float, str]]:
        """For each assumed reach at which the effort binds what one more step of it would spare."""
        moves = self._cores.moves
        for measure, columns in tight(moves, self._warm).items():
            further(moves, self._warm, columns)
            then = self._solve(kept)
            further(moves, self._warm, columns, 0.0)
            spared = 0.0 if then is None else value - then
            if spared > DUST:
                yield measure, spared, f"{number(spared)} steps of the effort that is needed"

    def targets(self, kept: Ints, value: float, progress: Progress) -> Iterator[TargetEffort]:
        """For each demand what it takes alone and what it adds; without a dual value it adds nothing."""
        cores, mine = self._cores, set(positions(kept))
        tight = {demand for demand in mine if abs(self._duals[cores.row[demand]]) > DUST}
        found: dict[int, TargetEffort] = {}
        for demand in range(len(cores)):
            progress(f"{demand + 1} of {len(cores)} targets")
            alone = self._solve(np.array([demand]))
            adds: float | None = 0.0 if demand in mine else None
            if demand in tight:
                without = self._solve(np.setdiff1d(kept, [demand]))
                adds = None if without is None else round(max(0.0, value - without), DIGITS)
            for at in chosen(cores, [demand]):
                same = len(cores.members[demand]) > 1
                found[at] = TargetEffort(
                    **who_wants_what(cores.moves.index, at),
                    alone=None if alone is None else round(alone, DIGITS),
                    adds=0.0 if same and adds is not None else adds,
                    sentence=f"{upper_first(wants(cores.moves.index, at))}.",
                )
        yield from (found[at] for at in sorted(found))
