"""Whether the targets can all be met: moves, conflicting sets, repairs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from .fields import Answer, Noun
from .stopping import Stopped
from .system import count

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


class Achievement(Answer):
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
    stopped: Stopped
    """Why the search ended."""

    def to_frame(self) -> pd.DataFrame:
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
            yield from _wrapped((move.sentence for move in self.moves), width)
        elif self.conflict is None:
            yield f"Not known: time ran out before anything was said of the {number}."
        else:
            yield f"No: the {number} cannot all be met."
            yield from _wrapped([self.conflict.sentence], width)
        yield from not_assessed_lines(self.not_assessed, width)


class JointConflicts(Answer):
    """Minimal sets of targets that cannot all be met, smallest first."""

    system: str
    """The hash of the system."""
    sets: tuple[ConflictingSet, ...]
    """The sets, by size, then by target."""
    complete: bool
    """Whether these are all."""
    up_to: int
    """All sets of up to so many targets are listed."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stopped
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

    def to_frame(self) -> pd.DataFrame:
        """A row a set.

        Returns
        -------
        pandas.DataFrame
            ``size`` (int), ``targets``, ``measures``, ``agencies`` (joined by "; "), ``weight`` (float, 0 to 1),
            ``facts`` (joined by "; "), ``verified`` (bool), ``sentence``.
        """
        import pandas as pd

        rows = [
            (
                *(row.size, *("; ".join(each) for each in (row.targets, row.measures, row.agencies)), row.weight),
                *("; ".join(fact.says for fact in row.facts), row.verified, row.sentence),
            )
            for row in self.sets
        ]
        names = ["size", "targets", "measures", "agencies", "weight", "facts", "verified", "sentence"]
        return pd.DataFrame(rows, columns=names)

    def _lines(self, width: int) -> Iterator[str]:
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
                yield from _wrapped((each.sentence for each in sets_of), width)
        if self.complete:
            yield "These are all." if self.sets else "Proven: all of them can be met together."
        else:
            known = f"; all sets of up to {count(self.up_to, 'target', 'targets')} are listed" if self.up_to else ""
            yield from textwrap.wrap(f"There may be more{known}.", width)
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


class Repair(Answer):
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
    repairs_complete: bool
    """Whether these are all of that weight."""
    conflicts: tuple[ConflictingSet, ...]
    """The conflicting sets that prove it: whoever gives up less leaves one of them whole."""
    apart: int
    """How many of them, from the first on, have no target in common."""
    assessed: int
    """How many targets were assessed. Unit: targets."""
    not_assessed: tuple[NotAssessed, ...]
    """The targets that were not assessed, and why."""
    stopped: Stopped
    """Why the search ended."""

    def to_frame(self) -> pd.DataFrame:
        """The targets to give up.

        Returns
        -------
        pandas.DataFrame
            ``target`` (key), ``agency``, ``measure`` (ids), ``weight`` (float, 0 to 1), ``sentence``.
        """
        import pandas as pd

        return pd.DataFrame([row.model_dump() for row in self.given_up], columns=list(GivenUp.model_fields))

    def _lines(self, width: int) -> Iterator[str]:
        if not self.given_up and self.proven:
            yield "Nothing has to be given up: the assessed targets can all be met."
        else:
            number = count(len(self.given_up), "target", "targets")
            yield f"Give up {number} of weight {round(self.weight, 6):g}, and all others can be met:"
            yield from _wrapped((each.sentence for each in self.given_up), width)
            sure = "Proven: nothing lighter is enough." if self.proven else _unproven(self.bound)
            yield from textwrap.wrap(sure, width)
            if len(self.repairs) > 1:
                yield f"{len(self.repairs)} repairs weigh the same" + ("." if self.repairs_complete else ", or more.")
            yield "Because:"
            yield from _wrapped((each.sentence for each in self.conflicts), width)
        yield from not_assessed_lines(self.not_assessed, width)


def _unproven(bound: float) -> str:
    return f"Not proven: no repair weighs less than {round(bound, 6):g}."


def _wrapped(sentences: Iterable[str], width: int) -> Iterator[str]:
    for each in sentences:
        yield from textwrap.wrap(each, width, initial_indent="  ", subsequent_indent="    ")


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
