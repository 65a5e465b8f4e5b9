"""Other sets that are as good, or nearly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.options.aligned_set import Options
from alignment.models.stopping import Stopped

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of, measure_rows
from .layout import fold
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
    measure_names: tuple[str, ...]
    """What people call them."""
    comes: tuple[str, ...]
    """What it has that the proposed set has not, by id."""
    comes_names: tuple[str, ...]
    """What people call that."""
    goes: tuple[str, ...]
    """What the proposed set has that it has not, by id."""
    goes_names: tuple[str, ...]
    """What people call that."""
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
    every_names: tuple[str, ...]
    """What people call them."""
    some: tuple[str, ...]
    """The measures in some best sets, not all, by id."""
    some_names: tuple[str, ...]
    """What people call them."""
    members_proven: bool
    """Whether that is proved."""
    sets: tuple[Alternative, ...]
    """The sets, the proposed one first, then those that are most like it."""
    complete: bool
    """Whether these are proved to be all there are."""
    stopped: Stopped
    """Why the search ended; finished also where as many were found as were asked for."""

    @property
    def headline(self) -> str:
        """How many sets there are, in a line."""
        sort = "best" if not self.within else f"within {self.within:.1%} of the best"
        least = "Exactly" if self.complete else "At least"
        return f"{least} {count(len(self.sets), 'set is', 'sets are')} {sort}."

    @property
    def frames(self) -> Frames:
        """Tables by name: ``sets``, ``differences``, ``stages``, ``members``."""
        return {
            "sets": self._sets,
            "differences": self._differences,
            "stages": self._stages,
            "members": self._members,
        }

    def _sets(self) -> pd.DataFrame:
        """A row for each measure of each set.

        Returns
        -------
        pandas.DataFrame
            ``set`` (int, its place from 1; the first is the proposed one), ``measure`` (id), ``name``, ``in_proposed``
            (bool).
        """
        known = set(self.proposed)
        rows = [
            {**row, "in_proposed": row["measure"] in known}
            for at, each in enumerate(self.sets, start=1)
            for row in measure_rows(each.measures, each.measure_names, set=at)
        ]
        return frame_of(rows, ("set", "measure", "name", "in_proposed"))

    def _differences(self) -> pd.DataFrame:
        """A row for each set: what distinguishes it from the proposed one.

        Returns
        -------
        pandas.DataFrame
            ``set`` (int, its place from 1), ``number`` (int, of measures), ``comes`` (ids of what it has more),
            ``comes_names``, ``goes`` (ids of what it has less), ``goes_names``, ``sentence``. Lists are joined by "; ".
        """
        rows = [beside(each, set=at, number=len(each.measures)) for at, each in enumerate(self.sets, start=1)]
        return frame_of(rows, ("set", "number", "comes", "comes_names", "goes", "goes_names", "sentence"))

    def _stages(self) -> pd.DataFrame:
        """A row for each set and stage.

        Returns
        -------
        pandas.DataFrame
            ``set`` (int, its place from 1), ``stage``, ``value``, ``more`` (float, in the stage's unit; more than the
            proposed set has).
        """
        rows = [beside(stage, set=at) for at, each in enumerate(self.sets, start=1) for stage in each.stages]
        return frame_of(rows, ("set", "stage", "value", "more"))

    def _members(self) -> pd.DataFrame:
        """A row for each measure in any best set; none where that is not proved.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``member`` (in "every" or only in "some" best sets).
        """
        every = measure_rows(self.every, self.every_names, member="every")
        some = measure_rows(self.some, self.some_names, member="some")
        return frame_of([*every, *some], ("measure", "name", "member"))

    def _title(self) -> str:
        return self.headline.rstrip(".")

    def _glimpse(self) -> pd.DataFrame:
        return self._differences()[["set", "number", "comes_names", "goes_names", "sentence"]]

    def _lines(self, width: int) -> Iterable[str]:
        return _alternative_lines(self, width)


def _alternative_lines(found: Alternatives, width: int) -> Iterator[str]:
    yield found.headline
    if found.members_proven:
        yield f"{count(len(found.every), 'measure is', 'measures are')} in every best set, {len(found.some)} in some."
    for at, each in enumerate(found.sets, start=1):
        yield from fold(f"{at}. {each.sentence}", width, 2, 5)
