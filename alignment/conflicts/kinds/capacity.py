"""capacity: wishes on two or more measures draw on a resource that cannot hold them all.

Condition: targets that push, on two or more measures, whose wishes use the resource, when it is limited, or when their
needs (steps from baseline to the wish, times per_step) and what is in use together exceed its capacity. Severity: the
largest w(t, u) of a pair; with numbers, times min(1, overrun / capacity), without any by 1/2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from alignment.conflicts import evidence
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, both, identity, parts, rounded
from alignment.conflicts.naming import details, fitting, how_many, named, resource_name
from alignment.index import Index
from alignment.models.answers.conflict import Evidence
from alignment.models.system.links import Draw, Resource
from alignment.wording import quantity, verb

WITHOUT_NUMBERS: Final = 0.5
"""What is left of a severity where no number tells how far the resource is overrun."""


@dataclass(frozen=True)
class _Use:
    """One wish that uses a resource."""

    side: Group
    draw: Draw
    need: float | None
    """What it needs, in units of the resource; blank where it is not known."""


@dataclass(frozen=True)
class _Facts:
    resource: Resource
    overrun: float
    draws: tuple[Draw, ...]


def find(search: Search) -> Iterator[Finding]:
    """One finding for each resource."""
    for resource in sorted(search.index.system.resources, key=lambda row: row.id):
        uses = [use for draw in search.draws if draw.resource == resource.id for use in _uses(search, draw)]
        uses.sort(key=lambda use: (use.side.row.id, -use.side.wish, use.draw.moving))
        if len({use.side.measure for use in uses}) < 2:
            continue
        overrun = _overrun(resource, uses)
        if overrun > 0 or resource.limited:
            yield _finding(resource, uses, overrun)


def _uses(search: Search, draw: Draw) -> Iterator[_Use]:
    measure = search.index.measure_at[draw.measure]
    for side in search.pushing_on(measure):
        per_step = draw.use_when(side.wish)
        if per_step > 0:
            steps = _steps(search.index, side)
            known = draw.per_step is not None and steps is not None
            yield _Use(side, draw, per_step * steps if known and steps is not None else None)


def _steps(index: Index, side: Group) -> float | None:
    """The most steps that any target of a side wants from today; blank where no level is known."""
    rows = index.targets
    known = side.targets[~rows.need_assumed[side.targets]]
    return float(rows.need[known].max()) if len(known) else None


def _overrun(resource: Resource, uses: Sequence[_Use]) -> float:
    """How far the known needs exceed the capacity, in its unit; 0 where no capacity is known."""
    # The largest need of each measure: a measure moves once, whoever asks for it.
    needs: dict[int, float] = {}
    for use in uses:
        if use.need is not None:
            needs[use.side.measure] = max(use.need, needs.get(use.side.measure, 0.0))
    if resource.capacity is None or not needs:
        return 0.0
    return round(sum(needs.values()) + (resource.in_use or 0.0) - resource.capacity, 9)


def _finding(resource: Resource, uses: Sequence[_Use], overrun: float) -> Finding:
    sides = tuple(use.side for use in uses)
    pairs = [(one, two) for one, two in combinations(sides, 2) if one.measure != two.measure]
    worst = max(one.weight_of_heaviest * two.weight_of_heaviest for one, two in pairs) ** 0.5
    if overrun > 0:
        worst *= min(1.0, overrun / resource.capacity) if resource.capacity else 1.0
    else:
        worst *= WITHOUT_NUMBERS
    # Two wishes on one measure do not compete for the resource.
    exact = len(pairs) == len(sides) * (len(sides) - 1) // 2
    return Finding(
        kind="capacity",
        id=identity("capacity", resource.id),
        severity=rounded(worst),
        confidence=1.0,
        sides=sides,
        blocks=None if exact else tuple((one.targets, two.targets) for one, two in pairs),
        measures=tuple(dict.fromkeys(side.measure for side in sides)),
        resource=resource.id,
        facts=_Facts(resource, overrun, tuple(use.draw for use in uses)),
    )


def title(search: Search, finding: Finding) -> str:
    """What it is about."""
    return f"{how_many(len(finding.sides), 'wish', 'wishes')} on {resource_name(search.index, finding.resource)}"


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    facts: _Facts = finding.facts
    resource = resource_name(search.index, finding.resource)
    short = "known to have nothing to spare"
    if facts.overrun > 0:
        short = f"and together need {quantity(facts.overrun, facts.resource.unit)} more than there is"
    if len(finding.sides) == 2:
        left, right = finding.sides
        return fitting(
            f"{both(left, right, detail)}; both draw on {resource}, {short}" for detail in details(*parts(left, right))
        )
    wanting = frozenset[int]().union(*(side.agencies for side in finding.sides))
    want, moved = verb(len(wanting), "wants", "want"), how_many(len(finding.measures), "measure", "measures")
    return fitting(
        f"{named(search.index, wanting, detail.limit)} {want} {moved} moved that draw on {resource}, {short}"
        for detail in details(wanting)
    )


def suggestion(search: Search, finding: Finding) -> str:
    """What could be done."""
    name = resource_name(search.index, finding.resource)
    return (
        f"Decide together which of these wishes {name} goes to first, and set the targets of the others by what is left"
    )


def rows(search: Search, finding: Finding) -> list[Evidence]:
    """The resource, each side's heaviest target, what each draws."""
    facts: _Facts = finding.facts
    index, targets = search.index, evidence.heaviest(finding.sides)
    return [evidence.resource(index, facts.resource), *targets, *(evidence.draw(index, draw) for draw in facts.draws)]


def assumed(search: Search, finding: Finding) -> tuple[str, ...]:
    """What the numbers rest on."""
    facts: _Facts = finding.facts
    if facts.overrun <= 0:
        return ()
    unused = facts.resource.in_use is None
    nothing = (
        (f"nothing of {resource_name(search.index, finding.resource)} is assumed to be in use today",) if unused else ()
    )
    return (*nothing, *assumed_steps(search, finding))


RULE = Rule("capacity", find, title, sentence, suggestion, rows, assumed)
