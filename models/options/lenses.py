"""What can be asked of lenses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alignment.models.fields import FrozenMapping, Refers

from .aligned_set import Options
from .conflicts import TOLERANCE, Tolerance
from .feasibility import MoveOptions
from .fields import REAL, Asked, Ids, Walks

LensName = Literal[
    "layers",
    "targeting",
    "payback",
    "readiness",
    "ring-fence",
]
"""The lenses, in the order of the method."""


class LayerOptions(Walks):
    """What is asked of how far tiers work to the same measures."""

    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


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


class SetLensOptions(Options):
    """A set of measures to look at, or what is asked of one."""

    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""


class LensesOptions(SetLensOptions):
    """A set of measures for the lenses that look at one, or what is asked of one; each lens takes what it knows."""
