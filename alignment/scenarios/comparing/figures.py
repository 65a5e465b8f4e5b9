"""The figures of several systems side by side, those of size divided by it: no region is worse for being larger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from alignment.effects.alignment import value_of
from alignment.effects.congruity import congruity_of
from alignment.index import Index, positions
from alignment.models.answers.compared import Figure, SystemFigure
from alignment.scenarios.state import State

from .sides import Sides
from .standing import measurable

DIGITS: Final = 6
"""To so many digits after the point figures are told."""

HUNDRED: Final = 100
"""So many targets findings are counted by."""

FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "year": ("year that the tables are of", "year"),
    "agencies": ("bodies", "bodies"),
    "working": ("bodies with targets, own or to deliver", "bodies"),
    "targets": ("targets", "targets"),
    "measures": ("measures with targets", "measures"),
    "measures_each": ("measures a body works to", "measures, mean of the bodies with targets"),
    "masters_each": ("others whose targets a body delivers", "bodies, mean of the bodies with targets"),
    "shared": ("measures that two tiers share", "share of those of either, mean of the pairs of tiers"),
    "findings": ("findings", "findings"),
    "findings_per_100": ("findings for 100 targets", "findings"),
    "severity_per_100": ("weight of what pulls apart, for 100 targets", "sum of severities, each 0 to 1"),
    "met": (
        "targets met, of those that name a level and have a figure of today",
        "share of the targets that name a level and have a figure of today",
    ),
    "alignment": ("targets help (+1) or hinder (-1) each other", "-1 to 1"),
    "congruity": ("judging covers what is good for people", "share, 0 to 1"),
    "experience": ("measures of people's experience", "share of the measures with targets"),
    "outcomes": ("measures of outcomes", "share of the measures with targets"),
    "resource-use": ("measures of resource use", "share of the measures with targets"),
    "person": ("measures from the person's view", "share of the measures with targets"),
    "burden": ("burden of the measures today", "measures, or their cost where given"),
    "set": ("measures proposed", "measures"),
    "set_share": ("measures proposed for each of today", "measures proposed for one with targets"),
    "set_burden": ("burden of the measures proposed", "measures, or their cost where given"),
    "served": ("duties that the proposed set serves", "share of the duties"),
    "unsaid_per_100": ("weight of wishes left unsaid, for 100 targets", "weight of targets"),
}
"""Each figure, what people call it, and its unit; in order."""


class Working:
    """Who works to which measures in a system: has, or has to deliver, a target on them.

    Parameters
    ----------
    state
        The system.
    """

    def __init__(self, state: State) -> None:
        index = state.system.derive(Index)
        self.index, rows = index, index.targets
        agencies, deliverers, measures = map(positions, (rows.agency, rows.deliverer, rows.measure))
        self.rows = list(zip(agencies, deliverers, measures, strict=True))

    @cached_property
    def measures(self) -> dict[int, set[int]]:
        """By agency, its measures."""
        found: dict[int, set[int]] = {}
        for agency, deliverer, measure in self.rows:
            for who in (agency, deliverer):
                found.setdefault(who, set()).add(measure)
        return found

    @cached_property
    def masters(self) -> dict[int, set[int]]:
        """By agency, the others whose targets it has to deliver."""
        found: dict[int, set[int]] = {}
        for agency, deliverer, _ in self.rows:
            if agency != deliverer:
                found.setdefault(deliverer, set()).add(agency)
        return found

    @cached_property
    def by_tier(self) -> dict[str, set[int]]:
        """By tier, the measures of its agencies."""
        found: dict[str, set[int]] = {}
        for who, measures in self.measures.items():
            tier = self.index.agencies[who].tier
            if tier is not None:
                found.setdefault(tier, set()).update(measures)
        return found

    def tier(self, who: int) -> str | None:
        """The tier of an agency."""
        return self.index.agencies[who].tier


def mean(numbers: Sequence[float]) -> float | None:
    """The mean; blank where there is nothing."""
    return sum(numbers) / len(numbers) if numbers else None


def jaccard(one: set[int], two: set[int]) -> float | None:
    """What two sets share of what either has; blank where neither has any."""
    return len(one & two) / len(one | two) if one | two else None


def figures(sides: Sides, made_of: Callable[[str], tuple[tuple[str, ...], ...]]) -> tuple[SystemFigure, ...]:
    """The figures of each side, and how far they are apart.

    Parameters
    ----------
    sides
        The systems.
    made_of
        For each side the rows that make a figure differ.
    """
    known = [dict(_figures(state)) for state in sides.states]
    return tuple(
        SystemFigure(
            **dict(figure_of(name, label, unit, sides.spread([each.get(name) for each in known]))), rows=made_of(name)
        )
        for name, (label, unit) in FIGURES.items()
    )


def figure_of(name: str, label: str, unit: str, values: Sequence[float | None]) -> Figure:
    """A figure of each side, rounded, with the difference."""
    rounded = tuple(None if value is None else round(value, DIGITS) for value in values)
    return Figure(figure=name, label=label, unit=unit, values=rounded, difference=difference_of(rounded))


def difference_of(values: Sequence[float | None]) -> float | None:
    """Of two the second less the first, of more the largest less the smallest; blank where one is."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        return None
    apart = known[1] - known[0] if len(known) == 2 else max(known) - min(known)
    return round(apart, DIGITS)


