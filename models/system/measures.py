"""What people are judged by: outcomes, measures, what measures speak for, targets."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from alignment.models.fields import (
    AgencyId,
    CollectionId,
    Id,
    MeasureId,
    Moment,
    NotNegative,
    Number,
    OutcomeId,
    PopulationId,
    Positive,
    Row,
    Share,
    Text,
    TierId,
    TierIds,
    Year,
)

Dimension = Literal["experience", "outcomes", "resource-use"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("experience", "outcomes", "resource-use")


class Outcome(Row):
    """Something that matters to people."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The outcome's id."""
    name: Text
    """What people call it."""
    dimension: Dimension | None = None
    """Whether it is about people's experience, outcomes, or the use of resources."""
    success: Text | None = None
    """What success would look like at the review, in words."""
    failure: Text | None = None
    """What failure would look like at the review, in words."""
    review_year: Year | None = None
    """When it is looked at. Unit: calendar year."""
    owner_tier: TierId | None = None
    """The tier that owns it."""


class Measure(Row):
    """A quantity somebody is judged on."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The measure's id."""
    name: Text
    """What people call it."""
    outcome: OutcomeId | None = None
    """The outcome it captures in full (validity 1)."""
    direction: Literal["higher", "lower", "in-range", "none"] | None = None
    """Which way is better for people."""
    unit: Text | None = None
    """The unit of its values."""
    baseline: Number | None = None
    """Where it stands today. Unit: the measure's."""
    floor: Number | None = None
    """The least value it can take. Unit: the measure's."""
    ceiling: Number | None = None
    """The largest value it can take. Unit: the measure's."""
    step: Positive | None = None
    """One meaningful change. Unit: the measure's."""
    population: PopulationId | None = None
    """Whom it is about; blank is everyone."""
    collection: CollectionId | None = None
    """The return or survey it comes from."""
    cost: NotNegative | None = None
    """The burden of the measure itself. Unit: the same for every measure and collection of the system."""
    statutory: bool | None = None
    """Whether the law wants it reported whatever is proposed."""
    aggregate: Literal["mean", "sum"] | None = None
    """How a tier's reading comes from those of the tier below; blank is neither."""
    reported_at: TierIds | None = None
    """The tiers at which it can be read; blank is all."""
    recorded_by: AgencyId | None = None
    """The agency that takes the reading."""
    perspective: Literal["person", "organisation"] | None = None
    """Whose view it takes."""
    framework: Text | None = None
    """The framework it was published in."""
    ref: Text | None = None
    """Its number in that framework."""
    numerator: Text | None = None
    """What is counted or added up, in the words of its definition."""
    denominator: Text | None = None
    """What that is divided by, in the words of its definition; blank where it is divided by nothing or not known."""
    window: Text | None = None
    """The time within which it is counted, such as 12 months to March."""


class Capture(Row):
    """A further outcome that a measure speaks for."""

    key: ClassVar[tuple[str, ...]] = ("measure", "outcome")

    measure: MeasureId
    """The measure."""
    outcome: OutcomeId
    """The outcome, other than the measure's own."""
    validity: Share
    """How well the measure speaks for it. No unit, 0 to 1."""


class Overlap(Row):
    """What is known of two measures' definitions."""

    key: ClassVar[tuple[str, ...]] = ("measure_a", "measure_b")

    measure_a: MeasureId
    """One of the two measures; of a part and a whole, the part."""
    measure_b: MeasureId
    """The other."""
    kind: Literal["same", "part", "shared", "complementary", "distinct"]
    """How the definitions relate: one definition, the first a part of the second, an overlap, two sides of one thing,
    or never one for the other."""
    share: Share | None = None
    """How far the definitions coincide; of a part, how much of the whole it is. No unit, 0 to 1."""


class Collection(Row):
    """A return or survey that several measures come from."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The collection's id."""
    name: Text
    """What people call it."""
    cost: NotNegative | None = None
    """Its burden, paid once. Unit: that of the measures' costs."""


Sense = Literal["at_least", "at_most", "between", "increase", "decrease", "hold"]


class Target(Row):
    """One agency's wish for one measure."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    agency: AgencyId
    """The agency that wants it."""
    measure: MeasureId
    """The measure it is about."""
    sense: Sense
    """How the value is to be read; of hold, how much worse is allowed."""
    id: Id | None = None
    """The target's id."""
    value: Number | None = None
    """The level wanted, the size of the change, or the margin of a hold (blank is 0). Unit: the measure's."""
    upper: Number | None = None
    """The upper end of a band (sense between). Unit: the measure's."""
    for_agency: AgencyId | None = None
    """The agency that has to deliver it; blank is the agency itself."""
    start: Moment | None = None
    """When it begins to hold. A year or an ISO date; blank is always."""
    due: Moment | None = None
    """When it has to be met. A year or an ISO date; blank is always."""
    population: PopulationId | None = None
    """Whom it is about; blank is whom the measure is about."""
    weight: Annotated[float, Field(ge=1e-6, le=1)] | None = None
    """How much it matters to the agency. No unit, a millionth to 1; blank is 1."""
    revealed: bool | None = None
    """Whether it was inferred from behaviour rather than published."""

    @property
    def deliverer(self) -> str:
        """The agency that has to deliver it."""
        return self.for_agency or self.agency


class Level(Row):
    """Today's level of a measure at one agency, where it differs from the measure's baseline.

    A target uses the level of the agency that has to deliver it, else the measure's baseline. Of several periods the
    row without one counts; else the one that begins last of those that begin in the year of `about` or before it.
    """

    key: ClassVar[tuple[str, ...]] = ("measure", "agency", "period")

    measure: MeasureId
    """The measure."""
    agency: AgencyId
    """The agency at which it was read."""
    value: Number
    """Where it stands there today. Unit: the measure's."""
    period: Moment | None = None
    """When it was read. A year or an ISO date; blank is today."""
