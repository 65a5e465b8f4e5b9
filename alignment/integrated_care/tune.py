"""What is said of who calls the tune: who has most, alone and as a tier, who is flagged, who has least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alignment.models.answers.sway import Concentration, Voice
from alignment.models.options.lenses import SwayOptions
from alignment.wording import count, in_words, names, number, percent, quoted, upper_first, verb

FAR: Final = 0.05
"""A smaller difference between shares of duties and of measures is not worth a sentence."""

MUCH: Final = 2
"""How many times its share of the duties a group's share of the kept measures is, before it is flagged; and the other
way round, before it is said to have little."""


class Together(NamedTuple):
    """What the bodies of one tier have together."""

    name: str
    """What people call the tier."""
    bodies: int
    """How many of them have some of the kept measures. Unit: bodies."""
    share_after: float
    """Their part of the kept measures. No unit, 0 to 1."""
    share_of_duties: float
    """Their part of the duties. No unit, 0 to 1."""


def paragraph(
    voices: Sequence[Voice],
    together: Together | None,
    concentration: Concentration,
    asked: SwayOptions,
    measures: int,
    nobodys: int,
) -> str:
    """Who calls the tune, in plain words.

    Parameters
    ----------
    voices
        Every group.
    together
        The tier whose bodies have the largest part together; none where one body makes it up, or groups are no bodies.
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
    said = [f"{_most(ordered[0])}.", *_tier(together), _flags(ordered, asked), *_alone(concentration, asked)]
    said += _least(voices)
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
    even = percent(1 / len(ordered))
    return f"{who} {has} both more than an even share of them ({even}) and more than twice its share of the duties."


def _tier(together: Together | None) -> Iterator[str]:
    """What the tier with the largest part has, where several bodies make it up."""
    if together is not None:
        yield (
            f"The {in_words(together.bodies)} bodies of the tier {quoted(together.name)} together have "
            f"{percent(together.share_after)} of the kept measures, and {percent(together.share_of_duties)} of the "
            "duties."
        )


def _alone(concentration: Concentration, asked: SwayOptions) -> Iterator[str]:
    if concentration.after == 1:
        yield f"No other {asked.by} has any of them."


def _least(voices: Sequence[Voice]) -> Iterator[str]:
    """Where duties and measures are furthest apart, and who has least of the measures for its duties."""
    some = [row for row in voices if row.share_of_duties]
    part = {row.group: row.share_after / row.share_of_duties for row in some}
    least = min(part.values(), default=1.0)
    worst = sorted((row for row in some if part[row.group] == least), key=_by_duties) if least <= 1 / MUCH else []
    furthest = max(some, key=lambda row: (row.share_of_duties - row.share_after, row.group), default=None)
    if furthest and worst != [furthest] and furthest.share_of_duties - furthest.share_after >= FAR:
        yield (
            f"The widest gap is that of {furthest.name}: {percent(furthest.share_of_duties)} of the duties and "
            f"{_part([furthest])} of the kept measures."
        )
    if worst:
        duties = sum(row.share_of_duties for row in worst)
        yield (
            f"For {verb(len(worst), 'its', 'their')} duties {names([row.name for row in worst])} "
            f"{verb(len(worst), 'has', 'have')} least: {percent(duties)} of the duties and {_part(worst)} of the kept "
            "measures."
        )


def _part(rows: Sequence[Voice]) -> str:
    share = sum(row.share_after for row in rows)
    return percent(share) if share else "none"


def _by_duties(row: Voice) -> tuple[float, str]:
    return -row.share_of_duties, row.group
