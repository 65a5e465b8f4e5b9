"""capacity: wishes on two or more measures use a resource that is limited, or that their known needs overrun.

Only targets that push count. Need of a measure: the most steps from baseline to a wish (a change without a value: one),
times per_step. Severity: the largest w(t, u) of a pair on two measures, times min(1, overrun / capacity) where numbers
tell an overrun, else 1/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from alignment.models import Draw, Resource

from .wanted import Side, Wanted, named, once, shown
from .words import Words

Use = tuple[str, int, Draw]
"""A measure, a wish, and the row by which it uses the resource."""


@once
def wanted(words: Words) -> Iterator[Wanted]:
    for resource in words.system.resources:
        uses = sorted(_uses(words, resource.id), key=lambda use: (use[0], -use[1], use[2].moving))
        overrun = _overrun(words, resource, uses)
        if len({measure for measure, _, _ in uses}) > 1 and (resource.limited or overrun > 0):
            sides = [words.pushing(measure, wish) for measure, wish, _ in uses]
            pairs = {
                frozenset((a, b)): words.weight(words.targets[a], words.targets[b])
                for one, two in combinations(sides, 2)
                for a, b in product(one, two)
                if words.targets[a].measure != words.targets[b].measure
            }
            share = 0.5
            if overrun > 0:
                share = min(1.0, overrun / resource.capacity) if resource.capacity else 1.0
            yield Wanted(
                kind="capacity",
                id=named("capacity", resource.id),
                severity=max(pairs.values()) * share,
                sides=tuple(Side(measure, wish, frozenset(words.pushing(measure, wish))) for measure, wish, _ in uses),
                pairs=frozenset(pairs),
                between=tuple(words.agencies(side) for side in sides),
                measures=tuple(sorted({measure for measure, _, _ in uses})),
                resource=resource.id,
                evidence=(
                    ("resources", resource.id),
                    *shown(*(words.heaviest(side) for side in sides)),
                    *(("draws", f"{row.measure}|{row.resource}|{row.moving}") for _, _, row in uses),
                ),
            )


def _uses(words: Words, resource: str) -> Iterator[Use]:
    for row, (measure, wish, _) in product(words.system.draws, list(words.sides())):
        draws = (row.resource, row.measure) == (resource, measure)
        if draws and words.pushing(measure, wish) and used(row, wish) > 0:
            yield measure, wish, row


def used(row: Draw, wish: int) -> float:
    """What a step towards a wish uses, below 0 what it frees; where no amount is known, one unit."""
    size = row.per_step
    if size is None:
        size = -1.0 if row.uses == "frees" else 1.0
    return size if (row.moving == "up") == (wish > 0) else -size


def _overrun(words: Words, resource: Resource, uses: list[Use]) -> float:
    """How far the known needs overrun the capacity."""
    needs: dict[str, float] = {}
    for measure, wish, row in uses:
        steps = _steps(words, measure, wish)
        if row.per_step is not None and steps is not None:
            needs[measure] = max(needs.get(measure, 0.0), used(row, wish) * steps)
    if resource.capacity is None or not needs:
        return 0.0
    return round(sum(needs.values()) + (resource.in_use or 0.0) - resource.capacity, 9)


def _steps(words: Words, measure: str, wish: int) -> float | None:
    """The most steps that a target which pushes is away; None where nobody knows."""
    needs = [words.need(words.targets[key]) for key in words.pushing(measure, wish)]
    return max((need for need, assumed in needs if not assumed), default=None)
