"""What can be asked of lenses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .aligned_set import Options
from .conflicts import TOLERANCE, Tolerance
from .fields import REAL, Asked, Ids, Share, Walks
from .likeness import LEAST

LensName = Literal[
    "balance",
    "layers",
    "journey",
    "fragmentation",
    "fit",
]
"""The lenses, in the order of the method."""


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


class JourneyOptions(LayerOptions):
    """What is asked of the hand-overs of people's journeys, and of the findings between their two sides."""


class FitOptions(Asked):
    """What is asked of measures of one outcome that sectors work to apart."""

    theta: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.6
    """How well a measure must speak for an outcome before it counts as one of it. Validity, above 0 to 1."""
    least: Share = LEAST
    """How alike names and definitions of two measures must be before they are near each other. 0 to 1."""


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
