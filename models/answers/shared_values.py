"""How much effort it takes to meet all targets, and which values could be shared where they cannot all be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .achieve import (
    LEVEL_OF,
    AssumedReach,
    NotAssessed,
    Stop,
    inside,
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


class SharedTarget(Noun):
    """A target as wished and as shared."""

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
    wished: float
    """The value it wants. Unit: the measure's."""
    shared: float
    """The value it is asked to settle for. Unit: the measure's."""
    concession: float
    """How far that is from its wish. Unit: steps, from 0."""
    binds: bool
    """Whether others would concede less, were it not there or wished for less."""
    level_of: str | None = None
    """The agency whose own level of today it is told from, by id; blank is the measure's baseline."""
    level_of_name: str | None = None
    """What people call that agency."""
    sentence: str
    """What it settles for, in a sentence."""


class AgencyConcession(Noun):
    """What an agency concedes."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    power: float
    """Its power. No unit, above 0."""
    concession: float
    """Its largest concession. Unit: steps."""


class ShadowPrice(Noun):
    """What one more unit of something limited would spare."""

    what: Literal["cap", "ring-fence", "effort"]
    """The cap of a resource, its floor (one unit less of it), or an agency's effort."""
    id: str
    """The resource or agency, by id."""
    name: str
    """What people call it."""
    unit: str | None
    """The unit of the resource; blank of an effort (steps), or where it has none."""
    largest: float
    """How much less the largest power-weighted concession would be. Unit: steps per unit."""
    total: float
    """How much less the weighted sum of concessions would be, the largest of each agency held. Unit: steps per unit."""
    agrees: bool
    """Whether the solver's own dual values say the same; where several values are right, they need not."""


class SharedValues(AnswerNoun):
    """Values that could be shared where targets cannot all be met."""

    system: str
    """The hash of the system."""
    largest: float | None
    """The largest power-weighted concession. Unit: steps; blank where time ran out."""
    total: float | None
    """The sum of concessions, each times its target's weight. Unit: steps; blank where time ran out."""
    lexicographic: bool
    """Whether the next largest concessions were made as small as possible in turn."""
    targets: tuple[SharedTarget, ...]
    """Each assessed target, by key."""
    agencies: tuple[AgencyConcession, ...]
    """Each agency with an assessed target, by id."""
    prices: tuple[ShadowPrice, ...]
    """What is limited, and what one more unit of it would spare."""
    reaches: tuple[AssumedReach, ...]
    """The measures at whose assumed reach the answer binds, by id."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stop
    """Why the search ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``targets``, ``agencies``, ``prices``, ``reaches``."""
        return {
            "targets": self._targets,
            "agencies": self._agencies,
            "prices": self._prices,
            "reaches": self._reaches,
        }

    def _targets(self) -> pd.DataFrame:
        """A row a target.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id), ``name`` (the measure's), ``wished``,
            ``shared`` (float, the measure's unit), ``concession`` (float, steps), ``binds`` (bool: others would concede
            less without it), ``level_of`` (id of the agency whose own level of today it is told from; blank: the
            measure's baseline), ``level_of_name``, ``sentence``.
        """
        names = ("target", "agency", "agency_name", "measure", "name")
        return frame_of(self.targets, (*names, "wished", "shared", "concession", "binds", *LEVEL_OF, "sentence"))

    def _agencies(self) -> pd.DataFrame:
        """A row for each agency with an assessed target.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``power`` (float, above 0), ``concession`` (float, its largest, steps).
        """
        return frame_of(self.agencies, ("agency", "agency_name", "power", "concession"))

    def _prices(self) -> pd.DataFrame:
        """A row for whatever is limited: what one more unit of it would spare.

        Returns
        -------
        pandas.DataFrame
            ``what`` ("cap", "ring-fence" or "effort"), ``id`` (of the resource or agency), ``name``, ``unit`` (of the
            resource; blank of an effort), ``largest`` (float, steps of the largest concession per unit), ``total``
            (float, steps of the weighted sum per unit), ``agrees`` (bool: the solver's dual values say the same).
        """
        return frame_of(self.prices, ("what", "id", "name", "unit", "largest", "total", "agrees"))

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
        head = f"{count(len(self.targets), 'target', 'targets')} assessed"
        if self.stopped == "finished" and not self.targets:
            return f"{head}: values to share are not known"
        if self.largest is None:
            return "Values to share are not known, as time ran out"
        conceding = sum(row.concession > 0 for row in self.targets)
        if not conceding:
            return f"{head}: all can be met, nobody has to give way"
        gives = "gives" if conceding == 1 else "give"
        return f"{head}: {conceding} {gives} way, by {self.largest:.3f} steps times power at most"

    def _glimpse(self) -> pd.DataFrame:
        rows = self._targets().sort_values("concession", ascending=False, kind="stable")
        return rows[["agency_name", "name", "wished", "shared", "concession", "binds"]]

    def _lines(self, width: int) -> Iterator[str]:
        yield from folded(self._parts(), width)
        yield from reach_lines(self.reaches, width)
        yield from not_assessed_lines(self.not_assessed, width)

    def _parts(self) -> Iterator[str]:
        if self.stopped == "finished" and not self.targets:
            yield nothing_assessed(self.not_assessed)
            return
        if self.largest is None or self.total is None:
            yield "Not known: time ran out."
            return
        conceding = [row for row in self.targets if row.concession > 0]
        if not conceding:
            yield "Nobody has to give way: the assessed targets can all be met."
        else:
            head = f"{count(len(conceding), 'target gives', 'targets give')} way, by {self.largest:.3f} steps at most"
            yield f"{head} (times power), {self.total:.3f} in all (times weight):"
        for row in conceding:
            yield f"  {row.sentence}"
        for price in self.prices:
            if price.largest or price.total:
                less = "less" if price.what == "ring-fence" else "more"
                spared = f"{price.largest:.3f} steps of the largest, {price.total:.3f} of all"
                what = (
                    "steps of effort" if price.what == "effort" else ", ".join(filter(None, [price.unit, price.what]))
                )
                yield f"  one {less} of {inside(price.name)} ({what}) would spare {spared}"
