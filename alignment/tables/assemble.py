"""Raw tables made into a system, or every fault that stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from alignment.errors import InputError
from alignment.models import TABLES, About, Fault, Note, System
from alignment.models.cell_fault_words import id_of
from alignment.models.faults import Place
from alignment.models.fields import Row, put_together
from alignment.models.system import REQUIRED
from alignment.models.system.checks import check, other_years, references, words
from alignment.models.system.keys import apart_by, columns_of, key_of, keyed, keys_of

from .columns import column_faults, columns, missing_columns, required
from .names import ROW_TYPES, WITH_IDS, name_faults, strays
from .naming import is_id, presumed
from .put_right import put_right
from .raw import MOST_FAULTS, RawSystem, RawTable, Spoilt, TooManyError, more_faults
from .rows import ReadRows, read_rows

NOTHING: Final[Mapping[str, Sequence[Row]]] = MappingProxyType({})
"""No further tables."""


def assemble(raw: RawSystem, rows: Mapping[str, Sequence[Row]] = NOTHING, *, make_ids: bool = False) -> System:
    """The system that the tables make.

    Parameters
    ----------
    raw
        The tables.
    rows
        Further tables by name, of rows without a fault of their own.
    make_ids
        Whether rows without an id, or with a word that can be none, get one that is made of their name.

    Raises
    ------
    InputError
        With every fault of every table, where anything is wrong.
    """
    tables = {name: _known_rows(name, len(given)) for name, given in rows.items()}
    read = {name: ReadRows(dict(enumerate(given)), {}, ()) for name, given in rows.items()}
    whole = RawSystem({**raw.tables, **tables}, raw.place_of, raw.notes)
    try:
        return Assembly(whole, read, make=make_ids).system()
    except TooManyError as error:
        table = whole.tables[error.table]
        raise InputError([table.locate(fault) for fault in error.faults], raw.notes) from None


def _known_rows(name: str, number: int) -> RawTable:
    """A table of rows that are read already: what their cells are does not matter any more."""
    cells: list[dict[str, Any]] = [{}] * number
    return RawTable(name, columns=columns(ROW_TYPES[name]), rows=cells)


def _enough(faults: Iterable[Fault]) -> list[Fault]:
    """Of faults without end the first, and that there are more: what finds them need not go on."""
    found = list(islice(faults, 2 * MOST_FAULTS + 1))
    return found if len(found) <= 2 * MOST_FAULTS else [*found[:-1], more_faults(found[-1].table)]


class _Anything(frozenset[str]):
    """The ids of a table that could not be read: whatever is referred to may be among them."""

    def __contains__(self, _: object) -> bool:
        return True


class Assembly:
    """One system being put together."""

    def __init__(self, raw: RawSystem, read: Mapping[str, ReadRows], *, make: bool) -> None:
        self.raw = raw
        right = put_right({name: raw.tables[name] for name in ROW_TYPES if name in raw.tables}, read, make_ids=make)
        self.orphans = right.orphans
        self.tables = {name: table.table() for name, table in right.tables.items()}
        self.read: dict[str, ReadRows] = {
            name: read[name] if name in read else read_rows(table, ROW_TYPES[name], right.tables[name].aside)
            for name, table in self.tables.items()
        }

    def system(self) -> System:
        """The system, or all that is wrong."""
        faults = _enough([*name_faults(self.raw), *self._table_faults()])
        if not faults:
            with suppress(ValidationError):
                return self._built().noting(self._notes())
        faults = _enough(chain(faults, self._cross_faults()))
        raise InputError(sorted(map(self._located, keyed(faults, self._keys)), key=_order), tuple(self._notes()))

    def _built(self) -> System:
        rows: dict[str, Any] = {name: tuple(self.read[name].whole.values()) for name in self.read}
        about = rows.pop("about", ())
        return System(about=about[0] if about else About(), **rows)

    def _notes(self) -> Iterator[Note]:
        """What was put right or passed over, with its place."""
        yield from self.raw.notes
        for table in self.tables.values():
            for note in map(table.locate_note, table.notes):
                # What a system is about is one row: nobody counts it.
                yield note.model_copy(update={"index": None}) if note.table == "about" else note

    def _table_faults(self) -> Iterator[Fault]:
        """What is wrong with each table by itself."""
        for name, table in self.tables.items():
            yield from table.faults
            if table.readable:
                yield from column_faults(table, ROW_TYPES[name])
            yield from self.read[name].faults
        about = self.tables.get("about")
        for index in range(1, len(about.rows) if about else 0):
            what = "is a second row, and what a system is about takes one"
            yield Fault(table="about", index=index, what=what, remedy="Join the two in one row")

    def _cross_faults(self) -> Iterator[Fault]:
        """What no table tells by itself."""
        yield from self._absences()
        whole = {name: self.read[name].whole for name in TABLES if name in self.read}
        torn = {name: self.read[name].torn for name in whole}
        yield from check(whole, {name: self._known(name) for name in WITH_IDS}, torn)
        about: Any = self.read["about"].whole.get(0) if "about" in self.read else None
        yield from other_years(whole, about.year_begins if about else None)

    def _absences(self) -> Iterator[Fault]:
        """A fault for each optional table that is not there although others refer to it."""
        for name in WITH_IDS:
            if name not in self.tables and name not in self._excused:
                orphans = [(table, column) for table, column, other in self.orphans if other == name]
                referring = [(table, column) for table, column, _ in self._references_to(name)]
                places = sorted({f"{table}.{column}" for table, column in (*orphans, *referring)})
                if places:
                    verb = "refers" if len(places) == 1 else "refer"
                    what = f"the table {name} is missing, and {' and '.join(places)} {verb} to it"
                    yield Fault(table=name, what=what, remedy="Add it, with a row for each id there")

    @cached_property
    def _excused(self) -> frozenset[str]:
        """The tables that are not there for a reason already given."""
        return frozenset(REQUIRED).union(filter(None, strays(self.raw).values()))

    def _known(self, name: str) -> frozenset[str]:
        """The ids of a table, those that its bad rows have or probably had included."""
        table = self.tables.get(name)
        if table is None or not table.readable or "id" in missing_columns(table, ROW_TYPES[name]):
            return _Anything()
        cells = [self._id_in(name, index) for index in range(len(table.rows))]
        sure = frozenset(cell for cell in cells if cell and is_id(cell))
        if len(sure) == len(cells):
            return sure
        referred = Counter(word for _, _, word in self._references_to(name))
        known = sure.union(id_of(cell) for cell in cells if cell)
        # A row whose id is blank, or another row's, or not what others call it, is referred to by another id.
        nameless = len(cells) - len(sure.union(known.intersection(referred)))
        if (refused := sum(1 for cell in cells if cell and not is_id(cell))) > 1:
            # Which of several is called what, nobody knows; each is told what to write, and what is not that is wrong.
            nameless -= refused
        return known.union(presumed(referred, known, max(0, nameless)))

    def _id_in(self, name: str, index: int) -> str | None:
        """The id that a row has, however it is written."""
        read = self.read[name]
        row: Any = read.whole.get(index) or read.torn.get(index)
        if row is not None and row.id is not None:
            return row.id
        cell = self.tables[name].rows[index].get("id")
        return None if cell is None or isinstance(cell, Spoilt) else str(cell)

    def _references_to(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Each word that refers to a table, with the table and column it is in."""
        for table, read in self.read.items():
            for column, other in references(ROW_TYPES[table]):
                if other == name:
                    for row in chain(read.whole.values(), read.torn.values()):
                        for word in words(row, column):
                            yield table, column, word

    def _keys(self, name: str) -> dict[int, str]:
        """The keys of the rows of a table by index, as far as what could be read tells them."""
        if name not in TABLES or name not in self.read:
            return {}
        whole = dict(self.read[name].whole)
        torn = {
            index: put_together(ROW_TYPES[name], row.__dict__, ())
            for index, row in self.read[name].torn.items()
            if self._tells_its_key(name, index, row)
        }
        own = {index: key_of(row) for index, row in (whole | torn).items()}
        times = Counter(own.values())
        # Of rows that would be called the same, one that is torn leaves open which comes first.
        open_ones = {own[index] for index, row in torn.items() if not apart_by(row) and times[own[index]] > 1}
        keys = own | dict(zip(whole, keys_of(tuple(whole.values())), strict=True))
        return {index: key for index, key in keys.items() if own[index] not in open_ones}

    def _tells_its_key(self, name: str, index: int, row: Row) -> bool:
        """Whether all that a torn row is called by could be read."""
        if getattr(row, "id", None) is not None:
            return True
        row_type, cells = ROW_TYPES[name], self.tables[name].rows[index]
        blank = {column for column in (*row_type.key, *columns_of(row_type)) if getattr(row, column) is None}
        return blank.isdisjoint(required(row_type)) and blank.isdisjoint(cells)

    def _place(self, place: Place) -> Place:
        return self.raw.tables[place.table].locate_place(place)

    def _located(self, fault: Fault) -> Fault:
        if fault.also:
            fault = fault.model_copy(update={"also": tuple(map(self._place, fault.also))})
        table = self.raw.tables.get(fault.table)
        if table is None:
            return fault.model_copy(update={"place": self.raw.place_of(fault.table)})
        located = table.locate(fault)
        # What a system is about is one row: nobody counts it.
        return located.model_copy(update={"index": None}) if fault.table == "about" and not fault.index else located


def _order(fault: Fault) -> tuple[int, int, int]:
    """Faults in the order in which a reader meets the cells."""
    names = list(ROW_TYPES)
    if fault.table not in names:
        return -1, -1, -1
    order = columns(ROW_TYPES[fault.table])
    column = order.index(fault.column) if fault.column in order else -1
    return names.index(fault.table), -1 if fault.index is None else fault.index, column
