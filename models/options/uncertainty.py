"""What can be asked of how sure answers are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .aligned_set import Options
from .fields import WHOLE, Seconds


class CertaintyOptions(Options):
    """How many draws, and what is asked of the set in each; `time_limit` is for each draw."""

    draws: Annotated[int, Field(ge=1), WHOLE] = 200
    """How many draws. More draws begin with the same ones."""
    seed: Annotated[int, Field(ge=0, lt=2**63), WHOLE] = 0
    """What the draws depend on: the same seed is the same answer."""
    confirm: Annotated[int, Field(ge=0), WHOLE] = 0
    """For how many influences every draw is done again with the sign of that one alone turned round."""
    seconds: Seconds | None = None
    """How long the whole may take; after that the draws done so far are given. Unit: seconds; blank is no limit."""
