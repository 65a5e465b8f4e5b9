"""Whose integration is whose fragmentation: own measures lost, own links of cause and effect cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count

from .answer import Frames, Stop
from .frame import frame_of
from .layout import SHOWN, section
from .lens import Lens
from .proposal import Ground

if TYPE_CHECKING:
    import pandas as pd

MeasureFate = Literal["kept", "said", "lost", "against people", "inferred", "not judged"]
"""What becomes of an own measure; the last three are no loss that counts, and what is not judged does not go."""

LinkFate = Literal["stays", "through another", "cut"]
"""What becomes of an own link."""


class OwnMeasure(Noun):
    """A measure that an agency has a target on itself, and what becomes of it."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    measure: str
    """The measure, by id."""
    measure_name: str
    """What people call it."""
    fate: MeasureFate
    """Whether it is kept, said by what is kept, or lost; or goes without a loss that counts."""
    said_by: str | None
    """The kept measure that says most of it, by id; blank where it is kept, or nothing says it."""
    said_by_name: str | None
    """What people call it."""
    ground: Ground | None
    """Why that says it."""
    standing: float | None
    """How far. No unit, 0 to 1; blank where nothing says it."""
    targets: tuple[str, ...]
    """The agency's own targets on it that are still to be met, by key."""


class OwnLink(Noun):
    """An influence of which an agency sees both ends today, and what becomes of it."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    cause: str
    """The measure that moves the other, by id."""
    cause_name: str
    """What people call it."""
    effect: str
    """The measure that is moved, by id."""
    effect_name: str
    """What people call it."""
    fate: LinkFate
    """Whether both ends stay in sight, are said by what is kept, or one is out of sight."""
    gone: tuple[str, ...]
    """The ends that go, by id."""
    gone_names: tuple[str, ...]
    """What people call them."""
    rows: tuple[str, ...]
    """The influences, by key."""


class Fragmented(Noun):
    """What an agency loses of its own."""

    agency: str
    """The agency, by id."""
    agency_name: str
    """What people call it."""
    tier: str | None
    """Its tier, by id; blank where it has none."""
    tier_name: str | None
    """What people call it."""
    held: int
    """All its own measures. Unit: measures."""
    own: int
    """Those whose loss would count. Unit: measures."""
    lost: tuple[str, ...]
    """Those that go and that nothing kept says, by id."""
    lost_names: tuple[str, ...]
    """What people call them."""
    said: tuple[str, ...]
    """Those that go and that something kept says, by id."""
    said_names: tuple[str, ...]
    """What people call them."""
    inferred: tuple[str, ...]
    """Those that go and were never published as targets: the wish was only inferred; by id."""
    inferred_names: tuple[str, ...]
    """What people call them."""
    against: tuple[str, ...]
    """Those that go and whose wish works against people, by id."""
    against_names: tuple[str, ...]
    """What people call them."""
    share_gone: float
    """Lost, inferred and against people, over all own measures. No unit, 0 to 1; 0 without own measures."""
    share_lost: float | None
    """Lost over own. No unit, 0 to 1; blank without own measures."""
    links: int
    """Own links today. Unit: links."""
    cut: int
    """Those that are cut. Unit: links."""
    through_another: int
    """Those that are seen through what says an end that goes. Unit: links."""
    cut_ends: tuple[str, ...]
    """The measures whose going cuts them, by id."""
    cut_ends_names: tuple[str, ...]
    """What people call them."""
    cut_inferred: tuple[str, ...]
    """Those of them that the agency was never judged on: a wish was only inferred; by id."""
    cut_inferred_names: tuple[str, ...]
    """What people call them."""
    share_cut: float | None
    """Cut over links. No unit, 0 to 1; blank without links."""
    whole: bool
    """Whether all of its own measures and links stay as they are."""


class Fragmentation(Lens):
    """What each agency loses of its own measures and of its links of cause and effect."""

    measures: tuple[str, ...]
    """The set, by id."""
    agencies: tuple[Fragmented, ...]
    """The agencies with measures or links of their own: by the share of measures lost, then gone, then of links cut."""
    own_measures: tuple[OwnMeasure, ...]
    """Their measures, by agency and measure."""
    own_links: tuple[OwnLink, ...]
    """Their links, by agency, cause and effect."""
    stopped: Stop
    """Why the search for the set ended; finished also where the set was given."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``agencies``, ``measures``, ``links``."""
        return {"agencies": self._agencies, "measures": self._measures, "links": self._links}

    def _agencies(self) -> pd.DataFrame:
        """A row for each agency with measures or links of its own, by the share lost.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``tier`` (id or blank), ``tier_name``, ``held``, ``own`` (int),
            ``lost`` (ids of measures), ``lost_names``, ``said`` (ids), ``said_names``, ``inferred`` (ids),
            ``inferred_names``, ``against`` (ids), ``against_names``, ``share_gone`` (float, 0 to 1), ``share_lost``
            (float, 0 to 1, or blank), ``links``, ``cut``, ``through_another``
            (int), ``cut_ends`` (ids of measures), ``cut_ends_names``, ``cut_inferred`` (ids, of these never
            published as targets), ``cut_inferred_names``, ``share_cut`` (float, 0 to 1, or blank), ``whole`` (bool).
            Lists are joined by "; ".
        """
        return frame_of(self.agencies, tuple(Fragmented.model_fields))

    def _measures(self) -> pd.DataFrame:
        """A row for each agency and measure that it has a target on itself.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``measure`` (id), ``measure_name``, ``fate`` ("kept", "said", "lost",
            "against people", "inferred", "not judged"), ``said_by`` (id of a kept measure, or blank),
            ``said_by_name``, ``ground``, ``standing`` (float, 0 to 1, or blank), ``targets`` (keys, joined by "; ").
        """
        return frame_of(self.own_measures, tuple(OwnMeasure.model_fields))

    def _links(self) -> pd.DataFrame:
        """A row for each agency and influence of which it sees both ends today.

        Returns
        -------
        pandas.DataFrame
            ``agency`` (id), ``agency_name``, ``cause`` (id of a measure), ``cause_name``, ``effect`` (id),
            ``effect_name``, ``fate`` ("stays", "through another", "cut"), ``gone`` (ids of the ends that go),
            ``gone_names``, ``rows`` (keys of influences). Lists are joined by "; ".
        """
        return frame_of(self.own_links, tuple(OwnLink.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        names = ["agency_name", "tier_name", "held", "lost_names", "said_names", "links", "cut", "cut_ends_names"]
        return self._agencies()[names]

    def _shown(self, width: int) -> Iterator[str]:
        losing = [row for row in self.agencies if not row.whole]
        yield from section("Who loses what of its own", map(_told, losing), width, SHOWN, "agencies")
        whole = [row.agency_name for row in self.agencies if row.whole]
        yield from section("Who keeps all of its own", whole, width, SHOWN, "agencies")


def _told(row: Fragmented) -> str:
    """What an agency loses, in a line."""
    return f"{row.agency_name}: {'; '.join((*_measures_told(row), *_links_told(row)))}"


def _measures_told(row: Fragmented) -> Iterator[str]:
    if row.lost:
        yield f"{len(row.lost)} of {count(row.held, 'measure', 'measures')} lost ({_some(row.lost_names)})"
    if row.said:
        yield f"{count(len(row.said), 'measure', 'measures')} said by another ({_some(row.said_names)})"
    if row.inferred:
        target = "never a published target" if len(row.inferred) == 1 else "never published targets"
        yield f"{_of(row.inferred, row.held)} ({_some(row.inferred_names)}), {target}"
    if row.against:
        works = "works" if len(row.against) == 1 else "work"
        yield f"{_of(row.against, row.held)} ({_some(row.against_names)}), which {works} against people"


def _of(measures: tuple[str, ...], held: int) -> str:
    return f"{len(measures)} of {count(held, 'measure', 'measures')} {'goes' if len(measures) == 1 else 'go'}"


def _links_told(row: Fragmented) -> Iterator[str]:
    if row.cut:
        yield f"{row.cut} of {count(row.links, 'link', 'links')} cut, {' and '.join(_ends_told(row))}"
    if row.through_another:
        yield f"{count(row.through_another, 'link', 'links')} seen through another measure"


def _ends_told(row: Fragmented) -> Iterator[str]:
    """What cuts the links: of a wish that was only inferred it is not said that the body was judged on it."""
    if judged := tuple(name for name in row.cut_ends_names if name not in row.cut_inferred_names):
        yield f"no longer judged on {_some(judged)}"
    if row.cut_inferred_names:
        yield f"as {_some(row.cut_inferred_names)} {'goes' if len(row.cut_inferred_names) == 1 else 'go'}"


def _some(words: tuple[str, ...]) -> str:
    more = f" and {len(words) - 3} more" if len(words) > 3 else ""
    return ", ".join(f"“{word}”" for word in words[:3]) + more