def _figures(state: State) -> Iterator[tuple[str, float | None]]:
    system, working = state.counted, Working(state)
    targets, judged = len(system.targets), {measure for _, _, measure in working.rows}
    each = working.measures
    yield from {
        "year": system.about.year,
        "agencies": len(system.agencies),
        "working": len(each),
        "targets": targets,
        "measures": len(judged),
        "measures_each": mean([len(some) for some in each.values()]),
        "masters_each": mean([len(working.masters.get(who, ())) for who in each]),
    }.items()
    yield "shared", mean([share for one, two in _pairs(working) if (share := jaccard(one, two)) is not None])
    rows = working.index.targets
    yield "met", mean(rows.met[measurable(rows)].tolist())
    yield from _pulls(state)
    yield from _balance(state, judged)
    yield from _set(state, len(judged))


def _pairs(working: Working) -> Iterator[tuple[set[int], set[int]]]:
    tiers = sorted(working.by_tier)
    for at, one in enumerate(tiers):
        yield from ((working.by_tier[one], working.by_tier[two]) for two in tiers[at + 1 :])


def _pulls(state: State) -> Iterator[tuple[str, float | None]]:
    system, asked, findings = state.counted, state.options, state.conflicts.findings
    targets = len(system.targets)
    walks = (asked.steps, asked.decay, asked.evidence)
    yield "findings", len(findings)
    if targets:
        yield "findings_per_100", HUNDRED * len(findings) / targets
        yield "severity_per_100", HUNDRED * sum(each.severity for each in findings) / targets
    judged = sorted({row.measure for row in system.targets})
    yield "alignment", value_of(system, judged, *walks)
    yield "congruity", congruity_of(system, None, *walks).reach


def _balance(state: State, judged: set[int]) -> Iterator[tuple[str, float | None]]:
    index = state.system.derive(Index)
    dimensions = {row.id: row.dimension for row in state.system.outcomes}
    rows = [index.measures[at] for at in judged]
    for dimension in ("experience", "outcomes", "resource-use"):
        yield dimension, mean([dimensions.get(row.outcome or "") == dimension for row in rows])
    yield "person", mean([row.perspective == "person" for row in rows])


def _set(state: State, judged: int) -> Iterator[tuple[str, float | None]]:
    proposal = state.proposal
    if proposal is None:
        return
    before, after, targets = proposal.before, proposal.after, len(state.counted.targets)
    yield from {"burden": before.burden, "set": after.measures, "set_burden": after.burden}.items()
    yield "set_share", after.measures / judged if judged else None
    duties = after.served + after.gaps
    yield "served", after.served / duties if duties else None
    yield "unsaid_per_100", HUNDRED * after.unsaid / targets if targets else None
