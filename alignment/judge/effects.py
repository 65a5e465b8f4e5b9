r"""Net effects again, from the rows of influences and overlaps alone.

.. math:: N = \sum_{k=1}^{K} \delta^{k-1} E^k

with E the sum of the rows, effect if given, else strength/3; where a pair has none, what it borrows from twins. Of
estimated rows and others the others count. Where E is not 0, N that has the other sign is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from alignment.models.system import System
from alignment.models.system.links import Influence

from .rows import good_of

DIGITS: Final = 12
"""A net effect is a number of so many decimals; what is left of walks that cancel is none."""

LAST: Final = 1e-15
"""Where all walks count, those that do less end the sum."""

LONGEST: Final = 100_000
"""No longer walk is looked at."""

BLANKS: Final = {"same": 1.0, "shared": 0.25, "part": 0.5}
"""How far definitions coincide where nobody says."""

TWINS_FROM: Final = 0.5
"""From this share on two measures are one thing read twice."""


def net_of(system: System, steps: int, decay: float) -> tuple[Mapping[str, int], Any]:
    """The place of each measure, and what a step of one does to another (sparse, steps per step).

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all.
    decay
        What each further influence of a walk is multiplied by.
    """
    place = {name: at for at, name in enumerate(sorted(row.id for row in system.measures))}
    direct = _matrix(place, {link: push.size for link, push in direct_of(system).items()})
    net = walks = direct
    for _ in range(1, steps or LONGEST):
        walks = sparse.csr_array(decay * (walks @ direct))
        if not walks.nnz or abs(walks).max() < LAST:
            break
        net = sparse.csr_array(net + walks)
    net.data = np.round(net.data, DIGITS)
    apart = two_sides(system)
    net = _without(net, _matrix(place, dict.fromkeys(apart, 1.0)))
    return place, _without(net, sparse.csr_array(net.multiply(direct)) < 0)


def _matrix(place: Mapping[str, int], cells: Mapping[tuple[str, str], float]) -> Any:
    where = np.array([[place[one], place[two]] for one, two in cells], dtype=np.int64).reshape(-1, 2).T
    numbers = np.array(list(cells.values()), dtype=float)
    return sparse.csr_array(sparse.coo_array((numbers, (where[0], where[1])), (len(place), len(place))))


def _without(matrix: Any, where: Any) -> Any:
    """A matrix with 0 wherever another is not."""
    gone = sparse.csr_array(where, dtype=bool).astype(float)
    found = sparse.csr_array(matrix - matrix.multiply(gone))
    found.eliminate_zeros()
    return found


class Push(NamedTuple):
    """What moving one measure does to another at once, in steps per step, and how many years that takes."""

    size: float
    years: float


def direct_of(system: System) -> dict[tuple[str, str], Push]:
    """The direct effects: of a pair's own rows, or of those of measures that are one thing with its ends."""
    apart, twins = two_sides(system), twins_of(system)
    own = {link: push for link, push in _own(system).items() if link not in apart}
    best: dict[tuple[str, str], tuple[float, bool, tuple[str, str], Push]] = {}

    def offer(link: tuple[str, str], by: tuple[str, str], push: Push) -> None:
        size = round(push.size, DIGITS)
        if size and link[0] != link[1] and link not in own and link not in apart:
            # The largest; of equal ones the positive, then the first by the ids of where it comes from.
            able = (-abs(size), size < 0, by, push)
            if link not in best or able[:3] < best[link][:3]:
                best[link] = able

    for one, others in twins.items():
        for other, share in others.items():
            offer((one, other), (one, other), Push(share, 0.0))
    for (one, two), push in own.items():
        for first, near in ((one, 1.0), *twins.get(one, {}).items()):
            for last, far in ((two, 1.0), *twins.get(two, {}).items()):
                offer((first, last), (one, two), Push(near * push.size * far, push.years))
    return {**own, **{link: able[3] for link, able in best.items()}}


def _own(system: System) -> dict[tuple[str, str], Push]:
    """What the rows of each pair say together; estimated ones only where there are no others."""
    every: dict[tuple[str, str], list[Influence]] = {}
    for row in system.influences:
        every.setdefault((row.source_measure, row.target_measure), []).append(row)
    found: dict[tuple[str, str], Push] = {}
    for link, rows in every.items():
        told = [row for row in rows if row.origin != "estimated"] or rows
        size = sum(row.effect if row.effect is not None else (row.strength or 0.0) / 3 for row in told)
        # What is left of rows that cancel is none.
        found[link] = Push(size if round(size, DIGITS) else 0.0, max(row.lag_years or 0.0 for row in told))
    return found


def twins_of(system: System) -> dict[str, dict[str, float]]:
    """For each measure those that are one thing with it, and what a step of the one is in steps of the other."""
    good = {row.id: good_of(row) for row in system.measures}
    found: dict[str, dict[str, float]] = {}
    for row in system.overlaps:
        if row.kind in BLANKS:
            share = BLANKS[row.kind] if row.share is None else row.share
            way = -1.0 if good[row.measure_a] * good[row.measure_b] < 0 else 1.0
            if share >= TWINS_FROM:
                found.setdefault(row.measure_a, {})[row.measure_b] = way * share
                found.setdefault(row.measure_b, {})[row.measure_a] = way * share
    return found


def two_sides(system: System) -> frozenset[tuple[str, str]]:
    """Measures that are two sides of one thing, either way round: no effect is read between them."""
    pairs = {(row.measure_a, row.measure_b) for row in system.overlaps if row.kind == "complementary"}
    return frozenset(pairs | {(two, one) for one, two in pairs})


class Walks:
    """The strongest walk from one measure to another that pushes one way, and how long it takes.

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all. Unit: influences.
    """

    def __init__(self, system: System, steps: int) -> None:
        self._steps = steps or 2 * len(system.measures)
        self._open = steps == 0
        self._size: dict[str, dict[str, float]] = {}
        self._years: dict[tuple[str, str], float] = {}
        for (one, two), push in direct_of(system).items():
            self._size.setdefault(one, {})[two] = push.size
            self._years[one, two] = push.years
        self._found: dict[str, dict[tuple[str, int], tuple[str, ...]]] = {}

    def years(self, one: str, two: str, sign: int) -> float | None:
        """The years along the strongest walk of a sign; nothing where there is none."""
        if one not in self._found:
            self._found[one] = self._from(one)
        walk = self._found[one].get((two, sign))
        return None if walk is None else sum(self._years[link] for link in pairwise(walk))

    def _from(self, start: str) -> dict[tuple[str, int], tuple[str, ...]]:
        best: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
        reached = {(start, 1): (1.0, (start,))}
        for _ in range(self._steps):
            further: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
            for (name, sign), (size, walk) in reached.items():
                for other, number in self._size.get(name, {}).items():
                    if number:
                        end, way = (other, sign if number > 0 else -sign), (size * abs(number), (*walk, other))
                        if end not in further or _before(way, further[end]):
                            further[end] = way
            longer = {end: way for end, way in further.items() if end not in best or _stronger(way, best[end])}
            best.update(longer)
            reached = longer if self._open else further
            if not reached:
                break
        return {end: walk for end, (_, walk) in best.items()}


def _stronger(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    return round(one[0], DIGITS) > round(two[0], DIGITS)


def _before(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    """Whether a walk is stronger than another of as many influences, or as strong and earlier by id."""
    return (-round(one[0], DIGITS), one[1]) < (-round(two[0], DIGITS), two[1])
