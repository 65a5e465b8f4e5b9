r"""Which demands cannot be met together: asked of a warm linear programme, shrunk by its certificates.

Where some demands cannot be met, the solver gives a number u for each row such that (Farkas)

.. math:: \sum_{u_r > 0} u_r\, l_r + \sum_{u_r < 0} u_r\, h_r > \max_{\text{efforts}} u^T A x

with l and h the least and the most that the rows may be. Only rows with a number contradict each other, so all other
demands can be let go at once. What is left is gone through one demand at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from alignment.index import Bools, Floats, Ints, positions
from alignment.solver import Clock, Warm

from .moves import TOLERANCE, Moves

DUST: Final = 1e-9
"""Numbers of a certificate below this share of the largest are rounding errors."""

FEW: Final = 0.5
"""A programme of its own pays where it has at most this share of the rows."""


MORE: Final = 64
"""How many rows more are looked at together where efforts miss some."""


Proof = tuple[tuple[int, float], ...]
"""Rows with their numbers: above 0 for the least a row may be, below for the most; one row can have both."""


class Spent(Exception):
    """The time, or the number of linear programmes, is used up."""


@dataclass(frozen=True, eq=False)
class Contradiction:
    """Demands that cannot be met together, though any part of them can, and why.

    Attributes
    ----------
    demands
        Positions of the demands, in order.
    proof
        The rows that contradict each other, with their numbers (Farkas).
    ways
        For each demand, efforts that meet all the others.
    """

    demands: tuple[int, ...]
    proof: Proof
    ways: dict[int, Floats]


class Cores:
    """The demands of a movement model; targets that ask the same of one row are one demand.

    Parameters
    ----------
    moves
        The model.
    clock
        How long there is.
    most
        How many linear programmes may be solved; None is as many as the time allows.

    Attributes
    ----------
    row, low, high
        The row of each demand, and what it asks of it.
    members
        For each demand the targets that make it, as positions in the arrays of the model.
    solves
        How many linear programmes were solved.
    """

    def __init__(self, moves: Moves, clock: Clock, most: int | None = None) -> None:
        self.moves = moves
        self.clock = clock
        self._limit = most
        self.solves = 0
        marks = list(zip(moves.row.tolist(), moves.low.tolist(), moves.high.tolist(), strict=True))
        found: dict[tuple[int, float, float], list[int]] = {}
        for at, mark in enumerate(marks):
            found.setdefault(mark, []).append(at)
        self.members = tuple(tuple(each) for each in found.values())
        self.row: Ints = np.array([mark[0] for mark in found], dtype=np.int64)
        self.low: Floats = np.array([mark[1] for mark in found], dtype=float)
        self.high: Floats = np.array([mark[2] for mark in found], dtype=float)
        self._whole = _Growing(moves, clock)
        self._programme: _Programme | _Growing = self._whole
        self.values: Floats = np.zeros(len(moves.levers))
        self.proof: Proof = ()
        self.core: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def every(self) -> Ints:
        """All demands."""
        return np.arange(len(self), dtype=np.int64)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """What the targets of each demand weigh together; millionths."""
        weight = self.moves.index.targets.weight[self.moves.targets]
        return tuple(sum(round(float(weight[at]) * 1_000_000) for at in each) for each in self.members)

    def bounds(self, on: Ints) -> tuple[Floats, Floats]:
        """What rows have to be at least and at most, with some demands."""
        least, most = self.moves.least.copy(), self.moves.most.copy()
        np.maximum.at(least, self.row[on], self.low[on])
        np.minimum.at(most, self.row[on], self.high[on])
        return least, most

    def meets(self, on: Ints) -> bool:
        """Whether some demands can be met together.

        Sets `values` (efforts that do) or `core` and `proof` (some of them that cannot, and why).

        Raises
        ------
        Spent
            Nobody knows.
        """
        least, most = self.bounds(on)
        crossed = np.flatnonzero(least > most + 2 * TOLERANCE)
        if len(crossed):
            row = int(crossed[0])
            self._blame(on, least, most, ((row, 1.0), (row, -1.0)))
            return False
        if self.clock.stopped != "finished" or (self._limit is not None and self.solves >= self._limit):
            raise Spent
        self.solves += 1
        answer = self._programme.solve(least, most)
        if answer is None:
            raise Spent
        if answer:
            self.values = self._programme.values
            return True
        self._blame(on, least, most, self._programme.proof(least, most))
        return False

    def _blame(self, on: Ints, least: Floats, most: Floats, proof: Proof) -> None:
        """Which demands a contradiction rests on: where a row has a bound from one, the first that gives it."""
        self.proof = proof
        above, below = np.zeros(len(least), dtype=bool), np.zeros(len(least), dtype=bool)
        for each, number in proof:
            (above if number > 0 else below)[each] = True
        above &= least != self.moves.least
        below &= most != self.moves.most
        row = self.row[on]
        low = np.flatnonzero(above[row] & (self.low[on] == least[row]))
        high = np.flatnonzero(below[row] & (self.high[on] == most[row]))
        core = {int(on[some[at]]) for some in (low, high) for at in np.unique(row[some], return_index=True)[1]}
        self.core = tuple(sorted(core)) if proof else tuple(on.tolist())

    def shrink(self, core: Sequence[int]) -> Contradiction:
        """Some demands that cannot be met together, made smaller until any part of them can.

        Parameters
        ----------
        core
            Demands that cannot; `proof` says why.
        """
        ways: dict[int, Floats] = {}
        proof, open_to = self.proof, sorted(core)
        with self._narrowed(core):
            while open_to:
                last = open_to.pop()
                if self.meets(np.array([*ways, *open_to], dtype=np.int64)):
                    ways[last] = self.values
                else:
                    proof, kept = self.proof, set(self.core)
                    open_to = [each for each in open_to if each in kept]
        return Contradiction(tuple(sorted(ways)), proof, ways)

    def _narrowed(self, core: Sequence[int]) -> _Narrowed:
        return _Narrowed(self, core)

    def narrow(self, core: Sequence[int] | None) -> None:
        """Look only at the rows that some demands and hard facts are about; None is all."""
        if core is None:
            self._programme = self._whole
            return
        held = np.isfinite(self.moves.least) | np.isfinite(self.moves.most)
        held[self.row[list(core)]] = True
        rows = np.flatnonzero(held)
        if len(rows) <= FEW * len(self.moves.reasons):
            self._programme = _Programme(self.moves, rows, self.clock)

    def apart(self, on: Ints, most: int | None = None) -> Iterator[Contradiction]:
        """Contradictions among some demands, no two with a demand in common, until the rest can be met.

        Parameters
        ----------
        on
            The demands.
        most
            How many at most.
        """
        number, rest = 0, on
        while (most is None or number < most) and not self.meets(rest):
            each = self.shrink(self.core)
            number += 1
            yield each
            if not each.demands:
                break
            rest = np.setdiff1d(rest, each.demands)

    @cached_property
    def parts(self) -> tuple[Ints, ...]:
        """The demands by the part of the model they are in: no effort and no row is in two parts."""
        rows = self.moves.rows
        grid: Any = sparse.block_array([[None, rows], [rows.T, None]]) if rows.shape[1] else None
        label_of: Any = csgraph.connected_components
        labels: list[int] = list(range(rows.shape[0])) if grid is None else label_of(grid)[1].tolist()
        mine: Ints = np.array(labels, dtype=np.int64)[self.row]
        return tuple(np.flatnonzero(mine == label) for label in dict.fromkeys(positions(mine)))

    def hold(self, each: Contradiction) -> bool:
        """Whether a contradiction is one: checked by arithmetic alone, without a solver."""
        on = np.array(each.demands, dtype=np.int64)
        least, most = self.bounds(on)
        if margin(self.moves, least, most, each.proof) <= 0:
            return False
        return all(self._keeps(each.ways[left], np.setdiff1d(on, [left])) for left in each.demands)

    def _keeps(self, values: Floats, on: Ints) -> bool:
        least, most = self.bounds(on)
        return within(self.moves, least, most, values)


class _Narrowed:
    def __init__(self, cores: Cores, core: Sequence[int]) -> None:
        self._cores, self._core = cores, core

    def __enter__(self) -> None:
        self._cores.narrow(self._core)

    def __exit__(self, *_: object) -> None:
        self._cores.narrow(None)


class _Programme:
    """Some rows of a model as a warm linear programme."""

    def __init__(self, moves: Moves, rows: Ints, clock: Clock) -> None:
        linear = moves.linear()
        every = len(rows) == len(moves.reasons)
        part: Any = linear.rows if every else linear.rows[rows]
        self._moves, self._rows = moves, rows
        self._warm = Warm(replace(linear, rows=part, least=linear.least[rows], most=linear.most[rows]), clock)
        self.values: Floats = np.zeros(linear.columns)

    def solve(self, least: Floats, most: Floats) -> bool | None:
        self._warm.bounds(least[self._rows] - TOLERANCE, most[self._rows] + TOLERANCE)
        status = self._warm.solve()
        if status == "met":
            self.values = self._warm.values
        return None if status == "unknown" else status == "met"

    def proof(self, least: Floats, most: Floats) -> Proof:
        """The numbers of the rows; nothing where they do not prove it."""
        ray = self._warm.ray
        if ray is None or not len(ray):
            return ()
        size = float(np.abs(ray).max())
        seen = np.flatnonzero(np.abs(ray) > DUST * size)
        found = tuple(zip(self._rows[seen].tolist(), (ray[seen] / size).tolist(), strict=True))
        return found if margin(self._moves, least, most, found) > 0 else ()


class _Growing:
    """All rows of a model; those that were never in the way are left out of the programme, and looked at afterwards."""

    def __init__(self, moves: Moves, clock: Clock) -> None:
        self._moves, self._clock = moves, clock
        self._seen: Bools = np.isfinite(moves.least) | np.isfinite(moves.most)
        self._seen |= len(self._seen) - np.count_nonzero(self._seen) <= 2 * MORE
        self._part = _Programme(moves, np.flatnonzero(self._seen), clock)
        self.values: Floats = np.zeros(len(moves.levers))

    def solve(self, least: Floats, most: Floats) -> bool | None:
        while True:
            answer = self._part.solve(least, most)
            if not answer:
                return answer
            self.values = self._part.values
            movement = self._moves.rows @ self.values
            slack = TOLERANCE + 1e-9
            excess = np.where(self._seen, -np.inf, np.maximum(least - movement, movement - most))
            missed = np.flatnonzero(excess > slack)
            if not len(missed):
                return True
            self._seen[missed[np.argsort(-excess[missed], kind="stable")][:MORE]] = True
            self._part = _Programme(self._moves, np.flatnonzero(self._seen), self._clock)

    def proof(self, least: Floats, most: Floats) -> Proof:
        return self._part.proof(least, most)


def margin(moves: Moves, least: Floats, most: Floats, proof: Proof) -> float:
    """By how much rows contradict each other, tolerance taken off; above 0 is a proof.

    Parameters
    ----------
    moves
        The model.
    least, most
        What the rows have to be.
    proof
        Rows with their numbers.
    """
    if not proof:
        return -np.inf
    row = np.array([each for each, _ in proof], dtype=np.int64)
    number = np.array([each for _, each in proof], dtype=float)
    bound = np.where(number > 0, least[row], most[row])
    if not np.isfinite(bound).all():
        return -np.inf
    total = float(number @ bound - TOLERANCE * np.abs(number).sum())
    numbers = np.bincount(row, number, minlength=moves.rows.shape[0])
    pull = moves.rows.T @ numbers
    return total - float(np.maximum(pull * moves.upper, pull * moves.lower).sum())


def within(moves: Moves, least: Floats, most: Floats, values: Floats) -> bool:
    """Whether efforts keep to all bounds, by arithmetic alone."""
    slack = 2 * TOLERANCE
    movement = moves.rows @ values
    kept: Bools = (movement >= least - slack) & (movement <= most + slack)
    able: Bools = (values >= moves.lower - slack) & (values <= moves.upper + slack)
    return bool(kept.all() and able.all())


def chosen(cores: Cores, demands: Iterable[int]) -> list[int]:
    """The targets of some demands, as positions in the index, in order."""
    return sorted(int(cores.moves.targets[at]) for demand in demands for at in cores.members[demand])
