"""What pushes on what: influences, controls, incentives, resources, readings, money."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from alignment.models.fields import (
    AgencyId,
    Id,
    MeasureId,
    Moment,
    NotNegative,
    Number,
    ResourceId,
    Row,
    Share,
    Text,
    Year,
)

Certainty = Literal["strong", "moderate", "weak", "contested"]


class Influence(Row):
    """The signed effect of moving one measure on another: value on value."""

    # Parallel rows add up, so only a row repeated word for word is a mistake.
    key: ClassVar[tuple[str, ...]] = ()

    source_measure: MeasureId
    """The measure that is moved."""
    target_measure: MeasureId
    """The measure that moves with it."""
    strength: Annotated[float, Field(ge=-3, le=3)] | None = None
    """From -3 (cancelling) to 3 (indivisible); positive means that the two move together. No unit."""
    effect: Number | None = None
    """Steps of the second measure per step of the first; wins over strength. Unit: steps per step."""
    effect_se: NotNegative | None = None
    """Standard error of the effect. Unit: steps per step."""
    lag_years: NotNegative | None = None
    """How long it takes. Unit: years."""
    certainty: Certainty | None = None
    """How sure the evidence is; blank counts as moderate."""
    origin: Literal["declared", "expert", "estimated", "arithmetic"] | None = None
    """Where the claim comes from."""
    evidence: Text | None = None
    """What was found, in words."""

    @property
    def steps(self) -> float:
        """Steps of the target measure per step of the source measure."""
        if self.effect is not None:
            return self.effect
        return (self.strength or 0.0) / 3


class Control(Row):
    """How much of a measure's movement an agency can bring about."""

    key: ClassVar[tuple[str, ...]] = ("agency", "measure")

    agency: AgencyId
    """The agency."""
    measure: MeasureId
    """The measure."""
    share: Share
    """The part it can bring about. No unit, 0 to 1; per measure at most 1 in all."""


class Incentive(Row):
    """Money or standing that depends on how a measure moves."""

    key: ClassVar[tuple[str, ...]] = ()

    payer: AgencyId
    """Who pays; for a penalty, who withholds."""
    payee: AgencyId
    """Who is paid; for a penalty, who bears it."""
    measure: MeasureId
    """The measure it depends on."""
    pays_for: Literal["increase", "decrease", "target"]
    """The movement that leaves the payee better off."""
    rate: Number | None = None
    """Money per unit moved. Unit: as in `unit`."""
    at_risk: Number | None = None
    """Money lost or gained on the whole. Unit: as in `unit`."""
    unit: Text | None = None
    """What the money is counted in."""
    basis: Literal["activity", "penalty", "grant", "bonus", "threat", "cap"] | None = None
    """What sort of incentive it is."""
    start: Moment | None = None
    """When it begins. A year or an ISO date; blank is always."""
    due: Moment | None = None
    """When it ends. A year or an ISO date; blank is always."""


class Resource(Row):
    """Something limited that moving a measure uses or frees."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The resource's id."""
    name: Text
    """What people call it."""
    unit: Text | None = None
    """What it is counted in."""
    capacity: Number | None = None
    """The cap: no more can be used. Unit: the resource's."""
    floor: Number | None = None
    """The ring-fence: at least this much must be used. Unit: the resource's."""
    in_use: Number | None = None
    """What is used today. Unit: the resource's; blank is 0, marked as assumed."""
    owner: AgencyId | None = None
    """The agency that pays for it."""
    limited: bool | None = None
    """Whether it is known to be full even where no number is given."""


class Draw(Row):
    """What moving a measure one step does to a resource; the opposite move does the opposite."""

    key: ClassVar[tuple[str, ...]] = ("measure", "resource", "moving")

    measure: MeasureId
    """The measure that moves."""
    resource: ResourceId
    """The resource it draws on."""
    moving: Literal["up", "down"]
    """Which way the measure moves."""
    per_step: Number | None = None
    """Units of the resource used per step; negative frees them. Unit: the resource's per step."""
    uses: Literal["yes", "frees"] | None = None
    """Whether the move uses the resource or frees it, where the amount is not known; blank is yes."""

    def use_when(self, wish: int) -> float:
        """What one step towards a wish (+1 or -1) uses; only the sign counts without `per_step`."""
        along = wish if self.moving == "up" else -wish
        size = self.per_step if self.per_step is not None else (-1.0 if self.uses == "frees" else 1.0)
        return along * size


class Reading(Row):
    """A measure read at one place in one period."""

    key: ClassVar[tuple[str, ...]] = ("measure", "area", "period")

    measure: MeasureId
    """The measure."""
    area: Text
    """The place."""
    period: Text
    """The period, in the publisher's words."""
    value: Number
    """The reading. Unit: the measure's."""


class Finance(Row):
    """What aligning would cost and save an agency in one year."""

    key: ClassVar[tuple[str, ...]] = ("agency", "item", "year")

    agency: AgencyId
    """The agency that pays or gains."""
    item: Text
    """What the money is for; a measure's id where it is for moving that measure."""
    year: Year
    """When. Unit: calendar year."""
    cost: NotNegative
    """What it pays. Unit: the system's currency."""
    saving: NotNegative
    """What it saves. Unit: the system's currency."""
