"""Where targets pull apart, as a list."""

from __future__ import annotations

from typing import Literal

from alignment.models.fields import Noun

from .answer import Document
from .conflict import Conflict, Kind

Stands = Literal["both", "declared", "estimated"]
"""Whether a finding stands whichever influences count, only as declared, or only as estimated."""


class Compared(Noun):
    """A finding, looked for once with what is declared and once with the estimates beside it."""

    conflict: str
    """Its id."""
    kind: Kind
    """Which kind of conflict it is."""
    title: str
    """What it is about, in a few words with names."""
    stands: Stands
    """Under which it stands: both, declared or estimated."""
    severity_declared: float | None = None
    """How bad it is where what is declared counts. No unit, 0 to 1; blank where it does not stand."""
    severity_estimated: float | None = None
    """How bad it is where the estimates count. No unit, 0 to 1; blank where it does not stand."""

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.severity_declared != self.severity_estimated


class ConflictList(Document):
    """Where targets pull apart, worst first."""

    system: str
    """The hash of the system."""
    summary: str
    """How many conflicts there are of each kind, in a line."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""
    conflicts: tuple[Conflict, ...]
    """The conflicts, by severity times confidence, then id."""
    comparison: tuple[Compared, ...] | None = None
    """Which findings stand as declared, as estimated or both ways, where both were asked for; blank where not."""
