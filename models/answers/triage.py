"""Which outcomes need joint work at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames
from .frame import frame_of
from .layout import figure, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

Work = Literal["joint", "single", "nobody", "unknown"]
"""Who has to work on an outcome: several agencies, one, nobody who could, or nobody knows."""


class Triaged(Noun):
    """An outcome, and the smallest group of agencies that holds enough control of it."""

    outcome: str
    """The outcome, by id."""
    outcome_name: str
    """What people call it."""
    work: Work
    """Whether several agencies are needed, one is enough, nobody controls much of it, or controls are not known."""
    agencies: tuple[str, ...]
    """The smallest group, the largest share first, by id; the few there are where nobody controls much."""
    agency_names: tuple[str, ...]
    """What people call them."""
    held: float | None
    """Their part of all control that is known. No unit, 0 to 1; blank where none is."""
    control: float | None
    """How much of the outcome anybody controls, the mean over the measures with controls. No unit, 0 to 1."""
    links: int
    """Pairs in the group that would have to coordinate: n (n - 1) / 2. Unit: pairs."""
    stake: float
    """The weight of people's targets on its measures that are not met. No unit."""
    per_link: float | None
    """That over the links; blank where the work is not joint. No unit, per pair."""
    success: str | None
    """What success would look like; blank where nobody says."""
    failure: str | None
    """What failure would look like; blank where nobody says."""
    measures: tuple[str, ...]
    """The measures that capture it, by id."""
    measure_names: tuple[str, ...]
    """What people call them."""
    controlled: tuple[str, ...]
    """Those of them whose controls are given, by id."""
    controlled_names: tuple[str, ...]
    """What people call them."""
    targets: tuple[str, ...]
    """The targets at stake, by key."""


class OutcomeShare(Noun):
    """How much of an outcome an agency controls."""

    outcome: str
    """The outcome, by id."""
    outcome_name: str
    """What people call it."""
    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    share: float
    """Its mean share over the measures with controls, weighted by their validity. No unit, 0 to 1."""
    needed: bool
    """Whether it is one of the smallest group."""
    controls: tuple[str, ...]
    """The rows of controls that say so, by key."""


class Triage(Lens):
    """Which outcomes need joint work at all, and between whom."""

    enough: float
    """The part of the known control that a group has to hold. No unit, 0 to 1."""
    outcomes: tuple[Triaged, ...]
    """Each outcome: those that need joint work first, most at stake per link on top."""
    shares: tuple[OutcomeShare, ...]
    """Who controls how much of each outcome, the largest share first."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``outcomes``, ``shares``."""
        return {"outcomes": self._outcomes, "shares": self._shares}

    def _outcomes(self) -> pd.DataFrame:
        """A row for each outcome: those that need joint work first, most at stake per link on top.

        Returns
        -------
        pandas.DataFrame
            ``outcome`` (id), ``outcome_name``, ``work`` ("joint", "single", "nobody" or "unknown"), ``agencies`` (ids,
            the smallest group), ``agency_names``, ``held`` (float, 0 to 1, their part of known control), ``control``
            (float, 0 to 1, what anybody controls), ``links`` (int, pairs), ``stake`` (float, weight of people's targets
            not met), ``per_link`` (float), ``success``, ``failure`` (words), ``measures`` (ids), ``measure_names``,
            ``controlled`` (ids of measures with controls), ``controlled_names``, ``targets`` (keys). Lists are joined
            by "; ".
        """
        return frame_of(self.outcomes, tuple(Triaged.model_fields))

    def _shares(self) -> pd.DataFrame:
        """A row for each agency that controls some of an outcome, the largest share first.

        Returns
        -------
        pandas.DataFrame
            ``outcome`` (id), ``outcome_name``, ``agency`` (id), ``agency_name``, ``share`` (float, 0 to 1), ``needed``
            (bool, of the smallest group), ``controls`` (keys). Lists are joined by "; ".
        """
        return frame_of(self.shares, tuple(OutcomeShare.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        return self._outcomes()[["outcome_name", "work", "agency_names", "links", "stake", "per_link", "control"]]

    def _shown(self, width: int) -> Iterator[str]:
        for work, (head, most) in HEADS.items():
            said = [_said(row) for row in self.outcomes if row.work == work]
            yield from section(head, said, width, most, "outcomes")


HEADS: Final[Mapping[Work, tuple[str, int]]] = {
    "joint": ("Joint work, most at stake for each link first", 8),
    "single": ("One body is enough", 6),
    "nobody": ("Nobody controls much", 3),
    "unknown": ("Not known who controls it", 3),
}
"""What is said above the outcomes of each kind, and how many of them are shown."""

FEW: Final = 5
"""So many agencies of a group are named."""


def _said(row: Triaged) -> str:
    if row.work == "unknown":
        return row.outcome_name
    more = f" and {count(len(row.agency_names) - FEW, 'other', 'others')}" if len(row.agency_names) > FEW else ""
    said = f"{row.outcome_name}: {', '.join(row.agency_names[:FEW])}{more}"
    if row.work == "joint":
        said += f"; {count(row.links, 'link', 'links')}, {figure(row.per_link, ',.2f')} at stake for each"
    return f"{said}; {1 - (row.control or 0.0):.0%} is in nobody's hands"
