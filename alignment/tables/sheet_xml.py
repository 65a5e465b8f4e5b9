"""What the parts of an Excel workbook tell that a reader of values does not.

Formulas that were never worked out, errors, percentages, and how far a sheet reaches.
A sheet in which none of this can be is looked through as bytes, which takes a tenth of the time.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from .guarded import most_cells, raise_it
from .raw import Spoilt
from .xml_parts import (
    MOST_LETTERS,
    PERCENT,
    Marks,
    Spot,
    StrangePartsError,
    TooLargeError,
    check_all,
    check_filled,
    check_letters,
    elements,
    local,
    walk,
)

NEVER: Final = Spoilt(
    "holds a formula that was never worked out",
    "Open the workbook in Excel and save it, or write the value in place of the formula",
)

LONGEST_FORMAT: Final = 255
"""The longest format that Excel takes, in characters."""

BUILT_IN_PERCENTS: Final = frozenset({"9", "10"})
"""The numbers of the formats that Excel knows without being told."""


def marks_of(content: bytes) -> dict[str, Marks]:
    """What each sheet of a workbook holds that its values do not tell, by the sheet's name.

    Raises
    ------
    StrangePartsError
        The content is no workbook, or one that no computer could hold.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _Parts(archive)
        book = _main_part(parts)
        targets = _targets(parts, book)
        styles = next((parts[path] for path in targets.values() if path.endswith("styles.xml") and path in parts), b"")
        percents = _percent_styles(styles)
        texts = [length for path in parts if "haredStrings" in path for length in _lengths(parts[path])]
        # Every sheet is measured, also one that is in no list: readers may not agree on which part is which sheet.
        measured = {path: _marks(xml, percents, texts) for path in parts if _may_be_sheet(xml := parts[path])}
        for path, marks in measured.items():
            marks.check(posixpath.basename(path))
        check_all(measured.values())
        return _by_name(parts, book, targets, measured)


def sheet_names(content: bytes) -> list[str]:
    """What the sheets of a workbook are called, those that are charts too.

    Raises
    ------
    StrangePartsError
        The content is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _Parts(archive)
        return [each.get("name", "") for each in elements(parts[_main_part(parts)], "sheet")]


class _Parts(Mapping[str, bytes]):
    """The parts of an archive that are XML, unpacked when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]

    def __getitem__(self, name: str) -> bytes:
        return self._archive.read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _by_name(
    parts: Mapping[str, bytes], book: str, targets: Mapping[str, str], measured: Mapping[str, Marks]
) -> dict[str, Marks]:
    """What was found in each sheet of the list of sheets, by its name there."""
    sheets = [(each.get("name", ""), targets.get(_id(each), "")) for each in elements(parts[book], "sheet")]
    if len(dict(sheets)) < len(sheets):
        raise StrangePartsError("has two sheets of one name")
    found = {name: measured.get(path, Marks()) for name, path in sheets if path in parts}
    # Once more, as a list may name one part many times.
    check_all(found.values())
    return found


