"""The text of a file: its encoding, and what separates its cells.

UTF-8 and UTF-16 are told by a byte-order mark or by their own rules. What is neither is Windows-1252 where every letter
of it is one of Western Europe in a place where such letters stand; else nobody can say what it is. What separates the
cells is what makes most headings of the table's columns.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from .guarded import most_cells, raise_it
from .json_text import line_of

LONGEST: Final = 1_000_000
"""The longest cell, in characters; Python by itself stops at 131,072."""

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""Byte-order marks, longer ones first where one begins like another."""

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What separates cells, in words; where nothing tells, the first."""

ONE: Final = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
"""The same, one of them."""

SAID_SO: Final = re.compile(r'"?sep=(.|\\t)"?[,;\t|]*\r?(?:\n|$)', re.IGNORECASE)
"""The line by which Excel is told the separator."""

LONGEST_LINE: Final = 10_000_000
"""The longest line, in characters."""

MOST_COLUMNS: Final = 16_384
"""The most cells of a row: so many columns Excel has."""

BROKEN: Final = "Look for a quote that is not closed, or for rows that are joined, and write the table again"

LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end."""

AT_MOST: Final = 40
"""So many rows are looked at before it is known what a text is."""

LOOKED_AT: Final = 20
"""So many rows tell the separator."""

WESTERN: Final = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøØùúûüýÿŒœŠšŽžŸ")
"""Letters of Western Europe that Windows-1252 has."""

AS_UTF_8: Final = "Save it as UTF-8: in Excel, as 'CSV UTF-8 (Comma delimited)'"

SIGNS: Final = frozenset("€£¥§©®°±²³µ·¼½¾×÷–—‘’“”„…•™«»¿¡ª¹º´\u00a0\u00ad\u0178")
"""Its signs that tables hold."""


Known = Callable[[Sequence[Sequence[str]]], int]
"""How many headings some rows hold."""


class NotTextError(ValueError):
    """The bytes are no text that can be told, or too much; the message is the end of a sentence."""

    def __init__(self, what: str, remedy: str = AS_UTF_8) -> None:
        self.remedy = remedy
        super().__init__(what)


@dataclass(frozen=True)
class Text:
    """The text of a file."""

    content: str
    """What it says, without a byte-order mark."""
    notes: tuple[str, ...] = ()
    """What had to be put right."""

    @cached_property
    def said(self) -> re.Match[str] | None:
        """The line that tells the separator."""
        return SAID_SO.match(self.content)

    @cached_property
    def starts(self) -> dict[str, list[list[str]]]:
        """The first rows, by each separator that could be meant: many tables may ask for them."""
        if self.said:
            return {_told(self.said): _start(self.content[self.said.end() :], _told(self.said))}
        return {separator: _start(self.content, separator) for separator in SEPARATORS}


def text_of(content: bytes) -> Text:
    """The text that bytes say.

    >>> text_of("café".encode("cp1252"))
    Text(content='café', notes=("is not UTF-8: read as Windows-1252, as in 'café' (line 1)",))

    Raises
    ------
    NotTextError
        Nobody can tell.
    """
    text = _decoded(content)
    nuls = text.content.count("\0")
    if not nuls:
        return text
    return Text(text.content.replace("\0", ""), (*text.notes, f"{nuls:,} NUL characters are left out"))


