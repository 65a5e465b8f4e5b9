"""Whether the same question has the same answer again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .answer import AnswerNoun, Frames
from .frame import frame_of
from .layout import section

if TYPE_CHECKING:
    import pandas as pd


class Replay(AnswerNoun):
    """Whether an answer came out again; if not, what differs and why."""

    verb: str
    """The verb that was asked again, as Python calls it."""
    same: bool
    """Whether all of the answer but its record is the same."""
    differences: tuple[str, ...]
    """Where the two differ, in words."""
    why: tuple[str, ...]
    """What may be the reason, in sentences: another system, other versions, a search that was ended."""

    @property
    def frames(self) -> Frames:
        """Tables by name: ``differences``."""
        return {"differences": self._differences}

    def _differences(self) -> pd.DataFrame:
        """A row for each difference.

        Returns
        -------
        pandas.DataFrame
            ``difference`` (in words).
        """
        return frame_of([{"difference": each} for each in self.differences], ("difference",))

    def _title(self) -> str:
        return f"{self.verb}: {'the same' if self.same else 'another answer'} comes out"

    def _lines(self, width: int) -> Iterator[str]:
        yield f"{self._title()}."
        yield from section("Why", self.why, width)
        yield from section("What differs", self.differences, width)
