"""Which measures cannot be kept together, because the targets on them cannot all be met.

Targets that contradict each other (`alignment.cores`) make a row: not all of their measures are kept. There may be more
of them than anybody can list, so they are found when a set breaks them. The best set of the rows found so far is the
best of all as soon as its own targets can be met: rows that are not known yet could only make it worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .cores import Cores, Spent
from .effects import net_effects
from .index import Index
from .models.options import Options
from .moves import moves_of
from .rows import Reason, Row
from .solver import Clock


@dataclass(frozen=True)
class Unmet:
    """Targets that cannot all be met, even if each settles for as little as is allowed.

    Attributes
    ----------
    measures
        Positions of the measures they are on: not all of them can be kept.
    targets
        Positions of the targets.
    """

    measures: tuple[int, ...]
    targets: tuple[int, ...]


class Achievable:
    """The movement model of a system, asked for one set of measures after the other.

    Parameters
    ----------
    index
        The system's arrays.
    options
        What is asked of the set; `max_concession` is how far short targets may settle.
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
        self._effects = net_effects(index.system, options.steps, options.decay)
        self._concession = options.max_concession
        self._candidates = candidates
        self._column = {at: column for column, at in enumerate(candidates)}
        self._met: set[frozenset[int]] = set()

    def unmet(self, measures: Iterable[int], clock: Clock) -> list[Unmet]:
        """Targets on some measures that cannot all be met; none where all of them can.

        Parameters
        ----------
        measures
            Positions of the measures.
        clock
            How long there is.

        Raises
        ------
        Spent
            Nobody knows.
        """
        moves = moves_of(self._effects, measures=sorted(measures))
        eased = replace(moves, low=moves.low - self._concession, high=moves.high + self._concession)
        cores = Cores(eased, clock)
        found: list[Unmet] = []
        for each in cores.apart(cores.every):
            targets = sorted(int(moves.targets[at]) for demand in each.demands for at in cores.members[demand])
            on = moves.index.targets.measure[np.array(targets, dtype=np.int64)]
            found.append(Unmet(tuple(sorted(set(on.tolist()))), tuple(targets)))
        return found

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
        try:
            found = self.unmet((self._candidates[column] for column in kept), clock or Clock(np.inf))
        except Spent:
            return True
        self.rows += [self._row(each) for each in found]
        if not found:
            self._met.add(kept)
        return bool(found)

    def _row(self, found: Unmet) -> Row:
        names = tuple(self._index.measures[at].id for at in found.measures)
        columns = [self._column[at] for at in found.measures]
        return Row(dict.fromkeys(columns, 1), None, len(columns) - 1, Reason("achievable", names))
