"""Hand-overs in words: how many are shared, what pulls apart, and what the tables do not say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.journey import HandOver, State
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.wording import names, quoted, upper_first


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
    """How many hand-overs are in which state: shared, pulling apart, one side only, nobody, cannot be told."""
    states = Counter[State](row.state for row in rows)
    every = count(len(rows), "hand-over", "hand-overs")
    journeys = count(len({row.pathway for row in rows}), "journey", "journeys")
    do = "do the two sides" if not states["shared"] else "the two sides"
    shared = f"On {states['shared'] or 'none'} of {every}, on {journeys}, {do} share a target without pulling apart"
    apart, rest = list(_apart(rows)), list(_rest(rows, states))
    return " ".join([f"{shared}.", *apart, *([f"{upper_first(names(rest, len(rest)))}."] if rest else [])])


def _apart(rows: Sequence[HandOver]) -> Iterator[str]:
    """How many pull apart, and how many of these although they share a target."""
    apart = [row for row in rows if row.state == "in conflict"]
    both = sum(bool(row.shared) for row in apart)
    if apart:
        which = "there" if len(apart) == 1 else f"on {both} of these"
        also = f"; {which} they even share a target" if both else ""
        yield f"On {len(apart)} they pull apart{also}."


REST: Final[Sequence[tuple[State, str]]] = (
    ("each its own", "each has a target of its own"),
    ("one side", "only one side has a target"),
    ("others only", "others have a target and neither side does"),
    ("nobody", "nobody has a target"),
    ("not known", "it cannot be told"),
)
"""What is said of the other states, in order."""


def _rest(rows: Sequence[HandOver], states: Counter[State]) -> Iterator[str]:
    for state, what in REST:
        if states[state]:
            inferred = sum(row.state == state and bool(row.inferred) for row in rows)
            cases = count(inferred, "case", "cases")
            yield f"on {states[state]} {what}" + (f" (in {cases} a wish only inferred)" if inferred else "")


def _good(rows: Sequence[HandOver]) -> Iterator[str]:
    shared = [row for row in rows if row.state == "shared"]
    if shared:
        yield f"Shared: {'; '.join(f'{_who(row)} ({_held(row)})' for row in shared[:FEW])}."


def _held(row: HandOver) -> str:
    """The measure that two sides share, and whether the one was only inferred to want it."""
    inferred = ", by a wish only inferred of one" if row.shared[0] in row.inferred else ""
    return f"{quoted(row.shared_names[0])}{inferred}"


FEW: Final = 2
"""So many hand-overs of a state are told of."""


def _bad(rows: Sequence[HandOver]) -> Iterator[str]:
    apart = [row for row in rows if row.severity is not None]
    if apart:
        worst = max(apart, key=lambda row: row.severity or 0.0)
        yield f"They pull apart most from {_who(worst)}: {worst.quarrel}."
    for row in [row for row in rows if row.state == "nobody"][:FEW]:
        yield f"Nobody has a target from {_who(row)} ({names([quoted(name) for name in row.measure_names])})."
    for row in [row for row in rows if row.state == "others only"][:FEW]:
        held = names([quoted(name) for name in row.other_holds_names])
        yield f"From {_who(row)} neither side has a target; {row.other_names[0]} has, on {held}."


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
