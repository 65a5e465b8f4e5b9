"""The system as a whole: who hinders whom, the map, how far to go, and what each lens says."""

from __future__ import annotations

from alignment.wording import upper_first

from . import figures
from .markup import Markup, element, paragraph, section
from .material import Material
from .set_told import sizes


def hindering(told: Material) -> Markup:
    """Who hinders whom: tiers as a matrix, then the bodies that hinder another most."""
    value = told.tiers.value
    return section(
        "hindering",
        "Who hinders whom",
        paragraph("No targets are known to meet.") if value is None else paragraph(_overall(value)),
        figures.pulls_by_tier(told),
        figures.pulls_by_body(told),
    )


def _overall(value: float) -> str:
    against = (1 - value) / 2
    return f"Of all push that targets give to what somebody wants, {against:.0%} goes against it."


def drawn(told: Material) -> Markup:
    """The map of tiers, bodies, measures and outcomes."""
    return section("map", "Who is judged on what", figures.layered_map(told))


def how_far(told: Material) -> Markup | None:
    """Other sets than the proposed one, and what a handful of measures can do."""
    if told.proposal is None:
        return None
    return section(
        "far",
        "How far to go",
        paragraph("The proposed set is one choice. It follows from the yardstick; a bolder one keeps fewer measures."),
        sizes(told.proposal),
        figures.ladder(told),
        element("h3", "What a handful of measures can do"),
        figures.served(told),
    )


def lenses(told: Material) -> Markup | None:
    """What each lens says that can answer."""
    rows = [row for row in told.lenses.lenses if not row.needs]
    parts = [
        part
        for row in rows
        for part in (element("dt", upper_first(row.question)), element("dd", told.said(row.paragraph)))
    ]
    return section("lenses", "Questions that are asked of joined-up care", element("dl", *parts)) if parts else None
