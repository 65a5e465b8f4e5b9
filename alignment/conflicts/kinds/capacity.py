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
from alignment.conflicts.finding import Finding, Group, Rule, Search, assumed_steps, identity, name_bodies, rounded
from alignment.index import Index
from alignment.models.answers.conflict import Evidence
from alignment.models.system.links import Draw, Resource
from alignment.wording import lower_first, names, quantity, verb

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


def sentence(search: Search, finding: Finding) -> str:
    """The finding for a councillor."""
    facts: _Facts = finding.facts
    wishes = names([f"{side.name} {side.asks}" for side in finding.sides], limit=6)
    if facts.overrun > 0:
        why = f"together they need {quantity(facts.overrun, facts.resource.unit)} more than there is"
    else:
        why = "it is known to be full"
    wanting = frozenset[int]().union(*(side.agencies for side in finding.sides))
    return (
        f"{name_bodies(search.index, wanting)} {verb(len(wanting), 'wants', 'want')} {wishes}; all of it draws on "
        f"{lower_first(facts.resource.name)}, and {why}"
    )


def suggestion(_: Search, finding: Finding) -> str:
    """What could be done."""
    facts: _Facts = finding.facts
    return f"Decide together what {lower_first(facts.resource.name)} is used for first, and set the targets to that"


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
    nothing = (f"nothing of {lower_first(facts.resource.name)} is assumed to be in use today",) if unused else ()
    return (*nothing, *assumed_steps(search, finding))


RULE = Rule("capacity", find, sentence, suggestion, rows, assumed)
