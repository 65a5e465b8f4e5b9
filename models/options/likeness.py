"""What can be asked of measures that may be one thing."""

from __future__ import annotations

from typing import Final

from .fields import Asked, Share

LEAST: Final = 0.6


class OverlapOptions(Asked):
    """What is asked of measures that may be one thing under two names."""

    least: Share = LEAST
    """Pairs that are less alike than this are left out. No unit, 0 to 1."""
