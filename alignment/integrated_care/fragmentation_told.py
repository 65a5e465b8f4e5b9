"""What agencies lose of their own, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from alignment.models.answers.fragmentation import Fragmented, MeasureFate, OwnMeasure
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.wording import names, quoted, upper_first, verb


def paragraph(rows: Sequence[Fragmented], measures: Sequence[OwnMeasure]) -> Iterator[str]:
    """What is found, a sentence at a time.

    Parameters
    ----------
    rows
        The agencies, those that lose most first.
    measures
        Their own measures.
    """
    if not rows:
        yield "0 agencies have a target of their own that is still to be met, so there is nothing to lose."
        return
    yield from _measures(rows, measures)
    yield from _links(rows)
    yield from _whole(rows)


def _measures(rows: Sequence[Fragmented], measures: Sequence[OwnMeasure]) -> Iterator[str]:
    fates = Counter[MeasureFate](row.fate for row in measures)
    stay = fates["kept"] + fates["not judged"]
    every = count(len(measures), "measure", "measures")
    said = [f"{stay or 'none'} {verb(stay, 'stays', 'stay')}", *_gone(fates)]
    lost = "" if fates["lost"] else "; none is lost outright"
    yield f"Of the {every} that bodies have as their own, each counted for each of them, {names(said, 5)}{lost}."
    losing = [row for row in rows if row.lost]
    if losing:
        most = max(losing, key=lambda row: (row.share_lost or 0.0, len(row.lost)))
        gone = names([quoted(name) for name in most.lost_names])
        yield f"{upper_first(most.agency_name)} loses most: {len(most.lost)} of its {most.held} ({gone})."
    yield from _hardest(rows)


def _gone(fates: Counter[MeasureFate]) -> Iterator[str]:
    """What goes, and why that is a loss or none."""
    if lost := fates["lost"]:
        yield f"{lost} {verb(lost, 'is', 'are')} lost outright"
    if said := fates["said"]:
        yield f"{said} {verb(said, 'goes and is', 'go and are')} said by another"
    if inferred := fates["inferred"]:
        was = verb(inferred, "goes that was never a published target", "go that were never published targets")
        yield f"{inferred} {was}"
    if against := fates["against people"]:
        yield f"{against} {verb(against, 'goes that works', 'go that work')} against people"


HALF: Final = 0.5
"""A body of whose own measures more than this share goes is named, whatever the reason."""


def _hardest(rows: Sequence[Fragmented]) -> Iterator[str]:
    """Who is left with few measures of its own, other than by what is lost outright."""
    hardest = max(rows, key=lambda row: (row.share_gone, row.held))
    if hardest.lost or hardest.share_gone <= HALF:
        return
    gone = (*hardest.inferred_names, *hardest.against_names)
    some = names([quoted(name) for name in gone])
    name = upper_first(hardest.agency_name)
    if len(gone) == hardest.held:
        yield f"{name} keeps none of its own ({some})."
        return
    yield f"{name} keeps least of its own: {len(gone)} of its {hardest.held} {verb(len(gone), 'goes', 'go')} ({some})."


def _links(rows: Sequence[Fragmented]) -> Iterator[str]:
    links = sum(row.links for row in rows)
    cut = sum(row.cut for row in rows)
    if not links:
        return
    of = f"{count(links, 'link', 'links')} of cause and effect that bodies see both ends of"
    if not cut:
        yield f"None of the {of} is cut."
        return
    worst = max(rows, key=lambda row: (row.cut, row.share_cut or 0.0))
    alone = [row.cut for row in rows].count(worst.cut) == 1
    most = "" if worst.cut == cut else "most " if alone else "for instance "
    yield (
        f"Of the {of}, {cut} {verb(cut, 'is', 'are')} cut, {most}at {worst.agency_name} ({worst.cut} of "
        f"{worst.links}), {' and '.join(_ends(worst))}."
    )


def _ends(row: Fragmented) -> Iterator[str]:
    """What cuts the links of a body: only of a published target can it be said that the body was judged on it."""
    inferred = [quoted(name) for name in row.cut_inferred_names]
    judged = [each for each in map(quoted, row.cut_ends_names) if each not in inferred]
    if judged:
        yield f"which is no longer judged on {names(judged)}"
    if inferred:
        goes = verb(len(inferred), "goes, never a published target", "go, never published targets")
        yield f"as {names(inferred)} {goes}"


FEW: Final = 3
"""So many bodies that keep all of their own are named, those with most measures first."""


def _whole(rows: Sequence[Fragmented]) -> Iterator[str]:
    whole = sorted((row for row in rows if row.whole), key=lambda row: (-row.held, row.agency))
    called = names([row.agency_name for row in whole[:FEW]])
    if not whole:
        yield "Nobody keeps all of its own."
    elif len(whole) == len(rows):
        yield "Everybody keeps all of its own."
    elif len(whole) > FEW:
        yield f"{len(whole)} of {len(rows)} bodies keep all of their own, with most measures {called}."
    else:
        yield f"{upper_first(called)} {verb(len(whole), 'keeps all of its', 'keep all of their')} own."


def missing(system: System, measures: Sequence[OwnMeasure]) -> Iterator[str]:
    """What the tables do not say, and what it would add.

    Parameters
    ----------
    system
        The system.
    measures
        Own measures of agencies.
    """
    if not system.influences:
        yield "There are no rows of influences: with them it could be told which links of cause and effect are cut."
    elif not system.controls:
        yield (
            "There are no rows of controls: with them the links would count that begin with what a body steers without "
            "a target on it."
        )
    unknown = sorted({row.measure_name for row in measures if row.fate == "not judged"})
    if unknown:
        some = names([quoted(each) for each in unknown])
        yield (
            f"{count(len(unknown), 'measure has', 'measures have')} no outcome ({some}): the column outcome of "
            "measures would tell whether losing it counts."
        )
