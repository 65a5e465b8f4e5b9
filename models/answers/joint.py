"""Minimal sets of targets that cannot all be met."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.numbers import count

from .answer import AnswerNoun, Frames
from .layout import wrapped

if TYPE_CHECKING:
    import pandas as pd
from .achieve import ConflictingSet, NotAssessed, Stop, not_assessed_lines


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
        """Tables by name: ``sets``."""
        return {"sets": self._sets}

    def _sets(self) -> pd.DataFrame:
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
                yield from wrapped((each.sentence for each in sets_of), width)
        if self.complete:
            yield "These are all." if self.sets else "Proven: all of them can be met together."
        else:
            known = f"; all sets of up to {count(self.up_to, 'target', 'targets')} are listed" if self.up_to else ""
            yield from textwrap.wrap(f"There may be more{known}.", width)
        yield from not_assessed_lines(self.not_assessed, width)
