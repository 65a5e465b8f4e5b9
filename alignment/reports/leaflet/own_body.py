"""A body's own part, first in a report that is for it."""

from __future__ import annotations

from collections.abc import Iterator

import alignment as al
from alignment.wording import percent, upper_first

from .markup import Markup, element, joined, listed, paragraph, section
from .material import Material
from .tables import Head, table
from .wording import bare, capped


def own_body(told: Material) -> Markup | None:
    """What it is asked, whom it meets, what the set means for it; nothing where the report is for nobody."""
    page = told.page
    if page is None:
        return None
    return section(
        "own",
        f"For {page.name}",
        # It was asked of the proposed set, which the page of a body takes for one that was given.
        paragraph(told.said(page.headline.replace("the given set of", "the proposed set of"))),
        paragraph(told.said(" ".join(page.standing))),
        *_part("What it is asked", [told.said(row.sentence) for row in page.asked if row.sentence]),
        *_part("What it can move, and what money follows", map(told.said, page.means)),
        *_part("Where it stands in quarrels", _quarrels(told, page)),
        *_part("What the proposed measures mean for it", map(told.said, page.meaning)),
        _changes(told, page),
        _neighbours(page),
    )


def _part(title: str, sentences: Iterator[str] | list[str] | map[str]) -> tuple[str, ...]:
    rows = listed(map(capped, sentences))
    return () if rows is None else (element("h3", title), rows)


def _quarrels(told: Material, page: al.View) -> Iterator[str]:
    for row in page.quarrels:
        part = f" Its part: it {row.part.removeprefix('it ')}." if row.part else ""
        yield joined(f"{row.name} ({percent(row.share)} by weight). ", told.said(f"{capped(row.sentence)}{part}"))


def _changes(told: Material, page: al.View) -> Markup | None:
    rows = [(row.name, row.change, told.said(bare(row.sentence, row.name))) for row in page.set if row.sentence]
    return table(Head("What changes for it, measure by measure", ("Measure", "What becomes of it", "Why")), rows)


def _neighbours(page: al.View) -> Markup | None:
    rows = [
        (
            upper_first(row.agency_name),
            f"{row.helps:.1f}",
            f"{row.hinders:.1f}",
            f"{row.helped:.1f}",
            f"{row.hindered:.1f}",
        )
        for row in page.neighbours[:10]
    ]
    columns = ("Body", "Helps it#", "Hinders it#", "Is helped by it#", "Is hindered by it#")
    return table(
        Head("Who helps and who hinders it most (1: one full target moves another as far as itself)", columns), rows
    )
