r"""Values that could be shared: the least concessions that let everything be met.

.. math::
    \min \max_a p_a \max_{t \text{ of } a} c_t, \quad \text{then the next largest, and so on, then} \quad
    \min \sum_t w_t c_t, \qquad c \ge 0

where a target that wants at least l is met at l - c, and one that wants at most h at h + c; c is in steps, p is power
and w weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.effects.net_effects import effects_of
from alignment.index import Floats, Index, Ints, positions
from alignment.judge import sharing as judged
from alignment.judge.refuse import refuse
from alignment.linear import Linear
from alignment.models.answers.shared_values import AgencyConcession, ShadowPrice, SharedTarget, SharedValues
from alignment.models.options.feasibility import SharingOptions
from alignment.models.system import System
from alignment.options.verb import verb
from alignment.solver import Clock, Warm
from alignment.wording import in_steps, lower_first, number, quantity, upper_first

from .conflicting_sets import Cores, Spent
from .demands import missing
from .hard_facts import check_hard_facts, from_own, who_wants_what
from .moves import moves_of
from .reach import further, of_bounds, tight
from .witness import allowed

DIGITS: Final = 6
"""Values and concessions are told to this many decimals."""

SMALL: Final = 1e-3
"""How much more of something its price is tried with; in the programme's units."""

DUST: Final = 1e-7
"""Concessions and dual values below this are none."""


@verb(SharingOptions, "measures")
def shared_values(system: System, asked: SharingOptions) -> SharedValues:
    """Values that targets could share where they cannot all be met, and what one more of anything limited would spare.

    The largest concession of any agency, times its power, is made as small as possible; then, unless ``lexicographic``
    is switched off, the next largest, and so on; then the sum of concessions, each times its target's weight.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    SharedValues
        Each target's value as wished and as shared, each agency's largest concession, and shadow prices of caps,
        floors and efforts, each tried by solving again with a little more.

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
    >>> shared = al.shared_values(al.read(al.example("winter-pressure")))
    >>> [(row.target, row.wished, row.shared) for row in shared.targets if row.concession > 2]
    [('commissioner-delays', 40.0, 53.333333)]
    """
    clock, effects = Clock(asked.time_limit), effects_of(system, asked.steps, asked.decay, asked.evidence)
    index = effects.index
    moves = moves_of(effects, asked.reach, asked.effort, measures=_chosen(index, asked.measures))
    cores = Cores(moves, clock)
    sharing = _Sharing(cores, powers(index, asked.power))
    done = False
    try:
        check_hard_facts(cores)
        sharing.settle(lexicographic=asked.lexicographic)
        done = True
        if asked.prices:
            sharing.price()
    except Spent:
        pass
    except KeyboardInterrupt:
        clock.interrupt()
    answer = SharedValues(
        system=system.hash,
        largest=_tidy(sharing.largest) if done and len(moves.targets) else None,
        total=_tidy(sharing.total) if done and len(moves.targets) else None,
        lexicographic=asked.lexicographic,
        targets=tuple(sharing.targets()) if done else (),
        agencies=tuple(sharing.agencies()) if done else (),
        prices=tuple(sharing.prices),
        reaches=of_bounds(moves, sharing.reaches),
        not_assessed=missing(cores),
        stopped=clock.ending,
    )
    refuse(judged.objections(system, answer, asked.measures, allowed(asked), dict(asked.power or {})))
    return answer


def powers(index: Index, given: Mapping[str, float] | None) -> Floats:
    """The power of each agency."""
    found = np.array([1.0 if row.power is None else row.power for row in index.agencies], dtype=float)
    for name, value in (given or {}).items():
        found[index.agency_at[name]] = value
    return found


def _chosen(index: Index, measures: Iterable[str] | None) -> list[int] | None:
    return None if measures is None else [index.measure_at[word] for word in measures]


def _tidy(value: float) -> float:
    return round(value, DIGITS) + 0.0


