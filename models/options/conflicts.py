"""What can be asked of conflicts."""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from .fields import CHOICE, DECLARED, REAL, WHOLE, Counting, How, Search, Walks

Kind = Literal[
    "opposed",
    "inconsistent",
    "spillover",
    "unguarded",
    "torn",
    "against-people",
    "capacity",
    "joint",
    "two-masters",
    "no-control",
    "judged-by-rival",
    "unowned",
    "perverse",
    "wrong-pocket",
    "duplicate",
    "cascade",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


Tolerance = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), REAL]
"""How small a net effect is no conflict."""

TOLERANCE: Final = 0.2
"""The tolerance unless something else is asked for, in steps per step."""


class ThemeOptions(Walks):
    """What is asked of the themes of a system's conflicts."""

    kinds: tuple[Kind, ...] | None = None
    """Which kinds to look for; blank is all."""
    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""


class ConflictOptions(ThemeOptions):
    """What is asked of the conflicts of a system."""

    # Only a list of findings can be laid beside another.
    evidence: Literal["declared", "estimated", "both"] = DECLARED  # pyright: ignore[reportIncompatibleVariableOverride]
    """Which count of two measures' declared and estimated influences; both looks twice and compares."""

    @property
    def counting(self) -> Counting:
        """Which influences count of those findings that are listed."""
        return DECLARED if self.evidence == "both" else self.evidence


class AgendaOptions(Search):
    """What is asked of the conversations that reach most of a system's conflicts."""

    meetings: Annotated[int, Field(ge=1), WHOLE] = 5
    """How many conversations there are to be at most."""
    kinds: tuple[Kind, ...] | None = None
    """Which kinds of conflict are to be reached; blank is all."""
    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""
    solver: How = CHOICE
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""
