"""The least to give up so that all others can be met."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.numbers import count

from .answer import AnswerNoun, Frames
from .layout import wrapped

if TYPE_CHECKING:
    import pandas as pd
from .achieve import ConflictingSet, GivenUp, NotAssessed, Stop, not_assessed_lines, unproven


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
    stopped: Stop
    """Why the search ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``repairs``."""
        return {"repairs": self._repairs}

    def _repairs(self) -> pd.DataFrame:
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
            yield from wrapped((each.sentence for each in self.given_up), width)
            sure = "Proven: nothing lighter is enough." if self.proven else unproven(self.bound)
            yield from textwrap.wrap(sure, width)
            if len(self.repairs) > 1:
                yield f"{len(self.repairs)} repairs weigh the same" + ("." if self.repairs_complete else ", or more.")
            yield "Because:"
            yield from wrapped((each.sentence for each in self.conflicts), width)
        yield from not_assessed_lines(self.not_assessed, width)
