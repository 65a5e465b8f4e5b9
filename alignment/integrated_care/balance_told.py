"""Balance in words: what experience is seen by, how measures are spread, who has none, and what the tables lack."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from alignment.index import Index
from alignment.models.answers.balance import WORDS, Balanced, Lacking
from alignment.models.numbers import count
from alignment.wording import names, percent, quoted, upper_first, verb


def said(
    tiers: Sequence[Balanced], lacking: Sequence[Lacking], idle: Sequence[str], unasked: Sequence[str]
) -> Iterator[str]:
    """The paragraph, a sentence at a time.

    Parameters
    ----------
    tiers
        The rows of all tiers together first.
    lacking
        What tiers lack.
    idle
        The names of tiers without any measure.
    unasked
        The names of the measures of experience that are seen by the organisation.
    """
    every, *rows = tiers[:4]
    yield from _experience(rows[0], unasked)
    yield _counts(rows)
    yield from _views(every)
    yield from _lacks(lacking, complete=not idle)
    if idle:
        yield f"No body of {names(idle, 4)} works to any measure at all."


def _experience(row: Balanced, unasked: Sequence[str]) -> Iterator[str]:
    """How much even of experience is the organisation's own view."""
    if unasked:
        some = names([quoted(name) for name in unasked[:FEW]])
        most = "" if len(unasked) <= FEW else "those with most targets are "
        are = verb(len(unasked), "is", "are")
        of = f"{len(unasked)} of {count(len(row.now), 'measure', 'measures')}"
        yield f"Even of experience, {of} {are} seen from the organisation: {most}{some}."


FEW: Final = 3
"""So many measures are named, those with most targets first."""


def _counts(rows: Sequence[Balanced]) -> str:
    """How the measures are spread, today and with the set."""
    now, then = (sum(len(held) for held in sizes) for sizes in ([row.now for row in rows], [row.then for row in rows]))
    spread = names([f"{len(row.now)} {'are ' if at == 0 else ''}of {_word(row)}" for at, row in enumerate(rows)])
    later = names([str(len(row.then)) for row in rows])
    every = count(now, "measure", "measures")
    return f"Of the {every} that bodies work to today, {spread}; with the set {later} of {then}."


def _views(every: Balanced) -> Iterator[str]:
    """Whose view measures take, which need not mean that anybody is asked."""
    if every.now_person_share is None:
        return
    then = every.then_person_share
    later = "" if then is None else f", and {every.then_person} of {every.then_viewed} ({percent(then)}) with the set"
    are = verb(every.now_person, "is", "are")
    yield (
        f"In all {every.now_person} of {every.now_viewed} ({percent(every.now_person_share)}) {are} seen from the "
        f"person{later}; that need not mean that people are asked."
    )


def _lacks(lacking: Sequence[Lacking], *, complete: bool) -> Iterator[str]:
    """What the bodies of a tier work to no measure of, and whether the set changes that."""
    if not lacking:
        which = "tier" if complete else "other tier"
        yield f"Every {which} works to something of all three, today and with the set."
        return
    by_tier: dict[str, list[Lacking]] = {}
    for row in lacking:
        by_tier.setdefault(row.tier_name, []).append(row)
    for tier, rows in by_tier.items():
        yield f"{upper_first(_who(tier, rows[0].bodies))} {_none(rows)}."


def _who(tier: str, bodies: Sequence[str]) -> str:
    """Who works to measures at a tier: where it is one body, the body and not the tier."""
    return f"in {tier} only {bodies[0]} works to any measure, and" if len(bodies) == 1 else f"no body of {tier}"


def _none(rows: Sequence[Lacking]) -> str:
    alone = len(rows[0].bodies) == 1
    by_time: dict[tuple[bool, bool], list[str]] = {}
    for row in rows:
        by_time.setdefault((row.now, row.then), []).append(WORDS[row.dimension])
    parts = [
        f"{'none' if alone else 'any measure'} of {' or '.join(words)}{WHEN[time]}" for time, words in by_time.items()
    ]
    return ("to " if alone else "works to ") + names(parts)


def _word(row: Balanced) -> str:
    return WORDS[row.dimension] if row.dimension != "all" else "any"


WHEN: Final = {(True, True): "", (True, False): " today", (False, True): " with the set"}
"""When something is lacking; always is not said."""


def missing(index: Index, measures: Collection[int]) -> Iterator[str]:
    """What is blank, and what it would add.

    Parameters
    ----------
    index
        The rows by position.
    measures
        Those that anybody works to, today or with the set.
    """
    rows = [index.measures[at] for at in sorted(measures)]
    used = {row.outcome for row in rows}
    undimensioned = [row.name for row in index.system.outcomes if row.id in used and row.dimension is None]
    yield from _blank([row.name for row in rows if row.outcome is None], "measure", "outcome", "say what it is for")
    yield from _blank(sorted(undimensioned), "outcome", "dimension", "count their measures")
    unseen = [row.name for row in rows if row.perspective is None]
    yield from _blank(unseen, "measure", "perspective", "say whose view is taken")
    yield from untiered(index)


def _blank(words: Sequence[str], noun: str, column: str, adds: str) -> Iterator[str]:
    if words:
        number = count(len(words), f"{noun} has", f"{noun}s have")
        some = names([quoted(word) for word in words])
        yield f"{number} no {column} ({some}): the column {column} of {noun}s would {adds}."


def untiered(index: Index) -> Iterator[str]:
    """Agencies that count and have no tier.

    Parameters
    ----------
    index
        The rows by position.
    """
    homeless = sorted(index.agencies[who].name for who in index.counting if index.agencies[who].tier is None)
    if homeless:
        have = "has no tier and counts" if len(homeless) == 1 else "have no tier and count"
        yield (
            f"{upper_first(names(homeless))} {have} only in all tiers together: the column tier of agencies would add "
            "what they work to."
        )
