"""A system that was read without a fault, in figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.faults import Note
from alignment.models.fields import FrozenMapping

from .advice import Hint
from .answer import AnswerNoun, Frames
from .frame import frame_of
from .layout import fold
from .note_lines import note_frame, note_lines

if TYPE_CHECKING:
    import pandas as pd


class Summary(AnswerNoun):
    """A system that was read without a fault, in figures."""

    system: str
    """The hash of the system: the same for the same facts, whatever the order of rows."""
    name: str | None
    """The system's name."""
    summary: str
    """Its size, in a line."""
    rows: FrozenMapping[str, int]
    """How many rows each table has, by the table's name. Unit: rows."""
    advice: tuple[Hint, ...] = ()
    """The first of the advice on its tables; `advice` gives all."""
    pieces: int = 0
    """How many pieces of advice there are. Unit: pieces."""
    notes: tuple[Note, ...] = ()
    """What was put right or passed over while the system was read."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``tables`` and ``notes``."""
        return {"tables": self._tables, "notes": self._notes}

    def _tables(self) -> pd.DataFrame:
        """A row for each table of the system.

        Returns
        -------
        pandas.DataFrame
            ``table`` (its name), ``rows`` (int, how many it has).
        """
        return frame_of([{"table": table, "rows": rows} for table, rows in self.rows.items()], ("table", "rows"))

    def _notes(self) -> pd.DataFrame:
        """A row for each thing that was put right or passed over while the system was read.

        Returns
        -------
        pandas.DataFrame
            ``where`` (in words), ``what``, ``place`` (file or sheet), ``row`` (Int64, its number there), ``column``,
            ``cell``, ``table``; what does not apply is blank.
        """
        return note_frame(self.notes)

    def _title(self) -> str:
        return self.summary

    def _lines(self, width: int) -> Iterator[str]:
        yield from fold(self.summary, width)
        yield f"hash {self.system}"
        if self.notes:
            yield ""
            yield from note_lines(self.notes, width, "--show notes")
        if self.advice:
            yield ""
            yield "What these tables leave open, what would change most first:"
        for place, hint in enumerate(self.advice, start=1):
            yield from fold(f"{place}. {hint.what}", width, 2, 5, hyphens=False)
            yield from fold(f"Do: {hint.remedy}", width, 5, 7, hyphens=False)
        if self.advice:
            more = self.pieces - len(self.advice)
            yield f"{f'{more} more, and why' if more else 'Why'}: alignment advice"
