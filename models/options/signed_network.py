"""What can be asked of camps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import CHOICE, WHOLE, Asked, Group, How, Seconds, Walks

Counted = Literal["relations", "effects"]
"""Whether each relation counts 1, or by how far help and hinder are apart."""


class SplitOptions(Asked):
    """What is asked of a split into camps."""

    k: Annotated[int, Field(ge=1), WHOLE] = 2
    """The most camps."""
    time_limit: Seconds = 60.0
    """How long to search; after that the best split found is given, marked as unproven. Unit: seconds."""
    solver: How = CHOICE
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""


class CampOptions(Walks, SplitOptions):
    """What is asked of the camps of a system."""

    by: Group = "agency"
    """What to split: agencies, tiers or sectors."""
    count: Counted = "relations"
    """Whether each relation counts 1, or by how far help and hinder are apart: relations or effects."""
