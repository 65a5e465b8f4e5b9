"""What can be asked of lenses."""

from __future__ import annotations

from .conflicts import TOLERANCE, Tolerance
from .fields import Walks


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""
