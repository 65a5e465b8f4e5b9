"""Every kind of conflict as plain data: what it is called, what it says, and which page explains it."""

from __future__ import annotations

import sys
from typing import Final

from alignment.models.fields import Noun
from alignment.models.options.conflicts import Kind

from .rules import RULES

FAMILIES: Final = {
    "targets": ("opposed", "inconsistent", "spillover", "unguarded", "torn", "cascade"),
    "means": ("capacity", "joint", "perverse", "wrong-pocket"),
    "judging": ("two-masters", "no-control", "judged-by-rival"),
    "measuring": ("unowned", "against-people", "duplicate"),
}
"""The page on which each kind of conflict is explained."""


class DescribedKind(Noun):
    """A kind of conflict."""

    kind: Kind
    """Its word, in answers and options."""
    title: str
    """What people call it."""
    meaning: str
    """What a conflict of this kind says."""
    page: str
    """Where in the documentation its condition and severity are, from the folder of docs."""


def described() -> tuple[DescribedKind, ...]:
    """Every kind of conflict, in the order of the documentation.

    Examples
    --------
    >>> first = described()[0]
    >>> first.kind, first.title, first.page
    ('opposed', 'Opposed', 'ideas/conflicts/targets.md#opposed')
    >>> first.meaning
    'Targets wish one measure both ways, and no level satisfies both.'
    """
    return tuple(
        DescribedKind(
            kind=kind,
            title=kind.replace("-", " ").capitalize(),
            meaning=_meaning(kind),
            page=f"ideas/conflicts/{_page(kind)}.md#{kind}",
        )
        for kind in RULES
    )


def _page(kind: Kind) -> str:
    return next(page for page, members in FAMILIES.items() if kind in members)


def _meaning(kind: Kind) -> str:
    """The first paragraph of what its module says of itself, behind its word."""
    first = (sys.modules[RULES[kind].find.__module__].__doc__ or "").partition("\n\n")[0]
    gist = " ".join(first.split()).partition(": ")[2].rstrip(".")
    return f"{gist[:1].upper()}{gist[1:]}."
