"""Which sheet or file of a source is which table, and which is none.

One that bears a table's name, however it is written, is that table. One whose name comes near, or is another word for
it, is taken where it holds the columns that the table cannot do without. Of the others, a table that looks like one is
asked about; covers, contents, notes, lists and hidden sheets are passed over; what begins with x- is its owner's.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from rapidfuzz.distance import OSA

from alignment.models import TABLES, Note
from alignment.models.faults import closest
from alignment.models.system import REQUIRED
from alignment.models.system.other_names import TABLES_CALLED

from .headings import bare, columns_in, holds
from .names import ROW_TYPES
from .raw import RawTable, is_own, lost

BARE: Final = {bare(table): table for table in ROW_TYPES}
"""Every table by its bare name."""

CALLED: Final = {bare(word): table for table, words in TABLES_CALLED.items() for word in words}
"""Tables by other words for them."""


class Part(Protocol):
    """A sheet or file of a source."""

    @property
    def name(self) -> str:
        """What its owner calls it."""
        ...

    @property
    def place(self) -> str:
        """Where it is, in words."""
        ...

    @property
    def kind(self) -> str:
        """Sheet or file."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether people do not see it."""
        ...

    def start(self, table: str) -> Sequence[Sequence[Any]]:
        """Its first rows that are not blank, as those of a table."""
        ...

    def grid(self, table: str | None) -> Sequence[tuple[int, Sequence[Any]]]:
        """Its rows that are not blank, as those of a table or of none, with their numbers."""
        ...

    def table(self, name: str) -> RawTable:
        """It as a table of that name."""
        ...


@dataclass
class Sorted:
    """What a source holds, table by table."""

    tables: dict[str, RawTable] = field(default_factory=dict[str, RawTable])
    notes: list[Note] = field(default_factory=list[Note])


def sorted_out(parts: Iterable[Part]) -> Sorted:
    """Which part is which table; what is none is noted, or left among the tables under its own name to be asked about.

    Parameters
    ----------
    parts
        The sheets or files.
    """
    parts = [part for part in parts if not is_own(part.name)]
    exact = {part.name for part in parts if part.name in ROW_TYPES}
    claims = {at: _claimed(part, exact) for at, part in enumerate(parts)}
    found = Sorted()
    for at, part in enumerate(parts):
        rivals = [parts[other].place for other in claims if claims[other] == claims[at]]
        asked = claims[at] is None and _is_asked_about(part, set(claims.values()))
        _place(found, part, claims[at], rivals, asked=asked)
    return found


def _place(found: Sorted, part: Part, table: str | None, rivals: Sequence[str], *, asked: bool) -> None:
    """Put a part where it belongs."""
    if table is None and asked:
        found.tables[part.name] = RawTable(part.name, part.place)
    elif table is None:
        found.notes.append(Note(table="", place=part.place, what=_passed(part)))
    elif len(rivals) > 1:
        what = f"{' and '.join(rivals)} are both the table {table}"
        remedy = f"Join the two, or begin the name of the {part.kind} that is no part of it with x-"
        found.tables[table] = lost(table, part.place, what, remedy)
    else:
        read = part.table(table)
        notes = [Note(table=table, what=what) for what in _remarks(part, table)]
        found.tables[table] = replace(read, notes=[*notes, *read.notes])


def _claimed(part: Part, exact: Iterable[str]) -> str | None:
    """The table that a part is, if it is one."""
    word = bare(part.name)
    table = part.name if part.name in ROW_TYPES else BARE.get(word)
    if table == "about" and part.name != table:
        # A cover is often called About.
        return table if any(columns_in(table, cells) for cells in part.start(table)) else None
    if table is not None:
        return table
    near = CALLED.get(word) or BARE.get(closest(word, BARE) or "")
    return near if near is not None and (not part.hidden or near not in exact) and _is(part, near) else None


def _is(part: Part, table: str) -> bool:
    """Whether a part holds the columns that a table cannot do without."""
    return holds(table, part.start(table))


def _is_asked_about(part: Part, taken: Container[str | None]) -> bool:
    """Whether a part that is no table may be meant as one."""
    if part.hidden:
        return False
    word = bare(part.name)
    # What a system is about it can do without, and many a cover is called so.
    meant = BARE.get(closest(word, BARE.keys() - {"about"}) or "")
    if meant is not None and meant not in taken and (meant in REQUIRED or OSA.distance(word, bare(meant)) <= 1):
        return True
    return any(_is(part, table) for table in TABLES)


def _passed(part: Part) -> str:
    return f"is {'hidden and ' if part.hidden else ''}no table of a system, and was passed over"


def _remarks(part: Part, table: str) -> Iterator[str]:
    """What is to be noted of a part that is a table."""
    if part.name != table:
        yield f"is read as the table {table}"
    if part.hidden:
        yield "is hidden, and was read"
