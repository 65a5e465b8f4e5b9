"""Other sets that are as good, or nearly."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options

from .answer import AnswerNoun, Frames
from .stages import StageName

if TYPE_CHECKING:
    import pandas as pd


class StageValue(Noun):
    """What a set is worth in one stage."""

    stage: StageName
    """The stage."""
    value: float
    """Its value, in the stage's unit."""
    more: float
    """How much more that is than in the best set. Unit: the stage's."""


class Alternative(Noun):
    """A set that is as good, or nearly."""

    measures: tuple[str, ...]
    """The set, by id, in order."""
    comes: tuple[str, ...]
    """What it has that the proposed set has not, by id."""
    goes: tuple[str, ...]
    """What the proposed set has that it has not, by id."""
    stages: tuple[StageValue, ...]
    """Its value in every stage but the last."""
    sentence: str
    """What distinguishes it, in a sentence."""


class Alternatives(AnswerNoun):
    """The best sets, or those that are nearly as good, and which measures are in all of them."""

    system: str
    """The hash of the system."""
    options: Options
    """What was asked."""
    within: float
    """By what share conflict and burden may be worse than the best; 0 is as good in every stage. No unit, 0 to 1."""
    proposed: tuple[str, ...]
    """The set that is proposed: the first by id of the best sets."""
    every: tuple[str, ...]
    """The measures in every best set, by id."""
    some: tuple[str, ...]
    """The measures in some best sets, not all, by id."""
    members_proven: bool
    """Whether that is proved."""
    sets: tuple[Alternative, ...]
    """The sets, the proposed one first, then those that are most like it."""
    complete: bool
    """Whether these are proved to be all there are."""
    stopped: Literal["finished", "time limit", "interrupted"]
    """Why the search ended; finished also where as many were found as were asked for."""

    @property
    def headline(self) -> str:
        """How many sets there are, in a line."""
        sort = "best" if not self.within else f"within {self.within:.1%} of the best"
        least = "Exactly" if self.complete else "At least"
        return f"{least} {count(len(self.sets), 'set is', 'sets are')} {sort}."

    @property
    def frames(self) -> Frames:
        """Tables by name: ``sets``."""
        return {"sets": self._sets}

    def _sets(self) -> pd.DataFrame:
        """A row for each measure of each set.

        Returns
        -------
        pandas.DataFrame
            ``set`` (number, from 1), ``measure`` (id), ``in_proposed`` (bool).
        """
        import pandas as pd

        known = set(self.proposed)
        rows = [(at, name, name in known) for at, each in enumerate(self.sets, start=1) for name in each.measures]
        return pd.DataFrame(rows, columns=["set", "measure", "in_proposed"])

    def _lines(self, width: int) -> Iterable[str]:
        return _alternative_lines(self, width)


def _alternative_lines(found: Alternatives, width: int) -> Iterator[str]:
    yield found.headline
    if found.members_proven:
        yield f"{count(len(found.every), 'measure is', 'measures are')} in every best set, {len(found.some)} in some."
    for at, each in enumerate(found.sets, start=1):
        yield from textwrap.wrap(f"{at}. {each.sentence}", width, initial_indent="  ", subsequent_indent="     ")
