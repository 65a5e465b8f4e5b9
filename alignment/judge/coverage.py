"""Coverage: what each set leaves unserved and whom it leaves out, again from the rows; and bounds that can be refuted.

That no set of so many measures does better rests on bounds. A bound is refused where a set goes below it: that of the
point before with the measure that adds most, or that of the point after without the one that adds least.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from alignment.models.answers.coverage import Coverage, CoveragePoint
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.options.weighing import weighed

from .duties import Key, allowed_of, facts_of

MICRO: Final = 1_000_000
"""Weights are counted in millionths."""

NEAR: Final = 0.6 / MICRO
"""How far a weight or a share may be off: they are told to six digits, and weights are whole millionths."""


class _Seen(NamedTuple):
    """What the rows say of duties.

    Attributes
    ----------
    servants
        For each duty the measures that may be kept and serve it.
    weights
        What each weighs, in millionths.
    allowed, forced
        The measures that may be kept, and those that must be.
    """

    servants: Mapping[Key, frozenset[str]]
    weights: Mapping[Key, int]
    allowed: frozenset[str]
    forced: frozenset[str]

    def unserved(self, kept: Collection[str]) -> list[Key]:
        """The duties that a set leaves unserved."""
        return [duty for duty, able in self.servants.items() if able.isdisjoint(kept)]

    def weigh(self, duties: Collection[Key]) -> float:
        """What some duties weigh."""
        return sum(self.weights[duty] for duty in duties) / MICRO


def objections(system: System, answer: Coverage) -> tuple[str, ...]:
    """What is wrong with a coverage, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The coverage.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.coverage(system))
    ()
    """
    seen = _seen(weighed(system, answer.options), answer.options.of_set)
    found = [*_whole(answer, seen), *_order(answer, seen)]
    for point in answer.points:
        found += _point(point, answer.weight, seen)
    for before, after in pairwise(answer.points):
        found += _refuted(before, after, seen)
    return tuple(found)


def _seen(system: System, asked: Options) -> _Seen:
    facts = facts_of(system, asked)
    allowed = frozenset(allowed_of(facts))
    statutory = (row.id for row in system.measures if row.statutory and asked.keep_statutory)
    return _Seen(
        servants={duty: frozenset(facts.servants(duty, allowed)) for duty in facts.weight},
        weights={duty: round(weight * MICRO) for duty, weight in facts.weight.items()},
        allowed=allowed,
        forced=frozenset((*statutory, *asked.keep)),
    )


def _off(said: float, seen: float) -> bool:
    return abs(said - seen) > NEAR


def _whole(answer: Coverage, seen: _Seen) -> Iterator[str]:
    """What is said of all duties."""
    told = (
        ("duties", answer.duties, len(seen.weights)),
        ("bodies with duties", answer.bodies, len({agency for agency, *_ in seen.weights})),
        ("weight of all duties", answer.weight, seen.weigh(seen.weights)),
        ("weight that nothing serves", answer.least, seen.weigh(seen.unserved(seen.allowed))),
    )
    yield from (f"the {what} is {is_:g}, not {said:g}" for what, said, is_ in told if _off(said, is_))


def _order(answer: Coverage, seen: _Seen) -> Iterator[str]:
    """Whether the numbers follow each other, the weights fall, and the end is where it is said to be."""
    numbers, begin = [point.number for point in answer.points], max(1, len(seen.forced))
    if numbers != list(range(begin, begin + len(numbers))):
        yield f"the numbers are not those from {begin} on"
    most = answer.options.at_most
    if most is not None and numbers and numbers[-1] > most:
        yield f"{numbers[-1]} measures are more than {most}"
    for before, after in pairwise(answer.points):
        if after.gap_weight > before.gap_weight:
            yield f"{after.number} measures leave more unserved than {before.number}"
        if not _off(before.gap_weight, answer.least):
            yield f"{before.number} measures serve all that can be served, and {after.number} are looked at"
    reached = not answer.points or not _off(answer.points[-1].gap_weight, answer.least)
    if not reached and (answer.complete or numbers[-1] < (len(seen.allowed) if most is None else most)):
        yield f"{numbers[-1]} measures are no end, as more can be served"
    if answer.complete and any(not _off(point.bound, answer.least) for point in answer.points[:-1]):
        yield f"fewer than {numbers[-1]} measures may serve all that can be served"


def _point(point: CoveragePoint, total: float, seen: _Seen) -> Iterator[str]:
    kept, number = frozenset(point.measures), point.number
    if len(point.measures) > number:
        yield f"of at most {number} measures {len(point.measures)} are kept"
    if not seen.forced <= kept <= seen.allowed:
        yield f"of {number} measures some must not be kept, or others must be"
    unserved = seen.unserved(kept)
    weight = seen.weigh(unserved)
    told: tuple[tuple[str, float, float], ...] = (
        ("weight left unserved", point.gap_weight, weight),
        ("share served", point.share or 0.0, 1 - weight / total if total else 0.0),
        ("duties served", point.served, len(seen.weights) - len(unserved)),
        ("duties unserved", point.gaps, len(unserved)),
    )
    yield from (f"the {what} of {number} is {is_:g}, not {said:g}" for what, said, is_ in told if _off(said, is_))
    heard = {agency for agency, *_ in seen.weights.keys() - set(unserved)}
    left = sorted({agency for agency, *_ in seen.weights} - heard)
    if left != list(point.left_out):
        yield f"{number} measures leave out {', '.join(left) or 'nobody'}, not {', '.join(point.left_out) or 'nobody'}"
    if point.bound > point.gap_weight or (point.proven and _off(point.bound, point.gap_weight)):
        yield f"the bound of {number} is {point.bound:g}, where {point.gap_weight:g} is left unserved"


def _with_one_fewer(kept: frozenset[str], seen: _Seen, otherwise: float) -> float:
    """What a set leaves unserved without the measure that adds least; something else where all must be kept."""
    alone = dict.fromkeys(kept - seen.forced, 0)
    for duty, able in seen.servants.items():
        for name in kept & able if len(kept & able) == 1 else ():
            if name in alone:
                alone[name] += seen.weights[duty]
    return seen.weigh(seen.unserved(kept)) + min(alone.values()) / MICRO if alone else otherwise


def _refuted(before: CoveragePoint, after: CoveragePoint, seen: _Seen) -> Iterator[str]:
    """Where one more measure than before, or one fewer than after, goes below a bound."""
    unserved = seen.unserved(before.measures)
    adds: dict[str, int] = {}
    for duty in unserved:
        for name in seen.servants[duty]:
            adds[name] = adds.get(name, 0) + seen.weights[duty]
    better = {after.number: seen.weigh(unserved) - max(adds.values(), default=0) / MICRO}
    if len(after.measures) == after.number:
        better[before.number] = _with_one_fewer(frozenset(after.measures), seen, before.gap_weight)
    for point in (before, after):
        least = better.get(point.number, point.gap_weight)
        if least < point.bound and _off(least, point.bound):
            yield f"{point.number} measures can leave {least:g} unserved, which {point.bound:g} is said to rule out"
