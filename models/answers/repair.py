"""The least to give up so that all others can be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.numbers import count

from .achieve import (
    WANTED,
    AssumedReach,
    ConflictingSet,
    GivenUp,
    NotAssessed,
    Stop,
    not_assessed_lines,
    nothing_assessed,
    reach_frame,
    reach_lines,
    unproven,
)
from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import fold, wrapped

if TYPE_CHECKING:
    import pandas as pd


class Repair(AnswerNoun):
    """The least weight of targets to give up such that all others can be met."""

    system: str
    """The hash of the system."""
    given_up: tuple[GivenUp, ...]
    """The targets to give up, by key."""
    weight: float
    """What they weigh together."""
    bound: float
    """No repair weighs less."""
    proven: bool
    """Whether none weighs less than this one."""
    repairs: tuple[tuple[str, ...], ...]
    """All repairs of that weight that were looked for, as keys of targets; this one among them."""
    repair_targets: tuple[GivenUp, ...]
    """The targets that some of these repairs give up, by key."""
    repairs_complete: bool
    """Whether these are all of that weight."""
    conflicts: tuple[ConflictingSet, ...]
    """The conflicting sets that prove it: whoever gives up less leaves one of them whole."""
    apart: int
    """How many of them, from the first on, have no target in common."""
    reaches: tuple[AssumedReach, ...]
    """The measures at whose assumed reach the answer binds, by id."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stop
    """Why the search ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``targets``, ``repairs``, ``reaches``."""
        return {"targets": self._targets, "repairs": self._repairs, "reaches": self._reaches}

    def _targets(self) -> pd.DataFrame:
        """A row for each target to give up.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id), ``name`` (the measure's), ``weight``
            (float, above 0 to 1), ``level_of`` (id of the agency whose own level of today it is told from; blank: the
            measure's baseline), ``level_of_name``, ``sentence`` (what it asks).
        """
        return frame_of(self.given_up, WANTED)

    def _repairs(self) -> pd.DataFrame:
        """A row for each target of each repair that was looked for.

        Returns
        -------
        pandas.DataFrame
            ``repair`` (int, its place from 1), ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id),
            ``name`` (the measure's), ``weight`` (float, above 0 to 1), ``level_of`` (id of the agency whose
            own level of today it is told from; blank: the measure's baseline), ``level_of_name``, ``sentence`` (what it
            asks).
        """
        known = {row.target: row for row in self.repair_targets}
        rows = [beside(known[key], repair=at) for at, keys in enumerate(self.repairs, start=1) for key in keys]
        return frame_of(rows, ("repair", *WANTED))

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
        if not self.assessed:
            return f"{count(self.assessed, 'target', 'targets')} assessed: not known what would have to be given up"
        if not self.given_up and self.proven:
            return f"{count(self.assessed, 'target', 'targets')} assessed: all can be met, none has to be given up"
        sure = "proven the least" if self.proven else "not proven the least"
        return f"Give up {len(self.given_up)} of {count(self.assessed, 'target', 'targets')} to meet the others: {sure}"

    def _glimpse(self) -> pd.DataFrame:
        return self._targets()[["agency_name", "name", "weight", "sentence"]]

    def _lines(self, width: int) -> Iterator[str]:
        if not self.assessed:
            yield nothing_assessed(self.not_assessed)
        elif not self.given_up and self.proven:
            yield "Nothing has to be given up: the assessed targets can all be met."
        else:
            number = count(len(self.given_up), "target", "targets")
            yield f"Give up {number} of weight {round(self.weight, 6):g}, and all others can be met:"
            yield from wrapped((each.sentence for each in self.given_up), width)
            sure = "Proven: nothing lighter is enough." if self.proven else unproven(self.bound)
            yield from fold(sure, width)
            if len(self.repairs) > 1:
                yield f"{len(self.repairs)} repairs weigh the same" + ("." if self.repairs_complete else ", or more.")
            yield "Because:"
            yield from wrapped((each.sentence for each in self.conflicts), width)
        yield from reach_lines(self.reaches, width)
        yield from not_assessed_lines(self.not_assessed, width)
