"""Ways of asking, one after the other, until somebody says what can be true.

As asked; then without the start; then without presolve; then the other solver; then that without presolve. That there
is no set is not believed of one solver alone, unless small linear programmes prove it with numbers: the same solver
without presolve and the other one have to say so, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

import numpy as np

from alignment.errors import SolverTrouble
from alignment.linear import Linear

from .cbc import Cbc, program
from .check import doubted, holds, rounded
from .clock import Clock, Outcome
from .emptiness import bound_of, emptiness
from .highs import Highs
from .rivals import Rival, race

How = Literal["highs", "cbc", "race"]
"""HiGHS in this process; CBC as a child process; or both at once, where the first proof wins."""

Solver = Literal["highs", "cbc"]

HEAD_START: Final = 0.05
"""Seconds that HiGHS has before CBC is started: most solves are over by then, and a child process costs as much."""

LATER: Final = 1.0
"""Seconds after which a third joins where two search already: with two cores it is a burden at first."""

BRIEF: Final = 0.02
"""With fewer seconds left nothing is asked again."""


class Rung(NamedTuple):
    """A way of asking."""

    solver: Solver
    presolve: bool = True


RUNGS: Final[Mapping[str, tuple[Rung, ...]]] = {
    "highs": (Rung("highs", presolve=False), Rung("cbc"), Rung("cbc", presolve=False)),
    "cbc": (Rung("cbc"), Rung("cbc", presolve=False), Rung("highs"), Rung("highs", presolve=False)),
    "race": (Rung("highs", presolve=False), Rung("cbc"), Rung("cbc", presolve=False)),
}
"""How it is asked after the first way, each time without a start."""

SOLVERS: Final[dict[str, type[Highs] | type[Cbc]]] = {"highs": Highs, "cbc": Cbc}

WITNESSES: Final[Mapping[str, tuple[Rung, ...]]] = {
    "highs": (Rung("highs", presolve=False), Rung("cbc")),
    "cbc": (Rung("cbc", presolve=False), Rung("highs")),
    "race": (Rung("highs", presolve=False), Rung("cbc", presolve=False)),
}
"""Who has to say as well that there is no set."""


def minimise(
    linear: Linear,
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
    how: How = "highs",
    rivals: Sequence[Rival] = (),
    lead: float = 0.0,
) -> Outcome:
    """The values of the columns that make the objective small.

    Parameters
    ----------
    linear
        The programme.
    clock
        How long there is. Ctrl-C ends the search and marks the clock; nothing is raised.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.
    how
        Which solver; another is asked where what it says cannot be true.
    rivals
        Others who search for the same.
    lead
        Seconds that they have before a solver begins; of two, CBC then and HiGHS after four times as long. At 0 they
        join late.

    Returns
    -------
    Outcome
        A point is one by our own arithmetic, and its bound fits it. Stopped as solvers disagree, with the best point
        and a bound of our own, where nothing that was said could be true.

    Raises
    ------
    SolverTrouble
        The solver failed.
    """
    if not linear.columns:
        return _without_columns(linear)
    ladder = _Ladder(linear, clock, gap, how, start)
    try:
        return ladder.climb(_first(linear, clock, start, gap, how, rivals, lead))
    except KeyboardInterrupt:  # while our own linear programmes were solved
        clock.interrupt()
        return ladder.unproven()


def _without_columns(linear: Linear) -> Outcome:
    """Every row is 0: solvers differ on what to do with it."""
    if (linear.least > 0).any() or (linear.most < 0).any():
        return Outcome(None, np.inf, infeasible=True, stopped="finished", certain=True)
    return Outcome((), 0.0, infeasible=False, stopped="finished", certain=True)


def _first(
    linear: Linear,
    clock: Clock,
    start: Sequence[float] | None,
    gap: float,
    how: How,
    rivals: Sequence[Rival],
    lead: float,
) -> list[tuple[float, Rival]]:
    """Those who search first, and when they begin."""
    if how == "cbc":
        return [(0.0, SOLVERS["cbc"](linear, clock, start, gap))]
    others: list[tuple[float, Rival]] = [(0.0 if lead else LATER, rival) for rival in rivals]
    both = how == "race" and program() is not None
    if both:
        others.append((lead or HEAD_START, SOLVERS["cbc"](linear, clock, start, gap)))
    # HiGHS with a start and presolve has called sets optimal that are not (0.231 where 0.2 was to be had): it has none.
    return [(4 * lead if both else lead, SOLVERS["highs"](linear, clock, None, gap)), *others]


class _Ladder:
    """One programme, asked in one way after the other."""

    def __init__(self, linear: Linear, clock: Clock, gap: float, how: How, start: Sequence[float] | None) -> None:
        self._linear, self._clock, self._gap, self._how = linear, clock, gap, how
        self._best: Sequence[float] | None = start
        self._confirmed = False

    def climb(self, first: Sequence[tuple[float, Rival]]) -> Outcome:
        """What the first way of asking gives that can be true."""
        outcome = self._race(first)
        for rung in RUNGS[self._how]:
            settled = self._settled(outcome)
            if settled is not None:
                return settled
            if self._clock.left < BRIEF:
                break
            outcome = self._ask(rung)
        return self._settled(outcome) or self.unproven()

    def _race(self, rivals: Sequence[tuple[float, Rival]], agree: int = 1) -> Outcome:
        return race(rivals, self._linear, self._clock, self._gap, self._best, agree)

    def _rival(self, rung: Rung) -> tuple[float, Rival]:
        search = SOLVERS[rung.solver]
        return 0.0, search(self._linear, self._clock, None, self._gap, presolve=rung.presolve)

    def _ask(self, rung: Rung) -> Outcome:
        try:
            return self._race([self._rival(rung)])
        except SolverTrouble:  # one that is not there has nothing to say
            return doubted(None)

    def _settled(self, outcome: Outcome) -> Outcome | None:
        """An outcome to go by; None where somebody else has to be asked."""
        if outcome.stopped == "solvers disagree":
            self._best = self._best if outcome.values is None else outcome.values
            return None
        if outcome.stopped == "finished" and outcome.infeasible and not outcome.certain:
            return self._none()
        return outcome

    def _none(self) -> Outcome | None:
        """That there is no set, where it is proved or all say so; or the set that they found."""
        if self._confirmed:
            return None
        self._confirmed = True
        proof = emptiness(self._linear, self._clock)
        if proof is True:
            return Outcome(None, np.inf, infeasible=True, stopped="finished", certain=True)
        if not isinstance(proof, bool):
            self._best = proof.tolist()
            return None
        return self._witnesses()

    def _witnesses(self) -> Outcome | None:
        try:
            outcome = self._race([self._rival(rung) for rung in WITNESSES[self._how]], agree=2)
        except SolverTrouble:
            return None
        if outcome.stopped == "solvers disagree":
            return self._settled(outcome)
        return outcome

    def unproven(self) -> Outcome:
        """The best set that is known, and a bound of our own; nothing that was said of it is believed."""
        known = self._best if self._best is not None and holds(self._linear, self._best) else None
        values = None if known is None else tuple(rounded(self._linear, known).tolist())
        stopped = self._clock.stopped
        if stopped == "finished" and self._clock.left >= BRIEF:
            self._clock.doubt()
            return doubted(values, bound_of(self._linear, self._clock))
        return replace(doubted(values), stopped="time limit" if stopped == "finished" else stopped)
