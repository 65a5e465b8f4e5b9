"""The sets that are as good as the best one, or nearly."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from alignment.solver import Clock

from .programme import Programme, Reason, Row
from .stage_as_cover import kept_in, minimise
from .stages import GAP, PROOF, Answer, Found

NEAR: Final = ("gaps", "lost", "toll", "conflict", "burden", "price")
"""The stages that a nearly best set is nearly best in."""


def near(answer: Answer, within: Fraction) -> list[Row]:
    """Rows of the sets that leave no more duties unserved, nor conflict and burden that are worse by more than a share.

    What comes after, such as voice, is free: a further measure that only makes them good would be one too many.

    Parameters
    ----------
    answer
        The answer.
    within
        The share.
    """
    first = [found for found in answer.stages if found.objective.stage in NEAR and found.objective.terms]
    return [_near(found, Fraction(0) if found.objective.stage in ("gaps", "lost") else within) for found in first]


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
        if len(found) == limit or kept is None or not programme.fits(kept, [*holds, *cuts], clock):
            break
        if len(kept) - outcome.bound >= PROOF:
            break
        found.append(kept)
        cuts.append(_cut(kept))
        progress(f"{len(found) + 1} sets")
    return found, False


def _cut(kept: frozenset[int]) -> Row:
    """Not all of these."""
    return Row(dict.fromkeys(sorted(kept), 1), None, len(kept) - 1, Reason("hold", ("other",)))
