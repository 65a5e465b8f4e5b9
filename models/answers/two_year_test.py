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

Basis = Literal["set", "asked"]
"""Whether a target is set, or asked by a body that its deliverer does not answer to."""

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
    """Where it stands today at those who have to deliver what is wanted, in words; blank where that is not known."""
    today_at: tuple[str, ...]
    """Those whose own level that is, as people call them; none where it is the one figure for all."""
    wanted: str | None
    """What is looked for, in words: a target set on it, or else asked for without authority; blank without a value."""
    basis: Basis | None
    """Whether that is set, or asked by a body that its deliverer does not answer to; blank without one."""
    whose: tuple[str, ...]
    """Those whose target or ask it is, as people call them."""
    met: bool | None
    """Whether it is met today; blank where that is not known, and of a change from today or a guardrail."""
    others: tuple[str, ...]
    """What else is set on it or asked for, in words, with whose it is and when it is due."""
    test: str | None
    """Where it stands, what is looked for, whose that is and when it is due, in words; blank where it cannot tell."""
    outcome: str | None
    """The outcome that it captures best, by id."""
    outcome_name: str | None
    """What people call it."""
    success: str | None
    """What success of that would look like, in words."""
    failure: str | None
    """What failure of that would look like, in words."""
    due: str | None
    """When what is wanted is due."""
    review_year: int | None
    """When the outcome is reviewed, which counts where success is told in words alone. Unit: calendar year."""
    lag_years: float | None
    """The shortest time after which what should move it shows. Unit: years; blank is not known."""
    influences: tuple[str, ...]
    """The influences that should move it, by key."""
    window: str | None
    """The time within which it is counted."""
    smallest: float | None
    """The smallest change that noise lets one see. Unit: the measure's; blank, as noise is not judged yet."""
    bodies: int
    """How many bodies have, or must deliver, a target that is set on it and still to be met. Unit: bodies."""
    weight: float
    """What the targets count for together that are still to be met. Sum of weights."""
    targets: tuple[str, ...]
    """These targets, by key."""


class TwoYearTest(Lens):
    """What would tell, in two years, that a set of measures succeeds or fails."""

    options: Options
    """What was asked of the set."""
    years: float
    """After how many years it has to show. Unit: years."""
    measures: tuple[TwoYearMeasure, ...]
    """The kept measures: those that cannot tell, that tell too late, that tell; of each most bodies, targets first."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``measures``."""
        return {"measures": self._measures}

    def _measures(self) -> pd.DataFrame:
        """A row for each kept measure: those that cannot tell, that tell too late, that tell; most bodies first.

        Returns
        -------
        pandas.DataFrame
            ``measure`` (id), ``name``, ``telling`` ("tells", "late" or "cannot"), ``lacks`` ("baseline", "success",
            "failure"), ``late`` (why, in words), ``baseline`` (float), ``unit``, ``today`` (words), ``today_at``
            (names, or blank for the one figure for all), ``wanted`` (words), ``basis`` ("set", "asked" or blank),
            ``whose`` (names), ``met`` (bool or blank), ``others``, ``test`` (words), ``outcome`` (id),
            ``outcome_name``, ``success``, ``failure`` (words), ``due`` (a year or date), ``review_year`` (int or
            blank), ``lag_years`` (float or blank), ``influences`` (keys), ``window``, ``smallest`` (blank, as noise is
            not judged yet), ``bodies`` (int), ``weight`` (float), ``targets`` (keys). Lists are joined by "; ".
        """
        kinds = {"baseline": float, "lag_years": float, "smallest": float, "review_year": "Int64"}
        return frame_of(self.measures, tuple(TwoYearMeasure.model_fields)).astype(kinds)

    def _glimpse(self) -> pd.DataFrame:
        return self._measures()[["name", "telling", "today", "wanted", "whose", "due", "met", "lacks", "late"]]

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
    return f"{row.name}: {' and '.join(row.late) if row.late else row.test}"


def _lacking(row: TwoYearMeasure) -> str:
    ends = " or ".join(lack for lack in row.lacks if lack != "baseline")
    said = ["no baseline"] if "baseline" in row.lacks else []
    return "; ".join([*said, f"nobody says what {ends} is"] if ends else said)
