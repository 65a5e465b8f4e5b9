r"""The least that has to be conceded in all, and what each cap and floor of a resource adds to it.

.. math::
    T = \min \sum_t w_t c_t, \qquad c \ge 0

with c in steps and w the weights of targets; moves, floors, ceilings, efforts and resources as in `moves`. The shadow
price of a cap is what T falls by per unit that there is more of the resource, that of a floor per unit that need not be
used; each is tried by solving again with a little more. Of concessions that add up to the same, those whose largest is
least are told, and of these those in which whoever comes first by key concedes least, as far as one programme tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from alignment.index import Floats, positions
from alignment.linear import Linear
from alignment.solver import Warm
from alignment.wording import number

from .conflicting_sets import Cores, Spent
from .reach import further, tight

SMALL: Final = 1e-3
"""How much more of a resource its price is tried with; in the programme's units."""

DUST: Final = 1e-6
"""What is conceded, or spared, below this is nothing; steps."""

NEAR: Final = 1e-7
"""By how much a sum of concessions may be above its least where something else is looked for; in parts of it and 1."""


@dataclass(frozen=True, eq=False)
class Bound:
    """A cap or floor of a resource, and what it adds to what has to be conceded.

    Attributes
    ----------
    resource
        Position of the resource, by id.
    top
        Whether it is the cap; otherwise it is the floor.
    price
        What one more unit (of a floor: one less) spares. Unit: steps per unit of the resource.
    spares
        What is spared where it is lifted. Unit: steps.
    gaining
        Positions of the targets that concede less then.
    wanted
        The least that is used where no resource has a cap or floor, and no more is conceded than has to be then. Unit:
        the resource's.
    """

    resource: int
    top: bool
    price: float
    spares: float
    gaining: tuple[int, ...]
    wanted: float


