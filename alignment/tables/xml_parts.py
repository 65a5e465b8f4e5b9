"""The parts of a spreadsheet that are XML: walked through within bounds, and what is found marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from .guarded import most_cells, raise_it

MOST_CELLS: Final = 8_000_000
"""The most cells of all sheets, blank ones included, each sheet from its first to its last."""

MOST_LETTERS: Final = 200_000_000
"""The most characters of all cells, a text as often as it is shown."""

FEWER: Final = "Delete the blank rows and columns beyond its tables, or save the tables alone as a new workbook"

PERCENT: Final = object()
"""The mark of a number that is shown as a percentage."""

Spot = tuple[int, int]
"""Row and column, counted from 0."""


class StrangePartsError(ValueError):
    """The parts are none of a workbook; the message is the end of a sentence."""


class TooLargeError(StrangePartsError):
    """The parts hold more than any table needs."""

    def __init__(self, what: str, remedy: str = FEWER) -> None:
        self.remedy = remedy
        super().__init__(what)


@dataclass
class Marks:
    """What the values of a sheet do not tell."""

    cells: dict[Spot, Any] = field(default_factory=dict[Spot, Any])
    """What is spoilt, and what is a percentage."""
    rows: int = 0
    columns: int = 0
    """How far the sheet reaches."""
    merged: list[tuple[Spot, Spot]] = field(default_factory=list[tuple[Spot, Spot]])
    """The ranges that are merged, where the values are read by somebody who does not know."""

    letters: int = 0
    """How many characters its cells show, where anybody counted."""

    @property
    def reach(self) -> int:
        """How many cells there are from the first to the last, and how many rows are filled from those above."""
        return self.rows * self.columns + sum(high[0] - low[0] for low, high in self.merged)

    def check(self, sheet: str) -> None:
        """Refuse a sheet that no computer could hold."""
        if self.reach > MOST_CELLS:
            raise TooLargeError(f"sheet {sheet} reaches over {self.rows:,} rows and {self.columns:,} columns")


def check_all(sheets: Iterable[Marks]) -> None:
    """Refuse sheets that no computer could hold together."""
    cells = letters = 0
    for marks in sheets:
        cells, letters = cells + marks.reach, letters + marks.letters
    if cells > MOST_CELLS:
        raise TooLargeError(f"has sheets that reach over {cells:,} cells together")
    check_letters(letters)


def check_filled(cells: int) -> None:
    """Refuse more cells with something in them than any table has."""
    if cells > most_cells():
        raise TooLargeError(f"has more than {most_cells():,} filled cells", raise_it())


def check_letters(letters: int) -> None:
    """Refuse texts that no computer could hold."""
    if letters > MOST_LETTERS:
        raise TooLargeError(f"shows more than {MOST_LETTERS:,} characters in its cells")


def check_xml(xml: bytes) -> None:
    """Refuse XML that is broken, that declares entities of its own, or that has more elements than any map.

    Raises
    ------
    StrangePartsError
        It declares entities, or has too many elements.
    expat.ExpatError
        It is broken.
    """
    most = most_cells() // 8
    if xml.count(b"<") > 2 * most:
        raise TooLargeError(f"has more than {most:,} elements", raise_it())
    walk(xml, None)


def elements(xml: bytes, *names: str) -> list[dict[str, str]]:
    """The attributes of the elements of some names, each with its own name under ``""``."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) in names:
            found.append({**attributes, "": local(tag)})

    if xml:
        walk(xml, start)
    return found


def local(tag: str) -> str:
    """The name of an element without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None] | None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML; what declares entities of its own is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refused
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)  # noqa: FBT003 - expat's own


def _refused(*_: object) -> None:
    raise StrangePartsError("holds XML with declarations of its own, which no workbook needs")
