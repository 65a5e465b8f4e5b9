"""The kinds of conflict, and on which page each is explained."""

from __future__ import annotations

from alignment.conflicts.described import described

from .markdown import grid

HOME = "ideas/conflicts/"
"""The folder of the page that lists them."""


def kinds() -> str:
    """Every kind of conflict, in the words of its module."""
    rows = [(f"[{each.kind}]({each.page.removeprefix(HOME)})", each.meaning) for each in described()]
    return grid(("kind", "what it says"), rows)
