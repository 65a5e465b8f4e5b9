"""What is wrong with an input: where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .fields import Noun


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
        in_sheet = self.cell is not None or self.row is not None
        return ", ".join(filter(None, [self.place, *(self._cell_of_sheet() if in_sheet else [self._path()])]))

    def _cell_of_sheet(self) -> list[str]:
        spot = f"cell {self.cell}" if self.cell else f"row {self.row}"
        return [spot, f"column {self.column}"] if self.column else [spot]

    def _path(self) -> str:
        """The place in a list of rows, or nothing where the place says it all."""
        if self.place and self.index is None and self.column is None:
            return ""
        row = "" if self.index is None else f"[{self.index}]"
        return f"{self.table}{row}" + (f".{self.column}" if self.column else "")

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}" + ("" if self.remedy[-1:] in ".?!" else ".")


class FaultsFound(ValueError):
    """Everything wrong with an input, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest in spelling, if any is near enough to be meant.

    >>> closest("atleast", ["at_least", "at_most"])
    'at_least'
    """
    limit = max(1, len(word) // 3)
    found = process.extractOne(word, list(known), scorer=OSA.distance, score_cutoff=limit)
    return None if found is None else found[0]


def meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, or says what else to do."""
    near = closest(word, known)
    return f"Did you mean '{near}'?" if near is not None else otherwise
