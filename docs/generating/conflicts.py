"""The kinds of conflict, and on which page each is explained."""

from __future__ import annotations

import sys
from typing import Final

from alignment.conflicts.rules import RULES
from alignment.models.options.conflicts import Kind

from .markdown import grid, said

FAMILIES: Final = {
    "targets": ("opposed", "inconsistent", "spillover", "unguarded", "torn", "cascade"),
    "means": ("capacity", "joint", "perverse", "wrong-pocket"),
    "judging": ("two-masters", "no-control", "judged-by-rival"),
    "measuring": ("unowned", "against-people", "duplicate"),
}
"""The page on which each kind of conflict is explained."""


def kinds() -> str:
    """Every kind of conflict, in the words of its module."""
    return grid(("kind", "what it says"), [(f"[{kind}]({_page(kind)}.md#{kind})", _gist(kind)) for kind in RULES])


def _page(kind: str) -> str:
    return next(page for page, members in FAMILIES.items() if kind in members)


def _gist(kind: Kind) -> str:
    text = said(sys.modules[RULES[kind].find.__module__])
    gist = text.partition(": ")[2].partition(". Severity")[0].rstrip(".")
    return f"{gist[0].upper()}{gist[1:]}."
