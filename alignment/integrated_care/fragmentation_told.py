"""What agencies lose of their own, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from alignment.models.answers.fragmentation import Fragmented, MeasureFate, OwnMeasure
from alignment.models.numbers import count
from alignment.models.system import System
from alignment.wording import names, percent, quoted, upper_first, verb


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
    own = sum(row.own for row in rows)
    losing = [row for row in rows if row.lost]
    if losing:
        held = f"Of {count(own, 'measure', 'measures')} that bodies have as their own, each counted for each of them,"
        lead = f"{held} {fates['lost']} {verb(fates['lost'], 'is', 'are')} lost outright"
    else:
        lead = f"No measure that a body has as its own is lost outright, of {own:,}"
    yield f"{'; '.join([lead, *_others(fates)])}."
    if losing:
        most = max(losing, key=lambda row: (row.share_lost or 0.0, len(row.lost)))
        of = f"{len(most.lost)} of {most.own} ({percent(most.share_lost or 0.0)})"
        lost = names([quoted(name) for name in most.lost_names], 2)
        yield f"{upper_first(most.agency_name)} loses most, {of}: {lost}."


def _others(fates: Counter[MeasureFate]) -> Iterator[str]:
    """What goes and is not lost."""
    if said := fates["said"]:
        yield f"{said} {verb(said, 'is', 'are')} said by another measure"
    if others := fates["inferred"] + fates["against people"]:
        yield f"{others} more {verb(others, 'goes', 'go')}, only inferred or against people"


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
    ends = names([quoted(name) for name in worst.cut_ends_names], 2)
    alone = [row.cut for row in rows].count(worst.cut) == 1
    most = "" if worst.cut == cut else "most " if alone else "for instance "
    yield (
        f"Of the {of}, {cut} {'is' if cut == 1 else 'are'} cut, {most}at {worst.agency_name} ({worst.cut} of "
        f"{worst.links}): without {ends} it no longer sees there what its work does."
    )


def _whole(rows: Sequence[Fragmented]) -> Iterator[str]:
    whole = [row.agency_name for row in rows if row.whole]
    if not whole:
        yield "Nobody keeps all of its own."
    elif len(whole) == len(rows):
        yield "Everybody keeps all of its own."
    else:
        keeps = "keeps" if len(whole) == 1 else "keep"
        yield f"{upper_first(names(whole))} {keeps} all of {'its' if len(whole) == 1 else 'their'} own."


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
