"""What can be asked of lenses."""

from __future__ import annotations

from typing import Literal

from .aligned_set import Options
from .conflicts import TOLERANCE, Tolerance
from .fields import Ids, Walks

LensName = Literal[
    "balance",
    "layers",
    "journey",
    "fragmentation",
]
"""The lenses, in the order of the method."""


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


class JourneyOptions(LayerOptions):
    """What is asked of the hand-overs of people's journeys, and of the findings between their two sides."""


class SetLensOptions(Options):
    """A set of measures to look at, or what is asked of one."""

    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""


class BalanceOptions(SetLensOptions):
    """A set of measures whose balance is looked at beside that of today, or what is asked of one."""


class FragmentationOptions(SetLensOptions):
    """A set of measures, or what is asked of one, and so what bodies lose of their own."""


class LensesOptions(SetLensOptions):
    """A set of measures for the lenses that look at one, or what is asked of one; each lens takes what it knows."""
