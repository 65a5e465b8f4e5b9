"""What can be asked of an aligned set."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field

from alignment.models.fields import FrozenDict, FrozenMapping, Refers

from .conflicts import TOLERANCE, Tolerance
from .fields import CHOICE, REAL, WHOLE, How, Ids, Powers, Reach, Search, Seconds, Share, listed


def _word_or_ids(value: Any) -> Any:
    if isinstance(value, str) and value in WORDS:
        return value
    words = listed(value)
    return words[0] if isinstance(words, list | tuple) and len(words) == 1 and words[0] in WORDS else words  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


WORDS: Final = ("all", "targeted")
"""What can be said of candidates in a word."""

Factor = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL]
"""What a target counts for."""

Factors = Annotated[FrozenMapping[str, Factor], Refers("agencies"), Refers("targets")]
"""What targets count for, by id of an agency or of a target."""


class Options(Search):
    """What is asked of an aligned set. Every field has a default that suits most systems."""

    theta: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.6
    """How well a measure must speak for an outcome before it counts as serving it. Validity, above 0 to 1."""
    breadth: Literal["population", "outcome"] = "population"
    """Whether duties are told apart by population; "outcome" gives a smaller, coarser set."""
    balance: bool = True
    """Whether each tier keeps a measure of people's experience, of outcomes and of the use of resources."""
    voice: Share = 0.0
    """The share of the duties that its own measures serve today which no agency may fall below. 0 to 1."""
    sway: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] | None = None
    """The largest share of the kept measures that may be any one agency's own. Above 0 to 1; blank is no limit."""
    order: Literal["toll", "conflict-first", "burden-first"] = "toll"
    """Whether conflict, what is left unsaid and burden weigh against each other, or conflict or burden comes first."""
    worth: Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False), REAL] = 2.0
    """What keeping one measure costs in the toll. In full targets left unsaid, 0 to 1,000."""
    protect: bool = True
    """Whether people's targets are said first, before the toll is looked at."""
    said: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.5
    """How far a kept measure must say what a retired one said before that counts as said. Above 0 to 1."""
    ground: Literal["sight", "outcome"] = "sight"
    """Whether a body must see itself in a measure before it serves its duty; "outcome" takes any of the outcome."""
    sight: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False), REAL] = 0.1
    """The control share of a measure with which a body sees itself in it. Above 0 to 1."""
    horizon: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False), REAL] = 5.0
    """The years after which what is done no longer shows in a measure in time to stand in for another."""
    needs: Annotated[int, Field(ge=0), WHOLE] = 0
    """How many kept measures each body has to see itself in, where agencies do not say. Unit: measures."""
    at_most: Annotated[int, Field(ge=0), WHOLE] | None = None
    """The most measures that may be kept; blank is no limit. Unit: measures."""
    price: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False), REAL] | None = None
    """What one unit of residual conflict is worth in burden: both become one sum, in place of the toll. 0 to 10,000."""
    keep: Ids = ()
    """Measures that must be kept, by id."""
    drop: Ids = ()
    """Measures that must not be kept, by id."""
    keep_statutory: bool = False
    """Whether people go on being judged on every measure that the law wants reported."""
    candidates: Annotated[
        Literal["all", "targeted"] | tuple[str, ...], BeforeValidator(_word_or_ids), Refers("measures")
    ] = "all"
    """Which measures can be kept: all; only those that somebody has a target on today; or those named, by id."""
    local_choice: Annotated[int, Field(ge=0), WHOLE] = 0
    """How many further measures of its own each agency may go on with, where that adds no conflict. Unit: measures."""
    weights: Factors = FrozenDict()
    """What targets count for, times their own weight, by id of an agency or key of a target. Above 0 to 1."""
    power: Powers = FrozenDict()
    """The power of agencies, by id, instead of that in the table: whose loss of voice counts most. Above 0."""
    achievable: bool = False
    """Whether the targets on the kept measures must all be able to be met together."""
    max_concession: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False), REAL] = 0.0
    """How far short of its wish any target may settle, where all must be able to be met. Unit: steps."""
    reach: Reach | None = None
    """How far an agency can push a measure, where all must be met; blank: floor to ceiling, or 10. Unit: steps."""
    tolerance: Tolerance = TOLERANCE
    """Net effects up to this are no conflict. Unit: steps per step."""
    time_limit: Seconds = 60.0
    """How long to search; after that the best set found is given, marked as unproven. Unit: seconds."""
    solver: How = CHOICE
    """Who searches: HiGHS in this process, CBC as a child process, or both at once, where the first proof wins."""

    @property
    def of_set(self) -> Options:
        """What is asked of the set alone, without what a verb asks besides."""
        return (
            self if type(self) is Options else Options(**{name: getattr(self, name) for name in Options.model_fields})
        )


class CheckOptions(Options):
    """A set of measures, and what is asked of it."""

    measures: Ids
    """The measures that people would be judged on, by id."""


class WhyOptions(Options):
    """Which measures to explain, and what is asked of the set."""

    measures: Ids | None = None
    """The measures to explain, by id; blank is all."""


class AlternativeOptions(Options):
    """How good other sets have to be, and what is asked of them."""

    within: Share = 0.0
    """By what share conflict and burden may be worse than the best; 0 is as good in every stage. 0 to 1."""
    limit: Annotated[int, Field(ge=1), WHOLE] = 20
    """How many sets to look for."""


class FrontierOptions(Options):
    """How many points to look for, and what is asked of the sets."""

    # A price chooses one point of the frontier: who looks at all of them names none.
    price: ClassVar[None] = None  # pyright: ignore[reportIncompatibleVariableOverride]
    limit: Annotated[int, Field(ge=2), WHOLE] = 100
    """How many points to look for, both ends among them."""


class CoverageOptions(Options):
    """How many measures to try, and what is asked of the duties that they serve."""

    # Duties alone are counted: what a set leaves in conflict or unsaid, costs and silences is not asked.
    balance: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]
    voice: ClassVar[float] = 0.0  # pyright: ignore[reportIncompatibleVariableOverride]
    sway: ClassVar[None] = None  # pyright: ignore[reportIncompatibleVariableOverride]
    order: ClassVar[Literal["toll"]] = "toll"  # pyright: ignore[reportIncompatibleVariableOverride]
    worth: ClassVar[float] = 2.0  # pyright: ignore[reportIncompatibleVariableOverride]
    protect: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]
    said: ClassVar[float] = 0.5  # pyright: ignore[reportIncompatibleVariableOverride]
    horizon: ClassVar[float] = 5.0  # pyright: ignore[reportIncompatibleVariableOverride]
    needs: ClassVar[int] = 0  # pyright: ignore[reportIncompatibleVariableOverride]
    price: ClassVar[None] = None  # pyright: ignore[reportIncompatibleVariableOverride]
    local_choice: ClassVar[int] = 0  # pyright: ignore[reportIncompatibleVariableOverride]
    power: ClassVar[FrozenDict[str, float]] = FrozenDict()  # pyright: ignore[reportIncompatibleVariableOverride]
    achievable: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]
    max_concession: ClassVar[float] = 0.0  # pyright: ignore[reportIncompatibleVariableOverride]
    at_most: Annotated[int, Field(ge=1), WHOLE] | None = None
    """The largest number of measures to try; blank is until nothing more can be served. Unit: measures."""


class ViewOptions(Options):
    """Whose page to write, and what is asked of the set that it tells of."""

    agency: Annotated[str, Refers("agencies")]
    """The organisation, by id, or by its name where only one bears it."""
    measures: Ids | None = None
    """The set, by id; blank is the proposed one."""
