"""Minimal sets of targets that cannot all be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.numbers import count

from .achieve import (
    WANTED,
    AssumedReach,
    ConflictingSet,
    NotAssessed,
    Stop,
    not_assessed_lines,
    nothing_assessed,
    reach_frame,
    reach_lines,
)
from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import fold, wrapped

if TYPE_CHECKING:
    import pandas as pd


class JointConflicts(AnswerNoun):
    """Minimal sets of targets that cannot all be met, smallest first."""

    system: str
    """The hash of the system."""
    sets: tuple[ConflictingSet, ...]
    """The sets, by size, then by target."""
    complete: bool
    """Whether these are all."""
    up_to: int
    """All sets of up to so many targets are listed."""
    reaches: tuple[AssumedReach, ...]
    """The measures at whose assumed reach the answer binds, by id."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stop
    """Why the search ended."""

    @property
    def alone(self) -> tuple[ConflictingSet, ...]:
        """Targets that cannot be met even alone."""
        return tuple(each for each in self.sets if each.size == 1)

    @property
    def pairs(self) -> tuple[ConflictingSet, ...]:
        """Two targets that cannot both be met."""
        return tuple(each for each in self.sets if each.size == 2)

    @property
    def joint(self) -> tuple[ConflictingSet, ...]:
        """Three or more: the conflicts of kind joint."""
        return tuple(each for each in self.sets if each.size > 2)

    @property
    def frames(self) -> Frames:
        """Tables by name: ``sets``, ``targets``, ``reaches``."""
        return {"sets": self._sets, "targets": self._targets, "reaches": self._reaches}

    def _sets(self) -> pd.DataFrame:
        """A row a set.

        Returns
        -------
        pandas.DataFrame
            ``size`` (int, targets), ``targets`` (keys), ``measures`` (ids), ``measure_names``, ``agencies`` (ids),
            ``agency_names``, ``weight`` (float, 0 to 1), ``facts`` (what stands in the way, in words), ``verified``
            (bool), ``sentence``. Lists are joined by "; ".
        """
        rows = [
            beside(
                row,
                size=row.size,
                measure_names=row.measure_names,
                agency_names=row.agency_names,
                facts=tuple(fact.says for fact in row.facts),
            )
            for row in self.sets
        ]
        names = ("measures", "measure_names", "agencies", "agency_names")
        return frame_of(rows, ("size", "targets", *names, "weight", "facts", "verified", "sentence"))

    def _targets(self) -> pd.DataFrame:
        """A row for each target of each set.

        Returns
        -------
        pandas.DataFrame
            ``set`` (int, its place from 1), ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id),
            ``name`` (the measure's), ``weight`` (float, above 0 to 1), ``level_of`` (id of the agency whose
            own level of today it is told from; blank: the measure's baseline), ``level_of_name``, ``sentence`` (what it
            asks).
        """
        rows = [beside(each, set=at) for at, row in enumerate(self.sets, start=1) for each in row.wants]
        return frame_of(rows, ("set", *WANTED))

    def _reaches(self) -> pd.DataFrame:
        """A row for each measure at whose assumed reach the answer binds.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``reach`` (float, steps), ``sets`` (int, conflicting sets that rest on it),
            ``enough`` (float, the reach with which one of them could be met, steps, or blank), ``spares`` (float, what
            one more step would spare, steps, or blank), ``sentence``.
        """
        return reach_frame(self.reaches)

    def _title(self) -> str:
        head = f"{count(self.assessed, 'target', 'targets')} assessed"
        if not self.assessed:
            return f"{head}: not known whether any conflict"
        if not self.sets:
            return f"{head}: {'all can be met together' if self.complete else 'no conflicting set found yet'}"
        sets = count(len(self.sets), "minimal set", "minimal sets")
        return f"{head}: {sets} that cannot all be met{'' if self.complete else ', and there may be more'}"

    def _glimpse(self) -> pd.DataFrame:
        return self._sets()[["size", "agency_names", "measure_names", "weight", "sentence"]]

    def _lines(self, width: int) -> Iterator[str]:
        if not self.assessed:
            yield nothing_assessed(self.not_assessed)
            yield from not_assessed_lines(self.not_assessed, width)
            return
        sets = count(len(self.sets), "minimal conflicting set", "minimal conflicting sets")
        yield f"{sets} among {count(self.assessed, 'assessed target', 'assessed targets')}."
        parts = (
            ("Cannot be met even alone:", self.alone),
            ("Two that cannot both be met:", self.pairs),
            ("Three or more that cannot all be met:", self.joint),
        )
        for head, sets_of in parts:
            if sets_of:
                yield head
                yield from wrapped((each.sentence for each in sets_of), width)
        if self.complete:
            yield "These are all." if self.sets else "Proven: all of them can be met together."
        else:
            known = f"; all sets of up to {count(self.up_to, 'target', 'targets')} are listed" if self.up_to else ""
            yield from fold(f"There may be more{known}.", width)
        yield from reach_lines(self.reaches, width)
        yield from not_assessed_lines(self.not_assessed, width)
