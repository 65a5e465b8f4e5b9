"""Levels of today at one agency that change nothing: equal to the baseline, or used by no target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from alignment.index import positions
from alignment.models.answers.advice import Hint
from alignment.models.system.keys import Keys
from alignment.models.system.measures import Level
from alignment.wording import count, names, quoted, verb

from .material import Bears, Material, Place, Words


def level_as_baseline(material: Material) -> Iterator[Hint]:
    """Levels that a target is told from and that are what the baseline is."""
    index = material.index
    rows = [
        row
        for (measure, agency), row in sorted(index.levels.items())
        if (measure, agency) in _delivered(material) and row.value == index.measures[measure].baseline
    ]
    if rows:
        yield material.hint(
            "level-as-baseline",
            Words(
                f"{count(len(rows), 'row', 'rows')} of levels {verb(len(rows), 'says', 'say')} what the baseline says: "
                f"{names([_said(material, row) for row in rows])}.",
                "only that the figure is that body's own is told by it; need, slack and what can be met stay as they "
                "are.",
                "leave it; where the body has another figure of its own, write that.",
            ),
            _place(material, rows),
            Bears(frozenset(), ()),
        )


def unused_levels(material: Material) -> Iterator[Hint]:
    """Levels that no target is told from."""
    index, delivered = material.index, _delivered(material)
    used = [row for pair, row in index.levels.items() if pair in delivered]
    keys = material.system.derive(Keys)
    told = {keys.key("levels", row) for row in used}
    ordered = sorted(zip(keys.of("levels"), material.system.levels, strict=True), key=itemgetter(0))
    rows = [row for key, row in ordered if key not in told]
    if rows:
        yield material.hint(
            "unused-rows",
            Words(
                f"{count(len(rows), 'row', 'rows')} of levels {verb(len(rows), 'is', 'are')} used by no target: "
                f"{names([_said(material, row) for row in rows])}.",
                "a target is told from the level of the agency that has to deliver it, and of several periods from the "
                "latest that has begun by the year of about.",
                "name the agency in for_agency of the targets that it has to deliver, correct the row, or leave it.",
            ),
            _place(material, rows),
            Bears(frozenset(), ()),
        )


def _delivered(material: Material) -> set[tuple[int, int]]:
    """Each measure on which somebody has to deliver a target, with who has to."""
    targets = material.index.targets
    return set(zip(positions(targets.measure), positions(targets.deliverer), strict=True))


def _said(material: Material, row: Level) -> str:
    index = material.index
    measure, agency = index.measures[index.measure_at[row.measure]], index.agencies[index.agency_at[row.agency]]
    when = f" in {row.period}" if row.period else ""
    return f"{quoted(measure.name)} at {agency.name}{when}"


def _place(material: Material, rows: Sequence[Level]) -> Place:
    keys = material.system.derive(Keys)
    return Place("levels", "value", tuple((keys.key("levels", row), _said(material, row)) for row in rows))
