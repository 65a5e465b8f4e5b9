"""Which measures cannot be kept together, because the targets on them cannot all be met.

Targets that contradict each other (`alignment.feasibility.conflicting_sets`) make a row: not all of their measures are
kept. There may be more of them than anybody can list, so they are found when a set breaks them. The best set of the
rows found so far is the best of all as soon as its own targets can be met: rows that are not known yet could only make
it worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from alignment.effects.net_effects import effects_of
from alignment.feasibility.conflicting_sets import Contradiction, Cores, Spent
from alignment.feasibility.hard_facts import check_hard_facts, conflicting_set
from alignment.feasibility.moves import moves_of
from alignment.index import Index
from alignment.models.answers.achieve import ConflictingSet
from alignment.models.options.aligned_set import Options
from alignment.solver import Clock

from .rows import Reason, Row


class Achievable:
    """The movement model of a system, asked for one set of measures after the other.

    Parameters
    ----------
    index
        The system's arrays.
    options
        What is asked of the set; `max_concession` is how far short targets may settle, `reach` how far agencies push.
    candidates
        The measure of each column, by position.

    Attributes
    ----------
    rows
        Those found so far.
    """

    def __init__(self, index: Index, options: Options, candidates: Sequence[int] = ()) -> None:
        self.rows: list[Row] = []
        self._index = index
        self._effects = effects_of(index.system, options.steps, options.decay, options.evidence)
        self._concession = options.max_concession
        self._reach = options.reach
        self._candidates = candidates
        self._column = {at: column for column, at in enumerate(candidates)}
        self._met: set[frozenset[int]] = set()

    def cores(self, measures: Iterable[int], clock: Clock) -> Cores:
        """The demands of the targets on some measures, each eased by what it may settle for.

        Parameters
        ----------
        measures
            Positions of the measures.
        clock
            How long there is.
        """
        moves = moves_of(self._effects, self._reach, measures=sorted(measures))
        return Cores(replace(moves, low=moves.low - self._concession, high=moves.high + self._concession), clock)

    def check(self, clock: Clock) -> None:
        """Refuse a system whose hard facts alone contradict each other.

        Raises
        ------
        InputError
            With a fault for each of those facts.
        """
        with suppress(Spent):
            check_hard_facts(self.cores((), clock))

    def why_not(self, kept: Iterable[int], others: Iterable[int], clock: Clock) -> dict[int, ConflictingSet]:
        """For measures beside a set, targets that could not all be met were one of them kept as well.

        Parameters
        ----------
        kept
            Positions of the measures of the set.
        others
            Positions of the others; those that could be kept as well are left out.
        clock
            How long there is; what it leaves no time for is left out too.
        """
        within, beside = frozenset(kept), sorted(set(others))
        cores = self.cores(within.union(beside), clock)
        on = np.array([self._measure(cores, demand) for demand in range(len(cores))], dtype=np.int64)
        found: dict[int, ConflictingSet] = {}
        with suppress(Spent):
            for at in beside:
                asked = np.flatnonzero(np.isin(on, [*within, at]))
                for each in cores.apart(asked, 1) if (on == at).any() else ():
                    targets = [int(cores.moves.targets[cores.members[demand][0]]) for demand in each.demands]
                    found[at] = conflicting_set(cores, each, targets, verified=cores.hold(each))
        return found

    def _measure(self, cores: Cores, demand: int) -> int:
        return int(self._index.targets.measure[cores.moves.targets[cores.members[demand][0]]])

    def breaks(self, kept: frozenset[int], clock: Clock | None = None) -> bool:
        """Whether a set has targets that cannot all be met; the rows it breaks are then known.

        Parameters
        ----------
        kept
            Columns.
        clock
            How long there is; a set that there is no time for is taken to break something.
        """
        if kept in self._met:
            return False
        cores = self.cores((self._candidates[column] for column in kept), clock or Clock(np.inf))
        try:
            found = list(cores.apart(cores.every))
        except Spent:
            return True
        self.rows += [self._row(cores, each) for each in found]
        if not found:
            self._met.add(kept)
        return bool(found)

    def _row(self, cores: Cores, found: Contradiction) -> Row:
        targets = [int(cores.moves.targets[cores.members[demand][0]]) for demand in found.demands]
        measures = sorted({int(self._index.targets.measure[at]) for at in targets})
        names = tuple(self._index.measures[at].id for at in measures)
        columns = [self._column[at] for at in measures]
        return Row(dict.fromkeys(columns, 1), None, len(columns) - 1, Reason("achievable", names))
