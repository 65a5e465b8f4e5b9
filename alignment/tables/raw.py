"""What every coat makes of its tables before anything in them is believed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alignment.errors import InputError
from alignment.models import Fault, Note
from alignment.models.faults import Place

MOST_FAULTS: Final = 10_000
"""So many faults of a table are told at once: more would take minutes and gigabytes, and nobody reads them."""

# Known by name, so that a system in plain lists needs no pandas.
BLANKS_OF_PANDAS: Final = frozenset({"NAType", "NaTType"})


class TooManyError(Exception):
    """A table has more faults than are told at once; the first of them are here."""

    def __init__(self, table: str, faults: Sequence[Fault]) -> None:
        self.table, self.faults = table, (*faults[:MOST_FAULTS], more_faults(table))
        super().__init__(table)


def more_faults(table: str) -> Fault:
    """What is said where a table has more faults than are told at once."""
    what = f"has more than {MOST_FAULTS:,} faults, of which the rest are not looked for"
    return Fault(table=table, what=what, remedy="Correct what these have in common, and read it again")


@dataclass(frozen=True)
class RawTable:
    """A table as its coat holds it: cells as they came, blanks left out."""

    name: str
    """The name it goes by, which may not be a table's."""
    place: str = ""
    """The file or sheet, as its owner knows it; blank for rows that are in no file."""
    columns: tuple[str, ...] = ()
    """The names of the columns, in order."""
    rows: Sequence[dict[str, Any]] = ()
    """The cells of each row by column; a row without any cell is not there."""
    numbers: Sequence[int] | None = None
    """For each row its number in the file or sheet; none where rows are counted from 0."""
    header: int | None = None
    """The row of the file or sheet that names the columns."""
    letters: Mapping[str, str] = field(default_factory=dict[str, str])
    """For each column its letter in the sheet; none where cells have no address."""
    faults: Sequence[Fault] = ()
    """What the coat itself found wrong; a fault of a row but of no column says that the row
    cannot be trusted."""
    notes: Sequence[Note] = ()
    """What the coat itself put right or passed over."""
    readable: bool = True
    """Whether there are rows to speak of; a table that is there but not readable could say anything."""
    titles: Sequence[str | None] = ()
    """What each column of the file or sheet is called, in order, those of its owner too; nothing where it has no
    name, and none at all where cells stand under their names."""
    open_titles: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Headings that are asked about already, each with the columns that it could be."""
    other: Any = None
    """What the source holds under the name, where that is no list of rows of a table."""

    def locate(self, fault: Fault) -> Fault:
        """The fault with its place as the owner of the table knows it."""
        return fault.model_copy(update={**self._spot(fault), "what": fault.what + self._repeated(fault)})

    def locate_note(self, note: Note) -> Note:
        """The note with its place as the owner of the table knows it."""
        return note.model_copy(update=self._spot(note))

    def locate_place(self, place: Place) -> Place:
        """The place as the owner of the table knows it."""
        return place.model_copy(update=self._spot(place))

    def _spot(self, found: Fault | Note | Place) -> dict[str, Any]:
        """Where something is: place, row and cell."""
        row = found.row
        if row is None and found.index is not None and self.numbers is not None:
            row = self.numbers[found.index]
        elif row is None and found.column is not None:
            row = self.header
        letter = self.letters.get(found.column or "")
        cell = found.cell or (f"{letter}{row}" if letter and row is not None else None)
        return {"place": found.place or self.place, "row": row, "cell": cell}

    def _repeated(self, fault: Fault) -> str:
        if fault.repeats is None:
            return ""
        if self.numbers is None:
            return f", as {self.name}[{fault.repeats}]"
        return f", in row {self.numbers[fault.repeats]}"


@dataclass(frozen=True)
class RawSystem:
    """The tables that a source holds, whatever they are called."""

    tables: Mapping[str, RawTable]
    """Each by its name."""
    place_of: Callable[[str], str]
    """Where a table of that name is, or would be."""
    notes: Sequence[Note] = ()
    """What was put right or passed over that is in no table, with its place."""
    listed: Listed | None = None
    """The bare list that the tables are made of, where they are."""


@dataclass(frozen=True)
class Listed:
    """A bare list as it stands, to be copied."""

    name: str
    """The sheet; of a file, what a sheet of it is called."""
    place: str
    """The file or sheet, as its owner knows it."""
    rows: Sequence[tuple[int, Sequence[Any]]]
    """Its rows with their numbers: plain numbers as numbers, headings of its owner's marked as such, all else as it
    is written."""


@dataclass(frozen=True)
class Percent:
    """A number that is written as a percentage."""

    fraction: float
    """The number that it is by itself: of 92%, 0.92."""

    @property
    def hundredths(self) -> float:
        """The number before the sign.

        >>> Percent(0.07).hundredths
        7.0
        """
        return float(f"{self.fraction * 100:.12g}")

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.hundredths:.12g}%"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Spoilt:
    """A cell that its coat already knows to be wrong."""

    what: str
    remedy: str
    unknown: bool = False
    """Whether its value may be one that nobody knows."""


def is_own(name: str) -> bool:
    """Whether a heading, sheet or file is its owner's, and is to be left alone.

    >>> is_own("X-our score"), is_own("xenon")
    (True, False)
    """
    return name.strip().casefold().startswith("x-")


def lost(name: str, place: str, what: str, remedy: str, row: int | None = None) -> RawTable:
    """A table that is there and cannot be read."""
    fault = Fault(table=name, row=row, what=what, remedy=remedy)
    return RawTable(name, place, faults=(fault,), readable=False)


def refused(place: str, what: str, remedy: str, row: int | None = None) -> InputError:
    """What to raise where a source as a whole cannot be read or written."""
    return InputError([Fault(table="", place=place, row=row, what=what, remedy=remedy)])


def plain(value: Any) -> Any:
    """A cell as plain Python; nothing where it is blank.

    >>> plain("  "), plain(float("nan")), plain(True), plain(dt.datetime(2018, 3, 31))
    (None, None, 'yes', '2018-03-31')
    """
    if isinstance(value, str):
        return value.strip() or None
    if hasattr(value, "dtype") and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        # As text, it cannot pass for the number 1.
        return "yes" if value else "no"
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if type(value).__name__ in BLANKS_OF_PANDAS:
        return None
    return _day(value) if isinstance(value, dt.date) else value


def _day(value: dt.date) -> dt.date | str:
    """A date as text; a moment within the day is left to the field to judge."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    return value.date().isoformat() if value.time() == dt.time.min else value
