"""The lightest demands to give up, by implicit hitting sets: proven, and with the contradictions that prove it.

The lightest choice that hits all contradictions found so far weighs no more than any repair. Where what it leaves can
be met, it is a repair itself, and so the smallest; where not, there are more contradictions, none of which it hits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from alignment.index import Floats, Ints

from .conflicting_sets import Contradiction, Cores, Spent
from .hitting_sets import Hitting, Set


@dataclass(eq=False)
class Mended:
    """What is to be given up, and why.

    Attributes
    ----------
    contradictions
        In the order in which they were found.
    apart
        How many of them, from the first on, have no demand in common.
    given
        The demands to give up; None where no repair was found.
    weight, bound
        What they weigh, and what no repair weighs less than; millionths.
    proven
        Whether they are proved to be the lightest.
    values
        Efforts that meet all the others.
    """

    contradictions: list[Contradiction] = field(default_factory=list[Contradiction])
    apart: int = 0
    given: Set | None = None
    weight: int = 0
    bound: int = 0
    proven: bool = False
    values: Floats | None = None


def mend(cores: Cores, tell: Callable[[str], None] = lambda _: None) -> Mended:
    """The lightest demands to give up such that all others can be met.

    Parameters
    ----------
    cores
        The demands; where its time or number of programmes runs out, what there is, marked as not proven.
    tell
        Told how far it is.
    """
    found, hitting = Mended(), Hitting(cores.weights, cores.clock)
    try:
        _search(cores, hitting, found, tell)
    except Spent:
        _settle(cores, found)
    except KeyboardInterrupt:
        cores.clock.interrupt()
        _settle(cores, found)
    return found


def _search(cores: Cores, hitting: Hitting, found: Mended, tell: Callable[[str], None]) -> None:
    choice: Set | None = ()
    while choice is not None:
        before = len(found.contradictions)
        rest = np.setdiff1d(cores.every, np.array(choice, dtype=np.int64))
        while not cores.meets(rest):
            each = cores.shrink(cores.core)
            found.contradictions.append(each)
            tell(f"{len(found.contradictions)} conflicting sets")
            if not each.demands:
                raise Spent
            rest = np.setdiff1d(rest, each.demands)
        # What is left once every new contradiction is taken out whole can be met: a repair, if not the lightest.
        _keep(cores, found, np.setdiff1d(cores.every, rest))
        if not found.apart:
            found.apart = len(found.contradictions)
        if len(found.contradictions) == before:
            found.bound, found.proven = found.weight, True
            return
        choice = hitting.lightest([each.demands for each in found.contradictions])
        if choice is not None:
            found.bound = max(found.bound, sum(cores.weights[each] for each in choice))
    raise Spent


def _keep(cores: Cores, found: Mended, given: Ints) -> None:
    weight = sum(cores.weights[int(each)] for each in given)
    if found.given is None or weight <= found.weight:
        found.given, found.weight, found.values = tuple(int(each) for each in given), weight, cores.values


def _settle(cores: Cores, found: Mended) -> None:
    """Where nothing is proved, at least the lowest bound: contradictions apart need one demand each."""
    seen: set[int] = set()
    bound = 0
    for each in found.contradictions:
        if seen.isdisjoint(each.demands) and each.demands:
            seen.update(each.demands)
            bound += min(cores.weights[demand] for demand in each.demands)
    found.bound = max(found.bound, bound)


def every_mend(cores: Cores, found: Mended, limit: int) -> tuple[list[Set], bool]:
    """All repairs as light as the lightest, and whether these are all.

    Parameters
    ----------
    cores
        The demands.
    found
        The lightest repair, proven; learns further contradictions.
    limit
        How many at most.
    """
    hitting, sets = Hitting(cores.weights, cores.clock), [each.demands for each in found.contradictions]
    done: list[Set] = []
    try:
        while len(done) < limit:
            choice = hitting.lightest(sets, done) if sets else None
            if choice is None:
                return sorted(done) or [()], cores.clock.stopped == "finished"
            if sum(cores.weights[each] for each in choice) > found.weight:
                return sorted(done), True
            more = list(cores.apart(np.setdiff1d(cores.every, np.array(choice, dtype=np.int64))))
            if not more:
                done.append(choice)
            found.contradictions += more
            sets += [each.demands for each in more]
    except Spent:
        pass
    return sorted(done), False
