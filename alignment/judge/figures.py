"""A set in figures: burden, voice and balance, from the rows alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction

from alignment.models.answers.proposal import VoiceChange
from alignment.models.system import System
from alignment.models.system.measures import DIMENSIONS

from .duties import Facts, allowed_of, counting


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
