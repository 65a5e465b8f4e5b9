"""What can be asked of lenses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alignment.models.fields import FrozenMapping, Refers

from .aligned_set import Options
from .conflicts import TOLERANCE, Tolerance
from .feasibility import MoveOptions
from .fields import REAL, Asked, Group, Ids, Share, Walks
from .likeness import LEAST

LensName = Literal[
    "balance",
    "layers",
    "journey",
    "triage",
    "targeting",
    "payback",
    "fragmentation",
    "fit",
    "sway",
    "two-year-test",
    "readiness",
    "ring-fence",
]
"""The lenses, in the order of the method."""


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


class TriageOptions(Asked):
    """What is asked of which outcomes need joint work."""

    theta: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.6
    """How well a measure must speak for an outcome before it counts for it. Validity, above 0 to 1."""
    enough: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.8
    """The part of all known control that the smallest group has to hold. Above 0 to 1."""
    least: Share = 0.2
    """Where all agencies together control less of an outcome, nobody does. 0 to 1."""


class SetLensOptions(Options):
    """A set of measures to look at, or what is asked of one."""

    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""


class SwayOptions(SetLensOptions):
    """A set of measures, or what is asked of one, and by what groups to say who calls the tune."""

    by: Group = "agency"
    """What to group agencies by: agency, tier or sector."""


class TwoYearTestOptions(SetLensOptions):
    """A set of measures, or what is asked of one, and by when it has to tell."""

    years: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False), REAL] = 2.0
    """After how many years success or failure has to show. Unit: years, above 0 to 100."""


class LensesOptions(SetLensOptions):
    """A set of measures for the lenses that look at one, or what is asked of one; each lens takes what it knows."""


class JourneyOptions(LayerOptions):
    """What is asked of the hand-overs of people's journeys, and of the findings between their two sides."""


class FitOptions(Asked):
    """What is asked of measures of one outcome that sectors work to apart."""

    theta: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.6
    """How well a measure must speak for an outcome before it counts as one of it. Validity, above 0 to 1."""
    least: Share = LEAST
    """How alike names and definitions of two measures must be before they are near each other. 0 to 1."""


class BalanceOptions(SetLensOptions):
    """A set of measures whose balance is looked at beside that of today, or what is asked of one."""


class FragmentationOptions(SetLensOptions):
    """A set of measures, or what is asked of one, and so what bodies lose of their own."""


class PaybackOptions(Asked):
    """What is asked of when aligning pays, and whom."""

    discount: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), REAL] = 0.0
    """How much less money counts for each year that it comes later than the first. Share a year, 0 to 1."""


class ReadinessOptions(Walks):
    """What is asked of whether bodies that share a duty are ready to work together."""

    theta: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.6
    """How well a measure must speak for an outcome before it makes a duty. Validity, above 0 to 1."""
    breadth: Literal["population", "outcome"] = "population"
    """Whether duties are told apart by population; with "outcome" bodies share one whomever it is about."""
    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


Amounts = Annotated[
    FrozenMapping[str, Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), REAL]], Refers("resources")
]
"""How much of resources, by id. Unit: the resource's."""


class RingFenceOptions(MoveOptions):
    """What is asked of which caps and floors bind."""

    cap: Amounts | None = None
    """What resources would be capped at instead, by id; blank changes none. Unit: the resource's."""
    floor: Amounts | None = None
    """How much of resources would have to be used instead, by id; blank changes none. Unit: the resource's."""
