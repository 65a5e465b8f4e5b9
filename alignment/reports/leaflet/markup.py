"""Elements of HTML: whatever is not markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that no document may hold."""

SPACE: Final = re.compile(r"\s+")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    r"""A text as markup, on one line; a space at an end stays, as something may follow.

    >>> escaped("beds <b> &\n staff: ")
    'beds &lt;b&gt; &amp; staff: '
    """
    return Markup(escape(SPACE.sub(" ", UNFIT.sub("", text))))


def element(name: str, *inside: str | None, **attributes: str | None) -> Markup:
    """An element.

    Parameters
    ----------
    name
        Its name.
    inside
        What is in it: markup, or text, which is escaped; None is nothing.
    attributes
        By name, with _ for - and an _ at the end where Python has a word of its own; None is not there.

    Examples
    --------
    >>> element("td", "a < b", class_="name", data_m=None)
    '<td class="name">a &lt; b</td>'
    """
    cells = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{cells}>{joined(*inside)}</{name}>")


def joined(*parts: str | None) -> Markup:
    """Markup and text, one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escaped(part) for part in parts if part is not None))


def listed(items: Iterable[str], ordered: bool = False) -> Markup | None:  # noqa: FBT001, FBT002 - a word of HTML
    """Items as a list; nothing where there are none."""
    rows = [element("li", each) for each in items]
    return element("ol" if ordered else "ul", *rows) if rows else None


def paragraph(*inside: str | None, class_: str | None = None) -> Markup | None:
    """A paragraph; nothing where nothing is in it."""
    return element("p", *inside, class_=class_) if any(inside) else None


def section(name: str, title: str, *inside: str | None) -> Markup:
    """A part of the page under a heading, which the contents can lead to."""
    head = element("h2", title, id=name)
    return element("section", head, *inside, aria_labelledby=name)


def folded(summary: str, *inside: str | None) -> Markup:
    """What is there for those who open it."""
    return element("details", element("summary", summary), *inside)
