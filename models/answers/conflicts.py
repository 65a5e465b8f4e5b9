"""Where targets pull apart, as a list."""

from __future__ import annotations

from alignment.models.fields import Noun

from .conflict import Conflict


class ConflictList(Noun):
    """Where targets pull apart, worst first."""

    system: str
    """The hash of the system."""
    summary: str
    """How many conflicts there are of each kind, in a line."""
    notes: tuple[str, ...] = ()
    """What was not looked for, or not to the end, in words."""
    conflicts: tuple[Conflict, ...]
    """The conflicts, by severity times confidence, then id."""
