"""Whether experience, outcomes and use of resources are all measured, and how much from the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.system.measures import Dimension

from .answer import Frames, Stop
from .frame import frame_of
from .layout import SHOWN, figure, grid, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = {"experience": "experience", "outcomes": "outcomes", "resource-use": "resource use"}
"""What people call the dimensions."""


class Balanced(Noun):
    """Measures of one dimension that a tier works to, today and with the set."""

    tier: str | None
    """The tier, by id; blank is all tiers together."""
    tier_name: str
    """What people call it."""
    dimension: Dimension | Literal["all"]
    """The dimension of the outcomes that the measures are for; all is whatever their dimension."""
    now: tuple[str, ...]
    """The measures that it works to today, by id."""
    now_names: tuple[str, ...]
    """What people call them."""
    now_share: float | None
    """Their share of those whose dimension is known. No unit, 0 to 1; blank where there are none."""
    now_person: int
    """How many of them are seen from the person (perspective). Unit: measures."""
    now_viewed: int
    """How many of them say whose view they take. Unit: measures."""
    now_person_share: float | None
    """The share of that among those whose perspective is known. No unit, 0 to 1; blank where there are none."""
    then: tuple[str, ...]
    """The measures of the set that it would work to, by id."""
    then_names: tuple[str, ...]
    """What people call them."""
    then_share: float | None
    """Their share of those whose dimension is known. No unit, 0 to 1; blank where there are none."""
    then_person: int
    """How many of them are seen from the person (perspective). Unit: measures."""
    then_viewed: int
    """How many of them say whose view they take. Unit: measures."""
    then_person_share: float | None
    """The share of that among those whose perspective is known. No unit, 0 to 1; blank where there are none."""


class Lacking(Noun):
    """A dimension of which a tier works to no measure, today or with the set."""

    tier: str
    """The tier, by id."""
    tier_name: str
    """What people call it."""
    dimension: Dimension
    """The dimension."""
    bodies: tuple[str, ...]
    """The names of the agencies of the tier that work to some measure today."""
    now: bool
    """Whether it lacks one today."""
    then: bool
    """Whether it would lack one with the set."""
    could: tuple[str, ...]
    """Measures of that dimension that can be read at the tier and that a body of it moves, or has a duty for, by id:
    those of the set first, then by how many bodies work to them."""
    could_names: tuple[str, ...]
    """What people call them."""


class Balance(Lens):
    """How measures are spread over people's experience, outcomes and the use of resources, by tier."""

    measures: tuple[str, ...]
    """The set, by id."""
    tiers: tuple[Balanced, ...]
    """All tiers together, then each from the top; of each all dimensions together, then one by one."""
    lacking: tuple[Lacking, ...]
    """What tiers lack, from the top."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``tiers``, ``lacking``."""
        return {"tiers": self._tiers, "lacking": self._lacking_frame}

    def _tiers(self) -> pd.DataFrame:
        """A row for each tier and dimension, all tiers together first.

        Returns
        -------
        pandas.DataFrame
            ``tier`` (id, blank for all), ``tier_name``, ``dimension`` ("all", "experience", "outcomes",
            "resource-use"), ``now`` (ids of measures), ``now_names``, ``now_share`` (float, 0 to 1, or blank),
            ``now_person``, ``now_viewed`` (int), ``now_person_share`` (float, 0 to 1, or blank), and the same of the
            set as ``then``, ``then_names``, ``then_share``, ``then_person``, ``then_viewed``, ``then_person_share``.
            Lists are joined by "; ".
        """
        return frame_of(self.tiers, tuple(Balanced.model_fields))

    def _lacking_frame(self) -> pd.DataFrame:
        """A row for each dimension that a tier lacks today or with the set.

        Returns
        -------
        pandas.DataFrame
            ``tier`` (id), ``tier_name``, ``dimension``, ``bodies`` (names, of those that work to something), ``now``
            and ``then`` (bool, whether it is lacking), ``could`` (ids of measures that can be read there and that a
            body of the tier moves or has a duty for), ``could_names``. Lists are joined by "; ".
        """
        return frame_of(self.lacking, tuple(Lacking.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        return self._shares()

    def _shown(self, width: int) -> Iterator[str]:
        if self.tiers:
            yield ""
            yield from grid(self._shares(), width)
        yield from section(
            "What bodies of a tier work to no measure of", map(_said, self.lacking), width, SHOWN, "lacking"
        )

    def _shares(self) -> pd.DataFrame:
        import pandas as pd

        by_tier: dict[str | None, dict[str, Balanced]] = {}
        for row in self.tiers:
            by_tier.setdefault(row.tier, {})[row.dimension] = row
        rows = [_cells(found, then=then) for found in by_tier.values() for then in (False, True)]
        return pd.DataFrame(rows, columns=["tier", "when", "all", "experience", "outcomes", "resources", "from person"])


def _cells(found: dict[str, Balanced], *, then: bool) -> tuple[str | int, ...]:
    """A line of the text: how many measures of what, and how many of them are seen from the person."""
    every = found["all"]
    sizes = [len(row.then if then else row.now) for row in found.values()]
    person = every.then_person_share if then else every.now_person_share
    said = "-" if person is None else f"{figure(round(100 * person), 'd')}%"
    return "" if then else every.tier_name, "set" if then else "today", *sizes, said


def _said(row: Lacking) -> str:
    """What a tier lacks, in a sentence."""
    when = {(True, True): "today and with the set", (True, False): "today", (False, True): "with the set"}
    who = f"{row.tier_name} ({row.bodies[0]})" if len(row.bodies) == 1 else row.tier_name
    could = f"; “{row.could_names[0]}” could be one" if row.could else ""
    return f"{who}: no measure of {WORDS[row.dimension]} {when[row.now, row.then]}{could}"
