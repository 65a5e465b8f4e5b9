"""The wishes that a set of measures does not meet, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Final

from alignment.models.answers.proposal import Gap, VoiceChange
from alignment.models.options.aligned_set import Options
from alignment.models.system import System
from alignment.options.weighing import short_fraction
from alignment.wording import names, percent, upper_first

from .duties import Facts, allowed_of
from .feasibility import TOLERANCE, Allowed, Feasibility

NOTHING: Final = "No duty is known, so nothing tells whether the set is aligned: give measures an outcome."
"""What keeps every set from being called aligned."""


def broken_of(
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
    found = [NOTHING] if system.targets and not facts.weight else []
    found += [
        gap.reason
        for gap in gaps
        if asked.sway is None
        and not asked.achievable
        and asked.at_most is None
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
    if asked.at_most is not None and len(kept) > asked.at_most:
        found.append(f"{len(kept)} measures are kept, and {asked.at_most} at most were asked for.")
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


def can_be_met(system: System, options: Options, kept: Collection[str]) -> bool:
    """Whether the targets on some measures can all be met, each within the concession that is allowed."""
    able = _able(system, options)
    return able.can(_on(able, kept), options.max_concession)


def barred_objections(system: System, options: Options, sets: Iterable[Collection[str]]) -> tuple[str, ...]:
    """What is wrong with sets of measures that are said not to go together, as the targets on them cannot all be met.

    Parameters
    ----------
    system
        The system.
    options
        What was asked of the set.
    sets
        Ids of measures.
    """
    able = _able(system, options)
    wrong = [
        names(sorted(each))
        for each in sets
        if able.miss(_on(able, each), options.max_concession).value <= TOLERANCE / 2
    ]
    return tuple(f"{each} can be kept together: the targets on them can all be met" for each in wrong)


def _able(system: System, options: Options) -> Feasibility:
    return Feasibility(
        system, Allowed(reach=options.reach, steps=options.steps, decay=options.decay, evidence=options.evidence)
    )


def _on(able: Feasibility, kept: Collection[str]) -> list[str]:
    """The targets on some measures that can be assessed."""
    return [key for key, row in able.targets.items() if row.measure in kept]
