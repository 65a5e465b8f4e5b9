"""The sheets of a mended copy: each table under its own name, with its cells as they were read.

What could not be read stays as it was written. What is its owner's travels along: columns and sheets that would be
refused or passed over get names that begin with x-, and what stands around tables gets a sheet of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, Final, cast

from alignment.errors import InputError
from alignment.models import Note

from .assemble import Assembly
from .columns import OWN, columns, missing_columns, required, strange_columns
from .names import ROW_TYPES, strays
from .parts import Part
from .raw import Listed, RawSystem, RawTable, is_own
from .sheet_titles import free_title
from .written_cells import cell

FAULTS: Final = "x-faults"
"""The sheet that tells what was mended, and what was not."""

ASIDE: Final = "x-around"
"""The sheet of what stands above and below tables."""

ROW: Final = "x-row"
"""The column that says which row of the source a row was, where the row itself says next to nothing."""

Line = Sequence[Any]
"""The cells of a row."""


@dataclass(frozen=True)
class Page:
    """A sheet of a copy."""

    title: str
    rows: Sequence[Line]
    hidden: bool = False


@dataclass
class MendedSheets:
    """The sheets of a mended copy of a source, and what more is to be noted of it than reading it noted."""

    assembly: Assembly
    parts: Sequence[Part]
    pages: list[Page] = field(default_factory=list[Page])
    notes: list[Note] = field(default_factory=list[Note])
    own: set[tuple[str, str | None]] = field(default_factory=set[tuple[str, str | None]])
    """What reading refused and is its owner's from now on: table, column."""
    _around: list[Line] = field(default_factory=list[Line])

    def __post_init__(self) -> None:
        told = {part.place for part in self.parts}
        if self._raw.listed is not None:
            self._list(self._raw.listed)
            return
        for part in self.parts:
            if part.name.casefold() != FAULTS:
                self._part(part)
        for name, table in self._raw.tables.items():
            if table.place not in told:
                self._listed(name, table)
        if self._around:
            self._page(ASIDE, [("sheet", "row", "what stands there"), *self._around])

    @property
    def _raw(self) -> RawSystem:
        return self.assembly.raw

    def _page(self, title: str, rows: Sequence[Line], *, hidden: bool = False) -> None:
        held = [list(map(storable, line)) for line in rows]
        self.pages.append(Page(free_title(title, [page.title for page in self.pages]), held, hidden))

    def _list(self, listed: Listed) -> None:
        """Copy a bare list, each row where it was, and keep what stands on other sheets."""
        last = max(number for number, _ in listed.rows)
        lines: list[Line] = [()] * last
        for number, cells in listed.rows:
            lines[number - 1] = cells
        if listed.place not in {part.place for part in self.parts}:
            self._page(listed.name, lines)
        for part in self.parts:
            if part.place == listed.place:
                self._page(listed.name, lines, hidden=part.hidden)
            elif part.name.casefold() != FAULTS:
                self._page(part.name if is_own(part.name) else f"{OWN}{part.name}", _cells(part), hidden=part.hidden)

    @cached_property
    def _tables(self) -> Mapping[str, RawTable]:
        return {table.place: table for table in self._raw.tables.values()}

    @cached_property
    def _passed(self) -> frozenset[str]:
        return frozenset(note.place for note in self._raw.notes)

    def _part(self, part: Part) -> None:
        """Copy a sheet or file."""
        table = self._tables.get(part.place)
        if table is not None and table.name in ROW_TYPES and table.readable:
            self._table(table, dict(part.grid(table.name)))
        elif table is None and part.place in self._passed and not is_own(part.name):
            self._page(f"{OWN}{part.name}", _cells(part), hidden=part.hidden)
        else:
            self._page(part.name, _cells(part), hidden=part.hidden)

    def _listed(self, name: str, table: RawTable) -> None:
        """Copy a table whose cells stand under their names, or what else a document holds."""
        if name in ROW_TYPES and table.readable:
            self._table(table, {})
        elif name in ROW_TYPES:
            self._page(name, [])
            if table.other is not None:
                self._page(f"{OWN}{name}", list(_rows_of(table.other)))
        elif is_own(name) or strays(self._raw)[name]:
            self._page(name, list(_rows_of(table.other)))
        else:
            self.own.add((name, None))
            self.notes.append(Note(table=name, place=table.place, what=f"is no table, and is kept as '{OWN}{name}'"))
            self._page(f"{OWN}{name}", list(_rows_of(table.other)))

    def _table(self, table: RawTable, lines: Mapping[int, Line]) -> None:
        """Copy a table, its cells put right."""
        theirs = _own_columns(table)
        for column in theirs:
            self.own.add((table.name, column))
            what = f"'{column}' is not a column of {table.name}, and is kept as '{OWN}{column}'"
            self.notes.append(table.locate_note(Note(table=table.name, column=column, what=what)))
        self._page(table.name, list(_Copied(self.assembly, table, lines, theirs).rows()))
        beside = lines.keys() - {table.header, *(table.numbers or ())}
        for number in sorted(beside):
            said = " | ".join(str(one) for one in lines[number] if one is not None)
            self._around.append((table.name, number, said))


