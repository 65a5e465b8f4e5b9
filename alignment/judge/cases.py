"""A finding as the judge is told of it: what it is about, how bad, who stands in it."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A finding."""

    id: str
    kind: str
    severity: float
    confidence: float
    measures: tuple[str, ...]
    resource: str | None
    outcome: str | None
    reckoned: bool
    """Whether numbers tell how far a resource is overrun."""
    groups: tuple[frozenset[str], ...]
    """The agencies that stand against each other."""
    targets: tuple[str, ...]
    """The targets of its sides, by key."""

    @property
    def weight(self) -> int:
        """Severity times confidence, halves up. Unit: millionths."""
        parts = round(self.severity * 10**6) * round(self.confidence * 10**6)
        return parts // 10**6 + (parts % 10**6 >= 500_000)
