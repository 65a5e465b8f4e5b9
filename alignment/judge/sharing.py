r"""Shared values: with the concessions as stated all can be met, and they are as small as is said.

.. math::
    \min \max_a p_a \max_{t \text{ of } a} c_t, \quad \text{then} \quad \min \sum_t w_t c_t, \qquad c \ge 0

Each least value is bracketed: a point within the rows shows that it is no more, multipliers that it is no less. Where
the next largest concession was made as small as possible in turn, so is the largest of the agencies that concede less,
and as few as can be stand at each level: where the sum of what they concede there, times power, could be less with
nobody above the level, one of them needs not stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.models.answers.shared_values import SharedTarget, SharedValues
from alignment.models.system import System
from alignment.models.system.measures import Measure

from .arithmetic import Floats, Programme, eased, least
from .feasibility import TOLERANCE, Allowed, Demand, Feasibility
from .rows import step_of, weight_of

ROUNDED: Final = 1e-6
"""Concessions and values are told to so much."""

NEAR: Final = 2e-6
"""What a least value may be off by; in parts of it and 1."""

COARSE: Final = 1e-3
"""The same where it rests on others that are rounded, as they may be worth many times their size."""


def objections(
    system: System,
    answer: SharedValues,
    measures: Collection[str] | None = None,
    allowed: Allowed | None = None,
    power: Mapping[str, float] | None = None,
) -> tuple[str, ...]:
    """What is wrong with shared values, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The shared values.
    measures
        Only targets on these were asked for; None is all.
    allowed
        What moves were allowed.
    power
        The power of agencies that was asked for, instead of the table's.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.shared_values(system))
    ()
    """
    if answer.largest is None or answer.total is None:
        return ()
    able = Feasibility(system, allowed)
    wanted = [key for key, row in able.targets.items() if measures is None or row.measure in measures]
    powers = {row.id: 1.0 if row.power is None else row.power for row in system.agencies} | dict(power or {})
    if sorted(row.target for row in answer.targets) != sorted(wanted):
        return ("not every target that can be assessed has its value",)
    found = [*_stated(able, answer), *_agencies(able, answer, powers)]
    given = {row.target: row.concession * (1 + NEAR) + ROUNDED for row in answer.targets}
    if able.miss(wanted, given).bound > 2 * TOLERANCE:
        found.append("with the concessions as stated not all can be met")
    return tuple(found) or tuple(_Levels(able, answer, powers).objections())


def _stated(able: Feasibility, answer: SharedValues) -> Iterator[str]:
    """What is wrong with the values as wished and as shared."""
    for row in answer.targets:
        target, demand = able.targets[row.target], able.demands[row.target]
        fits = row.level_of == able.level_of(target) and _fits(able.local(target), demand, row)
        if (row.agency, row.measure) != (target.agency, target.measure) or not fits:
            yield f"{row.target} does not settle for {row.shared:g} by conceding {row.concession:g} of {row.wished:g}"


def _fits(measure: Measure, demand: Demand, row: SharedTarget) -> bool:
    """Whether a value as shared is an end of what a target asks for, less its concession."""
    step, base = step_of(measure), measure.baseline or 0.0
    for end, way in ((demand.low, -1), (demand.high, 1)):
        wished, shared = base + step * end, base + step * (end + way * row.concession)
        near = ROUNDED * (1 + step + 1e-6 * abs(wished)) if np.isfinite(end) else -1.0
        if abs(row.wished - wished) <= near and abs(row.shared - shared) <= near:
            return row.concession >= 0
    return False


def _agencies(able: Feasibility, answer: SharedValues, powers: Mapping[str, float]) -> Iterator[str]:
    """What is wrong with what each agency concedes, and with the sums."""
    mine: dict[str, float] = {}
    for row in answer.targets:
        mine[row.agency] = max(mine.get(row.agency, 0.0), row.concession)
    told = {row.agency: row for row in answer.agencies}
    if told.keys() != mine.keys() or any(row.power != powers[name] for name, row in told.items()):
        yield "not every agency with a target stands there, with its power"
        return
    for name, far in mine.items():
        if abs(told[name].concession - far) > ROUNDED:
            yield f"{name} concedes {far:g}, not {told[name].concession:g}"
    total = sum(row.concession * weight_of(able.targets[row.target]) for row in answer.targets)
    if abs(total - (answer.total or 0.0)) > ROUNDED * (1 + len(answer.targets)):
        yield f"the sum of the concessions is {total:g}, not {answer.total:g}"
    largest = max((powers[name] * far for name, far in mine.items()), default=0.0)
    if largest > (answer.largest or 0.0) + ROUNDED * (1 + max(powers.values(), default=0.0)):
        yield f"the largest of the concessions is {largest:g}, not {answer.largest:g}"


class _Levels:
    """The programmes of the least concessions; targets that ask the same are one demand."""

    def __init__(self, able: Feasibility, answer: SharedValues, powers: Mapping[str, float]) -> None:
        self._able, self._answer, self._powers = able, answer, powers
        self._level = {row.agency: row.concession * row.power for row in answer.agencies}
        self._who: dict[Demand, set[str]] = {}
        self._weight: dict[Demand, float] = {}
        for row in answer.targets:
            demand = able.demands[row.target]
            self._who.setdefault(demand, set()).add(row.agency)
            self._weight[demand] = self._weight.get(demand, 0.0) + weight_of(able.targets[row.target])
        wide = float(np.max(abs(able.rows) @ np.maximum(able.high, -able.low), initial=0.0))
        ends = [abs(end) for demand in self._who for end in demand[1:] if np.isfinite(end)]
        self._far = wide + max(ends, default=0.0) + 1.0
        """No target can miss its wish by more."""

    def objections(self) -> Iterator[str]:
        """What is not as small as it is said to be, or smaller than it can be."""
        answer, agencies = self._answer, frozenset(self._level)
        assert answer.largest is not None
        assert answer.total is not None
        yield from self._largest(agencies, {}, answer.largest, "the largest concession")
        if answer.lexicographic:
            yield from self._next()
        caps = self._level if answer.lexicographic else dict.fromkeys(agencies, answer.largest)
        yield from self._total(caps, answer.total)

    def _next(self) -> Iterator[str]:
        """Level by level, whether those that concede less could all concede less than the largest of them."""
        held: dict[str, float] = {}
        for level in sorted({round(each, 5) for each in self._level.values()}, reverse=True):
            rest = frozenset(self._level) - held.keys()
            told = max(self._level[name] for name in rest)
            if held:
                yield from self._largest(rest, held, told, "the largest concession of those who concede less")
            at_it = [name for name in sorted(rest) if round(self._level[name], 5) == level]
            if level and len(at_it) > 1:
                yield from self._fewer(at_it, rest, held, told)
            held |= {name: far for name, far in self._level.items() if round(far, 5) == level}

    def _fewer(
        self, at_it: Sequence[str], rest: Collection[str], held: Mapping[str, float], level: float
    ) -> Iterator[str]:
        """Whether some of those at a level could concede less, nobody else more than the level.

        Each could by itself where all together could: of ways in which each concedes less, take the mean.
        """
        caps = {name: held.get(name, level) for name in (*held, *rest)}
        found = least(self._standing(at_it, caps), TOLERANCE)
        told = sum(self._level[name] for name in at_it)
        if found.value < told - COARSE * (1 + told):
            yield f"not all of {', '.join(at_it)} have to concede {level:g}: together {found.value:g} is enough"

    def _standing(self, at_it: Sequence[str], caps: Mapping[str, float]) -> Programme:
        """The least sum of what some agencies concede, times power, with nobody above a cap."""
        base, first = self._sum(caps, ROUNDED), len(self._able.columns)
        pairs = [
            (at, first + place, self._powers[name])
            for at, name in enumerate(at_it)
            for place, who in enumerate(self._who.values())
            if name in who
        ]
        size, extra = len(base.costs), len(at_it)
        over, numbers = np.arange(len(pairs)), np.array([power for *_, power in pairs], dtype=float)
        given = sparse.csr_array((numbers, (over, [place for _, place, _ in pairs])), shape=(len(pairs), size))
        own = sparse.csr_array((-np.ones(len(pairs)), (over, [at for at, *_ in pairs])), shape=(len(pairs), extra))
        rows = sparse.hstack([base.rows, sparse.csr_array((len(base.most), extra))])
        return Programme(
            costs=np.concatenate([np.zeros(size), np.ones(extra)]),
            rows=sparse.csr_array(sparse.vstack([rows, sparse.hstack([given, own])])),
            most=np.concatenate([base.most, np.zeros(len(pairs))]),
            lower=np.concatenate([base.lower, np.zeros(extra)]),
            upper=np.concatenate([base.upper, [caps[name] + ROUNDED * (1 + self._powers[name]) for name in at_it]]),
        )

    def _largest(self, of: Collection[str], held: Mapping[str, float], told: float, what: str) -> Iterator[str]:
        """The least that the largest concession of some agencies can be, others held to what they concede."""
        programme = self._worst(of, held)
        low = least(eased(programme, 2 * TOLERANCE), 3 * TOLERANCE)
        high = least(programme, TOLERANCE)
        # Where the levels above are held as they were told, what rounding did to them may show many times over: as far
        # as the two differ.
        near = COARSE * (1 + abs(told)) + max(0.0, high.value - low.bound) if held else NEAR * (1 + abs(told))
        if not low.bound - near <= told <= high.value + near:
            yield f"{what} is {low.bound:g} at least and {high.value:g} at most, not {told:g}"

    def _worst(self, of: Collection[str], held: Mapping[str, float]) -> Programme:
        """Efforts, and one number: what each of some agencies concedes, times its power, is no more."""
        asked: list[tuple[Demand, float, float]] = []
        for demand, who in self._who.items():
            if not who.isdisjoint(of):
                asked.append((demand, 0.0, 1 / max(self._powers[name] for name in who.intersection(of))))
            given = [(held[name] + 2 * ROUNDED) / self._powers[name] for name in who if name in held]
            if given:
                asked.append((demand, min(given), 0.0))
        rows, most, places = self._asked([(demand, give) for demand, give, _ in asked])
        hard = self._able.programme(())
        column = np.concatenate([np.zeros(len(hard.most)), [-asked[at][2] for at in places]])
        return Programme(
            costs=np.append(np.zeros(len(self._able.columns)), 1.0),
            rows=sparse.csr_array(sparse.hstack([sparse.vstack([hard.rows, rows]), sparse.csr_array(column[:, None])])),
            most=np.concatenate([hard.most, most]),
            lower=np.append(hard.lower, 0.0),
            upper=np.append(hard.upper, self._far * max(self._powers.values(), default=1.0)),
        )

    def _asked(self, demands: Sequence[tuple[Demand, float]]) -> tuple[Any, Floats, list[int]]:
        """A row for each end of what is asked, eased by what is given, and which of them it is."""
        ends = [
            (self._able.place[demand.mark], sign, sign * end + give, place)
            for place, (demand, give) in enumerate(demands)
            for end, sign in ((demand.low, -1.0), (demand.high, 1.0))
            if np.isfinite(end)
        ]
        signs = sparse.diags_array(np.array([sign for _, sign, _, _ in ends], dtype=float))
        rows = signs @ self._able.rows[np.array([at for at, *_ in ends], dtype=np.int64)]
        return rows, np.array([most for _, _, most, _ in ends], dtype=float), [place for *_, place in ends]

    def _total(self, caps: Mapping[str, float], told: float) -> Iterator[str]:
        """The least sum of concessions, each times its target's weight, with nobody above a cap."""
        low = least(eased(self._sum(caps, 2 * ROUNDED), 2 * TOLERANCE), 3 * TOLERANCE)
        high = least(self._sum(caps, ROUNDED), TOLERANCE)
        near = NEAR * (1 + len(self._answer.targets) + abs(told))
        if not low.bound - near <= told <= high.value + COARSE * (1 + abs(told)):
            yield f"the sum of concessions is {low.bound:g} at least and {high.value:g} at most, not {told:g}"

    def _sum(self, caps: Mapping[str, float], slack: float) -> Programme:
        """Efforts, and a concession for each demand."""
        demands, hard = list(self._who), self._able.programme(())
        rows, most, places = self._asked([(demand, 0.0) for demand in demands])
        shape = (len(places), len(demands))
        given = sparse.csr_array((-np.ones(len(places)), (np.arange(len(places)), places)), shape=shape)
        tops = [min((caps[name] + slack) / self._powers[name] for name in self._who[demand]) for demand in demands]
        left = sparse.hstack([hard.rows, sparse.csr_array((len(hard.most), len(demands)))])
        return Programme(
            costs=np.concatenate([np.zeros(len(self._able.columns)), [self._weight[demand] for demand in demands]]),
            rows=sparse.csr_array(sparse.vstack([left, sparse.hstack([rows, given])])),
            most=np.concatenate([hard.most, most]),
            lower=np.concatenate([hard.lower, np.zeros(len(demands))]),
            upper=np.concatenate([hard.upper, np.minimum(tops, self._far)]),
        )