class _Copied:
    """A table being copied, its cells put right."""

    def __init__(self, assembly: Assembly, table: RawTable, lines: Mapping[int, Line], theirs: Iterable[str]) -> None:
        self.table, self.lines, self.theirs = table, lines, frozenset(theirs)
        self.mended, self.read = assembly.tables[table.name], assembly.read[table.name]
        self.row_type = ROW_TYPES[table.name]
        self.known = frozenset(columns(self.row_type))
        self.titles: list[str | None] = list(table.titles if lines else table.columns)

    def rows(self) -> Iterator[Line]:
        """The headings, and a row for each."""
        wanted = list(self._columns())
        found = [[of(index) for _, of in wanted] for index in range(len(self.table.rows))]
        headings = [heading for heading, _ in wanted]
        if any(map(self._is_bare, found)):
            headings.append(ROW)
            found = [[*line, self._number(index)] for index, line in enumerate(found)]
        yield headings
        yield from found

    def _is_bare(self, line: Line) -> bool:
        """Whether a row says so little that it would be taken for a footnote, or passed over."""
        filled = sum(one is not None for one in line)
        return filled == 0 if len(required(self.row_type)) <= 1 else filled <= 1

    def _number(self, index: int) -> str:
        return f"row {self.table.numbers[index] if self.table.numbers is not None else index + 1}"

    def _columns(self) -> Iterator[tuple[str | None, Callable[[int], Any]]]:
        """Each column worth copying: its heading, and what gives its cell of a row."""
        told: set[str] = set()
        for at, title in enumerate(self._widest()):
            if title is None:
                if any(self._written(index, at) is not None for index in range(len(self.table.rows))):
                    yield None, self._at(at)
            elif title in self.theirs:
                own = next(name for name in _own_names(title) if name not in told)
                told.update((title, own))
                yield own, self._at(at)
            elif title in told or title not in self.table.columns:
                yield title, self._at(at)
            else:
                told.add(title)
                yield title, self._of(title)
        for title in self.mended.columns:
            if title not in told:
                yield title, self._of(title)

    def _widest(self) -> list[str | None]:
        """What each column is called, those beyond the headings too."""
        width = max((len(self.lines.get(number, ())) for number in self.table.numbers or ()), default=0)
        return [*self.titles, *[None] * (width - len(self.titles))]

    def _at(self, at: int) -> Callable[[int], Any]:
        return lambda index: self._written(index, at)

    def _of(self, title: str) -> Callable[[int], Any]:
        return lambda index: self._put_right(index, title)

    def _written(self, index: int, at: int) -> Any:
        """A cell as its owner wrote it."""
        if not self.lines or self.table.numbers is None:
            return self.table.rows[index].get(self.titles[at] or "")
        line = self.lines[self.table.numbers[index]]
        return line[at] if at < len(line) else None

    def _put_right(self, index: int, title: str) -> Any:
        """A cell as it was read; as it was written where it could not be."""
        written = self.mended.rows[index].get(title)
        if written is None or title not in self.known:
            return written
        row = self.read.whole.get(index) or self.read.torn.get(index)
        value = None if row is None else getattr(row, title)
        return written if value is None else cell(value)


def _own_names(title: str) -> Iterator[str]:
    """What a column of its owner's may be called: the first, or one with a number where that is taken."""
    yield f"{OWN}{title}"
    yield from (f"{OWN}{title}-{number}" for number in count(2))


def _own_columns(table: RawTable) -> list[str]:
    """The columns that are their owner's: unlike any of the table, which has all that it cannot do without."""
    row_type = ROW_TYPES[table.name]
    if missing_columns(table, row_type):
        return []
    return [column for column, meant in strange_columns(table, row_type).items() if meant is None]


def storable(value: Any) -> Any:
    """A value as far as a cell can hold it: lists and objects as JSON, numbers without end as text.

    >>> storable([1, 2]), storable(float("inf")), storable(True), storable("a")
    ('[1, 2]', 'inf', 'yes', 'a')
    """
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list | tuple | Mapping):
        return storable(json.dumps(value, default=str, ensure_ascii=False))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _cells(part: Part) -> Sequence[Line]:
    """The cells of a sheet or file that is no table, or none that can be read."""
    try:
        return [cells for _, cells in part.grid(None)]
    except InputError:
        return []


def _rows_of(value: Any) -> Iterator[Line]:
    """Whatever a document holds, as rows."""
    if isinstance(value, Mapping):
        value = cast("Mapping[Any, Any]", value)
        yield from ([str(key), one] for key, one in value.items())
    elif not isinstance(value, Sequence) or isinstance(value, str | bytes):
        yield [value]
    else:
        yield from _listed_rows(cast("Sequence[Any]", value))


def _listed_rows(rows: Sequence[Any]) -> Iterator[Line]:
    titles = list(dict.fromkeys(str(key) for row in rows if isinstance(row, Mapping) for key in cast("Any", row)))
    if titles:
        yield titles
    for row in rows:
        if isinstance(row, Mapping):
            named = {str(key): one for key, one in cast("Mapping[Any, Any]", row).items()}
            yield [named.get(title) for title in titles]
        else:
            yield [row]
