"""The duties of a system, stated again from its rows, and the measures that serve them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from alignment.models.answers.proposal import DutyRef, Gap
from alignment.models.fields import last_year
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.models.system.measures import Measure, Target
from alignment.wording import lower_first, names, upper_first

from .effects import net_of
from .rows import good_of, local, wish_of

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
    behind
        Every duty with the measures of the targets behind it.
    weight
        Every duty with the weight of the heaviest of those targets.
    own
        For each agency, the measures it has a target on itself.
    held, live
        For each agency, the measures it has, or must deliver, a target on; and those of targets that have not lapsed.
    control
        The share of each agency in each measure.
    overlaps
        What is declared of each measure and others: kind and share, either way round; of a part, from the part only.
    shown
        For each measure, how far progress on it shows in others, each the way that is better for people.
    speaking
        For each outcome, the measures that capture it well enough.
    names
        What people call each agency, outcome, population and tier; an id is unique in its table only.
    known
        The measures that serve each duty, as far as they were asked for.
    legible
        The measures that could serve a tier's duties of an outcome and a population, as far as they were asked for.
    following
        For each measure, those that show what is done about it, as far as they were asked for.
    """

    options: Options
    measures: Mapping[str, Measure]
    validity: Mapping[str, frozenset[str]]
    containing: Mapping[str | None, frozenset[str | None]]
    tier: Mapping[str, str | None]
    behind: Mapping[Key, frozenset[str]]
    weight: Mapping[Key, float]
    own: Mapping[str, frozenset[str]]
    held: Mapping[str, frozenset[str]]
    live: Mapping[str, frozenset[str]]
    control: Mapping[tuple[str, str], float]
    overlaps: Mapping[str, Mapping[str, tuple[str, float]]]
    shown: Mapping[str, Mapping[str, float]]
    speaking: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, str]]
    known: dict[Key, tuple[str, ...]] = field(default_factory=dict[Any, Any])
    legible: dict[tuple[str, str | None, str | None], tuple[str, ...]] = field(default_factory=dict[Any, Any])
    following: dict[str, frozenset[str]] = field(default_factory=dict[Any, Any])

    def shows(self, one: str, two: str) -> float:
        """How far progress on one measure shows in another. Steps per step."""
        return self.shown.get(one, {}).get(two, 0.0)

    def helps(self, one: str, two: str) -> bool:
        """Whether progress on one measure shows in another."""
        return self.shows(one, two) >= self.options.tolerance and self.shows(one, two) != 0

    def harms(self, one: str, two: str) -> bool:
        """Whether another measure looks better when one is neglected."""
        return -self.shows(one, two) >= self.options.tolerance and self.shows(one, two) != 0

    def declared(self, one: str, two: str) -> tuple[str, float]:
        """What people say of one measure and another: kind and share."""
        return self.overlaps.get(one, {}).get(two, ("", 0.0))

    def barred(self, one: str, two: str) -> bool:
        """Whether people say that one never stands for the other."""
        return self.declared(one, two)[0] == "distinct"

    def readable(self, measure: str, agency: str) -> bool:
        """Whether an agency can read a measure."""
        at, tier = self.measures[measure].reported_at, self.tier[agency]
        return at is None or tier is None or tier in at

    def sees(self, agency: str, measure: str, behind: Iterable[str]) -> bool:
        """Whether what an agency does shows in a measure, given the measures behind a duty of its."""
        if measure in self.held.get(agency, ()):
            return True
        if self.control.get((agency, measure), 0.0) >= self.options.sight:
            return True
        return any(measure in self._followers(each) for each in behind)

    def _followers(self, measure: str) -> frozenset[str]:
        """The measures that are much the same as one, or in which progress on it shows."""
        if measure not in self.following:
            alike = {
                other
                for other, (kind, share) in self.overlaps.get(measure, {}).items()
                if kind in ("same", "shared", "part") and share >= HALF
            }
            shown = {other for other in self.shown.get(measure, ()) if self.helps(measure, other)}
            self.following[measure] = frozenset(alike | shown)
        return self.following[measure]

    def serves(self, measure: str, duty: Key) -> bool:
        """Whether a measure of a duty's outcome serves it, apart from whom it is about and who can read it."""
        behind = self.behind[duty]
        if measure in behind:
            return True
        if self.options.ground == "sight" and not self.sees(duty[0], measure, behind):
            return False
        if all(self.barred(each, measure) for each in behind):
            return False
        return not all(self.harms(each, measure) for each in behind)

    def _legible(self, outcome: str, population: str | None, tier: str | None) -> tuple[str, ...]:
        """The measures of an outcome that are about a population, can be read at a tier, and have a better way."""
        mark = outcome, population, tier
        if mark not in self.legible:
            wide = self.containing[population]
            rows = [self.measures[name] for name in self.speaking.get(outcome, ())]
            self.legible[mark] = tuple(
                row.id
                for row in rows
                if (row.direction or "none") != "none"
                and (self.options.breadth == "outcome" or row.population in wide)
                and (row.reported_at is None or tier is None or tier in row.reported_at)
            )
        return self.legible[mark]

    def servants(self, duty: Key, among: Collection[str]) -> tuple[str, ...]:
        """The measures among some that serve a duty, in order."""
        return tuple(measure for measure in self._able(duty) if measure in among)

    def _able(self, duty: Key) -> tuple[str, ...]:
        """Every measure that serves a duty, in order."""
        if duty not in self.known:
            agency, outcome, population = duty
            able = {*self._legible(outcome, population, self.tier[agency]), *self.behind[duty]}
            self.known[duty] = tuple(sorted(measure for measure in able if self.serves(measure, duty)))
        return self.known[duty]


