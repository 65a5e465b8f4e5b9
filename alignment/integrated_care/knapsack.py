r"""What fits a budget and does most: a 0-1 programme, solved twice.

.. math::
    \max \sum_i b_i x_i, \quad \sum_i c_i x_i \le B, \quad
    x_i + x_j \le 1 \text{ where } i, j \text{ exclude each other}, \quad x \in \{0, 1\}

and, of choices that do as much, one that costs least. Benefits are counted in small whole parts, so that what is best
is proven to the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from alignment.index import Floats
from alignment.linear import Linear
from alignment.solver import Clock, How, minimise

FINE: Final = 1e-6
"""Benefits are counted in millionths,"""

ROUGH: Final = 1e-8
"""or where they add up to more than a hundred in such parts of all: what differs by less is as good."""

SLACK: Final = 1e-9
"""By what part of it a budget may be overrun, for the noise of decimals."""

NOISE: Final = 1e-9
"""What a solver's bound may be off by, in parts of it and 1."""


class Piece(NamedTuple):
    """Something that is chosen whole or not at all."""

    benefit: float
    """Any unit, the same for all."""
    cost: float
    """The budget's unit."""


class Chosen(NamedTuple):
    """What fits and does most."""

    pieces: tuple[int, ...]
    """By place, in order."""
    bound: float
    """No choice does more. The unit of the benefits."""
    proven: bool
    """Whether none does more than this."""


def choose(
    pieces: Sequence[Piece], exclusions: Sequence[tuple[int, int]], budget: float, clock: Clock, how: How
) -> Chosen:
    """What fits a budget and does most, and of choices that do as much one that costs least.

    Parameters
    ----------
    pieces
        What can be chosen.
    exclusions
        Pairs of which one at most is.
    budget
        What there is; infinite is no limit.
    clock
        How long there is.
    how
        Who searches.
    """
    if not pieces:
        return Chosen((), 0.0, proven=True)
    unit = max(FINE, sum(abs(piece.benefit) for piece in pieces) * ROUGH)
    counts = [round(piece.benefit / unit) for piece in pieces]
    costs = np.array([piece.cost for piece in pieces], dtype=float)
    linear = _linear(np.array(counts, dtype=float), costs, exclusions, budget)
    first = minimise(linear, clock, gap=0.5, how=how)
    most = sum(number for number in counts if number > 0)
    if np.isfinite(first.bound):
        most = min(most, int(np.floor(-first.bound + NOISE * (1 + abs(first.bound)))))
    if first.values is None:
        return Chosen((), most * unit, proven=False)
    picked = _picked(first.values)
    value = sum(counts[at] for at in picked)
    proven = first.stopped == "finished" and most - value < 1
    if proven:
        picked = _cheapest(linear, costs, value, clock, how) or picked
    return Chosen(picked, max(most, value) * unit, proven)


def _linear(benefits: Floats, costs: Floats, exclusions: Sequence[tuple[int, int]], budget: float) -> Linear:
    """The programme: the budget, then the exclusions, then what is done, which the first stage leaves open."""
    size = len(benefits)
    scale = float(max(1e-9, np.abs(costs).max(initial=0.0)))
    pairs = sparse.csr_array(
        (np.ones(2 * len(exclusions)), ([row for row in range(len(exclusions)) for _ in (0, 1)], _flat(exclusions))),
        shape=(len(exclusions), size),
    )
    room = budget / scale * (1 + SLACK) if np.isfinite(budget) else np.inf
    return Linear(
        costs=-benefits,
        rows=sparse.csr_array(sparse.vstack([_row(costs / scale), pairs, _row(benefits)])),
        least=np.full(len(exclusions) + 2, -np.inf),
        most=np.concatenate([[room], np.ones(len(exclusions)), [np.inf]]),
        lower=np.zeros(size),
        upper=np.ones(size),
        whole=np.ones(size, dtype=bool),
    )


def _row(values: Floats) -> Any:
    return sparse.csr_array(values[None, :])


def _flat(pairs: Sequence[tuple[int, int]]) -> list[int]:
    return [at for pair in pairs for at in pair]


def _cheapest(linear: Linear, costs: Floats, value: int, clock: Clock, how: How) -> tuple[int, ...]:
    """Of choices that do so much the one that costs least; nothing where time runs out."""
    least = linear.least.copy()
    least[-1] = value - 0.5
    held = Linear(
        costs=costs / max(1e-9, float(np.abs(costs).max(initial=0.0))),
        rows=linear.rows,
        least=least,
        most=linear.most,
        lower=linear.lower,
        upper=linear.upper,
        whole=linear.whole,
    )
    found = minimise(held, clock, gap=0.0, how=how)
    return () if found.values is None else _picked(found.values)


def _picked(values: Sequence[float]) -> tuple[int, ...]:
    return tuple(at for at, value in enumerate(values) if value > 0.5)
