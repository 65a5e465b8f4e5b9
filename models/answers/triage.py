"""Which outcomes need joint work at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames
from .frame import frame_of
from .layout import section
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
    for_people: bool
    """Whether it is about people's experience or outcomes; else it is about the use of resources."""
    work: Work
    """Whether several agencies are needed, one holds enough, nobody controls much of it, or controls are not known."""
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
    """The weight of the targets set on its measures that can be shown not to be met. No unit."""
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
    unmet: tuple[str, ...]
    """Those of its measures on which a target is not met today, by id."""
    unmet_names: tuple[str, ...]
    """What people call them."""
    unknown: tuple[str, ...]
    """Those on which none is shown not to be met, but of some it is not known, by id."""
    unknown_names: tuple[str, ...]
    """What people call them."""
    change: tuple[str, ...]
    """Those on which targets ask for a change from today, which cannot be met or not yet, by id."""
    change_names: tuple[str, ...]
    """What people call them."""
    met: tuple[str, ...]
    """Those on which every target is met, by id."""
    met_names: tuple[str, ...]
    """What people call them."""
    asked: tuple[str, ...]
    """Those on which a body asks that the deliverer does not answer to, and nobody sets a target, by id."""
    asked_names: tuple[str, ...]
    """What people call them."""
    other: tuple[str, ...]
    """Those on which there are only guardrails, or targets that go another way than people's, by id."""
    other_names: tuple[str, ...]
    """What people call them."""
    targets: tuple[str, ...]
    """The targets that are not met, by key."""
    missed: tuple[str, ...]
    """Those of them that are due by the year that the system is about, by key."""
    not_due: tuple[str, ...]
    """Those of them that are due later, by key; the rest has no date."""


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
    """Each outcome: those that take several bodies first; of these those for people, most measures not met on top."""
    shares: tuple[OutcomeShare, ...]
    """Who controls how much of each outcome, the largest share first."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``outcomes``, ``shares``."""
        return {"outcomes": self._outcomes, "shares": self._shares}

    def _outcomes(self) -> pd.DataFrame:
        """A row for each outcome: those that take several bodies first, for people, most measures not met on top.

        Returns
        -------
        pandas.DataFrame
            ``outcome`` (id), ``outcome_name``, ``for_people`` (bool, false of the use of resources), ``work`` ("joint",
            "single", "nobody" or "unknown"), ``agencies`` (ids, the smallest group), ``agency_names``, ``held`` (float,
            0 to 1, their part of known control), ``control`` (float, 0 to 1, what anybody controls), ``links`` (int,
            pairs), ``stake`` (float, weight of targets not met), ``per_link`` (float), ``success``, ``failure``
            (words), ``measures`` (ids), ``measure_names``, ``controlled`` (ids of measures with controls),
            ``controlled_names``, ``unmet``, ``unmet_names``, ``unknown``, ``unknown_names``, ``change``,
            ``change_names``, ``met``, ``met_names``, ``asked``, ``asked_names``, ``other``, ``other_names`` (ids and
            names of measures by how targets on them stand), ``targets`` (keys, not met), ``missed`` and
            ``not_due`` (keys of those due by the year of the system, and later). Lists are joined by "; ".
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
        names = ["outcome_name", "work", "agency_names", "unmet_names", "links", "stake", "per_link", "control"]
        return self._outcomes()[names]

    def _shown(self, width: int) -> Iterator[str]:
        for work, (head, most) in HEADS.items():
            said = [_said(row) for row in self.outcomes if row.work == work]
            yield from section(head, said, width, most, "outcomes")


HEADS: Final[Mapping[Work, tuple[str, int]]] = {
    "joint": ("It takes several bodies", 8),
    "single": ("One body holds most of what anybody controls", 6),
    "nobody": ("Nobody controls much", 3),
    "unknown": ("Not known who controls it", 3),
}
"""What is said above the outcomes of each kind, and how many of them are shown."""

FEW: Final = 5
"""So many agencies of a group are named."""


def _bodies(row: Triaged) -> str:
    more = f" and {count(len(row.agency_names) - FEW, 'other', 'others')}" if len(row.agency_names) > FEW else ""
    return ", ".join(row.agency_names[:FEW]) + more


def _said(row: Triaged) -> str:
    if row.work == "unknown":
        return row.outcome_name
    short = f"; {_unmet(row)}" if row.unmet else ""
    return f"{row.outcome_name}: {_bodies(row)}{short}; {1 - (row.control or 0.0):.0%} is in nobody's hands"


def _unmet(row: Triaged) -> str:
    """How many targets are not met, on how many measures."""
    targets, measures = count(len(row.targets), "target", "targets"), count(len(row.unmet), "measure", "measures")
    return f"{targets} not met on {measures}"
