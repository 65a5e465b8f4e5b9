"""A system that was read without a fault, in figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alignment.models.fields import FrozenMapping

from .answer import AnswerNoun, Frames

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

    @property
    def frames(self) -> Frames:
        """Tables by name: ``tables``."""
        return {"tables": self._tables}

    def _tables(self) -> pd.DataFrame:
        """``table`` (its name), ``rows`` (how many it has)."""
        import pandas as pd

        return pd.DataFrame(list(self.rows.items()), columns=["table", "rows"])

    def _lines(self, width: int) -> Iterator[str]:
        yield self.summary
        yield f"hash {self.system}"
