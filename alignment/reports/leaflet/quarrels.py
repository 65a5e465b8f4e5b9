"""The worst quarrels, a way out of each, and whom to bring together."""

from __future__ import annotations

from typing import Final

import alignment as al
from alignment.wording import count, names, percent, quoted, upper_first

from .markup import Markup, element, folded, joined, listed, paragraph, section
from .material import Material
from .tables import MOST, WORST, Head, table
from .wording import capped, several

NAMED: Final = 6
"""So many bodies and measures are named; the others are counted."""

ADDED: Final = 5
"""So many clauses tell what else belongs to a quarrel."""


def quarrels(told: Material) -> Markup:
    """Every quarrel: the worst in full, the rest folded."""
    rows = told.themes.themes
    if not rows:
        return section("quarrels", "The worst quarrels", paragraph("Nothing pulls apart as far as the tables tell."))
    first, rest = rows[:WORST], rows[WORST:MOST]
    found = count(told.themes.findings, "finding hangs", "findings hang")
    into = count(len(rows), "quarrel", "quarrels")
    return section(
        "quarrels",
        "The worst quarrels, and a way out of each",
        paragraph(f"{found} together in {into}, worst first. The share is by how bad and how sure each finding is."),
        *(_quarrel(told, place, row) for place, row in enumerate(first, start=1)),
        folded(
            f"{count(len(rest), 'smaller quarrel', 'smaller quarrels')}",
            *(_quarrel(told, place, row) for place, row in enumerate(rest, start=WORST + 1)),
        )
        if rest
        else None,
    )


def _quarrel(told: Material, place: int, row: al.Theme) -> Markup:
    also = [told.said(each.says) for each in row.adds]
    some = also[:ADDED]
    more = f"{count(len(also), 'more thing', 'more things')} that {'belongs' if len(also) == 1 else 'belong'} to it"
    left = len(also) - len(some)
    some += [f"and {left} more"] if left else []
    return element(
        "div",
        element("h3", f"{place}. {row.name}: {percent(row.share)} of what pulls apart"),
        paragraph(told.said(capped(row.sentence))),
        paragraph(element("strong", "A way out: "), told.said(capped(row.suggestion)), class_="way"),
        paragraph(f"Who: {names(row.agency_names, NAMED)}.", class_="second") if row.agency_names else None,
        folded(more, listed(some)) if also else None,
        class_="quarrel",
    )


def agenda(told: Material) -> Markup:
    """Whom to bring together, in which order, to talk about what."""
    talks = told.agenda.conversations
    rows = [
        (
            joined(f"{place}. {upper_first(talk.name)}"),
            percent(talk.share),
            told.said(capped(talk.first)),
            names([quoted(name) for name in talk.measure_names], NAMED),
        )
        for place, talk in enumerate(talks, start=1)
    ]
    seats = [f"{talk.name}: {several(seat.name for seat in talk.seats)}." for talk in talks if talk.kind == "body"]
    return section(
        "agenda",
        "Whom to bring together",
        paragraph(capped(told.agenda.headline())),
        table(
            Head(
                "Conversations, each counted by what those before it do not reach",
                ("Who", "Reaches#", "Begin with", "On the table"),
            ),
            rows,
        ),
        listed(seats),
        paragraph(_beyond(told.agenda)),
    )


def _beyond(found: al.Agenda) -> str | None:
    """What talking does not reach."""
    if not found.beyond:
        return None
    lone = count(len(found.beyond), "finding is", "findings are")
    return f"{lone} reached by no conversation of two: one body's own, or nobody's."