class LeastConcession:
    """The programme: efforts, and a concession for each demand.

    Parameters
    ----------
    cores
        The demands; the hard facts alone can be met.

    Attributes
    ----------
    total
        The least that has to be conceded in all, once it is settled. Unit: steps.
    reaches
        For each measure at whose assumed reach that binds what one more step of it would spare, and in words.
    """

    def __init__(self, cores: Cores) -> None:
        self._cores = cores
        linear = self._linear()
        self._least, self._most = linear.least.copy(), linear.most.copy()
        self._sum = linear.costs.copy()
        self._warm = Warm(linear, cores.clock)
        self.total = 0.0
        self.reaches: tuple[tuple[int, float, str], ...] = ()

    def settle(self) -> tuple[Bound, ...]:
        """The least sum, and every cap and floor of a resource that is in the programme.

        Raises
        ------
        Spent
            Nobody knows.
        """
        self.total = self._least_sum(self._least, self._most)
        self.reaches = tuple(self._reaches())
        conceded = self._conceded(self._least, self._most, self.total)
        wanted = self._wanted()
        return tuple(self._bound(row, top=top, conceded=conceded, wanted=wanted) for row, top in self._limits())

    def _linear(self) -> Linear:
        """Rows that hold anyway, what is asked less what is conceded, and the sum of concessions without a bound."""
        cores, moves = self._cores, self._cores.moves
        first, size = len(moves.levers), len(moves.levers) + len(cores) + 1
        lows, highs = np.flatnonzero(np.isfinite(cores.low)), np.flatnonzero(np.isfinite(cores.high))
        held = sparse.hstack([moves.rows, sparse.csr_array((len(moves.reasons), len(cores) + 1))])
        weights = np.concatenate([np.zeros(first), np.array(cores.weights, dtype=float) / 1_000_000, [0.0]])
        largest = sparse.hstack(
            [sparse.csr_array((len(cores), first)), sparse.eye_array(len(cores)), _minus(len(cores))]
        )
        asked = [self._asked(positions(lows), 1.0), self._asked(positions(highs), -1.0)]
        return Linear(
            costs=weights,
            rows=sparse.csr_array(sparse.vstack([held, *asked, largest, sparse.csr_array(weights[None, :])])),
            least=np.concatenate([moves.least, cores.low[lows], np.full(len(highs) + len(cores) + 1, -np.inf)]),
            most=np.concatenate(
                [moves.most, np.full(len(lows), np.inf), cores.high[highs], np.zeros(len(cores)), [np.inf]]
            ),
            lower=np.concatenate([moves.lower, np.zeros(len(cores) + 1)]),
            upper=np.concatenate([moves.upper, np.full(len(cores) + 1, np.inf)]),
            whole=np.zeros(size, dtype=bool),
        )

    def _asked(self, demands: list[int], sign: float) -> Any:
        cores, shape = self._cores, (len(demands), len(self._cores) + 1)
        given = sparse.csr_array((np.full(len(demands), sign), (np.arange(len(demands)), demands)), shape=shape)
        return sparse.hstack([cores.moves.rows[cores.row[demands]], given])

    def _limits(self) -> Iterator[tuple[int, bool]]:
        """The rows that are resources, each with its cap and its floor."""
        moves = self._cores.moves
        for row, reason in enumerate(moves.reasons):
            if reason.what == "resource":
                yield from (
                    (row, top) for top in (True, False) if np.isfinite((moves.most if top else moves.least)[row])
                )

    def _solve(self, costs: Floats, least: Floats, most: Floats) -> float:
        self._warm.costs(costs)
        self._warm.bounds(least, most)
        if self._warm.solve() != "met":
            raise Spent
        return self._warm.value

    def _least_sum(self, least: Floats, most: Floats) -> float:
        return max(0.0, self._solve(self._sum, least, most))

    def _reaches(self) -> Iterator[tuple[int, float, str]]:
        moves = self._cores.moves
        for measure, columns in tight(moves, self._warm).items():
            further(moves, self._warm, columns)
            spared = self.total - self._least_sum(self._least, self._most)
            further(moves, self._warm, columns, 0.0)
            if spared > DUST:
                yield measure, spared, f"{number(spared)} steps of all that is conceded"

    def _held(self, most: Floats, total: float) -> Floats:
        """Bounds with which no more is conceded in all than has to be."""
        found = most.copy()
        found[-1] = total + NEAR * (1 + total)
        return found

    def _conceded(self, least: Floats, most: Floats, total: float) -> Floats:
        """What each demand concedes: of ways to concede as little in all, the one whose largest is least."""
        number, held = len(self._cores), self._held(most, total)
        costs, own = np.zeros(len(self._sum)), slice(-number - 1, -1)
        costs[-1] = 1.0
        largest = self._solve(costs, least, held)
        self._hold(largest + NEAR * (1 + largest))
        costs[own], costs[-1] = 1 + np.arange(number, 0, -1) / (number + 1), 0.0
        self._solve(costs, least, held)
        self._hold(np.inf)
        return self._warm.values[own].copy()

    def _hold(self, largest: float) -> None:
        """Let nobody concede more."""
        self._warm.columns_to(np.array([len(self._sum) - 1]), np.zeros(1), np.array([largest]))

    def _wanted(self) -> dict[int, float]:
        """What would be used where no resource had a cap or floor."""
        least, most = self._least.copy(), self._most.copy()
        rows = [row for row, reason in enumerate(self._cores.moves.reasons) if reason.what == "resource"]
        least[rows], most[rows] = -np.inf, np.inf
        held = self._held(most, self._least_sum(least, most))
        return {row: self._use(row, least, held) for row in rows}

    def _use(self, row: int, least: Floats, most: Floats) -> float:
        """The least of a resource that is used."""
        moves = self._cores.moves
        costs = np.zeros(len(self._sum))
        costs[: len(moves.levers)] = moves.rows[[row]].toarray()[0]
        moved = self._solve(costs, least, most)
        return self._used(row) + moved * float(moves.scale[row])

    def _used(self, row: int) -> float:
        """What is used of a resource today."""
        moves = self._cores.moves
        resources = sorted(moves.index.system.resources, key=lambda each: each.id)
        return resources[moves.reasons[row].at].in_use or 0.0

    def _bound(self, row: int, *, top: bool, conceded: Floats, wanted: dict[int, float]) -> Bound:
        moves = self._cores.moves
        spared = self.total - self._least_sum(*self._moved(row, SMALL, top=top))
        lifted = self._moved(row, np.inf, top=top)
        then = self._least_sum(*lifted)
        less = conceded - self._conceded(*lifted, then)
        spares = self.total - then
        demands = positions(np.flatnonzero(less > DUST)) if spares > DUST else []
        return Bound(
            resource=moves.reasons[row].at,
            top=top,
            price=spared / SMALL / float(moves.scale[row]) if spares > DUST and spared > DUST * SMALL else 0.0,
            spares=spares if spares > DUST else 0.0,
            gaining=tuple(sorted(int(moves.targets[at]) for demand in demands for at in self._cores.members[demand])),
            wanted=wanted[row],
        )

    def _moved(self, row: int, far: float, *, top: bool) -> tuple[Floats, Floats]:
        """Bounds with one of them further out."""
        least, most = self._least.copy(), self._most.copy()
        (most if top else least)[row] += far if top else -far
        return least, most


def _minus(rows: int) -> Any:
    return sparse.csr_array(np.full((rows, 1), -1.0))
