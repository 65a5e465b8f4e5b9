"""What can be asked of an aligned set."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from alignment.models.fields import Noun


def _ids(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _word_or_ids(value: Any) -> Any:
    if isinstance(value, str):
        return value if value in WORDS else (value,)
    return value[0] if isinstance(value, list | tuple) and len(value) == 1 and value[0] in WORDS else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


WORDS: Final = ("all", "targeted")
"""What can be said of candidates in a word."""

Ids = Annotated[tuple[str, ...], BeforeValidator(_ids)]

Factors = dict[str, Annotated[float, Field(gt=0, le=1)]]

Powers = dict[str, Annotated[float, Field(ge=1e-9, le=1e12, allow_inf_nan=False)]]


class Options(Noun):
    """What is asked of an aligned set. Every field has a default that suits most systems."""

    theta: Annotated[float, Field(gt=0, le=1)] = 0.6
    """How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1."""
    breadth: Literal["population", "outcome"] = "population"
    """Whether duties are told apart by population; "outcome" gives a smaller, coarser set."""
    balance: bool = True
    """Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources."""
    voice: Annotated[float, Field(ge=0, le=1)] = 0.0
    """The share of the duties that its own measures serve today which no agency may fall below. 0 to 1."""
    sway: Annotated[float, Field(gt=0, le=1)] | None = None
    """The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit."""
    order: Literal["conflict-first", "burden-first"] = "conflict-first"
    """Whether little conflict or little burden matters more."""
    price: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)] | None = None
    """What one unit of residual conflict is worth in burden; both become one sum. 0 to 10,000; blank: two stages."""
    keep: Ids = ()
    """Measures that must be kept, by id."""
    drop: Ids = ()
    """Measures that must not be kept, by id."""
    keep_statutory: bool = False
    """Whether people go on being judged on every measure that the law wants reported."""
    candidates: Annotated[Literal["all", "targeted"] | tuple[str, ...], BeforeValidator(_word_or_ids)] = "all"
    """Which measures can be kept: all; only those that somebody has a target on today; or those named, by id."""
    local_choice: Annotated[int, Field(ge=0)] = 0
    """How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures."""
    weights: Factors = {}  # noqa: RUF012 - pydantic copies it
    """What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1."""
    power: Powers = {}  # noqa: RUF012
    """The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0."""
    achievable: bool = False
    """Whether the targets on the kept measures must all be able to be met together."""
    max_concession: Annotated[float, Field(ge=0, le=1e6)] = 0.0
    """How far short of its wish any target may settle, where all must be able to be met. Unit: steps."""
    tolerance: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] = 0.2
    """Net effects up to this are no conflict. Unit: steps per step."""
    steps: Annotated[int, Field(ge=0)] = 2
    """The longest walk of influences that counts; 0 is all. Unit: influences."""
    decay: Annotated[float, Field(gt=0, le=1)] = 0.5
    """What each further influence of a walk is multiplied by. Above 0 to 1."""
    time_limit: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60.0
    """How long to search; after that the best set found is given, marked as unproven. Unit: seconds."""
    solver: Literal["highs", "cbc", "race"] = "highs"
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""
