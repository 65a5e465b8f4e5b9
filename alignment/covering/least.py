"""The one function that solves coverings: those of `propose`, and published ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from alignment.index import Bools
from alignment.solver import Clock, How, Outcome, Rival, minimise

from .estimate import Estimate
from .problem import Covering
from .reduce import Reduced, reduced
from .tree import Tree

LARGE: Final = 3e5
"""Entries from which on the first relaxation takes so long that a bound is had sooner without it."""


FEW: Final = 60
"""Up to so many columns HiGHS is asked first: most are over at once, and the hard ones are symmetric, which it sees."""

LEAD: Final = 0.25
"""Seconds that our own search has otherwise before another joins, where no pair is penalised."""

PAIRS_LEAD: Final = 4.0
"""The same where pairs are: there others are rarely first, and a second thread of our own is worth more."""


def least_cover(
    covering: Covering,
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
    how: How = "highs",
) -> Outcome:
    """The columns that cover all rows at least cost and penalty.

    Parameters
    ----------
    covering
        The problem.
    clock
        How long there is.
    start
        Values of a known set: of the columns, then of the pairs.
    gap
        Two sets whose costs differ by less are not told apart; for whole costs a little less than 1 is exact.
    how
        Which solver. All begin with the problem made smaller; beside HiGHS there is branch and bound of our own.
    """
    if not _plain(covering):
        return minimise(covering.linear(), clock, start, gap, how)
    small = reduced(covering)
    known = None if start is None else small.lower(np.asarray(start[: covering.columns]) > 0.5)
    values = None if known is None else small.covering.values(known).tolist()
    rivals = [] if how == "cbc" else [_rival(small.covering, clock, known, gap)]
    rivals = [each for each in rivals if each is not None]
    lead = _lead(small.covering) if rivals else 0.0
    found = minimise(small.covering.linear(), clock, values, gap, how, rivals, lead)
    return _lifted(small, found)


def _plain(covering: Covering) -> bool:
    """Whether columns are whole, nothing pays, and choosing both of a pair helps no further row."""
    served = bool((np.diff(covering.matrix.tocsr().indptr) > 0).all())
    dear = bool((covering.costs >= 0).all() and (covering.penalties >= 0).all())
    return served and dear and bool(covering.whole.all()) and _both_never_helps(covering)


def _both_never_helps(covering: Covering) -> bool:
    if not covering.also.shape[0]:
        return True
    both = covering.also[:, covering.columns :].tocoo()
    helps = (both.data > 0) & np.isfinite(covering.least[both.row])
    helps |= (both.data < 0) & np.isfinite(covering.most[both.row])
    return not helps.any()


def _lead(covering: Covering) -> float:
    if covering.columns <= FEW:
        return 0.0
    return PAIRS_LEAD if len(covering.pairs) else LEAD


def _rival(covering: Covering, clock: Clock, known: Bools | None, gap: float) -> Rival | None:
    if covering.matrix.nnz <= LARGE:
        return Tree(covering, clock, known, gap, threads=1 + (_lead(covering) == PAIRS_LEAD))
    return None if covering.also.shape[0] else Estimate(covering, clock, known, gap, LARGE)


def _lifted(small: Reduced, found: Outcome) -> Outcome:
    if found.values is None:
        return found
    chosen = small.lift(np.asarray(found.values[: small.covering.columns]) > 0.5)
    values = tuple(small.larger.values(chosen).tolist())
    return Outcome(values, found.bound, found.infeasible, found.stopped)
