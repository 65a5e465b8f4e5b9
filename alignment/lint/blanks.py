"""Blanks that decide an answer: outcome, direction, baseline, the year; and targets that are met already."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alignment.models.answers.advice import Hint
from alignment.models.fields import last_day, last_year
from alignment.wording import count, names, verb

from .material import Bears, Material, Place, Words, quotes


def no_outcome(material: Material) -> Iterator[Hint]:
    """Targeted measures whose outcome is not known."""
    found = [at for at in material.on if not material.index.validity[at]]
    if not found:
        return
    rows, every = material.measures(found), len(found) == len(material.on)
    number = len(found)
    what = "No targeted measure has an outcome." if every else f"{_with(number, 'no outcome')}: {quotes(rows)}."
    why = (
        "no body answers for anything then, so no set can be proposed."
        if every
        else f"{verb(number, 'it is', 'they are')} never judged: no duty, neither kept for people nor called retired."
    )
    remedy = "say in outcome what each is for, as a row of outcomes; several may share one."
    yield material.hint(
        "no-outcome",
        Words(what, why, remedy),
        Place("measures", "outcome", rows),
        Bears(material.targets_on(found), ("duties", "standing", "conflicts"), ("unowned", "duplicate")),
    )


def _with(number: int, lack: str) -> str:
    return f"{count(number, 'targeted measure has', 'targeted measures have')} {lack}"


def no_direction(material: Material) -> Iterator[Hint]:
    """Targeted measures of which nobody says which way is better."""
    found = [at for at in material.on if material.index.measures[at].direction is None]
    if found:
        rows = material.measures(found)
        yield material.hint(
            "no-direction",
            Words(
                f"{_with(len(found), 'no direction')}: {quotes(rows)}.",
                "what is not known to be good for people is not kept for people, serves no other body's duty, and "
                "harm to it counts only where somebody has a wish for it.",
                "write higher, lower or in-range; none where no way is better.",
            ),
            Place("measures", "direction", rows),
            Bears(
                material.targets_on(found),
                ("conflicts", "duties", "standing"),
                ("against-people", "unguarded", "spillover"),
            ),
        )


def direction_none(material: Material) -> Iterator[Hint]:
    """Targeted measures of which somebody says that no way is better, though they have an outcome."""
    found = [
        at for at in material.on if material.index.measures[at].direction == "none" and material.index.validity[at]
    ]
    if found:
        rows, number = material.measures(found), len(found)
        verbs = "has direction none, though it has an outcome", "have direction none, though they have an outcome"
        yield material.hint(
            "direction-none",
            Words(
                f"{count(number, 'targeted measure', 'targeted measures')} {verb(number, *verbs)}: {quotes(rows)}.",
                f"{verb(number, 'it stands', 'they stand')} for no other measure and {verb(number, 'is', 'are')} never "
                "kept for people's sake, which suits spending and prices.",
                "leave those; where people can tell which way is better, write higher, lower or in-range.",
            ),
            Place("measures", "direction", rows),
            Bears(material.targets_on(found), ("duties", "standing"), ("against-people",)),
        )


def no_baseline(material: Material) -> Iterator[Hint]:
    """Targets of which nobody says where their measure stands today: no baseline, no level at who delivers them."""
    rows_of = material.index.targets
    targets = frozenset(np.flatnonzero(np.isnan(rows_of.now)).tolist())
    found = {int(rows_of.measure[at]) for at in targets}
    if found:
        rows = material.measures(found)
        several = any(len(np.unique(rows_of.deliverer[material.index.by_measure[at]])) > 1 for at in found)
        own = "; where it differs from body to body, as a row of levels for each" if several else ""
        yield material.hint(
            "no-baseline",
            Words(
                f"{count(len(targets), 'target rests', 'targets rest')} on {_measures(len(found))} without a "
                f"baseline: {quotes(rows)}.",
                "none of them counts as met, none has anything to spare, and all are left out of what can be met.",
                f"write today's level in baseline, in the measure's unit, and in source where it is from{own}.",
            ),
            Place("measures", "baseline", rows),
            Bears(targets, ("conflicts", "feasibility"), ("opposed", "spillover", "capacity", "joint", "cascade")),
        )


def _measures(number: int) -> str:
    return count(number, "measure", "measures")


def no_year(material: Material) -> Iterator[Hint]:
    """Targets with due dates, of a system that is about no year."""
    rows = material.index.targets.rows
    found = frozenset(at for at, row in enumerate(rows) if row.due is not None)
    if found and material.system.about.year is None:
        earliest = min((row.due for row in rows if row.due is not None), key=last_day)
        yield material.hint(
            "no-year",
            Words(
                f"The table about names no year, and {count(len(found), 'target is', 'targets are')} due, "
                f"from {last_year(earliest)} on.",
                "targets that lapsed long ago count as if they were held today.",
                "write in year of about which year the tables describe.",
            ),
            Place("about", "year"),
            Bears(found, ("standing",)),
        )


def already_met(material: Material) -> Iterator[Hint]:
    """Targets that today's level satisfies already; a hold is meant to."""
    targets = material.index.targets
    both = zip(targets.met.tolist(), targets.hold.tolist(), strict=True)
    found = frozenset(at for at, (met, hold) in enumerate(both) if met and not hold)
    if found:
        rows = material.target_rows(found)
        number = len(found)
        yield material.hint(
            "already-met",
            Words(
                f"{count(number, 'target is', 'targets are')} met already: {names([name for _, name in rows])}.",
                "what is met guards its level and pushes nobody, so it is on the hurt side of a conflict only.",
                f"check value, unit and baseline; if {verb(number, 'it is', 'they are')} meant as a guardrail, the "
                "sense hold says so.",
            ),
            Place("targets", "value", rows),
            Bears(found, ("conflicts", "feasibility"), ("opposed", "spillover", "unguarded", "torn", "capacity")),
        )
