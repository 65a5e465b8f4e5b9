"""Layers in words: how near tiers come, what stands between them, and who serves how many masters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alignment.index import Index
from alignment.models.answers.layers import Mastered, TierPair
from alignment.models.numbers import count
from alignment.wording import names, percent, upper_first, verb

HALF: Final = 0.5
"""Two tiers that set themselves less of what either works to do not work to the same measures for the most part."""

FEW: Final = 2
"""So many pairs of tiers that share nothing are named; of more, the number is told."""

MANY: Final = 4
"""So many masters are named, those with most targets first."""


def paragraph(pairs: Sequence[TierPair], agencies: Sequence[Mastered]) -> Iterator[str]:
    """What is found, a sentence at a time.

    Parameters
    ----------
    pairs
        Every two tiers that work to something.
    agencies
        Those with masters, the ones that answer to most first.
    """
    known = [row for row in pairs if row.jaccard is not None]
    if not known:
        yield "There are no two tiers with targets, so nothing can be said of layers."
        return
    yield _most(known)
    yield from _least(known)
    yield from _conflicts(known)
    yield from _masters(agencies)


def _most(known: Sequence[TierPair]) -> str:
    """How near the nearest come by what they set themselves, and what the one only delivers for the other."""
    if not any(row.shared for row in known):
        return f"{'The two' if len(known) == 1 else 'No two'} tiers share {'no' if len(known) == 1 else 'a'} measure."
    best = max(known, key=lambda row: (_own(row), row.jaccard or 0, row.a, row.b))
    if not best.own:
        return (
            f"No two tiers have targets of their own on one measure: where they share any, most of all {_called(best)} "
            f"({_shared(best)}), the one delivers for the other, or both for a third."
        )
    more = f"; on {len(best.delivered)} more the one delivers for the other" if best.delivered else ""
    figures = f"{len(best.own)} of {_either(best)} ({percent(_own(best))}){more}."
    if len(known) == 1:
        return f"{_called(best)} both have targets of their own on {figures}"
    if _own(best) < HALF:
        return (
            "No two tiers both have targets of their own on half of the measures that either works to: "
            f"{_called(best)} come nearest, with {figures}"
        )
    return f"{_called(best)} come nearest to working to the same measures: both have targets of their own on {figures}"


def _least(known: Sequence[TierPair]) -> Iterator[str]:
    """The tiers that share least, or nothing, where others share something."""
    without = [row for row in known if not row.shared]
    if len(without) == len(known) or len(known) == 1:
        return
    if len(without) > FEW:
        yield f"{len(without)} of the {len(known)} pairs of tiers share none."
    elif without:
        first, *more = map(_called, without)
        yield f"{first} share none" + (f", nor do {more[0]}." if more else ".")
    else:
        worst = min(known, key=lambda row: (row.jaccard or 0, row.a, row.b))
        yield f"{_called(worst)} share least: {_shared(worst)}."


def _conflicts(known: Sequence[TierPair]) -> Iterator[str]:
    """The tiers between which most conflicts stand, and those whose targets work against each other most."""
    worst = max(known, key=lambda row: (row.conflicts, row.a, row.b))
    if worst.conflicts and len(known) > 1:
        yield f"Most conflicts stand between {_called(worst)}: {worst.conflicts}; they share {_shared(worst)}."
    yield from _against([row for row in known if row.conflicts])


def _against(rows: Sequence[TierPair]) -> Iterator[str]:
    """The tiers whose targets work against each other most; where only inferred wishes do, that."""
    apart = [row for row in rows if (row.alignment or 0.0) < 0]
    in_targets = [row for row in apart if (row.alignment_set or 0.0) < 0]
    if in_targets:
        worst = min(in_targets, key=lambda row: (row.alignment_set or 0.0, row.a, row.b))
        yield f"The targets of {_called(worst)} hinder each other more than they help."
    elif apart:
        worst = min(apart, key=lambda row: (row.alignment or 0.0, row.a, row.b))
        yield (
            f"What {_called(worst)} want hinders each other more than it helps, but only by wishes that were inferred "
            "from what bodies do, not by targets set."
        )


def _masters(agencies: Sequence[Mastered]) -> Iterator[str]:
    if not agencies:
        return
    most = agencies[0]
    if not most.answers_to:
        asks = count(len(most.masters), "other body asks", "other bodies ask")
        yield (
            f"{upper_first(most.name)} has most masters: {asks} it for something ({_listed(most.master_names)}), "
            f"though it is not known to answer to {verb(len(most.masters), 'it', 'them')}."
        )
        return
    bodies = count(len(most.answers_to), "body", "bodies")
    said = f"it answers to {bodies} that set{verb(len(most.answers_to), 's', '')} it targets"
    yield f"{upper_first(most.name)} has most masters: {said} ({_listed(most.answers_to_names)}){_asking(most)}."


def _asking(row: Mastered) -> str:
    """Who asks besides."""
    if not row.asking:
        return ""
    ask, them = verb(len(row.asking), "asks", "ask"), verb(len(row.asking), "it", "them")
    return f"; {_listed(row.asking_names)} {ask} it for something too, though it is not known to answer to {them}"


def _listed(words: Sequence[str]) -> str:
    """Names in a list; those with a comma of their own at its end, so that the list can be read aloud."""
    return names([*sorted(words[:MANY], key=lambda word: "," in word), *words[MANY:]], MANY)


def missing(index: Index, agencies: Sequence[Mastered]) -> Iterator[str]:
    """What the tables do not say, and what it would add.

    Parameters
    ----------
    index
        The rows by position.
    agencies
        Those with masters.
    """
    without = sorted(row.name for who, row in enumerate(index.agencies) if row.tier is None and who in index.counting)
    if without:
        yield (
            f"{names(without)} {'has' if len(without) == 1 else 'have'} no tier, so their measures count for none: "
            "the column tier of agencies would add them."
        )
    asks = [f"{row.name} to {asker}" for row in agencies for asker in row.asking_names]
    if asks:
        yield (
            f"No row of accountability says that these answer to who wants something of them: {names(asks)}. Where one "
            "does, a row would tell a target with authority from an ask."
        )


def _called(row: TierPair) -> str:
    return f"{row.a_name} and {row.b_name}"


def _either(row: TierPair) -> int:
    return row.measures_a + row.measures_b - len(row.shared)


def _own(row: TierPair) -> float:
    """The share of what either works to on which both have targets of their own."""
    return len(row.own) / (_either(row) or 1)


def _shared(row: TierPair) -> str:
    return f"{len(row.shared)} of {_either(row)} ({percent(row.jaccard or 0.0)})"
