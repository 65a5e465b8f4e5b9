"""What is said of who calls the tune: who is flagged, how few have most, who is heard least for its duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.sway import Concentration, Voice
from alignment.models.options.lenses import SwayOptions
from alignment.wording import count, names, number, percent, upper_first

FAR: Final = 0.05
"""A smaller difference between shares of duties and of measures is not worth a sentence."""

PLURALS: Final = {"agency": "agencies", "tier": "tiers", "sector": "sectors"}


def paragraph(
    voices: Sequence[Voice], concentration: Concentration, asked: SwayOptions, measures: int, nobodys: int
) -> str:
    """Who calls the tune, in plain words.

    Parameters
    ----------
    voices
        Every group.
    concentration
        How far a few call the tune.
    asked
        What was asked.
    measures
        How many measures are kept.
    nobodys
        Of how many of them nobody has a target on today.
    """
    if not any(row.share_after for row in voices):
        kept = count(measures, "kept measure", "kept measures")
        return f"Nobody has a target today on the {kept}, so nobody calls the tune."
    ordered = sorted(voices, key=lambda row: (-row.share_after, row.group))
    said = [f"{_most(ordered[0])}.", _flags(ordered, asked), _spread(concentration, asked), *_heard_least(voices)]
    if nobodys:
        kept, they = count(measures, "kept measure", "kept measures"), "it counts" if nobodys == 1 else "these count"
        said.append(f"On {number(nobodys)} of the {kept} nobody has a target today, so {they} for nobody.")
    return " ".join(said)


def _most(row: Voice) -> str:
    return (
        f"{upper_first(row.name)} has the largest part of the kept measures: {percent(row.share_after)}, and "
        f"{percent(row.share_of_duties)} of the duties"
    )


def _flags(ordered: Sequence[Voice], asked: SwayOptions) -> str:
    flagged = [row.name for row in ordered if row.flagged]
    who = upper_first(names(flagged)) if flagged else f"No {asked.by}"
    has = "have" if len(flagged) > 1 else "has"
    if asked.sway is not None and asked.by == "agency":
        return f"{who} {has} targets on more of them than the cap of {percent(asked.sway)}."
    return f"{who} {has} more than twice the part that its duties would give it."


def _spread(concentration: Concentration, asked: SwayOptions) -> str:
    """Herfindahl figures as numbers of groups that would have alike."""
    if concentration.after == 1:
        return f"No other {asked.by} has any of them."
    then, today, duties = (
        number(round(1 / each, 1)) if each else "no"
        for each in (concentration.after, concentration.before, concentration.duties)
    )
    return (
        f"In all it is as if {then} {PLURALS[asked.by]} had an equal part of the measures each (today {today}); the "
        f"duties are spread as over {duties}."
    )


def _heard_least(voices: Sequence[Voice]) -> Iterator[str]:
    """Who answers for most and set least."""
    least = min(voices, key=lambda row: (row.share_after - row.share_of_duties, row.group))
    if least.share_of_duties - least.share_after >= FAR:
        yield (
            f"{upper_first(least.name)} is heard least for its duties: it answers for {percent(least.share_of_duties)} "
            f"of them and has {percent(least.share_after)} of the kept measures."
        )
