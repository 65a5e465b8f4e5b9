"""Who wants what, as rows of three numbers: a nation has a hundred thousand targets, too many for a loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

import numpy as np

from alignment.conflicts.finding import Finding
from alignment.index import Floats, Index, Ints, positions

Way = Literal["up", "down", "hold", "meets"]
"""What a body wants of a line; meets is nothing of its own, though it stands in a conflict about it."""

WAYS: Final[tuple[Way, ...]] = ("down", "hold", "up", "meets")
"""The ways by their numbers: those of wishes are one more than these."""


def asked(index: Index, findings: Iterable[Finding]) -> Ints:
    """What each agency wants of each measure: rows of agency, measure and way, each once, in order.

    Parameters
    ----------
    index
        The system as arrays.
    findings
        The conflicts; who stands in one and wants nothing meets what it is about.
    """
    rows = index.targets
    asking = frozenset(positions(rows.agency))
    meets = {
        (who, at, WAYS.index("meets"))
        for finding in findings
        for who in frozenset[int]().union(*finding.between) - asking
        for at in finding.measures
    }
    wanted = np.stack([rows.agency, rows.measure, rows.wish + 1], axis=1)
    return np.unique(np.concatenate([wanted, np.array(sorted(meets), dtype=np.int64).reshape(-1, 3)]), axis=0)


def means(ones: Ints, twos: Ints, size: int) -> Floats:
    """For each of so many things the mean of the different numbers beside it; infinite where there is none.

    >>> means(np.array([0, 0, 0, 2]), np.array([1, 1, 4, 3]), 3).tolist()
    [2.5, inf, 3.0]
    """
    pairs = np.unique(np.stack([ones, twos], axis=1), axis=0)
    sizes = np.bincount(pairs[:, 0], minlength=size)
    sums = np.bincount(pairs[:, 0], weights=pairs[:, 1], minlength=size)
    return np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)


def bundles(rows: Ints, body: Ints, line: Ints) -> Iterator[tuple[int, int, Way, list[int], list[int]]]:
    """Rows of `asked` that go from one body to one line in one way, together.

    Parameters
    ----------
    rows
        Of `asked`.
    body, line
        The body of each agency, and the line of each measure.

    Yields
    ------
    tuple[int, int, Way, list[int], list[int]]
        Body, line and way, and the agencies and measures of it.
    """
    marks = np.stack([body[rows[:, 0]], line[rows[:, 1]], rows[:, 2]], axis=1)
    order = np.lexsort(marks.T[::-1])
    cuts = np.flatnonzero(np.any(np.diff(marks[order], axis=0) != 0, axis=1)) + 1
    for part in np.split(order, cuts) if len(order) else []:
        one, two, way = positions(marks[part[0]])
        who, what = (positions(np.unique(rows[part, side])) for side in (0, 1))
        yield one, two, WAYS[way], who, what
