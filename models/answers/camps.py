"""A split into camps, and how sure it is."""

from __future__ import annotations

from typing import Literal

from alignment.models.answers.answer import Document
from alignment.models.fields import Noun
from alignment.models.stopping import Stopped


class CampRelation(Noun):
    """Two that are for or against each other."""

    a: str
    """The first: an agency or tier by id, a sector, or a name."""
    a_name: str
    """What people call it."""
    b: str
    """The other."""
    b_name: str
    """What people call it."""
    help: float | None = None
    """How much they help each other, both ways together. Sum of weighted effects; blank where edges were given."""
    hinder: float | None = None
    """How much they hinder each other, both ways together. Sum of weighted effects; blank where edges were given."""
    alignment: float | None = None
    """(help - hinder) / (help + hinder). No unit, -1 to 1, not 0; blank where edges were given."""
    weight: float
    """What it counts: above 0 for, below 0 against each other."""
    against: bool
    """Whether it goes against the grain: for each other in different camps, or against each other in one."""
    sentence: str
    """What it says, in words."""


class CampSplit(Document):
    """The split into camps with the least against the grain, and how sure that is."""

    system: str | None
    """The hash of the system; blank where edges were given."""
    by: Literal["agency", "tier", "sector"] | None
    """What is split; blank where edges were given."""
    k: int
    """The most camps."""
    count: Literal["relations", "effects"]
    """Whether each relation counts 1, or by its weight."""
    camps: tuple[tuple[str, ...], ...]
    """Who is in each camp, in order; the first camp has the first name."""
    camp_names: tuple[tuple[str, ...], ...]
    """What people call them."""
    alone: tuple[str, ...]
    """Those without any relation; they could be in any camp."""
    alone_names: tuple[str, ...]
    """What people call them."""
    index: float
    """How many relations go against the grain, or what they weigh: the frustration index."""
    bound: float
    """No split has less."""
    with_grain: float
    """The share of all relations, or of their weight, that goes with the grain. No unit, 0 to 1."""
    proven: bool
    """Whether the index is proved to be the least."""
    unique: bool | None
    """Whether no other split of any connected part is as good; blank where that is not known."""
    first: bool
    """Whether it is proved that no split as good comes before it, by name."""
    parts: int
    """How many connected parts there are; which camp of one goes with which of another says nothing."""
    stopped: Stopped
    """Why the search ended."""
    neutral: int | None
    """How many pairs help each other exactly as much as they hinder each other; blank where edges were given."""
    relations: tuple[CampRelation, ...]
    """The relations, those against the grain first."""
