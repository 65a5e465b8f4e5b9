"""What each body keeps, takes on and gives up, how far tiers then work to the same measures, and how far one can go."""

from __future__ import annotations

from typing import Literal

from alignment.models.fields import Noun
from alignment.models.system.measures import Sense

Named = Literal["careful", "bold", "radical"]
"""Sets that stand side by side: nothing good for people is lost; more is weighed; few measures."""


class Adopter(Noun):
    """What a body works to once the set is agreed."""

    agency: str
    """The body, by id."""
    agency_name: str
    """What people call it."""
    keeps: tuple[str, ...]
    """Measures that it is judged on today and that are kept, by id."""
    keeps_names: tuple[str, ...]
    """What people call them."""
    takes_on: tuple[str, ...]
    """Kept measures that serve its duties best, and that it is not judged on today, by id."""
    takes_on_names: tuple[str, ...]
    """What people call them."""
    gives_up: tuple[str, ...]
    """Measures that it is judged on today and that are not kept, by id."""
    gives_up_names: tuple[str, ...]
    """What people call them."""


class TierShare(Noun):
    """How far two tiers work to the same measures, today and with the set."""

    a: str
    """The tier nearer to where accountability ends, by id."""
    a_name: str
    """What people call it."""
    b: str
    """The other, by id."""
    b_name: str
    """What people call it."""
    today: float | None
    """Measures that both work to over those that either does (Jaccard). No unit, 0 to 1; blank where there are none."""
    proposed: float | None
    """The same once the set is agreed."""


class TierHolders(Noun):
    """Who works to a kept measure, at one tier."""

    tier: str | None
    """The tier, by id; blank is of agencies without one."""
    tier_name: str | None
    """What people call it."""
    agencies: tuple[str, ...]
    """Its agencies that keep the measure or take it on, by id."""
    agency_names: tuple[str, ...]
    """What people call them."""


Basis = Literal["agreed", "latest date", "shared value", "median"]
"""Where one target comes from: all say the same; only dates differ; shared so that all can be met; the median."""


class OneTarget(Noun):
    """The one target that all who work to a kept measure could share."""

    sense: Sense
    """What it asks for."""
    value: float | None
    """The level, or the size of a change. Unit: the measure's; blank is a way alone."""
    upper: float | None = None
    """The upper end of a band. Unit: the measure's."""
    due: str | None
    """When it is due: the latest of today's dates."""
    basis: Basis
    """Where it comes from; all but an agreed one are proposals to negotiate."""
    today: tuple[str, ...]
    """What is asked for today, in words, the most held first."""
    sentence: str
    """All of it in a sentence."""


class SetSize(Noun):
    """A set in a few figures, beside others."""

    name: Named
    """How far it goes."""
    measures: int
    """How many measures it keeps. Unit: measures."""
    gone: int
    """How many of today's it lets go. Unit: measures."""
    conflict: float
    """Residual conflict. Sum of severities."""
    unsaid: float
    """What is said today and no longer. Weights of targets."""
    lost: float
    """The part of it that people's targets say and nothing kept says. Weights of targets."""
    largest_loss: float
    """The largest loss of voice of any agency. No unit, 0 to 1."""
    protect: bool
    """Whether people's targets come first."""
    worth: float
    """What keeping one measure costs in it. Full targets."""
    kept: tuple[str, ...]
    """Its measures, by id."""
    kept_names: tuple[str, ...]
    """What people call them."""
    proven: bool
    """Whether no set is better by this yardstick."""
