"""Whether the same question has the same answer again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .answer import AnswerNoun, Frames
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
        """``difference``, in words."""
        import pandas as pd

        return pd.DataFrame({"difference": list(self.differences)}, dtype=object)

    def _lines(self, width: int) -> Iterator[str]:
        yield f"{self.verb}: the same comes out." if self.same else f"{self.verb}: another answer comes out."
        yield from section("Why", self.why, width)
        yield from section("What differs", self.differences, width)
