r"""Net effects again, from the rows of influences and overlaps alone.

.. math:: N = \sum_{k=1}^{K} \delta^{k-1} A R^{k-1}

with A the direct effects: the sum of a pair's own rows, effect if given, else strength/3; where it has none, what it
borrows from twins, at either end. R are what is borrowed at the far end only, and own rows, so that a walk through one
thing that is read twice counts once. Twins borrow nothing for each other. Of a pair with estimated rows and others
only the others count, or only the estimated ones, as is asked. Where A is not 0, N that has the other sign is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, product
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse

from alignment.models.options.fields import DECLARED, Counting
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


def net_of(system: System, steps: int, decay: float, evidence: Counting = DECLARED) -> tuple[Mapping[str, int], Any]:
    """The place of each measure, and what a step of one does to another (sparse, steps per step).

    Parameters
    ----------
    system
        The system.
    steps
        The longest walk that counts; 0 is all.
    decay
        What each further influence of a walk is multiplied by.
    evidence
        Which rows count of a pair with estimated and other ones.
    """
    place = {name: at for at, name in enumerate(sorted(row.id for row in system.measures))}
    direct, further = (
        _matrix(place, {link: push.size for link, push in pushes.items()}) for pushes in direct_of(system, evidence)
    )
    net = walks = direct
    for _ in range(1, steps or LONGEST):
        walks = sparse.csr_array(decay * (walks @ further))
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


Links = dict[tuple[str, str], Push]


def direct_of(system: System, evidence: Counting = DECLARED) -> tuple[Links, Links]:
    """The direct effects, which a walk begins with, and those whose near end is not borrowed, with which it goes on."""
    apart, twins = two_sides(system), twins_of(system)
    own = {link: push for link, push in _own(system, evidence).items() if link not in apart}
    # Two sides of one thing, and twins of each other, have nothing that they could borrow.
    barred = apart | {(one, two) for one, others in twins.items() for two in others}
    first, further = (_borrowed(own, near, twins) for near in (twins, {}))
    return (
        {**{link: push for link, push in first.items() if link not in barred}, **own},
        {**{link: push for link, push in further.items() if link not in barred}, **own},
    )


def _borrowed(own: Links, near: Mapping[str, Mapping[str, float]], far: Mapping[str, Mapping[str, float]]) -> Links:
    """For each pair the largest of what the rows of twins of its ends say; of equal ones the positive, then the first.

    Parameters
    ----------
    own
        What rows say.
    near, far
        The twins of the one end that count, and of the other.
    """
    best: dict[tuple[str, str], tuple[float, bool, tuple[str, str], Push]] = {}
    for (one, two), push in own.items():
        for (first, by), (last, to) in product(_readings(near, one), _readings(far, two)):
            size = by * push.size * to
            told = round(size, DIGITS)
            able = (-abs(told), told < 0, (one, two), Push(size, push.years))
            if told and first != last and ((first, last) not in best or able < best[first, last]):
                best[first, last] = able
    return {link: push for link, (*_, push) in best.items()}


def _readings(twins: Mapping[str, Mapping[str, float]], name: str) -> list[tuple[str, float]]:
    """A measure and its twins, each with what a step of the one is in steps of the other."""
    return [(name, 1.0), *twins.get(name, {}).items()]


def _own(system: System, evidence: Counting) -> dict[tuple[str, str], Push]:
    """What the rows of each pair say together, those that count or else all."""
    every: dict[tuple[str, str], list[Influence]] = {}
    for row in system.influences:
        every.setdefault((row.source_measure, row.target_measure), []).append(row)
    found: dict[tuple[str, str], Push] = {}
    for link, rows in every.items():
        told = [row for row in rows if (row.origin == "estimated") == (evidence == "estimated")] or rows
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
    evidence
        Which rows count of a pair with estimated and other ones.
    """

    def __init__(self, system: System, steps: int, evidence: Counting = DECLARED) -> None:
        self._steps = steps or 2 * len(system.measures)
        self._open = steps == 0
        self._first, self._further = (_by_source(pushes) for pushes in direct_of(system, evidence))
        self._found: dict[str, dict[tuple[str, int], tuple[str, ...]]] = {}

    def years(self, one: str, two: str, sign: int) -> float | None:
        """The years along the strongest walk of a sign; nothing where there is none."""
        if one not in self._found:
            self._found[one] = self._from(one)
        walk = self._found[one].get((two, sign))
        if walk is None:
            return None
        pairs = enumerate(pairwise(walk))
        return sum((self._further if at else self._first)[source][other].years for at, (source, other) in pairs)

    def _from(self, start: str) -> dict[tuple[str, int], tuple[str, ...]]:
        best: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
        reached = {(start, 1): (1.0, (start,))}
        for number in range(self._steps):
            links = self._further if number else self._first
            further: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}
            for (name, sign), (size, walk) in reached.items():
                for other, push in links.get(name, {}).items():
                    if push.size:
                        end = other, sign if push.size > 0 else -sign
                        way = size * abs(push.size), (*walk, other)
                        if end not in further or _before(way, further[end]):
                            further[end] = way
            longer = {end: way for end, way in further.items() if end not in best or _stronger(way, best[end])}
            best.update(longer)
            reached = longer if self._open else further
            if not reached:
                break
        return {end: walk for end, (_, walk) in best.items()}


def _by_source(pushes: Links) -> dict[str, dict[str, Push]]:
    found: dict[str, dict[str, Push]] = {}
    for (one, two), push in pushes.items():
        found.setdefault(one, {})[two] = push
    return found


def _stronger(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    return round(one[0], DIGITS) > round(two[0], DIGITS)


def _before(one: tuple[float, tuple[str, ...]], two: tuple[float, tuple[str, ...]]) -> bool:
    """Whether a walk is stronger than another of as many influences, or as strong and earlier by id."""
    return (-round(one[0], DIGITS), one[1]) < (-round(two[0], DIGITS), two[1])