def _may_be_sheet(xml: bytes) -> bool:
    return b"sheetData" in xml or b"\0" in xml[:200]


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The part that lists the sheets."""
    for each in elements(parts.get("_rels/.rels", b""), "Relationship"):
        path = each.get("Target", "").lstrip("/")
        if each.get("Type", "").endswith("/officeDocument") and path in parts:
            return path
    raise StrangePartsError("cannot be read as a workbook")


def _targets(parts: Mapping[str, bytes], book: str) -> dict[str, str]:
    """The parts that the list of sheets refers to, by the names it has for them."""
    folder, name = posixpath.split(book)
    links = elements(parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"), b""), "Relationship")
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:]
        for each in links
    }


def _id(sheet: Mapping[str, str]) -> str:
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _percent_styles(styles: bytes) -> frozenset[str]:
    """The numbers of the styles that show a percentage."""
    within = _within_cell_formats(styles)
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in elements(styles, "numFmt")}
    own = {number for number, code in codes.items() if is_percent(code)}
    percents = (BUILT_IN_PERCENTS - codes.keys()) | own
    return frozenset(str(at) for at, number in enumerate(within) if number in percents)


def _within_cell_formats(styles: bytes) -> list[str]:
    """The number formats of the formats of cells, in order."""
    found: list[str] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if local(tag) == "cellXfs":
            inside = True
        elif inside and local(tag) == "xf":
            found.append(attributes.get("numFmtId", ""))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and local(tag) != "cellXfs"

    if styles:
        walk(styles, start, end)
    return found


def is_percent(code: str) -> bool:
    r"""Whether a format shows a number as a percentage.

    >>> is_percent("0.0%"), is_percent('0"%"'), is_percent(r"0\%")
    (True, False, False)
    """
    if len(code) > LONGEST_FORMAT:
        return False
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", code)


CELL: Final = rb"<(?:[^\s<>/:]+:)?c"
# To its end: what has two addresses is for a parser to refuse.
ADDRESSED: Final = re.compile(CELL + rb' r="[A-Z]{1,3}[0-9]{1,7}"(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*\s*/?>')
ANY_CELL: Final = re.compile(CELL + rb"[\s/>]")
COLUMNS: Final = re.compile(CELL + rb' r="([A-Z]+)')
ROWS: Final = re.compile(CELL + rb' r="[A-Z]+([0-9]+)')
FORMULA_OR_ERROR: Final = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")


def _lengths(xml: bytes) -> list[int]:
    """How long each of the texts is that sheets refer to by number."""
    if xml.count(b"<si") > most_cells() // 4:
        raise TooLargeError(f"has more than {most_cells() // 4:,} texts", raise_it())
    found: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if local(tag) == "si":
            found.append(0)

    def said(text: str) -> None:
        if found:
            found[-1] += len(text)

    walk(xml, start, text=said)
    return found


def _marks(xml: bytes, percents: frozenset[str], texts: Sequence[int]) -> Marks:
    check_filled(sum(map(xml.count, (b"<v>", b"<t>"))))
    if not _is_simple(xml, percents) or max(texts, default=0) * _times(ANY_CELL, xml) > MOST_LETTERS:
        return _Walk(percents, texts).through(xml)
    columns, rows = ({found[1] for found in each.finditer(xml)} for each in (COLUMNS, ROWS))
    return Marks(
        rows=max(map(int, rows), default=0), columns=max((_number(each.decode()) for each in columns), default=0)
    )


def _is_simple(xml: bytes, percents: frozenset[str]) -> bool:
    """Whether nothing is to be marked, and every cell says where it is in the usual way."""
    declared = re.match(rb"""[^>]*encoding\s*=\s*["'](?!utf-8["'])""", xml, re.IGNORECASE)
    if declared or b"\0" in xml[:200] or b"<!DOCTYPE" in xml or FORMULA_OR_ERROR.search(xml):
        return False
    styled = rb"\bs\s*=\s*[\"'](?:" + "|".join(sorted(percents)).encode() + rb")[\"']"
    if percents and re.search(styled, xml):
        return False
    return _times(ADDRESSED, xml) == _times(ANY_CELL, xml)


def _times(pattern: re.Pattern[bytes], xml: bytes) -> int:
    """How often something is in a part; a list of it would take more memory than the part."""
    return sum(1 for _ in pattern.finditer(xml))


def _number(letters: str) -> int:
    """The number of a column.

    >>> _number("A"), _number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Walk:
    """One walk through the cells of a sheet."""

    def __init__(self, percents: frozenset[str], texts: Sequence[int] = ()) -> None:
        self.percents, self.texts = percents, texts
        self.marks = Marks()
        self.row = self.column = -1
        self.cell: dict[str, str] = {}
        self.formula = self.inside = False
        self.text: list[str] = []

    def through(self, xml: bytes) -> Marks:
        walk(xml, self._start, self._end, self._said)
        return self.marks

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self.cell, self.formula = attributes, False
            self.text.clear()
            self._go_to(attributes.get("r"))
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        elif name == "f":
            self.formula = True
        self.inside = name in ("v", "t")

    def _go_to(self, address: str | None) -> None:
        found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", address or "")
        if address is not None and found is None:
            raise StrangePartsError("cannot be read as a workbook")
        self.column = _number(found[1]) - 1 if found else self.column + 1
        self.row = int(found[2]) - 1 if found else max(self.row, 0)
        self.marks.rows = max(self.marks.rows, self.row + 1)
        self.marks.columns = max(self.marks.columns, self.column + 1)

    def _said(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        self.inside = False
        if local(tag) == "c":
            text, kind = "".join(self.text), self.cell.get("t", "n")
            self._count(text, kind)
            mark = self._mark(text, kind)
            if mark is not None:
                self.marks.cells[self.row, self.column] = mark

    def _count(self, text: str, kind: str) -> None:
        """Count the characters of a cell: those of a text by its number, too."""
        at = int(text) if kind == "s" and text.isascii() and text.isdigit() and len(text) < 10 else len(self.texts)
        self.marks.letters += self.texts[at] if at < len(self.texts) else len(text)
        check_letters(self.marks.letters)

    def _mark(self, text: str, kind: str) -> Any:
        if kind == "e":
            return Spoilt(f"{text} is an error of the sheet", "Correct the formula", unknown=True)
        if kind == "n" and self.formula and not text:
            return NEVER
        return PERCENT if kind == "n" and text and self.cell.get("s") in self.percents else None


def letter(number: int) -> str:
    """The letter of a column, given its number from 1.

    >>> letter(1), letter(27), letter(16384)
    ('A', 'AA', 'XFD')
    """
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = chr(65 + at) + found
    return found


def addresses(low: Spot, high: Spot) -> Iterator[str]:
    """The two ends of a range."""
    for row, column in (low, high):
        yield f"{letter(column + 1)}{row + 1}"
