"""Whether the targets can all be met: moves, conflicting sets, repairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import AnswerNoun, Frames, Stop
from .frame import frame_of
from .layout import fold, wrapped

if TYPE_CHECKING:
    import pandas as pd


class NotAssessed(Noun):
    """A target of which nobody can say whether it can be met."""

    target: str
    """The target, by key."""
    measure: str
    """Its measure, by id."""
    name: str
    """What people call the measure."""
    why: str
    """Why, in words."""


class HardFact(Noun):
    """Something that has to hold whatever is wanted, and stands in the way."""

    what: Literal["floor", "ceiling", "cap", "ring-fence", "effort", "reach"]
    """The end of a measure's range, the cap or floor of a resource, an agency's effort, or how far one can push."""
    id: str | None = None
    """The measure, resource or agency, by id; blank for reach."""
    says: str
    """What it says, in words."""
    measures: tuple[str, ...] = ()
    """Of reach: the measures that cannot be pushed further, by id."""
    assumed: bool = False
    """Of reach: whether it is assumed, as nobody said it and a floor or a ceiling is missing."""
    enough: float | None = None
    """The assumed reach with which the targets could all be met; blank where none would do, or time ran out. Steps."""


class AssumedReach(Noun):
    """A measure at whose assumed reach an answer binds, and what more reach would do."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    reach: float
    """How far an agency is assumed to push it. Unit: steps."""
    sets: int
    """How many of the conflicting sets that are told rest on it."""
    enough: float | None
    """The assumed reach with which one of these could be met; blank where none would do. Unit: steps."""
    spares: float | None
    """What one more step would spare: of effort, or of the sum of concessions. Unit: steps; blank of sets."""
    sentence: str
    """The same in a sentence."""


class WantedTarget(Noun):
    """A target, and who wants what of which measure."""

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
    weight: float
    """What it weighs. No unit, above 0 to 1."""
    level_of: str | None = None
    """The agency whose own level of today it is told from, by id; blank is the measure's baseline."""
    level_of_name: str | None = None
    """What people call that agency."""
    sentence: str
    """What it asks, in a sentence."""


class ConflictingSet(Noun):
    """Targets that cannot all be met, though any part of them can."""

    targets: tuple[str, ...]
    """The targets, by key, in order."""
    measures: tuple[str, ...]
    """Their measures, by id."""
    agencies: tuple[str, ...]
    """Who wants them, by id."""
    weight: float
    """The geometric mean of their weights. No unit, 0 to 1."""
    facts: tuple[HardFact, ...]
    """The hard facts that stand in the way."""
    verified: bool
    """Whether arithmetic alone, without a solver, confirms that they cannot all be met and that any part can."""
    sentence: str
    """What it says, in a sentence."""
    wants: tuple[WantedTarget, ...]
    """The same targets, each with who wants what."""

    @property
    def size(self) -> int:
        """How many targets it has."""
        return len(self.targets)

    @property
    def measure_names(self) -> tuple[str, ...]:
        """What people call the measures, in their order."""
        named = {each.measure: each.name for each in self.wants}
        return tuple(named[measure] for measure in self.measures)

    @property
    def agency_names(self) -> tuple[str, ...]:
        """What people call the agencies, in their order."""
        named = {each.agency: each.agency_name for each in self.wants}
        return tuple(named[agency] for agency in self.agencies)


class Move(Noun):
    """What some agency does to a measure."""

    agencies: tuple[str, ...]
    """Who, by id; several do the same each."""
    agency_names: tuple[str, ...]
    """What people call them."""
    measure: str
    """The measure, by id."""
    name: str
    """What people call the measure."""
    effort: float
    """How far each of them pushes it; above 0 is up. Unit: steps of effort."""
    sentence: str
    """What it says, in a sentence."""


class Level(Noun):
    """Where a measure with targets ends up, at one place."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    baseline: float
    """Where it stands today. Unit: the measure's."""
    level: float
    """Where it ends up. Unit: the measure's."""
    level_of: str | None = None
    """The agency whose own level of today it is, by id; blank is the measure's baseline."""
    level_of_name: str | None = None
    """What people call that agency."""


