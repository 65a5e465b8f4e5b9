"""The judge: recomputes an answer from the system alone.

It shares no code with the programme and the solver: duties, burden, voice and balance are worked out again from
the rows of the tables, word by word; conflicts are those of `find_conflicts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from alignment.effects.alignment import value_of
from alignment.effects.congruity import congruity_of
from alignment.options.verb import verb
from alignment.options.weighing import short_fraction, weighed

from .conflicts.collection import Conflicts, find_conflicts
from .effects.net_effects import effects_of
from .feasibility.moves import TOLERANCE, moves_of
from .models.answers.check import Verdict
from .models.answers.proposal import Clash, DutyRef, Gap, Standing, VoiceChange
from .models.options.aligned_set import CheckOptions, Options
from .models.system import System
from .models.system.measures import DIMENSIONS, Measure, Target
from .wording import lower_first, names, percent, upper_first

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


def burden_of(system: System, kept: Collection[str]) -> float:
    """The cost of measures, 1 where it is not given, and of the collections they need."""
    total = Fraction(0)
    needed: set[str] = set()
    free: set[str] = set()
    for row in system.measures:
        if row.statutory and row.collection:
            free.add(row.collection)
        if row.id in kept:
            total += 1 if row.cost is None else Fraction(repr(row.cost))
            if row.collection:
                needed.add(row.collection)
    for row in system.collections:
        if row.id in needed - free and row.cost:
            total += Fraction(repr(row.cost))
    return float(total)


def voices_of(system: System, facts: Facts, kept: Collection[str]) -> tuple[VoiceChange, ...]:
    """Who keeps and who loses voice, largest loss first."""
    agencies = counting(system)
    power = {row.id: Fraction(repr(row.power or 1.0)) for row in system.agencies if row.id in agencies}
    largest = max(power.values(), default=Fraction(1))
    before: dict[str, int] = defaultdict(int)
    after: dict[str, int] = defaultdict(int)
    for duty in facts.weight:
        own = facts.own.get(duty[0], frozenset[str]())
        able = facts.servants(duty, own)
        before[duty[0]] += bool(able)
        after[duty[0]] += any(measure in kept for measure in able)
    found = [
        VoiceChange(
            agency=agency,
            agency_name=facts.names["agency"][agency],
            before=number,
            after=after[agency],
            loss=float((1 - Fraction(after[agency], number)) * power[agency] / largest),
        )
        for agency, number in before.items()
        if number
    ]
    return tuple(sorted(found, key=lambda voice: (-voice.loss, voice.agency)))


def unbalanced(system: System, facts: Facts, kept: Collection[str]) -> tuple[str, ...]:
    """Tiers that could have a measure of a dimension, and have none in a set, as tier/dimension."""
    dimension = {row.id: row.dimension for row in system.outcomes}
    agencies = counting(system)
    allowed = allowed_of(facts)
    missing: list[str] = []
    for tier in sorted({row.tier for row in system.agencies if row.tier and row.id in agencies}):
        for each in DIMENSIONS:
            able = [
                name
                for name in allowed
                if any(dimension[outcome] == each for outcome in facts.validity[name])
                and (facts.measures[name].reported_at is None or tier in (facts.measures[name].reported_at or ()))
            ]
            if able and not any(name in kept for name in able):
                missing.append(f"{tier}/{each}")
    return tuple(missing)


def residual(conflicts: Conflicts, kept: Collection[str]) -> list[int]:
    """The positions of the conflicts within a set of measures."""
    ids = [row.id for row in conflicts.arrays.measures]
    return [
        at for at, finding in enumerate(conflicts.findings) if all(ids[measure] in kept for measure in finding.measures)
    ]


def clashes(conflicts: Conflicts, positions: Iterable[int]) -> tuple[Clash, ...]:
    """Conflicts as clashes."""

    def clash(at: int) -> Clash:
        row = conflicts.findings[at]
        measures = [conflicts.arrays.measures[measure] for measure in row.measures]
        return Clash(
            conflict=row.id,
            measures=tuple(each.id for each in measures),
            measure_names=tuple(each.name for each in measures),
            severity=row.severity,
            sentence=conflicts.sentence(at),
        )

    return tuple(clash(at) for at in positions)


def total(conflicts: Conflicts, positions: Iterable[int]) -> float:
    """The sum of severities, exact to six decimals."""
    return round(sum(round(conflicts.findings[at].severity * 1_000_000) for at in positions) / 1_000_000, 6)


def conflicts_of(system: System, options: Options) -> Conflicts:
    """The conflicts that count as residual."""
    return find_conflicts(
        system, ("opposed", "inconsistent", "spillover"), options.tolerance, options.steps, options.decay
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


@verb(CheckOptions, "measures", "options")
def check(system: System, asked: CheckOptions) -> Verdict:
    """What a set of measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.

    Returns
    -------
    Verdict
        Recomputed from the system alone.

    Raises
    ------
    UnknownWord
        A measure is not known.
    OptionError
        An option is out of its range.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> verdict = al.check(system, ["delayed-discharges", "patient-experience"])
    >>> verdict.standing.measures, verdict.aligned
    (2, False)
    """
    return verdict_of(system, asked.measures, asked.of_set)


def verdict_of(system: System, measures: Iterable[str], asked: Options) -> Verdict:
    """What a set of known measures serves, leaves in conflict, costs and silences.

    Parameters
    ----------
    system
        The system.
    measures
        Their ids.
    asked
        What is asked of the set.
    """
    given, system = system, weighed(system, asked)
    facts = facts_of(system, asked)
    kept = frozenset(measures)
    conflicts = conflicts_of(system, asked)
    within = residual(conflicts, kept)
    voices = voices_of(system, facts, kept)
    gaps = _gaps(facts, kept)
    missing = unbalanced(system, facts, kept)
    return Verdict(
        system=given.hash,
        options=asked,
        measures=tuple(sorted(kept)),
        standing=_standing(system, facts, kept, gaps, voices, conflicts, within),
        unserved=gaps,
        unbalanced=missing,
        clashes=clashes(conflicts, within),
        voices=voices,
        broken=_broken(system, facts, kept, gaps, missing, voices),
    )


def _gaps(facts: Facts, kept: Collection[str]) -> tuple[Gap, ...]:
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


def _standing(
    system: System,
    facts: Facts,
    kept: Collection[str],
    gaps: Collection[Gap],
    voices: Iterable[VoiceChange],
    conflicts: Conflicts,
    within: Collection[int],
) -> Standing:
    """A set in figures."""
    steps, decay = facts.options.steps, facts.options.decay
    return Standing(
        measures=len(kept),
        served=len(facts.weight) - len(gaps),
        gaps=len(gaps),
        gap_weight=round(sum(gap.weight for gap in gaps), 6),
        burden=burden_of(system, kept),
        conflict=total(conflicts, within),
        conflicts=len(within),
        largest_loss=max((voice.loss for voice in voices), default=0.0),
        change=_change(system, kept),
        alignment=value_of(system, kept, steps, decay),
        congruity=congruity_of(system, kept, steps, decay).reach,
    )


def can_be_met(system: System, options: Options, kept: Collection[str]) -> bool:
    """Whether the targets on some measures can all be met, each within the concession that is allowed.

    One linear programme, stated from scratch; what the programme found on its way does not count.
    """
    ids = sorted(row.id for row in system.measures)
    moves = moves_of(
        effects_of(system, options.steps, options.decay), measures=[at for at, name in enumerate(ids) if name in kept]
    )
    least, most = moves.least.copy(), moves.most.copy()
    np.maximum.at(least, moves.row, moves.low - options.max_concession)
    np.minimum.at(most, moves.row, moves.high + options.max_concession)
    least, most = least - TOLERANCE, most + TOLERANCE
    if (least > most + TOLERANCE).any():
        return False
    if not len(moves.levers):
        return bool((least <= 0).all() and (most >= 0).all())
    up, down = np.isfinite(most), np.isfinite(least)
    sides = sparse.vstack([moves.rows[up], -moves.rows[down]])
    bounds: Any = np.column_stack([moves.lower, moves.upper])
    answer: Any = linprog(np.zeros(len(moves.levers)), sides, np.concatenate([most[up], -least[down]]), bounds=bounds)
    return bool(answer.status == 0)


def _change(system: System, kept: Collection[str]) -> float:
    dropped = [row.weight or 1.0 for row in system.targets if row.measure not in kept]
    return round(sum(round(weight * 1_000_000) for weight in dropped) / 1_000_000, 6)


def _broken(
    system: System,
    facts: Facts,
    kept: frozenset[str],
    gaps: Iterable[Gap],
    missing: Iterable[str],
    voices: Iterable[VoiceChange],
) -> tuple[str, ...]:
    """The wishes that a set does not meet, in sentences.

    A duty that no measure serves is no wish that a set could meet.
    """
    asked = facts.options
    allowed = allowed_of(facts)
    found = [
        gap.reason
        for gap in gaps
        if asked.sway is None
        and not asked.achievable
        and facts.servants((gap.duty.agency, gap.duty.outcome, gap.duty.population), allowed)
    ]
    if asked.balance:
        found += [f"Tier {pair.split('/')[0]} has no measure of {pair.split('/')[1]}." for pair in missing]
    found += [f"{facts.measures[name].name} has to be kept." for name in asked.keep if name not in kept]
    if asked.keep_statutory:
        found += [
            f"{row.name} is statutory." for name, row in facts.measures.items() if row.statutory and name not in kept
        ]
    found += [f"{facts.measures[name].name} must not be kept." for name in sorted(kept.difference(allowed))]
    named = {row.id: row.name for row in system.agencies}
    least = short_fraction(asked.voice)
    found += [
        f"{upper_first(named[voice.agency])} keeps {percent(voice.after / voice.before)} of its voice, less than "
        f"{percent(asked.voice)}."
        for voice in voices
        if Fraction(voice.after, voice.before) < least
    ]
    if asked.achievable and not can_be_met(system, asked, kept):
        found.append("The targets on the kept measures cannot all be met.")
    if asked.sway is not None:
        most = short_fraction(asked.sway) * len(kept)
        for agency, own in sorted(facts.own.items()):
            number = sum(name in kept for name in own)
            if number > most:
                found.append(f"{named[agency]} has {number} of {len(kept)} measures, more than {percent(asked.sway)}.")
    return tuple(found)
