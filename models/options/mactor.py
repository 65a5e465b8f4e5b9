"""What can be asked of MACTOR's matrices."""

from __future__ import annotations

from typing import Literal

from .fields import Asked

Diagonal = Literal["in", "out"]
"""Whether influence and dependence count what comes back to the actor itself."""


class MactorOptions(Asked):
    """What is asked of MACTOR's matrices."""

    diagonal: Diagonal = "in"
    """Whether influence and dependence count what comes back to the actor itself: in or out."""
