"""What a director is told of joint duties: the weakest link, where most could be won, whom to ask first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.readiness import INGREDIENTS, WORDS, Ingredient, JointDuty, PairReadiness
from alignment.wording import count, names, number, upper_first, verb

NAMED: Final = 3
"""How many pairs of which something is missing are named; the rest is counted."""


def paragraph(duties: Sequence[JointDuty], pairs: Sequence[PairReadiness], every: int) -> str:
    """The finding.

    Parameters
    ----------
    duties
        The joint duties.
    pairs
        Every two agencies that share one or have conflicts, in order.
    every
        How many duties there are, joint or not.
    """
    if not duties:
        told = count(every, "duty is", "duties are")
        return f"Nothing is a joint duty: {told} told, and no two bodies have one for the same outcome and people."
    known = any(row.known for row in duties)
    return " ".join(_known(duties, pairs) if known else _unknown(duties, pairs))


def missing(pairs: Sequence[PairReadiness]) -> Iterator[str]:
    """What the tables lack, and what it would add.

    Parameters
    ----------
    pairs
        Every two agencies that share a duty or have conflicts, in order.
    """
    pairs = _sharing(pairs)
    if unknown := [row for row in pairs if row.value is None]:
        some = len(unknown) < len(pairs)
        those = f"{len(unknown)} of the {len(pairs)} pairs" if some else f"any of the {len(pairs)} pairs"
        yield (
            f"relationships says nothing of {those} that share a duty{_which(unknown) if some else ''}: a row with the "
            "five ingredients, 0 to 1 each, would say how ready they are."
        )
    if partly := [row for row in pairs if row.value is not None and _blank(row)]:
        blanks = sorted({name for row in partly for name in _blank(row)}, key=INGREDIENTS.index)
        yield (
            f"In relationships {names(blanks, 5)} {verb(len(blanks), 'is', 'are')} not said of all pairs that share a "
            f"duty{_which(partly)}: it would say whether the weakest is weaker."
        )


def _which(pairs: Sequence[PairReadiness]) -> str:
    """The first of some pairs, in brackets."""
    rest = len(pairs) - NAMED
    return f" ({'; '.join(map(_both, pairs[:NAMED]))}{f'; and {rest} more' if rest > 0 else ''})"


def _blank(row: PairReadiness) -> list[Ingredient]:
    return [name for name in INGREDIENTS if getattr(row, name) is None]


def _both(row: PairReadiness) -> str:
    return f"{row.a_name} and {row.b_name}"


def _joint(duties: int) -> str:
    return count(duties, "joint duty", "joint duties")


def _unknown(duties: Sequence[JointDuty], pairs: Sequence[PairReadiness]) -> Iterator[str]:
    """What is said where nobody says how well any two work together: who should be asked first."""
    sharing = _sharing(pairs)
    yield (
        "How ready bodies are to work together is not known: the table relationships says nothing of the "
        f"{count(len(sharing), 'pair', 'pairs')} that {verb(len(sharing), 'shares', 'share')} {_joint(len(duties))}."
    )
    apart = [row for row in pairs if row.relation != "belongs"]
    most = apart[0] if apart and apart[0].duties else sharing[0]
    tense = max(apart, key=lambda row: (row.conflict_weight, row.duties), default=most)
    apart_most = tense is not most and tense.conflicts
    at_odds = f", and {_both(tense)}, who are most at odds ({_said(tense)})" if apart_most else ""
    yield f"Ask first {_both(most)}, who share most ({_said(most)}){at_odds}."


def _conflicts(row: PairReadiness) -> str:
    return f"{count(row.conflicts, 'conflict', 'conflicts')} of weight {row.conflict_weight:.1f}"


def _sharing(pairs: Sequence[PairReadiness]) -> list[PairReadiness]:
    return [row for row in pairs if row.duties]


def _said(row: PairReadiness) -> str:
    shared = [_joint(row.duties)] if row.duties else ["no joint duty"]
    conflicts = [_conflicts(row)] if row.conflicts else []
    line = ["one asks or answers to the other"] if row.relation == "line" else []
    return ", ".join([*shared, *conflicts, *line])


def _known(duties: Sequence[JointDuty], pairs: Sequence[PairReadiness]) -> Iterator[str]:
    """The weakest link, where most could be won, the strongest, and how much of all that is."""
    pairs = _sharing(pairs)
    known = [row for row in pairs if row.value is not None]
    weakest = min(known, key=lambda row: (row.value or 0.0, -row.duties, row.a, row.b))
    held = sum((row.a, row.b) == (weakest.a, weakest.b) for row in duties)
    yield (
        f"The weakest link is between {_both(weakest)}: {_ingredient(weakest)}, which holds back {held} of "
        f"{_joint(len(duties))}."
    )
    if known[0] is not weakest:
        yield (
            f"Most could be won between {_both(known[0])}: {_ingredient(known[0])}, and {_joint(known[0].duties)} in "
            "common."
        )
    best = max(known, key=lambda row: (row.value or 0.0, row.duties))
    if best is not weakest and best.value is not None and not _blank(best):
        yield f"{upper_first(_both(best))} are readiest: nothing is below {number(best.value)}."
    unsure = len(pairs) - len(known)
    if unsure:
        yield (
            f"Nothing is known of {unsure} of the {len(pairs)} pairs that share a duty, so a duty may be less ready "
            "than it looks."
        )


def _ingredient(row: PairReadiness) -> str:
    return f"{WORDS[row.weakest]} is at {number(row.value or 0.0)} of 1" if row.weakest else ""
