"""A table while its cells are put right: what is changed, what is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from alignment.models import Fault, Note, Row
from alignment.models.cell_fault_words import ELSEWHERE, sentence
from alignment.models.faults import Place
from alignment.models.numbers import count

from .raw import MOST_FAULTS, RawTable, TooManyError

EACH: Final = 3
"""Up to so many cells of a column that were read alike have a note each; more have one together."""

NOTHING: Final[Mapping[int, Row]] = {}


class Working:
    """A table while its cells are put right; the rows of the raw table are never changed themselves."""

    def __init__(self, raw: RawTable, row_type: type[Row], ready: Mapping[int, Row] = NOTHING) -> None:
        self.raw, self.row_type, self.ready = raw, row_type, ready
        self.name = raw.name
        self.rows: list[dict[str, Any]] = list(raw.rows)
        self.aside: defaultdict[int, set[str]] = defaultdict(set)
        """Cells that nothing more should be said of, as the fault is told elsewhere."""
        self.faults: list[Fault] = []
        self._own: set[int] = set()
        self._new: dict[str, None] = {}
        self._noted: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._spoilt = {(fault.index, fault.column) for fault in raw.faults if fault.index is not None}

    def cells(self, column: str) -> Iterator[tuple[int, Any]]:
        """The cells of a column that hold something, those left out that are known to be wrong."""
        for index, row in enumerate(self.rows):
            if column in row and self.sound(index, column):
                yield index, row[column]

    def sound(self, index: int, column: str) -> bool:
        """Whether nothing is known to be wrong with a cell."""
        if self._spoilt and not self._spoilt.isdisjoint(((index, None), (index, column))):
            return False
        return not self.aside or column not in self.aside.get(index, ())

    def cell(self, index: int, column: str) -> Any:
        """A cell, of a row that was read before too; nothing where it is blank or wrong."""
        if index in self.ready:
            return getattr(self.ready[index], column)
        return self.rows[index].get(column) if self.sound(index, column) else None

    def change(self, index: int, column: str, value: Any) -> None:
        """Put another value into a cell; none clears it."""
        if index not in self._own:
            self.rows[index] = dict(self.rows[index])
            self._own.add(index)
        if value is None:
            self.rows[index].pop(column, None)
        else:
            self.rows[index][column] = value
            self._new[column] = None

    def note(self, index: int, column: str, sort: str, what: str) -> None:
        """Say how a cell was read; sorts that are alike are told together."""
        self._noted[column, sort].append((index, what))

    def fault(self, index: int, column: str, words: tuple[str, str], also: Sequence[Place] = ()) -> None:
        """Say what is wrong with a cell, after which nothing more is said of it."""
        what, remedy = words
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyError(self.name, self.faults)
        self.faults.append(
            Fault(table=self.name, index=index, column=column, what=what, remedy=remedy, also=tuple(also))
        )
        self.aside[index].add(column)

    def blank(self, index: int, column: str, mark: Any) -> None:
        """Clear a cell that says that nothing is known; where that may not be, say so."""
        if self.row_type.model_fields[column].is_required():
            what = f"'{mark}' says that nothing is known, and {column} cannot do without"
            remedy = f"Find it out ({sentence(self.row_type, column)}), or {ELSEWHERE}"
            self.fault(index, column, (what, remedy))
        else:
            self.change(index, column, None)
            self.note(index, column, "mark", f"'{mark}' was read as blank, which is not known")

    def place(self, index: int, column: str) -> Place:
        """Where a cell is."""
        return Place(table=self.name, index=index, column=column)

    def table(self) -> RawTable:
        """The table, its cells put right."""
        if not (self._own or self.faults or self._noted):
            return self.raw
        faults, notes = [*self.raw.faults, *self.faults], [*self.raw.notes, *self._notes()]
        named = dict.fromkeys((*self.raw.columns, *self._new))
        return replace(self.raw, columns=tuple(named), rows=self.rows, faults=faults, notes=notes)

    def _notes(self) -> Iterator[Note]:
        for (column, _), noted in self._noted.items():
            rest = len(noted) - 1 if len(noted) > EACH else 0
            for index, what in noted[: 1 if rest else None]:
                more = f"; {count(rest, 'more cell', 'more cells')} of this column likewise" if rest else ""
                yield Note(table=self.name, index=index, column=column, what=what + more)
