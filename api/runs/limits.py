"""How long runs may take, how large they may grow, how many go on at once, and how much is kept of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from alignment.models.fields import Noun, Positive

Number = Annotated[int, Field(gt=0)]


class RunLimits(Noun):
    """The limits of the runs of one server.

    Examples
    --------
    >>> RunLimits(children=4).lease
    30.0
    """

    children: Number = 2
    """How many runs are worked on at once; one child more is kept warm, for when one is ended. Unit: processes."""
    time: Positive = 180.0
    """How long a run may take before it is asked for the best it has. Unit: seconds."""
    grace: Positive = 5.0
    """How long a run that was asked to end may take to do so before its child is ended. Unit: seconds."""
    memory: Number = 2_000_000_000
    """How much memory a child may hold. Unit: bytes."""
    lease: Positive = 30.0
    """How long a server that is not heard of keeps its runs. Unit: seconds."""
    days: Positive = 30.0
    """How long runs that have ended are kept. Unit: days."""
    kept: Number = 500_000_000
    """How much of answers is kept, compressed; what nobody has read for longest goes first. Unit: bytes."""
    patience: Positive = 120.0
    """How long a question waits for a child to be ready before all children are started anew. Unit: seconds."""