HALF: Final = 0.5
"""From this share on who sees itself in one of two measures sees itself in the other."""

UNSAID_SHARES: Final = {"same": 1.0, "shared": 0.25, "part": 0.5}
"""How far definitions coincide where nobody says."""


def facts_of(system: System, options: Options) -> Facts:
    """The facts of a system under some options."""
    measures = {row.id: row for row in sorted(system.measures, key=lambda row: row.id)}
    validity: dict[str, set[str]] = {name: {row.outcome} if row.outcome else set() for name, row in measures.items()}
    for row in system.captures:
        if row.validity >= options.theta:
            validity[row.measure].add(row.outcome)
    parents = {row.id: row.parent for row in system.populations}
    weight: dict[Key, float] = {}
    behind: dict[Key, set[str]] = defaultdict(set)
    there = local(system)
    own, held, live = (defaultdict[str, set[str]](set) for _ in range(3))
    for row in system.targets:
        own[row.agency].add(row.measure)
        for agency in (row.agency, row.deliverer):
            held[agency].add(row.measure)
            if not lapsed(row, system.about.year):
                live[agency].add(row.measure)
        if row.revealed or wish_for_people(row, there(row)) < 0:
            continue
        for outcome in validity[row.measure]:
            for agency in (row.agency, row.deliverer):
                duty = (agency, outcome, _population(row, measures[row.measure], options))
                weight[duty] = max(weight.get(duty, 0.0), 1.0 if row.weight is None else row.weight)
                behind[duty].add(row.measure)
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
        behind=_shared(behind),
        weight=dict(sorted(weight.items(), key=lambda pair: (pair[0][0], pair[0][1], pair[0][2] or ""))),
        own={agency: frozenset(found) for agency, found in own.items()},
        held={agency: frozenset(found) for agency, found in held.items()},
        live={agency: frozenset(found) for agency, found in live.items()},
        control={(row.agency, row.measure): row.share for row in system.controls},
        overlaps=_overlaps(system),
        shown=_shown(system, options),
        speaking={outcome: tuple(sorted(found)) for outcome, found in speaking.items()},
        names={
            "agency": {row.id: row.name for row in system.agencies},
            "outcome": {row.id: row.name for row in system.outcomes},
            "population": {row.id: row.name for row in system.populations},
            "tier": {row.id: row.name for row in system.tiers},
        },
    )


def _shared(behind: Mapping[Key, Collection[str]]) -> dict[Key, frozenset[str]]:
    """The measures behind each duty; duties by the hundred have the same, which are then held once."""
    found: dict[frozenset[str], frozenset[str]] = {}
    return {
        duty: found.setdefault(each, each) for duty, each in zip(behind, map(frozenset, behind.values()), strict=True)
    }


def lapsed(target: Target, year: int | None) -> bool:
    """Whether a target had to be met before a year."""
    return target.due is not None and year is not None and last_year(target.due) < year


def wish_for_people(target: Target, measure: Measure) -> int:
    """Whether a target goes the way that is better for people (1), against it (-1), or neither."""
    return wish_of(target, measure) * good_of(measure)


def _overlaps(system: System) -> dict[str, dict[str, tuple[str, float]]]:
    found: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for row in system.overlaps:
        share = UNSAID_SHARES.get(row.kind, 0.0) if row.share is None else row.share
        found[row.measure_a][row.measure_b] = row.kind, share
        if row.kind != "part":
            found[row.measure_b][row.measure_a] = row.kind, share
    return dict(found)


def _shown(system: System, options: Options) -> dict[str, dict[str, float]]:
    """Net effects, each end counted the way that is better for people."""
    place, net = net_of(system, options.steps, options.decay, options.evidence)
    ids = list(place)
    ways = {row.id: good_of(row) for row in system.measures}
    cells = net.tocoo()
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one, two, size in zip(*(each.tolist() for each in (*cells.coords, cells.data)), strict=True):
        if way := ways[ids[one]] * ways[ids[two]]:
            found[ids[one]][ids[two]] = way * size
    return dict(found)


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
        why = f"no measure that captures it can be read{where}, covers that population and shows what this body does"
    else:
        why = f"no measure captures it with validity {facts.options.theta:g} or more"
    who, what = facts.names["agency"][agency], facts.names["outcome"][outcome]
    return f"{upper_first(who)} answers for '{what}'{whom}, but {why}."
