"""The exact pairs of two groups of targets that fulfil a condition; those alike are looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.index import Bools, Floats, Index, Ints

Column = Floats | Ints | Bools
"""A fact of every target."""

SAME = 9
"""Severities of pairs are equal that differ in nothing but later decimals."""

CHUNK = 4_000_000
"""How many pairs are looked at together."""


@dataclass(frozen=True, eq=False)
class Match:
    """The exact pairs of two groups of targets that fulfil a condition.

    Attributes
    ----------
    left, right
        The targets that have a partner, as positions.
    blocks
        Which go with which; None when each goes with every one.
    worst
        The largest weight w(t, u) of a pair, before any other factor.
    pair
        The pair that has it.
    """

    left: Ints
    right: Ints
    blocks: tuple[tuple[Ints, Ints], ...] | None
    worst: float
    pair: tuple[int, int]


Condition = Callable[[Ints, Ints], Bools]
"""Which of some targets (a column) go with which of others (a row)."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Some targets; those that are alike are looked at once: thirty-three boroughs with one target are one row.

    Attributes
    ----------
    targets
        Positions of targets.
    ones
        One target for each distinct row.
    place
        For each target which of them it is like.
    """

    targets: Ints
    ones: Ints
    place: Ints


def alike_in(index: Index, targets: Ints, columns: Sequence[Column]) -> Alike:
    """Some targets, those alike in weight and in all columns together."""
    return Alike(targets, *alike(targets, (*columns, index.targets.weight)))


def match(
    index: Index, left: Alike, right: Alike, condition: Condition, prior: Condition | None = None
) -> Match | None:
    """The pairs of two groups of targets that fulfil a condition.

    Parameters
    ----------
    left, right
        The targets.
    condition
        Given positions as a column and as a row, the pairs that count; may look only at columns in which the
        targets that are looked at once are alike.
    prior
        Which of them the worst is to be sought among, where there are any; blank is all.
    """
    if not len(left.targets) or not len(right.targets):
        return None
    weight, ones, twos = index.targets.weight, left.ones, right.ones
    table = in_chunks(ones, twos, condition)
    if not bool(table.any()):
        return None
    first = table if prior is None else table & in_chunks(ones, twos, prior)
    both = np.sqrt(weight[ones][:, None] * weight[twos][None, :]).round(SAME)
    worst: Floats = np.where(first if first.any() else table, both, -1.0)
    one, two = divmod(int(np.argmax(worst)), len(twos))
    return Match(
        left=left.targets[np.any(table, axis=1)[left.place]],
        right=right.targets[np.any(table, axis=0)[right.place]],
        blocks=None if table.all() else blocks_of(table, left, right),
        worst=float(worst[one, two]),
        pair=(int(ones[one]), int(twos[two])),
    )


def in_chunks(ones: Ints, twos: Ints, condition: Condition) -> Bools:
    """A condition over all pairs, some rows at a time to spare memory."""
    rows = max(1, CHUNK // max(1, len(twos)))
    parts = [condition(ones[at : at + rows, None], twos[None, :]) for at in range(0, len(ones), rows)]
    return np.concatenate([np.broadcast_to(part, (part.shape[0], len(twos))) for part in parts])


def alike(targets: Ints, columns: Sequence[Column]) -> tuple[Ints, Ints]:
    """One target for each distinct row of columns (the first), and for each target which of them it is like."""
    stacked = np.empty((len(columns), len(targets)))
    for at, column in enumerate(columns):
        stacked[at] = column[targets]
    # An unknown is like another unknown here, so nan gets a value of its own.
    stacked[np.isnan(stacked)] = -np.finfo(float).max
    # A stable sort keeps the first of equals in front.
    order = np.lexsort(stacked)
    begins = np.ones(len(targets), dtype=bool)
    ordered = stacked[:, order]
    begins[1:] = np.any(ordered[:, 1:] != ordered[:, :-1], axis=0)
    first = order[begins]
    place = np.empty_like(order)
    place[order] = np.argsort(np.argsort(first))[np.cumsum(begins) - 1]
    return targets[np.sort(first)], place


def blocks_of(table: Bools, left: Alike, right: Alike) -> tuple[tuple[Ints, Ints], ...]:
    """The exact pairs: the targets that are like those of a row with those that are like its columns."""
    alike: dict[bytes, int] = {}
    mark = np.array([alike.setdefault(row.tobytes(), at) for at, row in enumerate(table)], dtype=np.int64)
    found = [
        (left.targets[(mark == at)[left.place]], right.targets[table[at][right.place]])
        for at in alike.values()
        if table[at].any()
    ]
    return tuple(sorted(found, key=lambda block: int(block[0][0])))


def overlap(index: Index, ones: Ints, twos: Ints) -> Bools:
    """Whether the periods of targets overlap."""
    rows = index.targets
    return (rows.start[ones] <= rows.end[twos]) & (rows.start[twos] <= rows.end[ones])
