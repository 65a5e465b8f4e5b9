"""Counts before and after, by name, as a table with a bar for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .markup import Markup, element


@dataclass(frozen=True)
class Bar:
    """A count before and after.

    Attributes
    ----------
    name
        Of what.
    before, after
        How many; 0 or more.
    """

    name: str
    before: float
    after: float


def bars(
    title: str, rows: Iterable[Bar], *, of: str = "Of what", before: str = "Today", after: str = "Proposed"
) -> Markup:
    """Counts before and after, by name.

    Parameters
    ----------
    title
        What they show, in a sentence; it is the table's caption.
    rows
        The counts, in the order in which they are to be seen.
    of, before, after
        What the columns are.

    Returns
    -------
    Markup
        A table: the name, both figures, and two bars, hollow for before and full for after.

    Examples
    --------
    >>> "<td>50</td><td>8</td>" in bars("50 pairs pull apart; 8 would", [Bar("Pairs of targets", 50, 8)])
    True
    """
    every = list(rows)
    most = max((max(row.before, row.after) for row in every), default=0)
    head = element("tr", *(element("th", word, scope="col") for word in (of, before, after)), _drawn_head())
    body = (_row(row, most) for row in every)
    return element(
        "table", element("caption", title), element("thead", head), element("tbody", *body), class_="drawing bars"
    )


def _drawn_head() -> Markup:
    """The heading of the bars, which say nothing that the figures do not."""
    return element("td", aria_hidden="true")


def _row(row: Bar, most: float) -> Markup:
    drawn = element("td", _bar(row.before, most, "before"), _bar(row.after, most, "after"), aria_hidden="true")
    figures = (element("td", f"{value:,.6g}") for value in (row.before, row.after))
    return element("tr", element("th", row.name, scope="row"), *figures, drawn)


def _bar(value: float, most: float, kind: str) -> Markup:
    """A bar as long as its part of the most; it is stretched to its cell, as it holds no letters."""
    width = 100 * value / most if most else 0.0
    bar = element("rect", width=width, height=10.0, class_=kind)
    return element("svg", bar, viewBox="0 0 100 10", preserveAspectRatio="none", class_="bar", focusable="false")
