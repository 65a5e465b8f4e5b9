"""The page as a whole: its parts in the order of reading, in one file that loads nothing and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

from .first_screen import first_of_all, headline, numbers, titled
from .left_over import left_over
from .markup import Markup, element, escaped, joined, listed
from .material import Material
from .own_body import own_body
from .quarrels import agenda, quarrels
from .set_told import asked_about, changes, kept, retired
from .style import STYLE
from .sure import how_sure, not_judged, record
from .whole import drawn, hindering, how_far, lenses

GENERATOR: Final = "alignment report"
"""By which a file is known that may be written over."""

MADE: Final = "Made from tables by the program alignment; nothing on this page was written by hand."


def document(told: Material) -> str:
    """The whole page."""
    finding = headline(told)
    parts = [part for part in _parts(told) if part is not None]
    place = told.system.about.name
    own = own_body(told)
    first = element("section", numbers(told), own, first_of_all(told), aria_label="What to know first")
    places = _contents(parts if own is None else [own, *parts])
    body = joined(
        element("a", "Skip to the worst quarrels", href="#quarrels", class_="skip"),
        element("header", element("h1", f"{finding}."), titled(told)),
        element(
            "main",
            first,
            element("nav", element("h2", "On this page"), listed(places, ordered=True), aria_label="On this page"),
            *parts,
        ),
        element("footer", element("p", MADE)),
    )
    return f"{_head(f'{finding} · {place}' if place else finding)}{element('body', body)}\n</html>\n"


def _parts(told: Material) -> Iterator[Markup | None]:
    """In the order of reading."""
    yield quarrels(told)
    yield agenda(told)
    if told.proposal is not None:
        yield changes(told.proposal)
        yield kept(told, told.proposal)
        yield retired(told.proposal)
        yield asked_about(told, told.proposal)
    yield left_over(told)
    yield hindering(told)
    yield drawn(told)
    yield how_far(told)
    yield lenses(told)
    yield not_judged(told)
    yield how_sure(told)
    yield record(told)


TITLE: Final = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def _contents(parts: Iterable[Markup]) -> Iterator[Markup]:
    """A link to each part, by its heading."""
    for part in parts:
        found = TITLE.search(part)
        assert found is not None
        yield element("a", Markup(found[2]), href=f"#{found[1]}")


POLICY: Final = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded, run or sent; the one sheet of styles is let in by its hash."""


def _head(title: str) -> str:
    """What stands before the body."""
    seal = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"""\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY.format(seal)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{GENERATOR}">
<meta name="referrer" content="no-referrer">
<title>{escaped(title)}</title>
<style>{STYLE}</style>
</head>
"""