class _Sharing:
    """The programme: efforts, a concession for each demand, the largest of each agency, and the largest of all."""

    def __init__(self, cores: Cores, power: Floats) -> None:
        self._cores, self._power = cores, power
        moves = cores.moves
        self._held = len(moves.reasons)
        whose = moves.index.targets.agency[moves.targets]
        self._whose = [sorted({int(whose[at]) for at in members}) for members in cores.members]
        self._agencies = sorted({agency for some in self._whose for agency in some})
        self._first = len(moves.levers)
        self._own = self._first + len(cores)
        self._all = self._own + len(self._agencies)
        linear = self._linear()
        self._least, self._most = linear.least, linear.most
        self._warm = Warm(linear, cores.clock)
        self._values: Floats = np.zeros(self._all + 1)
        self._duals: Floats = np.zeros(0)
        self.largest = self.total = 0.0
        self.prices: list[ShadowPrice] = []
        self.reaches: list[tuple[int, float, str]] = []
        self._reach_of_largest: dict[int, float] = {}
        self._prices_of_largest: dict[tuple[int, bool], tuple[float, bool]] = {}

    def _linear(self) -> Linear:
        cores, moves = self._cores, self._cores.moves
        size, count = self._all + 1, len(cores)
        held = sparse.hstack([moves.rows, sparse.csr_array((self._held, size - self._first))])
        lows, highs = np.flatnonzero(np.isfinite(cores.low)), np.flatnonzero(np.isfinite(cores.high))
        asked = [self._asked(lows, 1.0), self._asked(highs, -1.0)]
        place = {agency: at for at, agency in enumerate(self._agencies)}
        pairs = [(demand, place[agency]) for demand in range(count) for agency in self._whose[demand]]
        own = _lines(
            [[(self._first + d, self._power[self._agencies[a]]), (self._own + a, -1.0)] for d, a in pairs], size
        )
        every = _lines([[(self._own + a, 1.0), (self._all, -1.0)] for a in range(len(place))], size)
        below = len(pairs) + len(place)
        return Linear(
            costs=np.zeros(size),
            rows=sparse.csr_array(sparse.vstack([held, *asked, own, every])),
            least=np.concatenate([moves.least, cores.low[lows], np.full(len(highs), -np.inf), np.full(below, -np.inf)]),
            most=np.concatenate([moves.most, np.full(len(lows), np.inf), cores.high[highs], np.zeros(below)]),
            lower=np.concatenate([moves.lower, np.zeros(size - self._first)]),
            upper=np.concatenate([moves.upper, np.full(size - self._first, np.inf)]),
            whole=np.zeros(size, dtype=bool),
        )

    def _asked(self, demands: Ints, sign: float) -> Any:
        cores = self._cores
        extra = _lines([[(int(each), sign)] for each in demands], self._all + 1 - self._first)
        return sparse.hstack([cores.moves.rows[cores.row[demands]], extra])

    def _solve(self, costs: Floats) -> float:
        self._warm.costs(costs)
        if self._warm.solve() != "met":
            raise Spent
        return self._warm.value

    @property
    def _max(self) -> Floats:
        costs = np.zeros(self._all + 1)
        costs[self._all] = 1.0
        return costs

    @property
    def _sum(self) -> Floats:
        costs = np.zeros(self._all + 1)
        costs[self._first : self._own] = np.array(self._cores.weights, dtype=float) / 1_000_000
        return costs

    def _hold(self, column: int, value: float) -> None:
        self._warm.columns_to(np.array([column]), np.zeros(1), np.array([value]))

    def settle(self, *, lexicographic: bool) -> None:
        """The largest concession, on request the next largest, then the sum."""
        self.largest = max(0.0, self._solve(self._max))
        self._prices_of_largest = self._tried(self._max, self.largest)
        self._reach_of_largest = self._tried_further(self._max, self.largest)
        if lexicographic:
            self._next_largest()
        else:
            self._hold(self._all, self.largest)
        self.total = max(0.0, self._solve(self._sum))
        self._values, self._duals = self._warm.values, self._warm.duals

    def _next_largest(self) -> None:
        """Hold those agencies whose concession cannot be less, and go on with the others."""
        least, most = self._bounds()
        first = len(most) - len(self._agencies)
        open_to = set(range(len(self._agencies)))
        while open_to:
            value = max(0.0, self._solve(self._max))
            duals = self._warm.duals[first:]
            stuck = {at for at in open_to if abs(duals[at]) > DUST} if value > DUST else set(open_to)
            for at in stuck or set(open_to):
                self._hold(self._own + at, value)
                most[first + at] = np.inf
            open_to -= stuck or set(open_to)
            self._warm.bounds(least, most)
            self._most = most.copy()

    def _bounds(self) -> tuple[Floats, Floats]:
        return self._least.copy(), self._most.copy()

    def _tried(self, costs: Floats, value: float) -> dict[tuple[int, bool], tuple[float, bool]]:
        """For each limit the value spared by one more unit, tried; and whether the dual value says the same.

        A limit whose dual value is 0 spares nothing: the value is convex in it.
        """
        moves, duals = self._cores.moves, self._warm.duals.copy()
        found: dict[tuple[int, bool], tuple[float, bool]] = {}
        for row, reason in enumerate(moves.reasons):
            for top, bound in ((True, moves.most[row]), (False, moves.least[row])):
                if reason.what == "measure" or not np.isfinite(bound):
                    continue
                dual = max(0.0, -duals[row] if top else duals[row])
                spared = self._less(costs, value, row, top=top) if dual > DUST else 0.0
                near = abs(spared - dual) <= 1e-3 * max(dual, 1e-3)
                found[row, top] = spared / float(moves.scale[row]), near or dual <= DUST
        return found

    def _less(self, costs: Floats, value: float, row: int, *, top: bool) -> float:
        least, most = self._bounds()
        (most if top else least)[row] += SMALL if top else -SMALL
        self._warm.bounds(least, most)
        then = self._solve(costs)
        self._warm.bounds(*self._bounds())
        return max(0.0, (value - then) / SMALL)

    def _tried_further(self, costs: Floats, value: float) -> dict[int, float]:
        """For each assumed reach at which the answer binds the value that one more step of it would spare."""
        moves, found = self._cores.moves, dict[int, float]()
        for measure, columns in tight(moves, self._warm).items():
            further(moves, self._warm, columns)
            found[measure] = max(0.0, value - self._solve(costs))
            further(moves, self._warm, columns, 0.0)
        return {measure: spared for measure, spared in found.items() if spared > DUST}

    def price(self) -> None:
        """The shadow prices of all limits."""
        moves = self._cores.moves
        self._warm.costs(self._sum)
        self._warm.solve()
        further_all = self._tried_further(self._sum, self.total)
        for at in sorted({*self._reach_of_largest, *further_all}):
            largest, total = self._reach_of_largest.get(at, 0.0), further_all.get(at, 0.0)
            says = f"{number(largest)} steps of the largest concession and {number(total)} of all"
            self.reaches.append((at, total, says))
        self._warm.solve()
        totals = self._tried(self._sum, self.total)
        resources = sorted(moves.index.system.resources, key=lambda row: row.id)
        for (row, top), (largest, agrees) in self._prices_of_largest.items():
            reason = moves.reasons[row]
            held = moves.index.agencies[reason.at] if reason.what == "effort" else resources[reason.at]
            total, also = totals.get((row, top), (0.0, True))
            self.prices.append(
                ShadowPrice(
                    what="effort" if reason.what == "effort" else "cap" if top else "ring-fence",
                    id=held.id,
                    name=held.name,
                    unit=None if reason.what == "effort" else resources[reason.at].unit,
                    largest=_tidy(largest),
                    total=_tidy(total),
                    agrees=agrees and also,
                )
            )

    def targets(self) -> Iterator[SharedTarget]:
        """Each target, as wished and as shared."""
        cores, moves = self._cores, self._cores.moves
        index, movement = moves.index, moves.rows @ self._values[: self._first]
        found: dict[int, SharedTarget] = {}
        binding = self._tight()
        for demand in range(len(cores)):
            measure = moves.reasons[int(cores.row[demand])].at
            step = float(index.step[measure])
            far = max(0.0, float(self._values[self._first + demand]))
            given = _tidy(far)
            low, high = float(cores.low[demand]), float(cores.high[demand])
            from_below = np.isfinite(low) and (not np.isfinite(high) or movement[cores.row[demand]] <= (low + high) / 2)
            wished, way = (low, -1) if from_below else (high, 1)
            for at in cores.members[demand]:
                target = int(moves.targets[at])
                base = float(index.targets.now[target])
                values = _tidy(base + step * wished), _tidy(base + step * (wished + way * far))
                found[target] = SharedTarget(
                    **who_wants_what(index, target),
                    wished=values[0],
                    shared=values[1],
                    concession=given,
                    binds=given > 0 or demand in binding,
                    sentence=_settles(index, target, values, given),
                )
        yield from (found[target] for target in sorted(found))

    def _tight(self) -> set[int]:
        cores = self._cores
        lows, highs = np.flatnonzero(np.isfinite(cores.low)), np.flatnonzero(np.isfinite(cores.high))
        demands = [*positions(lows), *positions(highs)]
        duals = self._duals[self._held : self._held + len(demands)]
        return {demand for demand, dual in zip(demands, duals.tolist(), strict=True) if abs(dual) > DUST}

    def agencies(self) -> Iterator[AgencyConcession]:
        """Each agency's largest concession."""
        for agency in self._agencies:
            mine = [demand for demand, some in enumerate(self._whose) if agency in some]
            largest = max(float(self._values[self._first + demand]) for demand in mine)
            row = self._cores.moves.index.agencies[agency]
            yield AgencyConcession(
                agency=row.id,
                agency_name=row.name,
                power=float(self._power[agency]),
                concession=_tidy(max(0.0, largest)),
            )


def _settles(index: Index, target: int, values: tuple[float, float], given: float) -> str:
    """What a target is asked to settle for, in a sentence."""
    rows = index.targets
    at = int(rows.measure[target])
    who, measure = index.agencies[int(rows.agency[target])], index.measures[at]
    wished, shared = (quantity(value, measure.unit) for value in values)
    name, far = lower_first(measure.name), in_steps(given, float(index.step[at]), measure.unit)
    if not given:
        return f"{upper_first(who.name)} has {name} as wished, at {wished}."
    own = from_own(index, target)
    return f"{upper_first(who.name)} settles for {name} at {shared} instead of {wished}{own}: {far}."


def _lines(lines: Sequence[Sequence[tuple[int, float]]], size: int) -> Any:
    rows = [at for at, line in enumerate(lines) for _ in line]
    columns = [column for line in lines for column, _ in line]
    numbers = np.array([number for line in lines for _, number in line], dtype=float)
    return sparse.csr_array((numbers, (rows, columns)), shape=(len(lines), size))