class Achievement(AnswerNoun):
    """Whether all targets that can be assessed can be met together."""

    system: str
    """The hash of the system."""
    met: bool | None
    """Whether they can; blank where time ran out, or no target can be assessed."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    moves: tuple[Move, ...]
    """What meets them all with the least effort; none where they cannot be met."""
    levels: tuple[Level, ...]
    """Where the measures with assessed targets end up then."""
    conflict: ConflictingSet | None
    """Some that cannot be met together; blank where all can."""
    reaches: tuple[AssumedReach, ...]
    """The measures at whose assumed reach the answer binds, by id."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stop
    """Why the search ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``moves``, ``levels``, ``conflict``, ``reaches``, ``not_assessed``."""
        return {
            "moves": self._moves,
            "levels": self._levels,
            "conflict": self._conflict,
            "reaches": self._reaches,
            "not_assessed": self._not_assessed,
        }

    def _moves(self) -> pd.DataFrame:
        """A row a move; none where not all targets can be met.

        Returns
        -------
        pandas.DataFrame
            ``agencies`` (ids, joined by "; "), ``agency_names`` (joined in the same order), ``measure`` (id), ``name``
            (the measure's), ``effort`` (float, steps; above 0 is up), ``sentence``.
        """
        return frame_of(self.moves, ("agencies", "agency_names", "measure", "name", "effort", "sentence"))

    def _levels(self) -> pd.DataFrame:
        """A row for each measure with assessed targets, and each place they are told from: where it ends up.

        None where not all targets can be met.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``baseline`` (where it stands there today), ``level`` (float, the measure's
            unit), ``level_of`` (id of the agency whose own level it is; blank: the measure's baseline),
            ``level_of_name``.
        """
        return frame_of(self.levels, ("measure", "name", "baseline", "level", "level_of", "level_of_name"))

    def _conflict(self) -> pd.DataFrame:
        """A row for each target of those that cannot be met together; none where all can.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency`` (id), ``agency_name``, ``measure`` (id), ``name`` (the measure's), ``weight``
            (float, above 0 to 1), ``level_of`` (id of the agency whose own level of today it is told from; blank: the
            measure's baseline), ``level_of_name``, ``sentence`` (what it asks).
        """
        return frame_of(() if self.conflict is None else self.conflict.wants, WANTED)

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

    def _not_assessed(self) -> pd.DataFrame:
        """A row for each target that was not assessed.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``measure`` (id), ``name`` (the measure's), ``why`` (in words).
        """
        return frame_of(self.not_assessed, ("target", "measure", "name", "why"))

    def _title(self) -> str:
        head = f"{count(self.assessed, 'target', 'targets')} assessed"
        if not self.assessed:
            return f"{head}: not known whether they can all be met"
        if self.met:
            return f"{head}: all can be met, by {count(len(self.moves), 'move', 'moves')}"
        if self.conflict is None:
            return f"{head}: not known whether they can all be met, as time ran out"
        return f"{head}: they cannot all be met"

    def _glimpse(self) -> pd.DataFrame:
        if self.conflict is not None:
            return self._conflict()[["agency_name", "name", "weight", "sentence"]]
        return self._moves()[["agency_names", "name", "effort", "sentence"]]

    def _lines(self, width: int) -> Iterator[str]:
        number = count(self.assessed, "assessed target", "assessed targets")
        if self.met:
            yield f"Yes: the {number} can all be met."
            yield from wrapped((move.sentence for move in self.moves), width)
        elif not self.assessed:
            yield nothing_assessed(self.not_assessed)
        elif self.conflict is None:
            yield f"Not known: time ran out before anything was said of the {number}."
        else:
            yield f"No: the {number} cannot all be met."
            yield from wrapped([self.conflict.sentence], width)
        yield from reach_lines(self.reaches, width)
        yield from not_assessed_lines(self.not_assessed, width)


class GivenUp(WantedTarget):
    """A target that is given up so that all others can be met."""


LEVEL_OF: Final = ("level_of", "level_of_name")
"""The columns that say for which place a row speaks."""

WANTED: Final = tuple(WantedTarget.model_fields)
"""The columns of a table of targets that are wanted."""


def reach_frame(reaches: tuple[AssumedReach, ...]) -> pd.DataFrame:
    """The table of assumed reaches.

    Parameters
    ----------
    reaches
        Its rows.
    """
    return frame_of(reaches, tuple(AssumedReach.model_fields)).astype({"enough": float, "spares": float})


def reach_lines(reaches: tuple[AssumedReach, ...], width: int) -> Iterator[str]:
    """What an answer leans on that is assumed, in sentences; of many the first.

    Parameters
    ----------
    reaches
        The measures.
    width
        Of a line, in characters.
    """
    if reaches:
        yield "It leans on what is assumed:"
        yield from wrapped((each.sentence for each in reaches[:SHOWN]), width)
        if len(reaches) > SHOWN:
            yield f"  and so {count(len(reaches) - SHOWN, 'other measure', 'other measures')} (table reaches)."


SHOWN: Final = 6
"""How many assumed reaches are told as text."""


def unproven(bound: float) -> str:
    """That a repair may not be the lightest, in a sentence."""
    return f"Not proven: no repair weighs less than {round(bound, 6):g}."


def inside(name: str) -> str:
    """A name as it stands inside a sentence.

    Parameters
    ----------
    name
        What people call something.
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def nothing_assessed(missing: tuple[NotAssessed, ...]) -> str:
    """That nothing can be said where no target can be assessed, in a sentence.

    Parameters
    ----------
    missing
        The targets.
    """
    return "Not known: no target can be assessed." if missing else "Not known: there are no targets to assess."


def not_assessed_lines(missing: tuple[NotAssessed, ...], width: int) -> Iterator[str]:
    """What was not assessed, in a sentence.

    Parameters
    ----------
    missing
        The targets.
    width
        Of a line, in characters.
    """
    if missing:
        number = count(len(missing), "target was", "targets were")
        measures = sorted({inside(row.name) for row in missing}, key=str.lower)
        shown = ", ".join(measures[:6]) + (f" and {len(measures) - 6} more" if len(measures) > 6 else "")
        text = f"{number} not assessed, as there is no baseline for {shown}."
        yield from fold(text, width, hyphens=False)
