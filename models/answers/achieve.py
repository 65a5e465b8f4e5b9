"""Whether the targets can all be met: moves, conflicting sets, repairs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import AnswerNoun, Frames, Stop
from .layout import wrapped

if TYPE_CHECKING:
    import pandas as pd


class NotAssessed(Noun):
    """A target of which nobody can say whether it can be met."""

    target: str
    """The target, by key."""
    measure: str
    """Its measure, by id."""
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

    @property
    def size(self) -> int:
        """How many targets it has."""
        return len(self.targets)


class Move(Noun):
    """What some agency does to a measure."""

    agencies: tuple[str, ...]
    """Who, by id; several do the same each."""
    measure: str
    """The measure, by id."""
    effort: float
    """How far each of them pushes it; above 0 is up. Unit: steps of effort."""
    sentence: str
    """What it says, in a sentence."""


class Level(Noun):
    """Where a measure with targets ends up."""

    measure: str
    """The measure, by id."""
    baseline: float
    """Where it stands today. Unit: the measure's."""
    level: float
    """Where it ends up. Unit: the measure's."""


class Achievement(AnswerNoun):
    """Whether all targets that can be assessed can be met together."""

    system: str
    """The hash of the system."""
    met: bool | None
    """Whether they can; blank where time ran out."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    moves: tuple[Move, ...]
    """What meets them all with the least effort; none where they cannot be met."""
    levels: tuple[Level, ...]
    """Where the measures with assessed targets end up then."""
    conflict: ConflictingSet | None
    """Some that cannot be met together; blank where all can."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stop
    """Why the search ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``moves``."""
        return {"moves": self._moves}

    def _moves(self) -> pd.DataFrame:
        """The moves.

        Returns
        -------
        pandas.DataFrame
            ``agencies`` (ids joined by "; "), ``measure`` (id), ``effort`` (float, steps), ``sentence``.
        """
        import pandas as pd

        rows = [("; ".join(row.agencies), row.measure, row.effort, row.sentence) for row in self.moves]
        return pd.DataFrame(rows, columns=["agencies", "measure", "effort", "sentence"])

    def _lines(self, width: int) -> Iterator[str]:
        number = count(self.assessed, "assessed target", "assessed targets")
        if self.met:
            yield f"Yes: the {number} can all be met."
            yield from wrapped((move.sentence for move in self.moves), width)
        elif self.conflict is None:
            yield f"Not known: time ran out before anything was said of the {number}."
        else:
            yield f"No: the {number} cannot all be met."
            yield from wrapped([self.conflict.sentence], width)
        yield from not_assessed_lines(self.not_assessed, width)


class GivenUp(Noun):
    """A target that is given up so that all others can be met."""

    target: str
    """The target, by key."""
    agency: str
    """Who wants it, by id."""
    measure: str
    """Its measure, by id."""
    weight: float
    """What it weighs. No unit, above 0 to 1."""
    sentence: str
    """What it asks, in a sentence."""


def unproven(bound: float) -> str:
    """That a repair may not be the lightest, in a sentence."""
    return f"Not proven: no repair weighs less than {round(bound, 6):g}."


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
        measures = sorted({row.measure for row in missing})
        shown = ", ".join(measures[:6]) + (f" and {len(measures) - 6} more" if len(measures) > 6 else "")
        text = f"{number} not assessed, as there is no baseline for {shown}."
        yield from textwrap.wrap(text, width, break_on_hyphens=False)