def _decoded(content: bytes) -> Text:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            told = () if codec == "utf-8" else (f"is {name}, and was read so",)
            return Text(_strictly(content[len(mark) :], codec, name), told)
    wide = _utf_16(content)
    if wide:
        return Text(_strictly(content, wide, "UTF-16"), ("is UTF-16 without a mark that says so, and was read so",))
    try:
        return Text(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _western(content, error)


def _strictly(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise NotTextError(f"is not {name} text (line {line_of(error)})") from error


def _utf_16(content: bytes) -> str | None:
    """Which UTF-16 bytes without a mark are: every other byte of Latin text is 0."""
    start = content[:2000]
    half = len(start) // 2
    low, high = start[::2].count(0), start[1::2].count(0)
    if half == 0 or len(content) % 2 or max(low, high) * 10 < half * 7 or min(low, high) * 10 > half:
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _western(content: bytes, error: UnicodeDecodeError) -> Text:
    refused = NotTextError(f"is not UTF-8 text (line {line_of(error)})")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise refused from error
    # In two steps: to look for the letter within each word takes the square of a long one's length.
    words = [word for word in re.findall(r"[^ \t\r\n,;|\"]+", text) if not word.isascii()]
    # Bytes that are letters of UTF-8 elsewhere say that the file is of two minds.
    if _holds_utf_8(content) or not all(map(_is_western, words)):
        raise refused from error
    word = next((word for word in words if not WESTERN.isdisjoint(word)), words[0])
    at = text.count("\n", 0, text.index(word)) + 1
    return Text(text, (f"is not UTF-8: read as Windows-1252, as in '{word[:40]}' (line {at})",))


def _holds_utf_8(content: bytes) -> bool:
    return any(len(letter) > 1 for letter in re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", content) if _is_utf_8(letter))


def _is_utf_8(letter: bytes) -> bool:
    try:
        return len(letter.decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False


def _is_western(word: str) -> bool:
    """Whether a word could be one of Western Europe: no strange letters, few in a row, no sign within.

    >>> _is_western("café"), _is_western("Ïðèâåò"), _is_western("Łódź"), _is_western("³ód")
    (True, False, False, False)
    """
    strange = [letter for letter in word if letter > "\x7f"]
    if not all(letter in WESTERN or letter in SIGNS for letter in strange):
        return False
    letters = "".join(WESTERN)
    return not re.search(rf"[{letters}]{{3}}|[¹²³ª¡¿£¥¼½¾×÷±][A-Za-z{letters}]{{2}}|[a-z][ØÀ-ÖÙ-ÝŽŠŒŸ]", word)


@dataclass(frozen=True)
class Separated:
    """The rows of a text."""

    rows: list[list[str]]
    separator: str
    """What separates the cells, as in `SEPARATORS`."""
    first: int = 1
    """The number of the first row: a line that tells the separator is none."""
    told: bool = False
    """Whether a line of the text tells the separator."""


class QuotesError(ValueError):
    """The quotes of a text cannot be made out, in some row."""

    remedy = "Put text that holds a quote in quotes, and write each of its own quotes twice"

    def __init__(self, error: csv.Error, row: int) -> None:
        self.row = row
        super().__init__(f"the quotes cannot be made out ({error})")


def _told(said: re.Match[str]) -> str:
    return "\t" if said[1] == "\\t" else said[1]


def first_rows(text: Text, known: Known) -> list[list[str]]:
    """The first rows of a text, as many of them as can be made out; parameters as of `separated`."""
    return text.starts[_separator(text, known)]


def separated(text: Text, known: Known) -> Separated:
    """The rows of a text.

    Parameters
    ----------
    text
        The text.
    known
        How many headings some rows hold.

    Raises
    ------
    QuotesError
        The quotes cannot be made out.
    NotTextError
        There is more than any table needs.
    """
    separator = _separator(text, known)
    if text.said:
        return Separated(rows_of(text.content[text.said.end() :], separator, 2), separator, 2, told=True)
    return Separated(rows_of(text.content, separator), separator)


def _separator(text: Text, known: Known) -> str:
    """What separates the cells: what makes most headings, or else what makes rows of one length."""
    if text.said:
        return _told(text.said)
    starts = {separator: rows[:LOOKED_AT] for separator, rows in text.starts.items()}
    headings = {separator: known(rows) for separator, rows in starts.items()}
    best = max(starts, key=lambda separator: headings[separator])
    if headings[best] > max(1, headings[","]):
        return best
    if headings[","] <= 1:
        return next((each for each in starts if _is_even(starts[each])), ",")
    return ","


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows have one length, of more than one cell."""
    lengths = {len(row) for row in rows if row}
    return len(lengths) == 1 and lengths != {1}


def _start(text: str, separator: str) -> list[list[str]]:
    found: list[list[str]] = []
    with suppress(csv.Error, NotTextError):
        found.extend(row[:MOST_COLUMNS] for row in islice(_reader(text, separator), AT_MOST))
    return found


def rows_of(text: str, separator: str, first: int = 1) -> list[list[str]]:
    """The rows of a text whose separator is known.

    Raises
    ------
    QuotesError
        The quotes cannot be made out.
    NotTextError
        There is more than any table needs.
    """
    rows: list[list[str]] = []
    cells, limit = 0, most_cells()
    try:
        for row in _reader(text, separator):
            rows.append(row)
            cells += len(row)
            if len(row) > MOST_COLUMNS or cells > limit:
                raise _too_many(row, len(rows) + first - 1, limit)
    except csv.Error as error:
        if str(error).startswith("field larger"):
            what = f"holds a cell of more than {LONGEST:,} characters (row {len(rows) + first})"
            raise NotTextError(what, BROKEN) from error
        raise QuotesError(error, len(rows) + first) from error
    return rows


def _too_many(row: Sequence[str], number: int, limit: int) -> NotTextError:
    """What to say of more cells than any table needs."""
    if len(row) > MOST_COLUMNS:
        return NotTextError(f"has {len(row):,} cells in row {number}, and at most {MOST_COLUMNS:,} are read", BROKEN)
    return NotTextError(f"has more than {limit:,} cells", raise_it())


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST)
    return csv.reader(_lines(text), delimiter=separator, strict=True)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, one at a time, as a stream of all of it would take four bytes a character."""
    for line in LINE.finditer(text):
        if line.end() - line.start() > LONGEST_LINE:
            raise NotTextError(f"holds a line of more than {LONGEST_LINE:,} characters", BROKEN)
        yield line[0]
