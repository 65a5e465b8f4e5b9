"""What can be asked of whether all targets can be met."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .fields import REAL, WHOLE, Ids, Powers, Reach, Search


class PushOptions(Search):
    """How far agencies can push, and how long to search."""

    reach: Reach | None = None
    """How far an agency can push a measure; blank is from its floor to its ceiling, or 10. Unit: steps."""


class MoveOptions(PushOptions):
    """What agencies can do, and how long to search."""

    effort: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), REAL] | None = None
    """What agencies can spend that have no effort of their own. Unit: steps; blank is no limit."""


class JointOptions(MoveOptions):
    """What is asked of minimal conflicting sets."""

    limit: Annotated[int, Field(ge=1), WHOLE] = 1000
    """How many sets to list at most."""
    every: bool = False
    """Whether to look for all of them, not only for those that prove the smallest repair."""


class RepairOptions(MoveOptions):
    """What is asked of the smallest repair."""

    every: bool = False
    """Whether to look for all repairs of the least weight."""
    limit: Annotated[int, Field(ge=1), WHOLE] = 100
    """How many of them to list at most."""


class EffortOptions(PushOptions):
    """What is asked of the effort that is needed."""

    by_power: bool = False
    """Whether an agency may spend in proportion to its power."""
    curve: Annotated[int, Field(ge=0), WHOLE] = 0
    """At how many levels of effort to tell how much can be met; 0 is none."""


class SharingOptions(MoveOptions):
    """What is asked of shared values."""

    measures: Ids | None = None
    """Only targets on these measures, by id; blank is all."""
    lexicographic: bool = True
    """Whether, after the largest concession, the next largest is made as small as possible, and so on."""
    power: Powers | None = None
    """The power of agencies, by id, instead of that in the table. Above 0."""
    prices: bool = True
    """Whether to tell what one more unit of anything limited would spare."""
