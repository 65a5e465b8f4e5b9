"""Frontier and coverage as a small chart, where there is a choice to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.models.answers.coverage import Coverage
from alignment.models.answers.frontier import Frontier
from alignment.models.numbers import count
from alignment.wording import verb

from . import palette
from .letters import FONT, width_of
from .markup import Markup, element, figure, short
from .ticks import ticks

WIDTH: Final = 340.0
"""Fits a phone at its own size: letters of a chart that is made smaller cannot be read. Unit: pixels, as all below."""
HEIGHT: Final = 230.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 326.0, 30.0, 188.0
SIZE: Final = 11.0


@dataclass(frozen=True)
class Axis:
    """What runs along one side of a chart.

    Attributes
    ----------
    name
        What it is, with its unit.
    values
        Where the points stand on it.
    per_cent
        Whether its figures are shares.
    """

    name: str
    values: tuple[float, ...]
    per_cent: bool = False

    def said(self, value: float) -> str:
        """A figure of it."""
        if self.per_cent:
            return f"{value:.0%}"
        return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def frontier_curve(found: Frontier) -> Markup | None:
    """Burden against what is left, a dot for each choice.

    Parameters
    ----------
    found
        The answer of `frontier`.

    Returns
    -------
    Markup | None
        A figure; nothing where there is one point only, which a sentence says better.
    """
    burden = Axis("Burden (measures, or their cost)", tuple(point.burden for point in found.points))
    left = Axis("Conflict and what is left unsaid", tuple(point.left for point in found.points))
    if len(found.points) < 2:
        return None
    fewest, most = ((burden.said(point.burden), left.said(point.left)) for point in (found.points[0], found.points[-1]))
    title = (
        f"{count(len(found.points), 'choice', 'choices')}, from a burden of {fewest[0]} that leaves {fewest[1]} in "
        f"conflict or unsaid to one of {most[0]} that leaves {most[1]}"
    )
    return _chart(title, burden, left, None if found.knee is None else found.knee - 1)


def coverage_curve(found: Coverage) -> Markup | None:
    """What so many measures serve, a dot for each number of measures.

    Parameters
    ----------
    found
        The answer of `coverage`.

    Returns
    -------
    Markup | None
        A figure; nothing where there is one point only, or duties weigh nothing.
    """
    points = [(point.number, point.share) for point in found.points if point.share is not None]
    if len(points) < 2:
        return None
    number = Axis("Measures", tuple(float(size) for size, _ in points))
    served = Axis("Duties served, by weight", tuple(share for _, share in points), per_cent=True)
    told = dict.fromkeys((points[0], points[len(points) // 2], points[-1]))
    serve = [f"{size:,} {verb(size, 'serves', 'serve')} {served.said(share)}" for size, share in told]
    return _chart(f"Of what bodies answer for, by number of measures: {', '.join(serve)}", number, served)


def _chart(title: str, across: Axis, up: Axis, marked: int | None = None) -> Markup:
    """Dots joined by lines over two axes; one of them may be marked."""
    said = "; ".join(f"{across.said(x)}: {up.said(y)}" for x, y in zip(across.values, up.values, strict=True))
    xs, ys = ticks(across.values, whole=not across.per_cent), ticks((0.0, *up.values))
    place = _Scale(xs, ys)
    drawn = element(
        "svg",
        element("title", title),
        element("desc", f"{across.name}: {up.name}. {said}."),
        *_across(across, xs, place),
        *_up(up, ys, place),
        *_points(across, up, place, marked),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {short(WIDTH)} {short(HEIGHT)}",
        width=WIDTH,
        height=HEIGHT,
        font_family=FONT,
        font_size=SIZE,
        fill=palette.INK,
    )
    return figure(title, drawn, "curve")


@dataclass(frozen=True)
class _Scale:
    """Where figures stand in the chart, between the outermost ticks."""

    xs: Sequence[float]
    ys: Sequence[float]

    def x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - self.xs[0]) / (self.xs[-1] - self.xs[0])

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - self.ys[0]) / (self.ys[-1] - self.ys[0])


def _across(axis: Axis, marks: Sequence[float], place: _Scale) -> Iterator[Markup]:
    yield element("path", d=f"M{short(LEFT)} {short(BOTTOM)}H{short(RIGHT)}", stroke=palette.RULE, fill="none")
    for mark in marks:
        yield element("text", axis.said(mark), x=place.x(mark), y=BOTTOM + 15, text_anchor="middle")
    yield element("text", axis.name, x=(LEFT + RIGHT) / 2, y=BOTTOM + 33, text_anchor="middle", fill=palette.MUTED)


def _up(axis: Axis, marks: Sequence[float], place: _Scale) -> Iterator[Markup]:
    """The upright axis, its name lying above it: nobody has to tilt their head."""
    for mark in marks:
        y = place.y(mark)
        if mark != marks[0]:
            yield element(
                "path",
                d=f"M{short(LEFT)} {short(y)}H{short(RIGHT)}",
                stroke=palette.RULE,
                stroke_dasharray="1 4",
                fill="none",
            )
        yield element("text", axis.said(mark), x=LEFT - 6, y=y + 4, text_anchor="end")
    yield element("text", axis.name, x=2.0, y=TOP - 14, fill=palette.MUTED)


def _points(across: Axis, up: Axis, place: _Scale, marked: int | None) -> Iterator[Markup]:
    spots = [(place.x(x), place.y(y)) for x, y in zip(across.values, up.values, strict=True)]
    course = "L".join(f"{short(x)} {short(y)}" for x, y in spots)
    yield element("path", d=f"M{course}", stroke=palette.AFTER, stroke_width=1.5, fill="none")
    for at, (x, y) in enumerate(spots):
        words = element("title", f"{across.said(across.values[at])}: {up.said(up.values[at])}")
        if at == marked:
            corner = {"x": x - 5, "y": y - 5, "width": 10.0, "height": 10.0}
            yield element("rect", words, fill=palette.PAPER, stroke=palette.AFTER, stroke_width=2.0, **corner)
        else:
            yield element("circle", words, cx=x, cy=y, r=3.0, fill=palette.AFTER)
    if marked is not None:
        yield _named("the knee", *spots[marked])


def _named(words: str, x: float, y: float) -> Markup:
    """Words beside a point, on the side where there is room, above the line that falls to the right."""
    fits = x + 9 + width_of(words, SIZE) <= RIGHT
    return element("text", words, x=x + 9 if fits else x - 9, y=y - 8, text_anchor="start" if fits else "end")
