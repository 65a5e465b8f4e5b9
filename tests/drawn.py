"""Drawings read back: their elements, where their letters stand, and what no page may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from alignment.reports.drawing import palette
from alignment.reports.drawing.letters import width_of

KNOWN = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "text", "title", "desc"),
        *("figure", "figcaption", "div", "p", "span", "strong", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    }
)
"""Every element that pieces are made of."""


def parsed(markup: str) -> ET.Element:
    """The elements of a piece, names without their namespace; what no page may hold is refused."""
    root = ET.fromstring(f"<page>{markup}</page>")
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
        assert each.tag in {*KNOWN, "page"}, each.tag
        assert "style" not in each.attrib
        assert not any(name.startswith("on") or "href" in name for name in each.attrib)
    colours = set(re.findall(r"#[0-9a-f]{6}", " ".join(cell for each in root.iter() for cell in each.attrib.values())))
    assert colours <= {*palette.NAMED.values()}
    return root


def words(element: ET.Element) -> str:
    """All that is written in an element, its title's words too."""
    return " ".join(" ".join(element.itertext()).split())


@dataclass(frozen=True)
class Box:
    """What a label takes up, in pixels."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two labels stand on each other."""
        aside = self.right <= other.left or other.right <= self.left
        return not aside and not (self.bottom <= other.top or other.bottom <= self.top)


def boxes(svg: ET.Element) -> list[Box]:
    """What every label takes up, as wide as its letters may be."""
    return [*_boxes(svg, float(svg.attrib["font-size"]))]


def _boxes(element: ET.Element, size: float) -> Iterator[Box]:
    size = float(element.attrib.get("font-size", size))
    if element.tag == "text":
        text = element.text or ""
        wide, x, y = width_of(text, size), float(element.attrib["x"]), float(element.attrib["y"])
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.attrib.get("text-anchor", "start")]
        # Above and below a line letters reach three quarters and a quarter of their size.
        yield Box(text, left, left + wide, y - 0.75 * size, y + 0.25 * size)
    for part in element:
        yield from _boxes(part, size)


def on_each_other(svg: ET.Element) -> list[tuple[str, str]]:
    """Labels that stand on each other."""
    return [(one.text, two.text) for one, two in combinations(boxes(svg), 2) if one.meets(two)]


def outside(svg: ET.Element) -> list[str]:
    """Labels that are not all within the drawing."""
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    return [
        each.text
        for each in boxes(svg)
        if each.text and not (each.left >= 0 and each.right <= width and each.top >= 0 and each.bottom <= height)
    ]
