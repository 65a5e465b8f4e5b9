"""Hand-overs in words: how many are shared, what pulls apart, and what the tables do not say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from alignment.models.answers.journey import HandOver, State
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.wording import names, quoted


def paragraph(system: System, rows: Sequence[HandOver]) -> Iterator[str]:
    """What is found, a sentence at a time.

    Parameters
    ----------
    system
        The system.
    rows
        Its hand-overs.
    """
    if not system.pathways:
        yield "No journey is told (0 rows of pathways), so nothing can be said of where people are handed over."
        return
    if not rows:
        yield "No journey passes from one body to another, so there is no hand-over to look at."
        return
    yield _counts(rows)
    yield from _good(rows)
    yield from _bad(rows)


def _counts(rows: Sequence[HandOver]) -> str:
    states = Counter(row.state for row in rows)
    words: Sequence[tuple[State, str]] = (
        ("in conflict", "their wishes pull apart"),
        ("each its own", "each works to a measure of its own"),
        ("one side", "only one side works to a measure"),
        ("nobody", "neither does"),
        ("not known", "it cannot be told"),
    )
    said = [f"at {states[state]} {what}" for state, what in words if states[state]]
    every = count(len(rows), "hand-over", "hand-overs")
    journeys = count(len({row.pathway for row in rows}), "journey", "journeys")
    shared = f"both sides work to one measure of it at {states['shared'] or 'none'}"
    return f"Of {every} on {journeys}, {names([shared, *said], 6)}."


def _good(rows: Sequence[HandOver]) -> Iterator[str]:
    shared = [row for row in rows if row.state == "shared"]
    if shared:
        yield f"Shared: {names([f'{_who(row)} ({quoted(row.shared_names[0])})' for row in shared], 2)}."
    both = [row for row in rows if row.state == "in conflict" and row.shared]
    if both:
        number = sum(row.state == "in conflict" for row in rows)
        share = "shares" if len(both) == 1 else "share"
        yield f"Of the {number} where wishes pull apart, {len(both)} {share} a measure all the same."


def _bad(rows: Sequence[HandOver]) -> Iterator[str]:
    apart = [row for row in rows if row.severity is not None]
    if apart:
        worst = max(apart, key=lambda row: row.severity or 0.0)
        yield f"The worst of it stands between {worst.giver_name} and {worst.receiver_name}: {worst.quarrel}."
    blind = [row for row in rows if row.state == "nobody"]
    if blind:
        yield f"Neither side looks from {names([_who(row) for row in blind])}."


def _who(row: HandOver) -> str:
    return f"{row.giver_name} to {row.receiver_name}"


def missing(system: System, rows: Sequence[HandOver]) -> Iterator[str]:
    """What the tables do not say, and what it would add.

    Parameters
    ----------
    system
        The system.
    rows
        Its hand-overs.
    """
    if not system.pathways:
        yield (
            "There are no rows of pathways: a row a step, with the agency that the person meets and the measure of "
            "what happens there, would show every hand-over."
        )
    bare = [
        f"{row.giver_name if side == 'giver' else row.receiver_name} on {quoted(row.journey)}"
        for row in rows
        for side in row.unmeasured
    ]
    bare = list(dict.fromkeys(bare))
    if bare:
        yield (
            f"{count(len(bare), 'step has', 'steps have')} no measure ({names(bare)}): the column measure of pathways "
            "would tell whether both sides look at the hand-over."
        )
