"""The parts of a spreadsheet that are XML: walked through within bounds, and what is found marked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

MOST_BYTES: Final = 600_000_000
"""The most that the parts of a workbook may hold, unpacked."""

MOST_PARTS: Final = 3_000
"""The most parts that a workbook may have."""

MOST_CELLS: Final = 12_000_000
"""The most cells, blank ones included, from the first of a sheet to its last."""

PERCENT: Final = object()
"""The mark of a number that is shown as a percentage."""

Spot = tuple[int, int]
"""Row and column, counted from 0."""


class StrangePartsError(ValueError):
    """The parts are none of a workbook; the message is the end of a sentence."""


class TooLargeError(StrangePartsError):
    """The parts hold more than any table needs."""


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

    def check(self, sheet: str) -> None:
        """Refuse a sheet that no computer could hold."""
        if self.rows * self.columns > MOST_CELLS:
            raise TooLargeError(f"sheet {sheet} reaches over {self.rows:,} rows and {self.columns:,} columns")


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that holds more than any table needs."""
    if len(archive.filelist) > MOST_PARTS or sum(each.file_size for each in archive.filelist) > MOST_BYTES:
        raise TooLargeError(f"holds more than {MOST_PARTS:,} parts, or {MOST_BYTES // 1_000_000:,} MB")


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
    start: Callable[[str, dict[str, str]], None],
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
