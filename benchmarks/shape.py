"""What a made-up national system is like: families of like bodies, populations, scales, how a measure is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alignment.models import Agency, Measure

Bodies = dict[str, list[Agency]]
"""The agencies of each family."""

TIERS: Final = ("people", "national", "regional", "local", "provider")


@dataclass(frozen=True)
class Family:
    """Like bodies: the same duties, the same measures, and nearly the same targets."""

    name: str
    tier: str
    sector: str
    share: float
    """Of all agencies."""
    masters: tuple[str, ...] = ()
    """The families that set targets for it, and that it answers to."""


FAMILIES: Final = (
    Family("electorate", "people", "public", 0.01),
    Family("department", "national", "central government", 0.02, ("electorate",)),
    Family("regional-team", "regional", "health", 0.03, ("department",)),
    Family("commissioner", "local", "health", 0.16, ("regional-team", "department")),
    Family("council", "local", "local government", 0.30, ("department",)),
    Family("acute-trust", "provider", "health", 0.25, ("commissioner", "regional-team")),
    Family("community-trust", "provider", "health", 0.13, ("commissioner", "council")),
    Family("housing-association", "provider", "voluntary", 0.10, ("council",)),
)
JUDGED: Final = tuple(family for family in FAMILIES if family.tier != "people")

POPULATIONS: Final = (
    ("everyone", None),
    *(("children", "everyone"), ("adults", "everyone"), ("older-people", "adults"), ("carers", "adults")),
    *(("under-fives", "children"), ("pupils", "children"), ("teenagers", "pupils"), ("in-care", "children")),
    *(("frail", "older-people"), ("with-dementia", "older-people"), ("discharged", "older-people")),
    *(("disabled", "adults"), ("long-term-ill", "adults"), ("diabetic", "long-term-ill"), ("homeless", "adults")),
    *(("maternity", "adults"), ("tenants", "adults"), ("job-seekers", "adults"), ("rural", "everyone")),
    *(("coastal", "rural"), ("inpatients", "everyone"), ("attenders", "everyone"), ("waiting", "everyone")),
)
"""Id and parent."""

SCALES: Final = (
    *(("%", 0.0, 100.0, 1.0, (35.0, 95.0)), ("days", 0.0, None, 0.5, (4.0, 60.0))),
    *(("per 100000", 0.0, None, 20.0, (200.0, 4000.0)), ("score", 0.0, 10.0, 0.1, (3.0, 9.0))),
    ("GBP m", 0.0, None, 2.0, (20.0, 400.0)),
)
"""Unit, floor, ceiling, step, and where a baseline lies."""

YEARS: Final = ("2026", "2027", "2028")
WEIGHTS: Final = (None, None, 0.6, 0.6, 0.3)


@dataclass(frozen=True)
class Plan:
    """How a measure is used: the plan that its targets follow."""

    measure: Measure
    level: float
    """Where it stands, known or not."""
    step: float
    families: tuple[str, ...]
    number: int
    """How many targets are on it."""
    reach: int
    """How many steps the national value lies beyond today."""
    dissent: str | None
    """A family that wants it the other way."""
    own_values: bool
    """Whether every body has a value of its own, not one of a few."""


def title(name: str) -> str:
    """A name for people."""
    return name.replace("-", " ").capitalize()


def master(bodies: Bodies, family: str, at: int) -> Agency:
    """The body of a family that stands above a body of that number: they are dealt out in turn."""
    above = bodies[family]
    return above[at % len(above)]
