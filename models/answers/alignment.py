"""Who helps and who hinders whom, and whether that is good for people."""

from __future__ import annotations

from alignment.models.fields import Noun
from alignment.models.options.fields import Group

from .answer import Document


class Pull(Noun):
    """What the targets of one group do to the wishes of another."""

    a: str
    """Whose targets push: an agency or tier by id, a sector by name, or "system"."""
    a_name: str
    """What people call them."""
    b: str
    """On whose wishes they push."""
    b_name: str
    """What people call them."""
    help: float
    """How much they help. Sum of weighted effects."""
    hinder: float
    """How much they hinder. Sum of weighted effects."""
    alignment: float | None
    """(help - hinder) / (help + hinder). No unit, -1 to 1."""


class AgencyCongruity(Noun):
    """How well what an agency is judged on matches what is good for people."""

    agency: str
    """The agency, by id."""
    name: str
    """What people call it."""
    congruity: float | None
    """The cosine between the two. No unit, -1 to 1; blank where nothing it is judged on moves anything."""


class AlignmentTable(Document):
    """How far groups of agencies help or hinder each other, and whether what they are judged on is good for people."""

    system: str
    """The hash of the system."""
    by: Group | None
    """What the groups are; blank is the whole system as one."""
    groups: tuple[str, ...]
    """The groups, in order."""
    value: float | None
    """The alignment of everybody with everybody. No unit, -1 to 1; blank when nothing meets."""
    pairs: tuple[Pull, ...]
    """The pairs of groups that touch each other, the most hindered first."""
    congruity: tuple[AgencyCongruity, ...]
    """Each agency with targets, the least congruent first."""
    reach: float | None
    """The share of what is good for people that judging on these measures can reach. No unit, 0 to 1."""


class CongruityTable(Document):
    """How well what people are judged on matches what is good for people."""

    system: str
    """The hash of the system."""
    agencies: tuple[AgencyCongruity, ...]
    """Each agency with targets, the least congruent first."""
    reach: float | None
    """The share of what is good for people that judging on the set can reach. No unit, 0 to 1."""
