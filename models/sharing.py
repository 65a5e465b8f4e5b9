"""How much effort it takes to meet all targets, and which values could be shared where they cannot all be met."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from .achievement import ConflictingSet, GivenUp, NotAssessed, not_assessed_lines
from .fields import Answer, Noun
from .stopping import Stopped
from .system import count

if TYPE_CHECKING:
    import pandas as pd


class AgencyEffort(Noun):
    """What an agency would have to spend."""

    agency: str
    """The agency, by id."""
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
    alone: float | None
    """The effort needed to meet it alone. Unit: steps; blank where it cannot be met even alone."""
    adds: float | None
    """How much less effort would do without it. Unit: steps; blank where it is not among those met."""


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


class EffortNeeded(Answer):
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
    assessed: int
    """How many targets were assessed. Unit: targets."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stopped
    """Why the search ended."""

    def to_frame(self) -> pd.DataFrame:
        """A row a target.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``alone``, ``adds`` (float, steps, or blank).
        """
        import pandas as pd

        return pd.DataFrame([row.model_dump() for row in self.targets], columns=list(TargetEffort.model_fields))

    def _lines(self, width: int) -> Iterable[str]:
        return _page(self._parts(), self.not_assessed, width)

    def _parts(self) -> Iterator[str]:
        for head, rows in (("Cannot be met even alone", self.alone), ("Given up for the others", self.given_up)):
            if rows:
                yield f"{head}:"
                yield from (f"  {row.sentence}" for row in rows)
        if self.effort is None:
            yield "Not known: time ran out."
            return
        per = " for each unit of its power" if self.by_power else ""
        others = "the others" if self.alone or self.given_up else "all targets"
        yield f"To meet {others}, no agency has to spend more than {self.effort:.3f} steps{per}."
        tight = [row for row in self.agencies if row.bottleneck > 0]
        for row in sorted(tight, key=lambda row: (-row.bottleneck, row.agency)):
            yield f"  bottleneck: {row.agency}, {row.bottleneck:.0%} of what keeps it from being less"
        short = [row for row in self.agencies if row.has is not None and row.spends > row.has + 1e-6]
        for row in short:
            yield f"  {row.agency} has {row.has:g} steps and would spend {row.spends:.3f}"
        for row in sorted(self.targets, key=lambda row: (-(row.adds or 0), row.target)):
            if row.adds:
                yield f"  without {row.target}, {row.adds:.3f} steps less would do"
        for point in self.curve:
            yield f"  with {point.effort:.3f} steps: {count(point.met, 'target', 'targets')}, weight {point.weight:g}"


class SharedTarget(Noun):
    """A target as wished and as shared."""

    target: str
    """The target, by key."""
    agency: str
    """Who wants it, by id."""
    measure: str
    """Its measure, by id."""
    wished: float
    """The value it wants. Unit: the measure's."""
    shared: float
    """The value it is asked to settle for. Unit: the measure's."""
    concession: float
    """How far that is from its wish. Unit: steps, from 0."""
    binds: bool
    """Whether others would concede less, were it not there or wished for less."""


class AgencyConcession(Noun):
    """What an agency concedes."""

    agency: str
    """The agency, by id."""
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
    largest: float
    """How much less the largest power-weighted concession would be. Unit: steps per unit."""
    total: float
    """How much less the weighted sum of concessions would be, the largest held where it is. Unit: steps per unit."""
    agrees: bool
    """Whether the solver's own dual values say the same; where several values are right, they need not."""


class SharedValues(Answer):
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
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stopped
    """Why the search ended."""

    def to_frame(self) -> pd.DataFrame:
        """A row a target.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency``, ``measure`` (ids), ``wished``, ``shared`` (float, the measure's unit),
            ``concession`` (float, steps), ``binds`` (bool).
        """
        import pandas as pd

        return pd.DataFrame([row.model_dump() for row in self.targets], columns=list(SharedTarget.model_fields))

    def _lines(self, width: int) -> Iterable[str]:
        return _page(self._parts(), self.not_assessed, width)

    def _parts(self) -> Iterator[str]:
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
            yield f"  {row.target}: {row.shared:g} instead of {row.wished:g} ({row.concession:.3f} steps)"
        for price in self.prices:
            if price.largest or price.total:
                less = "less" if price.what == "ring-fence" else "more"
                spared = f"{price.largest:.3f} steps of the largest, {price.total:.3f} of all"
                yield f"  one {less} of {price.id} ({price.what}) would spare {spared}"


def _page(parts: Iterable[str], missing: tuple[NotAssessed, ...], width: int) -> Iterator[str]:
    for part in parts:
        yield from _wrap(part, width)
    yield from not_assessed_lines(missing, width)


def _wrap(text: str, width: int) -> list[str]:
    inside = text.startswith("  ")
    return textwrap.wrap(text.strip(), width, initial_indent="  " * inside, subsequent_indent="    " if inside else "")
