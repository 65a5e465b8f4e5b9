"""Who calls the tune: whose measures are kept, and whose duties they serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

from alignment.models.fields import Noun
from alignment.models.options.aligned_set import Options

from .answer import Frames, Stop
from .frame import beside, frame_of, measure_rows
from .layout import SHOWN, grid
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd


Flag = Literal["cap", "duties"]
"""Why a group calls the tune: it has more of the kept measures than the cap, or more than twice its share of duties."""


class Voice(Noun):
    """What an agency, tier or sector keeps, gains and loses."""

    group: str
    """An agency or tier by id, or a sector by name."""
    name: str
    """What people call it."""
    own: int
    """Measures it has a target on itself. Unit: measures."""
    kept: tuple[str, ...]
    """Those of them that are kept, by id."""
    kept_names: tuple[str, ...]
    """What people call them."""
    lost: tuple[str, ...]
    """Those of them that are not, by id."""
    lost_names: tuple[str, ...]
    """What people call them."""
    gained: tuple[str, ...]
    """Kept measures that serve its duties and that it has no target on itself, by id."""
    gained_names: tuple[str, ...]
    """What people call them."""
    duties: int
    """Its duties. Unit: duties."""
    heard_before: int
    """Those of them that its own measures serve today. Unit: duties."""
    heard_after: int
    """Those of them that its own kept measures serve. Unit: duties."""
    served_before: int
    """Those of them that any measure with targets serves today. Unit: duties."""
    served_after: int
    """Those of them that any kept measure serves. Unit: duties."""
    share_before: float
    """Its share of today's measures; a measure of several agencies is shared between them. No unit, 0 to 1."""
    share_after: float
    """Its share of the kept measures. No unit, 0 to 1."""
    share_of_duties: float
    """Its share of all duties. No unit, 0 to 1."""
    share_of_own: float
    """The share of the kept measures that it has a target on itself, alone or with others. No unit, 0 to 1."""
    flagged: Flag | None
    """Why it calls the tune: "cap" or "duties"; blank where it does not."""
    congruity_before: float | None
    """The cosine between what it is judged on today and what is good for people; blank without, -1 to 1."""
    congruity_after: float | None
    """The same on the kept measures. No unit, -1 to 1."""


class Concentration(Noun):
    """How far a few call the tune: sums of squared shares (Herfindahl), from 1 / groups (all alike) to 1 (one)."""

    before: float
    """Of the origins of today's measures. No unit, 0 to 1."""
    after: float
    """Of the origins of the kept measures. No unit, 0 to 1."""
    duties: float
    """Of the duties. No unit, 0 to 1."""


class Sway(Lens):
    """Who calls the tune, today and with a set of measures."""

    options: Options
    """What was asked."""
    by: Literal["agency", "tier", "sector"]
    """What the groups are."""
    measures: tuple[str, ...]
    """The set, by id, in order."""
    groups: tuple[Voice, ...]
    """Each group that counts, by name."""
    concentration: Concentration
    """How far a few call the tune."""
    nobodys: tuple[str, ...]
    """Kept measures that nobody has a target on today, by id; they count in no share."""
    nobodys_names: tuple[str, ...]
    """What people call them."""
    congruity_before: float | None
    """The share of what is good for people that judging on today's measures can reach. No unit, 0 to 1."""
    congruity_after: float | None
    """The same of the set. No unit, 0 to 1."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``voices``, ``measures``, ``whole``."""
        return {"voices": self._voices, "measures": self._measures, "whole": self._whole}

    def _voices(self) -> pd.DataFrame:
        """A row for each group.

        Returns
        -------
        pandas.DataFrame
            ``group`` (an agency or tier by id, or a sector), ``name``; ``own``, ``kept``, ``lost``, ``gained`` (int,
            measures); ``duties``, ``heard_before``, ``heard_after``, ``served_before``, ``served_after`` (int, duties);
            ``share_before``, ``share_after``, ``share_of_duties``, ``share_of_own`` (float, 0 to 1); ``flagged``
            ("cap", "duties" or blank); ``congruity_before``, ``congruity_after`` (float, -1 to 1 or blank).
        """
        rows = [beside(row, **{name: len(getattr(row, name)) for name in CHANGES}) for row in self.groups]
        return frame_of(rows, COLUMNS).astype({"congruity_before": float, "congruity_after": float})

    def _measures(self) -> pd.DataFrame:
        """A row for each measure that a group keeps, loses or gains, and for each kept one that is nobody's today.

        Returns
        -------
        pandas.DataFrame
            ``group`` (an agency or tier by id, or a sector; blank where it is nobody's), ``group_name``, ``what``
            ("kept", "lost" or "gained"), ``measure`` (id), ``name`` (the measure's).
        """
        rows = [row for each in self.groups for what in CHANGES for row in _measures_of(each, what)]
        rows += measure_rows(self.nobodys, self.nobodys_names, group=None, group_name=None, what="kept")
        return frame_of(rows, ("group", "group_name", "what", "measure", "name"))

    def _whole(self) -> pd.DataFrame:
        """A row each for the measures of today, the kept ones, and the duties.

        Returns
        -------
        pandas.DataFrame
            ``of`` ("today", "kept" or "duties"), ``concentration`` (float, sum of squared shares, 0 to 1), ``alike``
            (float, groups that would have as much each), ``congruity`` (float, 0 to 1, how much of what is good for
            people judging on them can reach, or blank).
        """
        parts = self.concentration
        rows = [
            {"of": of, "concentration": each, "alike": 1 / each if each else None, "congruity": congruity}
            for of, each, congruity in (
                ("today", parts.before, self.congruity_before),
                ("kept", parts.after, self.congruity_after),
                ("duties", parts.duties, None),
            )
        ]
        return frame_of(rows, ("of", "concentration", "alike", "congruity")).astype(
            {"alike": float, "congruity": float}
        )

    def _glimpse(self) -> pd.DataFrame:
        names = ["name", "own", "kept", "gained", "heard_before", "heard_after", "share_after", "share_of_duties"]
        return self._voices().sort_values("share_after", ascending=False, kind="stable")[names]

    def _shown(self, width: int) -> Iterator[str]:
        if not self.groups:
            return
        yield ""
        yield from grid(self._listed(), width, SHOWN)

    def _listed(self) -> pd.DataFrame:
        """Whose measures are kept, the largest share first; and then whose duties there are most of."""
        import pandas as pd

        some = (row for row in self.groups if row.own or row.duties)
        rows = [
            (
                row.name,
                f"{row.share_before:.0%}",
                f"{row.share_after:.0%}",
                f"{row.share_of_duties:.0%}",
            )
            for row in sorted(some, key=lambda row: (-row.share_after, -row.share_of_duties, row.group))
        ]
        return pd.DataFrame(rows, columns=[self.by, *HEADS])


HEADS: Final = ("of measures today", "of kept measures", "of duties")
"""The shares that are told of each group."""

CHANGES: Final = ("kept", "lost", "gained")
"""What can be with a measure of a group."""

COLUMNS: Final = (
    *("group", "name", "own", *CHANGES, "duties", "heard_before", "heard_after", "served_before", "served_after"),
    *("share_before", "share_after", "share_of_duties", "share_of_own", "flagged"),
    *("congruity_before", "congruity_after"),
)
"""The columns of the table of groups."""


def _measures_of(voice: Voice, what: str) -> list[dict[str, Any]]:
    measures, names = getattr(voice, what), getattr(voice, f"{what}_names")
    return measure_rows(measures, names, group=voice.group, group_name=voice.name, what=what)
