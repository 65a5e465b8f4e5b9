"""What moving one measure does to every other."""

from __future__ import annotations

from alignment.models.fields import Noun
from alignment.models.options.fields import DECLARED, Counting

from .answer import Document


class NetEffect(Noun):
    """What moving one measure does to another."""

    source: str
    """The measure that is moved, by id."""
    source_name: str
    """What people call it."""
    target: str
    """The measure that moves with it, by id."""
    target_name: str
    """What people call it."""
    direct: float
    """The direct effect: of the influences between the two, or borrowed from a twin. Unit: steps per step."""
    net: float
    """The effect along all walks. Unit: steps per step."""
    confidence: float
    """That of the weakest link of the strongest walk. No unit, 0 to 1."""
    mixed: float | None
    """Share of the larger sign where walks of both signs contribute. No unit, 1/2 to 1."""
    path: tuple[str, ...]
    """The strongest walk that pushes the way the net effect does, as measure ids in order."""


class EffectsTable(Document):
    """The net effects of a system."""

    system: str
    """The hash of the system."""
    steps: int
    """The longest walk that counts; 0 is all. Unit: influences."""
    decay: float
    """What each further influence of a walk is multiplied by."""
    evidence: Counting = DECLARED
    """Which influences count of two measures with estimated and other ones."""
    effects: tuple[NetEffect, ...]
    """Every net effect, by source, then target."""
