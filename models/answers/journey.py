"""Whether a person's path through services is seamless: every hand-over, and who looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun

from .answer import Frames
from .frame import frame_of
from .layout import SHOWN, section
from .lens import Lens

if TYPE_CHECKING:
    import pandas as pd

State = Literal["shared", "in conflict", "each its own", "one side", "others only", "nobody", "not known"]
"""How the two sides of a hand-over look at it."""


class HandOver(Noun):
    """Two consecutive steps of a journey at which the person passes from one agency to another."""

    pathway: str
    """The journey, by id."""
    journey: str
    """What people call it: its id in words."""
    step: float
    """The step that the person leaves. No unit."""
    next_step: float
    """The step that the person comes to. No unit."""
    giver: str
    """The agency that hands over, by id."""
    giver_name: str
    """What people call it."""
    receiver: str
    """The agency that takes over, by id."""
    receiver_name: str
    """What people call it."""
    measures: tuple[str, ...]
    """The measures that the two steps name, by id."""
    measure_names: tuple[str, ...]
    """What people call them."""
    giver_holds: tuple[str, ...]
    """Those of them that the giver works to, by id."""
    giver_holds_names: tuple[str, ...]
    """What people call them."""
    receiver_holds: tuple[str, ...]
    """Those of them that the receiver works to, by id."""
    receiver_holds_names: tuple[str, ...]
    """What people call them."""
    inferred: tuple[str, ...]
    """Those of them that a side works to only by wishes that were inferred, by id."""
    inferred_names: tuple[str, ...]
    """What people call them."""
    state: State
    """How the two look at the hand-over."""
    shared: tuple[str, ...]
    """Measures that both work to, or that are declared one thing or parts of one, by id; also where they conflict."""
    shared_names: tuple[str, ...]
    """What people call them."""
    conflict: str | None
    """The worst finding that stands between the two on these measures, by id; blank is none."""
    conflict_title: str | None
    """What it is about."""
    severity: float | None
    """How bad that is, times how sure. No unit, 0 to 1; blank where there is none."""
    giver_wants: str | None
    """The measure of the giver's target in it, by id; blank where there is none, or money pulls."""
    giver_wants_name: str | None
    """What people call it."""
    receiver_wants: str | None
    """The measure of the receiver's target in it, by id; blank where there is none, or money pulls."""
    receiver_wants_name: str | None
    """What people call it."""
    quarrel: str | None
    """What pulls the two apart here, in words; blank where nothing does."""
    unmeasured: tuple[str, ...]
    """Whose step names no measure: giver, receiver."""
    others: tuple[str, ...]
    """Other agencies that work to one of the measures, by id: those that work to most of them first."""
    other_names: tuple[str, ...]
    """What people call them."""
    other_holds: tuple[str, ...]
    """Those of the measures that the first of these works to, by id."""
    other_holds_names: tuple[str, ...]
    """What people call them."""
    rows: tuple[str, ...]
    """The steps, as keys of rows of pathways."""
    targets: tuple[str, ...]
    """The targets of the two on these measures, by key."""


class Journey(Lens):
    """Every hand-over of every journey, and how the two sides look at it."""

    handovers: tuple[HandOver, ...]
    """In the order of the journeys."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``handovers``."""
        return {"handovers": self._handovers}

    def _handovers(self) -> pd.DataFrame:
        """A row for each hand-over, in the order of the journeys.

        Returns
        -------
        pandas.DataFrame
            ``pathway`` (id), ``journey`` (in words), ``step``, ``next_step`` (float), ``giver`` (id), ``giver_name``,
            ``receiver`` (id), ``receiver_name``, ``measures`` (ids), ``measure_names``, ``giver_holds`` (ids, of
            those that it works to), ``giver_holds_names``, ``receiver_holds``, ``receiver_holds_names``, ``inferred``
            (ids, of those that a side works to only by inferred wishes), ``inferred_names``, ``state``
            ("shared", "in conflict", "each its own", "one side", "others only", "nobody", "not known"), ``shared``
            (ids), ``shared_names``, ``conflict`` (id of a finding, or blank), ``conflict_title``, ``severity`` (float,
            0 to 1, times confidence, or blank), ``giver_wants`` and ``receiver_wants`` (ids of the measures whose
            targets pull apart in it, or blank), ``giver_wants_name``, ``receiver_wants_name``, ``quarrel`` (in words,
            or blank), ``unmeasured`` ("giver", "receiver"), ``others`` (ids of agencies), ``other_names``,
            ``other_holds`` (ids, of the measures that the first of these works to), ``other_holds_names``, ``rows``
            (keys of pathways), ``targets`` (keys). Lists are joined by "; ".
        """
        return frame_of(self.handovers, tuple(HandOver.model_fields))

    def _glimpse(self) -> pd.DataFrame:
        return self._handovers()[["journey", "giver_name", "receiver_name", "state", "measure_names", "quarrel"]]

    def _shown(self, width: int) -> Iterator[str]:
        by_journey: dict[str, list[HandOver]] = {}
        for row in self.handovers[:SHOWN]:
            by_journey.setdefault(row.journey, []).append(row)
        for journey, rows in by_journey.items():
            yield from section(journey, map(_told, rows), width)
        if len(self.handovers) > SHOWN:
            yield f"  ... and {len(self.handovers) - SHOWN:,} more (table handovers)."


SAID: Final[dict[State, str]] = {
    "shared": "shared",
    "in conflict": "they pull apart",
    "each its own": "each its own",
    "one side": "one side only",
    "others only": "neither side",
    "nobody": "nobody",
    "not known": "cannot be told",
}
"""What people call the states."""


def _told(row: HandOver) -> str:
    """A hand-over in a line."""
    return f"{row.giver_name} to {row.receiver_name}: {SAID[row.state]}{_detail(row)}"


def _detail(row: HandOver) -> str:
    """What is behind the state, after it."""
    if row.quarrel:
        shared = f"; they share {_quoted(row.shared_names)}" if row.shared else ""
        return f": {row.quarrel}{shared}"
    if row.state == "others only":
        return f"; {row.other_names[0]} has a target on {_quoted(row.other_holds_names)}"
    if row.state == "shared":
        return f", {_quoted(row.shared_names)}{_inferred(row)}"
    if row.state == "each its own":
        return f", {_quoted(row.giver_holds_names)} and {_quoted(row.receiver_holds_names)}{_inferred(row)}"
    if row.state == "one side":
        holder, held = (
            (row.giver_name, row.giver_holds_names)
            if row.giver_holds
            else (row.receiver_name, row.receiver_holds_names)
        )
        return f", {holder} ({_quoted(held)}){_inferred(row)}"
    return f", {_quoted(row.measure_names)}" if row.measure_names else ", no measure named"


def _inferred(row: HandOver) -> str:
    """What is only inferred of who works to what."""
    return f"; only inferred: {_quoted(row.inferred_names)}" if row.inferred else ""


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
