"""Who hinders whom, as a table whose cells are shaded in five fixed steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from alignment.effects.alignment import Alignment
from alignment.wording import upper_first

from .letters import plain
from .markup import Markup, element, figure, joined, scrolling

STEPS: Final = (0.1, 0.25, 0.5, 0.75)
"""Where the second step begins, and each that follows: the part of what pushes that hinders."""

SAID: Final = ("less than 10%", "10% to 24%", "25% to 49%", "50% to 74%", "75% or more")
"""What the steps are."""

MARK: Final = "▼"
"""Beside the figure where at least half hinders."""

MOST: Final = 12
"""Of more groups, those that stand in most hindrance are shown: so many fit on paper."""

NAMED: Final = 7
"""Of more groups, columns bear the numbers of their rows in place of names."""

READ: Final = (
    "Read along a row: of all that its targets do to the wishes of a column, how much works against them, in per cent. "
    f"{MARK} is half or more, – no known effect."
)


def heatmap(found: Alignment, most: int = MOST) -> Markup:
    """Who hinders whom: how much of what a group's targets (row) do to another's wishes (column) works against them.

    Parameters
    ----------
    found
        The answer of `alignment`, by agency, tier or sector.
    most
        How many groups are shown at most: those that stand in most hindrance, in the order of the answer.

    Returns
    -------
    Markup
        A table in a box that scrolls, under who hinders whom most; a sentence where nobody hinders anybody.
    """
    title, shown = finding(found), _shown(found, most)
    if not shown:
        return element("p", f"{title}.", class_="drawing")
    left = len(found.groups) - len(shown)
    note = f"{READ} Not shown: {left:,} that stand in less hindrance, or in none." if left else READ
    rows = (_row(found, place, at, shown) for place, at in enumerate(shown, start=1))
    table = element(
        "table", element("thead", _head(found, shown)), element("tbody", *rows), class_="drawing", aria_label=title
    )
    return figure(title, joined(scrolling(title, table), _key()), "heatmap", note=note)


def finding(found: Alignment) -> str:
    """Who hinders whom most, in a line: another before oneself.

    Parameters
    ----------
    found
        The answer of `alignment`, by agency, tier or sector.
    """
    worst = next(iter(sorted((each for each in found.pairs if each.hinder), key=lambda each: each.a == each.b)), None)
    if worst is None:
        return "Nobody's targets hinder anybody's, as far as is known"
    whom = "itself" if worst.a == worst.b else plain(worst.b_name)
    part = f"{share(worst.help, worst.hinder):.0%} of what its targets do there works against them"
    return upper_first(f"{plain(worst.a_name)} hinders {whom} most: {part}")


def share(helped: float, hindered: float) -> float | None:
    """The part of what pushes that hinders, 0 to 1; nothing where nothing pushes.

    >>> share(3, 1), share(0, 0)
    (0.25, None)
    """
    return hindered / (helped + hindered) if helped + hindered else None


def step_of(part: float) -> int:
    """The step that a part is on, 1 to 5; a part is taken as it is shown, in whole per cent.

    >>> step_of(0), step_of(0.244), step_of(0.25), step_of(1)
    (1, 2, 3, 5)
    """
    return bisect_right(STEPS, round(part, 2)) + 1


def _shown(found: Alignment, most: int) -> list[int]:
    """The groups that stand in most hindrance, by place."""
    weights: list[float] = (found.hinder.sum(axis=0) + found.hinder.sum(axis=1)).tolist()
    standing = [at for at, weight in enumerate(weights) if weight]
    return sorted(sorted(standing, key=lambda at: -weights[at])[:most])


def _head(found: Alignment, shown: Sequence[int]) -> Markup:
    corner = element("th", "Whose targets", scope="col")
    columns = (_column(plain(found.names[at]), place, len(shown)) for place, at in enumerate(shown, start=1))
    return element("tr", corner, *columns)


def _column(name: str, place: int, of: int) -> Markup:
    if of <= NAMED:
        return element("th", name, scope="col")
    unseen = element("span", f" {name}", class_="unseen")
    return element("th", f"{place}", unseen, scope="col", title=name)


def _row(found: Alignment, place: int, at: int, shown: Sequence[int]) -> Markup:
    name = plain(found.names[at])
    label = name if len(shown) <= NAMED else f"{place}. {name}"
    cells = (_cell(share(float(found.help[at, to]), float(found.hinder[at, to]))) for to in shown)
    return element("tr", element("th", label, scope="row"), *cells)


def _cell(part: float | None) -> Markup:
    if part is None:
        return element("td", "–", element("span", " no known effect", class_="unseen"), class_="heat-0")
    mark = f" {MARK}" if step_of(part) > 3 else ""
    return element("td", f"{part * 100:.0f}{mark}", class_=f"heat-{step_of(part)}")


def _key() -> Markup:
    """What the steps are."""
    steps = (element("li", said, class_=f"heat-{step}") for step, said in enumerate(SAID, start=1))
    return element("ul", *steps, element("li", "no known effect", class_="heat-0"), class_="drawing heat-key")
