"""The least effort that meets all targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .achieve import (
    LEVEL_OF,
    AssumedReach,
    ConflictingSet,
    GivenUp,
    NotAssessed,
    Stop,
    not_assessed_lines,
    nothing_assessed,
    reach_frame,
    reach_lines,
)
from .answer import AnswerNoun, Frames
from .frame import frame_of
from .layout import folded

if TYPE_CHECKING:
    import pandas as pd


class AgencyEffort(Noun):
    """What an agency would have to spend."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    has: float | None
    """What it can spend. Unit: steps; blank is no limit."""
    spends: float
    """What it spends where all spend as little as they can at most. Unit: steps."""
    bottleneck: float
    """Its share in what keeps the effort from being less. No unit, 0 to 1; 0 is not a bottleneck."""


class TargetEffort(Noun):
    """What a target asks of effort."""

    target: str
    """The target, by key."""
    agency: str
    """Who wants it, by id."""
    agency_name: str
    """What people call them."""
    measure: str
    """Its measure, by id."""
    name: str
    """What people call the measure."""
    alone: float | None
    """The effort needed to meet it alone. Unit: steps; blank where it cannot be met even alone."""
    adds: float | None
    """How much less effort would do without it. Unit: steps; blank where it is not among those met."""
    level_of: str | None = None
    """The agency whose own level of today it is told from, by id; blank is the measure's baseline."""
    level_of_name: str | None = None
    """What people call that agency."""
    sentence: str
    """What it asks, in a sentence."""


class CurvePoint(Noun):
    """How much can be met with so much effort."""

    effort: float
    """The most that any agency spends. Unit: steps, times its power if asked."""
    met: int
    """How many targets can be met then. Unit: targets."""
    weight: float
    """What they weigh; the most possible where proven."""
    proven: bool
    """Whether no choice of targets that can be met weighs more."""


class EffortNeeded(AnswerNoun):
    """The least effort of every agency with which all targets that can be met together are met."""

    system: str
    """The hash of the system."""
    effort: float | None
    """The most that any agency has to spend. Unit: steps, times its power if asked; blank where time ran out."""
    by_power: bool
    """Whether agencies spend in proportion to their power."""
    alone: tuple[GivenUp, ...]
    """Targets that cannot be met even alone, whatever the effort."""
    given_up: tuple[GivenUp, ...]
    """Further targets that cannot be met with all others, whatever the effort: a smallest repair."""
    conflicts: tuple[ConflictingSet, ...]
    """Why: the conflicting sets of two targets or more that stand whatever the effort."""
    agencies: tuple[AgencyEffort, ...]
    """Each agency that can move anything, by id."""
    targets: tuple[TargetEffort, ...]
    """Each assessed target, by key."""
    curve: tuple[CurvePoint, ...]
    """Targets met against effort, where asked for."""
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
        """Tables by name: ``targets``, ``agencies``, ``curve``, ``reaches``."""
        return {
            "targets": self._targets,
            "agencies": self._agencies,
            "curve": self._curve,
            "reaches": self._reaches,
        }

    def _targets(self) -> pd.DataFrame:
        """A row a target.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id), ``name`` (the measure's), ``alone``
            (float, steps that it takes alone; blank where it cannot be met even alone), ``adds`` (float, steps less
            that would do without it; blank where it is not among those met), ``level_of`` (id of the agency whose own
            level of today it is told from; blank: the measure's baseline), ``level_of_name``, ``sentence`` (what it
            asks).
        """
        names = ("target", "agency", "agency_name", "measure", "name", "alone", "adds", *LEVEL_OF, "sentence")
        return frame_of(self.targets, names)

    def _agencies(self) -> pd.DataFrame:
        """A row for each agency that can move anything.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``has`` (float, steps it can spend; blank is no limit), ``spends`` (float,
            steps), ``bottleneck`` (float, 0 to 1: its share in what keeps the effort from being less).
        """
        return frame_of(self.agencies, ("agency", "agency_name", "has", "spends", "bottleneck"))

    def _curve(self) -> pd.DataFrame:
        """A row for each effort: how much can be met with so much; none unless it was asked for.

        Returns
        -------
        pandas.DataFrame
            ``effort`` (float, the most that any agency spends, steps, times its power if asked), ``met`` (int,
            targets), ``weight`` (float, of those), ``proven`` (bool).
        """
        return frame_of(self.curve, ("effort", "met", "weight", "proven"))

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
        given = len(self.alone) + len(self.given_up)
        some = f"{self.assessed - given} of {count(self.assessed, 'target', 'targets')}"
        if not self.assessed:
            return f"{count(self.assessed, 'target', 'targets')} assessed: the effort is not known"
        if self.effort is None:
            return f"{count(self.assessed, 'target', 'targets')} assessed: the effort is not known, as time ran out"
        per = " times its power" if self.by_power else ""
        return f"{some} can be met: no agency has to spend more than {self.effort:.3f} steps{per}"

    def _glimpse(self) -> pd.DataFrame:
        rows = self._targets().sort_values("adds", ascending=False, kind="stable")
        return rows[["agency_name", "name", "alone", "adds", "target"]]

    def _lines(self, width: int) -> Iterator[str]:
        yield from folded(self._parts(), width)
        yield from reach_lines(self.reaches, width)
        yield from not_assessed_lines(self.not_assessed, width)

    def _parts(self) -> Iterator[str]:
        for head, rows in (("Cannot be met even alone", self.alone), ("Given up for the others", self.given_up)):
            if rows:
                yield f"{head}:"
                yield from (f"  {row.sentence}" for row in rows)
        if not self.assessed:
            yield nothing_assessed(self.not_assessed)
            return
        if self.effort is None:
            yield "Not known: time ran out."
            return
        per = " for each unit of its power" if self.by_power else ""
        others = "the others" if self.alone or self.given_up else "all targets"
        yield f"To meet {others}, no agency has to spend more than {self.effort:.3f} steps{per}."
        tight = [row for row in self.agencies if row.bottleneck > 0]
        for row in sorted(tight, key=lambda row: (-row.bottleneck, row.agency)):
            yield f"  bottleneck: {row.agency_name}, {row.bottleneck:.0%} of what keeps it from being less"
        short = [row for row in self.agencies if row.has is not None and row.spends > row.has + 1e-6]
        for row in short:
            yield f"  {row.agency_name} has {row.has:g} steps and would spend {row.spends:.3f}"
        for row in sorted(self.targets, key=lambda row: (-(row.adds or 0), row.target)):
            if row.adds:
                yield f"  without this, {row.adds:.3f} steps less would do: {row.sentence}"
        for point in self.curve:
            yield f"  with {point.effort:.3f} steps: {count(point.met, 'target', 'targets')}, weight {point.weight:g}"
