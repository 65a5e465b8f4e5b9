"""The duties of a system, stated again from its rows, and the measures that serve them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from alignment.models.answers.proposal import DutyRef, Gap
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.measures import Measure, Target
from alignment.wording import lower_first, names, upper_first

Key = tuple[str, str, str | None]
"""A duty: agency, outcome, population."""


@dataclass(frozen=True)
class Facts:
    """What the rows of a system say, by id; no arrays, no order of its own.

    Attributes
    ----------
    measures
        The measures.
    validity
        For each measure, the outcomes it speaks for well enough.
    containing
        For each population, those that contain it, itself and everyone (None) included.
    tier
        The tier of each agency.
    weight
        Every duty with the weight of the heaviest target behind it.
    own
        For each agency, the measures it has a target on itself.
    speaking
        For each outcome, the measures that capture it well enough.
    names
        What people call each agency, outcome, population and tier; an id is unique in its table only.
    known
        The measures that serve, as far as they were asked for: by tier, outcome and population.
    """

    options: Options
    measures: Mapping[str, Measure]
    validity: Mapping[str, frozenset[str]]
    containing: Mapping[str | None, frozenset[str | None]]
    tier: Mapping[str, str | None]
    weight: Mapping[Key, float]
    own: Mapping[str, frozenset[str]]
    speaking: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, str]]
    known: dict[tuple[str | None, str, str | None], tuple[str, ...]] = field(default_factory=dict[Any, Any])

    def serves(self, measure: str, duty: Key) -> bool:
        """Whether a measure serves a duty."""
        agency, outcome, population = duty
        row = self.measures[measure]
        if outcome not in self.validity[measure]:
            return False
        if self.options.breadth == "population" and row.population not in self.containing[population]:
            return False
        tier = self.tier[agency]
        return row.reported_at is None or tier is None or tier in row.reported_at

    def servants(self, duty: Key, among: Collection[str]) -> tuple[str, ...]:
        """The measures among some that serve a duty, in order."""
        return tuple(measure for measure in self._able(duty) if measure in among)

    def _able(self, duty: Key) -> tuple[str, ...]:
        """Every measure that serves a duty, in order; the same for all agencies of a tier."""
        agency, outcome, population = duty
        mark = (self.tier[agency], outcome, population)
        if mark not in self.known:
            able = self.speaking.get(outcome, ())
            self.known[mark] = tuple(measure for measure in able if self.serves(measure, duty))
        return self.known[mark]


def facts_of(system: System, options: Options) -> Facts:
    """The facts of a system under some options."""
    measures = {row.id: row for row in sorted(system.measures, key=lambda row: row.id)}
    validity: dict[str, set[str]] = {name: {row.outcome} if row.outcome else set() for name, row in measures.items()}
    for row in system.captures:
        if row.validity >= options.theta:
            validity[row.measure].add(row.outcome)
    parents = {row.id: row.parent for row in system.populations}
    weight: dict[Key, float] = {}
    own: dict[str, set[str]] = defaultdict(set)
    for row in system.targets:
        own[row.agency].add(row.measure)
        for outcome in validity[row.measure]:
            for agency in (row.agency, row.deliverer):
                duty = (agency, outcome, _population(row, measures[row.measure], options))
                weight[duty] = max(weight.get(duty, 0.0), 1.0 if row.weight is None else row.weight)
    speaking: dict[str, list[str]] = defaultdict(list)
    for name, outcomes in validity.items():
        for outcome in outcomes:
            speaking[outcome].append(name)
    return Facts(
        options=options,
        measures=measures,
        validity={name: frozenset(outcomes) for name, outcomes in validity.items()},
        containing={name: _chain(name, parents) for name in (None, *parents)},
        tier={row.id: row.tier for row in system.agencies},
        weight=dict(sorted(weight.items(), key=lambda pair: (pair[0][0], pair[0][1], pair[0][2] or ""))),
        own={agency: frozenset(found) for agency, found in own.items()},
        speaking={outcome: tuple(sorted(found)) for outcome, found in speaking.items()},
        names={
            "agency": {row.id: row.name for row in system.agencies},
            "outcome": {row.id: row.name for row in system.outcomes},
            "population": {row.id: row.name for row in system.populations},
            "tier": {row.id: row.name for row in system.tiers},
        },
    )


def _population(target: Target, measure: Measure, options: Options) -> str | None:
    return None if options.breadth == "outcome" else target.population or measure.population


def _chain(population: str | None, parents: Mapping[str, str | None]) -> frozenset[str | None]:
    found: set[str | None] = {None}
    while population is not None:
        found.add(population)
        population = parents[population]
    return frozenset(found)


def allowed_of(facts: Facts) -> list[str]:
    """The measures that may be kept, in order."""
    asked, targeted = facts.options, frozenset[str]().union(*facts.own.values())
    named = {"all": facts.measures, "targeted": targeted}.get(str(asked.candidates), asked.candidates)
    return [name for name in facts.measures if name in named and name not in asked.drop]


def counting(system: System) -> frozenset[str]:
    """The agencies that count."""
    found = {row.agency for row in system.targets} | {row.deliverer for row in system.targets}
    return frozenset(found | {row.payee for row in system.incentives} | {row.agency for row in system.controls})


def gaps_of(facts: Facts, kept: Collection[str]) -> tuple[Gap, ...]:
    """The duties that a set leaves unserved."""
    return tuple(
        Gap(
            duty=DutyRef(agency=duty[0], outcome=duty[1], population=duty[2]),
            agency_name=facts.names["agency"][duty[0]],
            outcome_name=facts.names["outcome"][duty[1]],
            population_name=None if duty[2] is None else facts.names["population"][duty[2]],
            weight=weight,
            reason=gap_reason(facts, duty),
        )
        for duty, weight in facts.weight.items()
        if not facts.servants(duty, kept)
    )


def gap_reason(facts: Facts, duty: Key) -> str:
    """Why a duty is not served, in a sentence."""
    agency, outcome, population = duty
    whom = f" for {lower_first(facts.names['population'][population])}" if population else ""
    able = facts.servants(duty, facts.measures)
    if able:
        could = names([facts.measures[name].name for name in able])
        why = f"of the measures that could serve it ({could}) none is kept"
    elif facts.speaking.get(outcome):
        tier = facts.tier[agency]
        where = f" at tier {facts.names['tier'][tier]}" if tier else ""
        why = f"no measure that captures it can be read{where} and covers that population"
    else:
        why = f"no measure captures it with validity {facts.options.theta:g} or more"
    who, what = facts.names["agency"][agency], facts.names["outcome"][outcome]
    return f"{upper_first(who)} answers for '{what}'{whom}, but {why}."
