"""What lets a measure serve almost any duty: a blank population, blank tiers, an outcome that unlike measures share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.duties import Duty
from alignment.index import EVERYONE
from alignment.models.answers.advice import Hint
from alignment.wording import count, quoted, verb

from .material import Bears, Material, Place, Words, quotes

MANY: Final = 5
"""So many targeted measures of one outcome are many."""

FEW: Final = 2
"""For fewer duties than these it is not worth saying."""

UNLIKE: Final = 3
"""Measures in so many units are unlike."""


def any_population(material: Material) -> Iterator[Hint]:
    """Measures that serve duties for some people only because they do not say whom they are about."""
    blank = material.index.measure_population == EVERYONE
    found = [(duty, at) for duty, at in material.unlike if blank[at] and duty.population != EVERYONE]
    if found:
        rows = material.measures({at for _, at in found})
        yield material.hint(
            "any-population",
            Words(
                f"{_blank(len(rows), 'population')}: {quotes(rows)}.",
                f"a blank is everyone, so {_serve(len(rows))} {_duties(found)} that "
                f"{verb(_number(found), 'is', 'are')} about some people only.",
                "name the people each is about, as a row of populations; leave the blank where it is everyone.",
            ),
            Place("measures", "population", rows),
            Bears(material.behind(duty for duty, _ in found), ("duties",)),
        )


def any_tier(material: Material) -> Iterator[Hint]:
    """Measures that serve duties at tiers where nobody has a target on them, as where they are read is blank."""
    index = material.index
    held = {
        at: {index.agencies[who].tier for who in _holders(material, at)} for at in {at for _, at in material.unlike}
    }
    found = [
        (duty, at)
        for duty, at in material.unlike
        if index.measures[at].reported_at is None
        and (tier := index.agencies[duty.agency].tier) is not None
        and tier not in held[at]
    ]
    if found:
        rows = material.measures({at for _, at in found})
        yield material.hint(
            "any-tier",
            Words(
                f"{_blank(len(rows), 'reported_at')}: {quotes(rows)}.",
                f"a blank can be read at every tier, so {_serve(len(rows))} {_duties(found)} at tiers where nobody "
                f"has a target on {verb(len(rows), 'it', 'them')}.",
                "name the tiers at which each can be read, with ; between.",
            ),
            Place("measures", "reported_at", rows),
            Bears(material.behind(duty for duty, _ in found), ("duties", "standing")),
        )


def _holders(material: Material, measure: int) -> set[int]:
    targets = material.index.targets
    found = sorted(material.on.get(measure, ()))
    return {int(who[at]) for at in found for who in (targets.agency, targets.deliverer)}


def _blank(measures: int, column: str) -> str:
    return f"{count(measures, 'measure leaves', 'measures leave')} {column} blank and may stand for others by that"


def _serve(measures: int) -> str:
    return f"{verb(measures, 'it can serve', 'they can serve')}"


def _duties(found: Sequence[tuple[Duty, int]]) -> str:
    return count(_number(found), "duty", "duties")


def _number(found: Sequence[tuple[Duty, int]]) -> int:
    return len({duty for duty, _ in found})


def broad_outcome(material: Material) -> Iterator[Hint]:
    """Outcomes that many unlike targeted measures share, where that alone lets one serve for another."""
    index, speaking = material.index, material.sight.duties.speaking
    for outcome in sorted(speaking):
        measures = [at for at in speaking[outcome] if at in material.on]
        units = {index.measures[at].unit for at in measures}
        found = [(duty, at) for duty, at in material.unlike if duty.outcome == outcome and _alone(material, duty, at)]
        if len(measures) >= MANY and len(units) >= UNLIKE and _number(found) >= FEW:
            yield _broad(material, outcome, measures, len(units), found)


def _alone(material: Material, duty: Duty, measure: int) -> bool:
    """Whether nothing but the outcome says that a measure serves a duty: no overlap, no effect, another unit."""
    sight, measures = material.sight, material.index.measures
    behind = sight.duties.behind[duty]
    return not any(
        sight.overlap(at, measure) or sight.helps(at, measure) or measures[at].unit == measures[measure].unit
        for at in behind
    )


def _heaviest(material: Material, found: Sequence[tuple[Duty, int]]) -> tuple[Duty, int]:
    """Of duties and the measures that serve them the heaviest, the first of equals."""
    weight = material.sight.duties.weight
    return min(found, key=lambda each: (-weight[each[0]], each))


def _broad(material: Material, outcome: str, measures: list[int], units: int, found: list[tuple[Duty, int]]) -> Hint:
    (row,) = (row for row in material.system.outcomes if row.id == outcome)
    rows, duty, at = material.measures(measures), *_heaviest(material, found)
    one, two = (quoted(material.index.measures[each].name) for each in (at, material.sight.duties.behind[duty][0]))
    return material.hint(
        "broad-outcome",
        Words(
            f"The outcome {quoted(row.name)} is shared by {len(measures)} targeted measures in {units} units: "
            f"{quotes(rows)}.",
            f"for {_duties(found)} one of them may serve for another that nothing but the outcome joins it to, such "
            f"as {one} for {two}.",
            "split it where people would not accept one for the other, or declare such pairs distinct in overlaps.",
        ),
        Place("outcomes", None, ((row.id, row.name),)),
        Bears(material.behind(duty for duty, _ in found), ("duties", "standing"), ("unowned",)),
    )
