"""Elements of HTML and SVG: whatever is not markup already is escaped."""

from __future__ import annotations

import re
from typing import Final

UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no document may hold."""

ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """A text as markup, on one line.

    >>> escaped("beds <b> &   staff")
    'beds &lt;b&gt; &amp; staff'
    """
    return Markup(" ".join(UNFIT.sub("", text).split()).translate(ESCAPED))


def element(name: str, *inside: str | None, **attributes: str | float | None) -> Markup:
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
    >>> element("text", "a < b", class_="name", font_size=11.04, data_m=None)
    '<text class="name" font-size="11">a &lt; b</text>'
    """
    cells = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_cell(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    held = joined(*inside)
    # An empty element of HTML that is no void one has to be closed; in SVG either way is right.
    return Markup(f"<{name}{cells}>{held}</{name}>" if held or name not in VOID else f"<{name}{cells}/>")


VOID: Final = frozenset({"path", "rect", "circle", "line", "br", "col"})
"""Elements that are written short where nothing is in them."""


def joined(*parts: str | None) -> Markup:
    """Markup and text, one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escaped(part) for part in parts if part is not None))


def _cell(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else short(value)


def short(value: float) -> str:
    """A place or size in a drawing; a tenth of a pixel is more than an eye sees.

    >>> short(3.04), short(2.25), short(-0.01)
    ('3', '2.2', '0')
    """
    return f"{round(value, 1) + 0.0:g}"


def figure(title: str, inside: Markup, kind: str, *, note: str | None = None, scrolls: bool = False) -> Markup:
    """A drawing under a title that says what it shows.

    Parameters
    ----------
    title
        What it shows, in a sentence.
    inside
        The drawing.
    kind
        Its class, for the sheet of styles.
    note
        How it is read; blank is nothing.
    scrolls
        Whether it keeps its width, and is looked at through a box that scrolls and that the keyboard reaches.
    """
    held = scrolling(title, inside) if scrolls else inside
    small = element("span", note, class_="note") if note else None
    return element("figure", element("figcaption", title, small), held, class_=f"drawing {kind}")


def scrolling(title: str, inside: Markup) -> Markup:
    """A box that scrolls sideways, and that the keyboard reaches."""
    return element("div", inside, class_="scrolls", role="region", tabindex="0", aria_label=title)
