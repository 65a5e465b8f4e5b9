"""Which few conversations would reach most of what pulls apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from alignment.models.fields import Noun
from alignment.models.numbers import count
from alignment.models.stopping import Stopped

from .answer import AnswerNoun, Frames
from .frame import beside, frame_of
from .layout import fold, grid
from .themes import some

if TYPE_CHECKING:
    import pandas as pd

ON_THE_TABLE: Final = 4
"""So many measures of a conversation are named; the others are counted."""


class Seat(Noun):
    """Somebody in a conversation."""

    agency: str
    """The agency, by id."""
    name: str
    """What people call it."""
    instead: tuple[str, ...]
    """Agencies that would reach just the same in its place, by id."""
    instead_names: tuple[str, ...]
    """What people call them."""


class Conversation(Noun):
    """Who is to talk, and about what."""

    id: str
    """Made from the body, or from the two agencies."""
    kind: Literal["body", "pair"]
    """A body that already brings agencies together, or two agencies."""
    name: str
    """What people call it."""
    seats: tuple[Seat, ...]
    """Who sits in it: a body first, then its members by id."""
    equal: int
    """How many other conversations would reach just the same, other seats included. Unit: conversations."""
    reaches: tuple[str, ...]
    """The findings that it reaches, by id, worst first."""
    adds: tuple[str, ...]
    """Those that no conversation before it reaches, by id, worst first."""
    weight: float
    """Severity times confidence of those, added up. No unit."""
    share: float
    """The part of all severity times confidence that this is. No unit, 0 to 1."""
    first: str
    """The worst of them in a few words: what to begin with."""
    measures: tuple[str, ...]
    """The measures to put on the table: those of what it adds, by id, most weight first."""
    measure_names: tuple[str, ...]
    """What people call them."""


class AgendaPoint(Noun):
    """What so many conversations reach."""

    meetings: int
    """How many conversations there may be. Unit: conversations."""
    weight: float
    """Severity times confidence of the findings that the best of so many reach, added up. No unit."""
    share: float
    """The part of all severity times confidence that this is. No unit, 0 to 1."""
    gain: float
    """How much of all this is more than one conversation fewer reaches. No unit, 0 to 1."""
    bound: float
    """So many conversations reach no more. No unit."""
    proven: bool
    """Whether it is proved that so many reach no more."""


class Agenda(AnswerNoun):
    """The few conversations that reach most of what pulls apart."""

    system: str
    """The hash of the system."""
    meetings: int
    """How many conversations there may be. Unit: conversations."""
    conversations: tuple[Conversation, ...]
    """The conversations, first whichever adds most; fewer than there may be where more would reach nothing more."""
    curve: tuple[AgendaPoint, ...]
    """What one conversation reaches, what two, and so on."""
    weight: float
    """Severity times confidence of all findings, added up. No unit."""
    candidates: int
    """How many conversations there are to choose from, alike ones counted once. Unit: conversations."""
    open: tuple[str, ...]
    """Findings that some conversation would reach and none of these does, by id, worst first."""
    beyond: tuple[str, ...]
    """Findings that no conversation reaches, by id, worst first: one body's own, or nobody's."""
    proven: bool
    """Whether it is proved that so many conversations reach no more."""
    ordered: bool
    """Whether it is proved that of all agendas as good this is the first."""
    stopped: Stopped
    """Why the search ended."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``conversations``, ``seats``, ``findings``, ``curve``."""
        return {
            "conversations": self._conversations,
            "seats": self._seats,
            "findings": self._findings,
            "curve": self._curve,
        }

    def _conversations(self) -> pd.DataFrame:
        """A row for each conversation, first whichever adds most.

        Returns
        -------
        pandas.DataFrame
            ``id``, ``kind`` ("body", "pair"), ``name``, ``agencies`` (ids), ``agency_names``, ``equal`` (int, other
            conversations that reach the same), ``reaches`` and ``adds`` (ids of findings), ``weight`` (float, severity
            times confidence that it adds), ``share`` (float, 0 to 1), ``first`` (in words), ``measures`` (ids),
            ``measure_names``. Lists are joined by "; ".
        """
        rows = [
            beside(
                row,
                agencies=tuple(seat.agency for seat in row.seats),
                agency_names=tuple(seat.name for seat in row.seats),
            )
            for row in self.conversations
        ]
        columns = [name for name in Conversation.model_fields if name != "seats"]
        return frame_of(rows, (*columns[:3], "agencies", "agency_names", *columns[3:]))

    def _seats(self) -> pd.DataFrame:
        """A row for each seat of each conversation.

        Returns
        -------
        pandas.DataFrame
            ``conversation`` (id), ``agency`` (id), ``name``, ``instead`` (ids of agencies that would do as well),
            ``instead_names``. Lists are joined by "; ".
        """
        rows = [beside(seat, conversation=row.id) for row in self.conversations for seat in row.seats]
        return frame_of(rows, ("conversation", *Seat.model_fields))

    def _findings(self) -> pd.DataFrame:
        """A row for each finding that a conversation reaches.

        Returns
        -------
        pandas.DataFrame
            ``conversation`` (id), ``finding`` (id), ``adds`` (bool, whether no conversation before it reaches that).
        """
        rows = [
            {"conversation": row.id, "finding": finding, "adds": finding in row.adds}
            for row in self.conversations
            for finding in row.reaches
        ]
        return frame_of(rows, ("conversation", "finding", "adds"))

    def _curve(self) -> pd.DataFrame:
        """A row for each number of conversations.

        Returns
        -------
        pandas.DataFrame
            ``meetings`` (int), ``weight`` (float, severity times confidence reached), ``share`` and ``gain`` (float, 0
            to 1), ``bound`` (float), ``proven`` (bool).
        """
        return frame_of(self.curve, tuple(AgendaPoint.model_fields))

    def headline(self) -> str:
        """How many conversations reach how much, in a line."""
        if not self.conversations:
            return "No conversation reaches anything that pulls apart"
        share = self.curve[-1].share
        number = len(self.conversations)
        said = f"{count(number, 'conversation reaches', 'conversations reach')} {share:.0%} of what pulls apart"
        return said if self.proven else f"{said}, the most found so far"

    def _title(self) -> str:
        return self.headline()

    def _glimpse(self) -> pd.DataFrame:
        return self._conversations()[["name", "share", "first", "measure_names"]]

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(f"{self.headline()}.", width)
        for place, row in enumerate(self.conversations, start=1):
            yield ""
            yield from _lines_of(place, row, width)
        if self.conversations:
            yield from ("", "What one more buys:")
            yield from grid(self._steps(), width)
        for line in self._ending():
            yield ""
            yield from fold(line, width)

    def _steps(self) -> pd.DataFrame:
        import pandas as pd

        rows = [(row.meetings, f"{row.share:.0%}", f"{row.gain:.0%}", row.proven) for row in self.curve]
        return pd.DataFrame(rows, columns=["meetings", "reached", "more", "proven"])

    def _ending(self) -> Iterator[str]:
        if self.beyond:
            number = count(len(self.beyond), "finding is", "findings are")
            yield f"{number} reached by no conversation: one body's own, or nobody's."
        yield from (f"Note: {note}." for note in self.notes)


def _lines_of(place: int, row: Conversation, width: int) -> Iterator[str]:
    """A conversation for people."""
    size = count(len(row.adds), "finding", "findings")
    yield from fold(f"{place}. {row.name}: {row.share:.0%} of it, {size}", width, 0, 3, hyphens=False)
    yield from fold(f"Begin with: {row.first}.", width, 3, 5)
    yield from fold(f"On the table: {some(row.measure_names, ON_THE_TABLE, '; ')}.", width, 3, 5)
    for seat in row.seats if row.kind == "pair" else ():
        if seat.instead:
            words = count(len(seat.instead), "other would", "others would")
            yield from fold(f"In place of {seat.name} {words} do as well.", width, 3, 5)
    if row.kind == "body":
        yield from fold(f"Who: {', '.join(seat.name for seat in row.seats)}.", width, 3, 5)
