"""Who there is: tiers, agencies, whom they answer to, the people they serve."""

from __future__ import annotations

from typing import ClassVar, Literal

from alignment.models.fields import (
    AgencyId,
    Count,
    Id,
    MeasureId,
    NotNegative,
    Number,
    PopulationId,
    Positive,
    Row,
    Share,
    Text,
    TierId,
)


class Tier(Row):
    """A level of authority."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The tier's id."""
    name: Text
    """What people call it."""
    level: Number
    """0 where accountability ends (voters, Parliament); larger is nearer the front line. No unit."""
    parent: TierId | None = None
    """The tier above it."""


class Agency(Row):
    """A body on a tier."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The agency's id."""
    name: Text
    """What people call it."""
    tier: TierId | None = None
    """The level of authority it stands on."""
    sector: Text | None = None
    """The sector it belongs to, such as NHS or local government."""
    kind: Text | None = None
    """What sort of body it is."""
    represents: Positive | None = None
    """How many like bodies the row stands for. Unit: bodies; blank is 1."""
    power: Positive | None = None
    """Its weight where fairness between agencies is measured. No unit; blank is 1."""
    effort: NotNegative | None = None
    """How much it can move all measures together in the period. Unit: steps; blank is no limit."""
    needs: Count | None = None
    """How many measures of a set it has to see itself in. Unit: measures; blank is what is asked for all."""


class Accountability(Row):
    """Who answers to whom."""

    key: ClassVar[tuple[str, ...]] = ("agency", "answers_to", "kind")

    agency: AgencyId
    """The agency that answers."""
    answers_to: AgencyId
    """The agency it answers to."""
    kind: Literal["statutory", "contractual", "electoral", "regulatory", "financial", "partnership"] | None = None
    """What the line of accountability rests on."""


class Population(Row):
    """A group of people a measure is about."""

    key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id
    """The population's id."""
    name: Text
    """What people call it."""
    parent: PopulationId | None = None
    """The larger population that contains it."""


class PathwayStep(Row):
    """One step of a person's journey through services."""

    key: ClassVar[tuple[str, ...]] = ("pathway", "step", "agency", "measure", "population")

    pathway: Id
    """The journey."""
    step: Number
    """Where in the journey the step stands. No unit."""
    agency: AgencyId
    """The agency that the person meets."""
    measure: MeasureId | None = None
    """The measure of what happens there."""
    population: PopulationId | None = None
    """Whom the step is about; blank is everyone."""


class Relationship(Row):
    """How well two agencies work together (Glendinning 2003), each ingredient from 0 to 1."""

    key: ClassVar[tuple[str, ...]] = ("agency_a", "agency_b")

    agency_a: AgencyId
    """One of the two agencies."""
    agency_b: AgencyId
    """The other."""
    networks: Share | None = None
    """Close professional networks. No unit, 0 to 1."""
    obligation: Share | None = None
    """A sense of long-term obligation. No unit, 0 to 1."""
    reciprocity: Share | None = None
    """Little concern for getting something back. No unit, 0 to 1."""
    trust: Share | None = None
    """Mutual trust. No unit, 0 to 1."""
    core_business: Share | None = None
    """Joint work counts as core business. No unit, 0 to 1."""
