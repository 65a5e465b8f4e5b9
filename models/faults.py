"""What is wrong with an input: where, what, and the remedy; and what of it was put right while it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .fields import Noun
from .numbers import count

TOLD: Final = 3
"""More places than this that repeat a fault are told by their number."""


class Place(Noun):
    """Where something is."""

    table: str
    """The table."""
    index: int | None = None
    """The row, counted from 0; blank where it is about the whole table."""
    column: str | None = None
    """The column; blank where it is about the whole row."""
    place: str = ""
    """The file, sheet or table, as its owner knows it."""
    row: int | None = None
    """The row as the file, sheet or list counts it."""
    cell: str | None = None
    """The cell's address in a sheet, such as C14."""

    @property
    def where(self) -> str:
        """The place in words.

        >>> Place(table="targets", index=12, column="sense").where
        'targets[12].sense'
        """
        return _where(self)


class Fault(Noun):
    """One thing wrong with an input."""

    table: str
    """The table it is in."""
    index: int | None = None
    """The row, counted from 0; blank where it is about the whole table."""
    key: str | None = None
    """The row's key, as far as it can be read; see `alignment.models.system.keys`."""
    column: str | None = None
    """The column; blank where it is about the whole row."""
    what: str
    """What is wrong."""
    remedy: str
    """What to do about it."""
    repeats: int | None = None
    """The row that this one repeats, counted from 0."""
    also: tuple[Place, ...] = ()
    """Where else the same thing is wrong for the same cause."""
    place: str = ""
    """The file, sheet or table, as its owner knows it."""
    row: int | None = None
    """The row as the file, sheet or list counts it."""
    cell: str | None = None
    """The cell's address in a sheet, such as C14."""

    @property
    def where(self) -> str:
        """The place in words.

        >>> Fault(table="targets", index=12, column="sense", what="", remedy="").where
        'targets[12].sense'
        """
        return _where(self)

    def __str__(self) -> str:
        end = "" if self.remedy[-1:] in ".?!" else "."
        return f"{self.where}: {self.what}{self.elsewhere}. {self.remedy}{end}"

    @property
    def elsewhere(self) -> str:
        """The places that repeat it, in words that follow what is wrong; blank where there are none.

        >>> twice = (Place(table="targets", index=2, column="measure"),)
        >>> Fault(table="measures", what="", remedy="", also=twice).elsewhere
        ' (so too in targets[2].measure)'
        """
        if not self.also:
            return ""
        shown = [place.where for place in self.also[:TOLD]]
        rest = len(self.also) - len(shown)
        more = f" and {count(rest, 'more place', 'more places')}" if rest else ""
        return f" (so too in {'; '.join(shown)}{more})"


class Note(Noun):
    """Something that was put right, or passed over, while an input was read: nobody has to act, anybody may look."""

    table: str
    """The table it is in; blank where it is about the whole source."""
    index: int | None = None
    """The row, counted from 0; blank where it is about the whole table."""
    column: str | None = None
    """The column; blank where it is about the whole row."""
    what: str
    """What was found, and how it was read."""
    place: str = ""
    """The file, sheet or table, as its owner knows it."""
    row: int | None = None
    """The row as the file, sheet or list counts it."""
    cell: str | None = None
    """The cell's address in a sheet, such as C14."""

    @property
    def where(self) -> str:
        """The place in words.

        >>> Note(table="measures", row=3, cell="D3", place="sheet measures", what="").where
        'sheet measures, cell D3'
        """
        return _where(self)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}." if self.where else f"{self.what}."


def _where(spot: Fault | Note | Place) -> str:
    in_sheet = spot.cell is not None or spot.row is not None
    return ", ".join(filter(None, [spot.place, *(_cell_of_sheet(spot) if in_sheet else [_path(spot)])]))


def _cell_of_sheet(spot: Fault | Note | Place) -> list[str]:
    found = f"cell {spot.cell}" if spot.cell else f"row {spot.row}"
    return [found, f"column {spot.column}"] if spot.column else [found]


def _path(spot: Fault | Note | Place) -> str:
    """The place in a list of rows, or nothing where the place says it all."""
    if spot.place and spot.index is None and spot.column is None:
        return ""
    row = "" if spot.index is None else f"[{spot.index}]"
    return f"{spot.table}{row}" + (f".{spot.column}" if spot.column else "")


class FaultsFound(ValueError):
    """Everything wrong with an input, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


MOST_COMPARED: Final = 5_000_000
"""So many pairs of words are compared at most, where many words are astray: a few seconds."""

LONGEST_GUESSED: Final = 200
"""What is longer than so many characters is no misspelt word."""


def guessed(words: int, known: int) -> int:
    """For how many of some words it can be found out which of others is nearest, without anybody waiting.

    >>> guessed(10, 2_000), guessed(100_000, 100_000)
    (10, 50)
    """
    return min(words, MOST_COMPARED // max(1, known))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest in spelling, if any is near enough to be meant.

    >>> closest("atleast", ["at_least", "at_most"])
    'at_least'
    """
    if len(word) > LONGEST_GUESSED:
        return None
    limit = max(1, len(word) // 3)
    by_word = {one.casefold(): one for one in known}
    found = process.extractOne(word.casefold(), list(by_word), scorer=OSA.distance, score_cutoff=limit)
    return None if found is None else by_word[found[0]]


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, or says what else to do."""
    near = closest(word, known)
    return f"Did you mean '{near}'?" if near is not None else otherwise
