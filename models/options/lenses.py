"""What can be asked of lenses."""

from __future__ import annotations

from typing import Literal

from .aligned_set import Options
from .conflicts import TOLERANCE, Tolerance
from .fields import Ids, Walks

LensName = Literal["layers",]
"""The lenses, in the order of the method."""


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


class SetLensOptions(Options):
    """A set of measures to look at, or what is asked of one."""

    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""


class LensesOptions(SetLensOptions):
    """A set of measures for the lenses that look at one, or what is asked of one; each lens takes what it knows."""
