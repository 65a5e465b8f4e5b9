"""The layered map as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from . import map_places as at, palette
from .letters import FONT, SIZE, cut_to, width_of
from .map_contents import Contents, Quarrel
from .map_key import headings, key
from .map_places import Label, Places, baselines, places_of
from .map_wishes import Way
from .marks import MARKS, STROKES, diamond
from .markup import Markup, element, joined, short

DIM: Final = 0.13
"""How much is left to see of what is not lit."""


@dataclass(frozen=True)
class Light:
    """What of a map is lit, by id; where nothing is named, all of it is plain."""

    conflict: str
    agencies: frozenset[str]
    measures: frozenset[str]
    outcome: str | None

    def on(self, kind: str, ids: Iterable[str]) -> bool:
        """Whether some agencies, measures or conflicts are among it."""
        lit = {"a": self.agencies, "m": self.measures, "c": {self.conflict}, "o": {self.outcome}}[kind]
        return any(each in lit for each in ids)


class Drawing:
    """The layered map as SVG.

    Parameters
    ----------
    contents
        What it shows.
    light
        What of it is lit; None is all.
    """

    def __init__(self, contents: Contents, light: Light | None = None) -> None:
        self.contents, self.light = contents, light
        self.places: Places = places_of(contents)

    @cached_property
    def _ways(self) -> dict[int, list[Way]]:
        """For each line that some body wants to go somewhere, the ways; in the order of marks from the right."""
        found: dict[int, set[Way]] = {}
        for wish in self.contents.wishes:
            found.setdefault(wish.line, set()).add(wish.way)
        return {line: [way for way in reversed([*MARKS]) if way in ways] for line, ways in found.items()}

    def svg(self, title: str, description: str) -> Markup:
        """All of it.

        Parameters
        ----------
        title, description
            What it shows, in a line and in a few sentences.
        """
        high = self.places.bottom
        parts = (
            element("title", title),
            element("desc", description),
            key(self.contents),
            headings(),
            *self._wishes(),
            element("g", *self._arcs(), fill="none", stroke=palette.CONFLICT),
            element("g", *self._marks(), fill=palette.CONFLICT),
            element("g", *self._tiers(), fill=palette.INK, font_weight="bold"),
            element("g", *self._bodies(), fill=palette.INK),
            element("g", *self._lines(), fill=palette.INK),
            element("g", *self._blocks(), fill=palette.INK),
        )
        return element(
            "svg",
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            class_="map one" if self.light else "map",
            role="img",
            viewBox=f"0 0 {short(at.WIDTH)} {short(high)}",
            width=at.WIDTH,
            height=high,
            font_family=FONT,
            font_size=SIZE,
        )

    def _part(
        self, name: str, *inside: str | None, lit: Callable[[Light], bool], **attributes: str | float | None
    ) -> Markup:
        """An element that a page can light, and that is dim where something else is lit."""
        if self.light is None:
            return element(name, *inside, class_="part", **attributes)
        if lit(self.light):
            return element(name, *inside, class_="part lit", **attributes)
        return element(name, *inside, class_="part", opacity=str(DIM), **attributes)

    def _wishes(self) -> Iterator[Markup]:
        """A bundle of curves for each way."""
        for way, (colour, dashes, width) in STROKES.items():
            curves = (self._wish(place) for place, wish in enumerate(self.contents.wishes) if wish.way == way)
            yield element("g", *curves, fill="none", stroke=colour, stroke_dasharray=dashes, stroke_width=width)

    def _wish(self, place: int) -> Markup:
        wish = self.contents.wishes[place]
        one, two = self.places.bodies[wish.body].y, self.places.lines[wish.line] + OFF.get(wish.way, 0.0)
        end = at.GLYPH - at.GLYPH_WIDE * len(self._ways.get(wish.line, [])) + 3
        bend = (at.WISH_FROM + end) / 2
        course = f"M{short(at.WISH_FROM)} {short(one)}C{short(bend)} {short(one)} {short(bend)} {short(two)}"
        return self._part(
            "path",
            lit=lambda light: light.on("a", wish.agencies) and light.on("m", wish.measures),
            d=f"{course} {short(end)} {short(two)}",
            data_a=" ".join(wish.agencies),
            data_m=" ".join(wish.measures),
        )

    def _arcs(self) -> Iterator[Markup]:
        """A curve for each two lines that something stands between, the wider the further they are apart."""
        apart = [each for each in self.contents.quarrels if each.lines[0] != each.lines[1]]
        furthest = max((two - one for one, two in (each.lines for each in apart)), default=1)
        for each in apart:
            one, two = (self.places.lines[line] for line in each.lines)
            far = (each.lines[1] - each.lines[0]) / furthest
            # A curve reaches three quarters of the way to its handles.
            out = at.ARC + (at.ARC_RIGHT - at.ARC) * (0.15 + 0.85 * far**0.7) * 4 / 3
            course = f"M{short(at.ARC)} {short(one)}C{short(out)} {short(one)} {short(out)} {short(two)}"
            yield self._quarrel("path", each, d=f"{course} {short(at.ARC)} {short(two)}", stroke_width=_thick(each))

    def _quarrel(self, name: str, quarrel: Quarrel, *inside: Markup, **attributes: str | float | None) -> Markup:
        return self._part(
            name,
            *inside,
            element("title", quarrel.title),
            lit=lambda light: light.on("c", quarrel.conflicts),
            data_c=" ".join(quarrel.conflicts),
            **attributes,
        )

    def _marks(self) -> Iterator[Markup]:
        """A diamond for each line of which something by itself pulls apart, and how much does."""
        for each in self.contents.quarrels:
            if each.lines[0] == each.lines[1]:
                y = self.places.lines[each.lines[0]]
                size = len(each.conflicts)
                number = _text(f"{size}", at.NUMBER, y + 3.5, font_size=10.0) if size > 1 else Markup()
                yield self._quarrel("g", each, diamond(at.MARK, y), number)

    def _tiers(self) -> Iterator[Markup]:
        for label in self.places.tiers:
            yield from _label(label, at.BODY_RIGHT, text_anchor="end")

    def _bodies(self) -> Iterator[Markup]:
        """A dot for each body, with its name before it."""
        for body, label in zip(self.contents.bodies, self.places.bodies, strict=True):
            yield self._part(
                "g",
                _whole(body.name, label),
                *_label(label, at.BODY_RIGHT, text_anchor="end"),
                element("circle", cx=at.BODY_DOT, cy=label.y, r=3.0),
                lit=lambda light, ids=body.agencies: light.on("a", ids),
                data_a=" ".join(body.agencies),
            )

    def _lines(self) -> Iterator[Markup]:
        """The name of each line, after a mark for each way in which somebody wants it to go."""
        alone = {one for one, two in (each.lines for each in self.contents.quarrels) if one == two}
        standing = {
            line: at.MARK - 8 if line in alone else at.ARC - 3 for each in self.contents.quarrels for line in each.lines
        }
        for place, (line, y) in enumerate(zip(self.contents.lines, self.places.lines, strict=True)):
            some = self._ways.get(place, [])
            marks = [MARKS[way](at.GLYPH - at.GLYPH_WIDE * back, y) for back, way in enumerate(some)]
            said = cut_to(line.name, at.LINE_RIGHT - at.LINE_LEFT)
            yield self._part(
                "g",
                element("title", line.name) if said != line.name else None,
                *marks,
                _text(said, at.LINE_LEFT, y + 4.2, fill=None if some else palette.MUTED),
                _leader(at.LINE_LEFT + width_of(said) + 4, standing[place], y) if place in standing else None,
                lit=lambda light, ids=line.measures: light.on("m", ids),
                data_m=" ".join(line.measures),
            )

    def _blocks(self) -> Iterator[Markup]:
        """A bracket for each outcome, with its name after it."""
        rows: dict[int, list[float]] = {}
        for line, y in zip(self.contents.lines, self.places.lines, strict=True):
            rows.setdefault(line.block, []).append(y)
        for place, (block, label) in enumerate(zip(self.contents.blocks, self.places.outcomes, strict=True)):
            outcome = block.outcome or ""
            own = self.contents.unowned.get(outcome)
            ids = [self.contents.index.measures[each].id for each in block.measures]
            yield self._part(
                "g",
                _whole(block.name, label) if not block.folded else None,
                _bracket(rows[place][0] - 6, rows[place][-1] + 6),
                self._quarrel("g", own, diamond(at.UNOWNED, label.y), fill=palette.CONFLICT) if own else None,
                *_label(label, at.OUTCOME_LEFT, **(FOLDED if block.folded else {})),
                lit=lambda light, outcome=outcome, ids=ids: light.on("o", [outcome]) or light.on("m", ids),
                data_o=outcome,
            )


FOLDED: Final[dict[str, str | float]] = {"fill": palette.MUTED, "font_size": at.NOTE}
"""How it is said that measures are folded."""

OFF: Final = {"up": -2.5, "down": 2.5}
"""How far from the middle of a line wishes end, so that those that differ are seen to."""


def _thick(quarrel: Quarrel) -> float:
    return min(2.5, 0.6 + 0.3 * len(quarrel.conflicts))


def _leader(x: float, end: float, y: float) -> Markup:
    """Dots from the end of a name to what pulls it apart."""
    course = f"M{short(x)} {short(y)}H{short(max(x, end))}"
    return element("path", d=course, fill="none", stroke=palette.RULE, stroke_dasharray="1 3")


def _bracket(top: float, bottom: float) -> Markup:
    course = f"M{short(at.BRACKET)} {short(top)}h4V{short(bottom)}h-4"
    return element("path", d=course, fill="none", stroke=palette.RULE)


def _text(said: str, x: float, y: float, **attributes: str | float | None) -> Markup:
    return element("text", said, x=x, y=y, **attributes)


def _label(label: Label, x: float, **attributes: str | float | None) -> Iterator[Markup]:
    yield from (_text(said, x, y, **attributes) for y, said in baselines(label, SIZE))


def _whole(name: str, label: Label) -> Markup | None:
    """The whole name, for a pointer, where it was cut."""
    return element("title", name) if joined(" ".join(label.lines)) != joined(name) else None
