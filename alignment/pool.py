"""The best sets and those nearly as good: which measures are in all of them, and what distinguishes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .lexicographic import SLACK, Answer, Found, kept_in
from .models.reasons import Member
from .programme import Programme, Reason, Row
from .solver import Clock
from .stages import minimise

NEAR: Final = ("gaps", "conflict", "burden", "price")
"""The stages that a nearly best set is nearly best in."""

GAP: Final = 1 - SLACK
"""Two sets that differ by less in whole numbers are as good."""


@dataclass(frozen=True)
class Members:
    """Which columns are in every best set, and which in any.

    Attributes
    ----------
    every, some
        Columns.
    proven
        Whether both are proved.
    """

    every: frozenset[int]
    some: frozenset[int]
    proven: bool

    def of(self, column: int | None) -> Member:
        """In which best sets a column is; a measure without a column is in none."""
        if column is None:
            return "none"
        if not self.proven:
            return "unknown"
        return "every" if column in self.every else "some" if column in self.some else "none"


def members_of(programme: Programme, answer: Answer, clock: Clock) -> Members:
    """Which measures are in every, in some or in no best set.

    Instead of a solve for each measure: look for the best set that drops most of those that were in all sets so far,
    until none can be dropped; and for the one that has most of those that were in none so far.

    Parameters
    ----------
    programme
        The programme.
    answer
        Its answer; without its proof nothing is known.
    clock
        How long there is.
    """
    every, some = answer.kept, answer.kept
    if not answer.best_proven:
        return Members(every, some, proven=False)
    outside = frozenset(range(len(programme.candidates)))
    while every:
        found, proven = _extreme(programme, answer, dict.fromkeys(every, 1), clock)
        if found is None or not proven:
            return Members(every, some, proven=False)
        if every <= found:
            break
        every, some = every & found, some | found
    while outside - some:
        found, proven = _extreme(programme, answer, dict.fromkeys(outside - some, -1), clock)
        if found is None or not proven:
            return Members(every, some, proven=False)
        if found <= some:
            break
        every, some = every & found, some | found
    return Members(every, some, proven=True)


def _extreme(
    programme: Programme, answer: Answer, objective: Mapping[int, int], clock: Clock
) -> tuple[frozenset[int] | None, bool]:
    """The best set that makes a sum small, and whether it is proved to be the smallest."""
    start = [float(value) for value in programme.complete(answer.kept)]
    outcome = minimise(programme, objective, answer.holds, clock, start, GAP)
    found = kept_in(programme, outcome)
    if found is None or not fits(programme, found, answer.holds):
        return None, False
    value = sum(number for column, number in objective.items() if column in found)
    return found, value - outcome.bound < GAP


def fits(programme: Programme, kept: Iterable[int], holds: Sequence[Row]) -> bool:
    """Whether a set fulfils every row, exactly."""
    values = programme.complete(kept)
    return all(row.holds(values) for row in (*programme.rows, *holds))


def near(answer: Answer, within: Fraction) -> list[Row]:
    """Rows of the sets that leave no more duties unserved, nor conflict and burden that are worse by more than a share.

    What comes after, voice and change, is free: a further measure that only makes them good would be one too many.

    Parameters
    ----------
    answer
        The answer.
    within
        The share.
    """
    first = [found for found in answer.stages if found.objective.stage in NEAR and found.objective.terms]
    return [_near(found, Fraction(0) if found.objective.stage == "gaps" else within) for found in first]


def _near(found: Found, within: Fraction) -> Row:
    objective, most = found.objective, math.floor(found.value * (1 + within))
    return Row(objective.terms, None, most - objective.constant, Reason("hold", (objective.stage,)))


def others(
    programme: Programme,
    answer: Answer,
    holds: Sequence[Row],
    clock: Clock,
    limit: int,
    progress: Callable[[str], None],
) -> tuple[list[frozenset[int]], bool]:
    """Further sets that fulfil rows, none of which holds all of another; and whether there are no more.

    Parameters
    ----------
    programme
        The programme.
    answer
        Its answer: the first of the sets, which is not given again.
    holds
        What the sets have to fulfil.
    clock
        How long there is.
    limit
        How many sets are looked for.
    progress
        Told what is being done.
    """
    found: list[frozenset[int]] = []
    count = dict.fromkeys(range(len(programme.candidates)), 1)
    cuts = [_cut(answer.kept)]
    while clock.stopped == "finished":
        # The fewest measures first: no set is found before a part of it that would do.
        outcome = minimise(programme, count, [*holds, *cuts], clock, gap=GAP)
        if outcome.infeasible:
            return found, True
        kept = kept_in(programme, outcome)
        if len(found) == limit or kept is None or not fits(programme, kept, [*holds, *cuts]):
            break
        if len(kept) - outcome.bound >= GAP:
            break
        found.append(kept)
        cuts.append(_cut(kept))
        progress(f"{len(found) + 1} sets")
    return found, False


def _cut(kept: frozenset[int]) -> Row:
    """Not all of these."""
    return Row(dict.fromkeys(sorted(kept), 1), None, len(kept) - 1, Reason("hold", ("other",)))
