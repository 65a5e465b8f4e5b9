"""What would tell, in two years, that a set of measures succeeds or fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options

from .answer import Frames, Stop
from .frame import frame_of
from .layout import section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

Telling = Literal["tells", "late", "cannot"]
"""Whether a measure would tell in time, would tell too late, or cannot tell."""

Lack = Literal["baseline", "success", "failure"]
"""What a measure needs before it can tell."""


class TwoYearMeasure(Noun):
    """A kept measure, and whether it would tell in time that things went well or badly."""

    measure: str
    """The measure, by id."""
    name: str
    """What people call it."""
    telling: Telling
    """Whether it would tell in time."""
    lacks: tuple[Lack, ...]
    """What it cannot tell without; empty where it can."""
    late: tuple[str, ...]
    """Why it would tell too late, in words; empty where it would not."""
    baseline: float | None
    """Where it stands today. Unit: the measure's."""
    unit: str | None
    """The unit of its values."""
    today: str | None
    """Where it stands today, in words; blank without a baseline."""
    wanted: str | None
    """The one target that those who work to it could share, in words; blank where nobody asks for a value."""
    outcome: str | None
    """The outcome that it captures best, by id."""
    outcome_name: str | None
    """What people call it."""
    success: str | None
    """What success of that would look like, in words."""
    failure: str | None
    """What failure of that would look like, in words."""
    due: str | None
    """When the one target is due: the latest of today's dates."""
    review_year: int | None
    """When the outcome is looked at. Unit: calendar year."""
    lag_years: float | None
    """The shortest time after which what should move it shows. Unit: years; blank is not known."""
    influences: tuple[str, ...]
    """The influences that should move it, by key."""
    window: str | None
    """The time within which it is counted."""
    smallest: float | None
    """The smallest change that noise lets one see. Unit: the measure's; blank, as noise is not judged yet."""
    weight: float
    """What the targets on it count for together. Sum of weights."""
    targets: tuple[str, ...]
    """These targets, by key."""


class TwoYearTest(Lens):
    """What would tell, in two years, that a set of measures succeeds or fails."""

    options: Options
    """What was asked of the set."""
    years: float
    """After how many years it has to show. Unit: years."""
    measures: tuple[TwoYearMeasure, ...]
    """The kept measures: those that cannot tell, those that tell too late, those that tell; the heaviest first."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``measures``."""
        return {"measures": self._measures}

    def _measures(self) -> pd.DataFrame:
        """A row for each kept measure: those that cannot tell, that tell too late, that tell; the heaviest first.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``telling`` ("tells", "late" or "cannot"), ``lacks`` ("baseline", "success",
            "failure"), ``late`` (why, in words), ``baseline`` (float), ``unit``, ``today`` and ``wanted`` (words),
            ``outcome`` (id), ``outcome_name``, ``success``, ``failure`` (words), ``due`` (a year or date),
            ``review_year`` (int or blank), ``lag_years`` (float or blank), ``influences`` (keys), ``window``,
            ``smallest`` (blank, as noise is not judged yet), ``weight`` (float), ``targets`` (keys). Lists are joined
            by "; ".
        """
        kinds = {"baseline": float, "lag_years": float, "smallest": float, "review_year": "Int64"}
        return frame_of(self.measures, tuple(TwoYearMeasure.model_fields)).astype(kinds)

    def _glimpse(self) -> pd.DataFrame:
        return self._measures()[["name", "telling", "baseline", "wanted", "due", "lacks", "late"]]

    def _shown(self, width: int) -> Iterator[str]:
        for telling, (head, most) in HEADS.items():
            said = [_said(row) for row in self.measures if row.telling == telling]
            yield from section(head, said, width, most, "measures")


HEADS: Final[dict[Telling, tuple[str, int]]] = {
    "cannot": ("Cannot tell", 8),
    "late": ("Would tell too late", 6),
    "tells": ("Would tell", 6),
}
"""What is said above the measures of each kind, and how many of them are shown."""


def _said(row: TwoYearMeasure) -> str:
    if row.telling == "cannot":
        return f"{row.name}: {_lacking(row)}"
    return f"{row.name}: {' and '.join(row.late) if row.late else _test(row)}"


def _lacking(row: TwoYearMeasure) -> str:
    ends = " or ".join(lack for lack in row.lacks if lack != "baseline")
    said = ["no baseline"] if "baseline" in row.lacks else []
    return "; ".join([*said, f"nobody says what {ends} is"] if ends else said)


def _test(row: TwoYearMeasure) -> str:
    """What is looked for: the value asked for, or what success looks like."""
    return f"{row.today} today; {row.wanted}" if row.wanted else f"{row.today} today; success: {row.success}"
