"""References followed to the rows that they mean: by id whatever its capitals, or by the name of one row only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from alignment.models.cell_fault_words import date_for_id, near, shown
from alignment.models.faults import Place, guessed
from alignment.models.fields import DATED
from alignment.models.lookalikes import strange_letters
from alignment.models.system.checks import references

from .cell_kinds import kind_of
from .marks import is_mark
from .naming import Names, is_id, word_of
from .working import Working


class Followed:
    """The references of a system being followed.

    Parameters
    ----------
    tables
        Every table.
    names
        The ids and names of the rows of those that others refer to.
    """

    def __init__(self, tables: Mapping[str, Working], names: Mapping[str, Names]) -> None:
        self.tables, self.names = tables, names
        self.orphans: set[tuple[str, str, str]] = set()
        """Columns with words that could be ids of a table which does not say what ids it has: table, column, that."""
        self._astray: defaultdict[tuple[str, str], list[tuple[Working, int, str]]] = defaultdict(list)

    def follow(self) -> None:
        """Put the references right, and say once of each word what is wrong with it."""
        for table in self.tables.values():
            for column, other in references(table.row_type):
                names = self.names.get(other)
                if names is None or not names.known:
                    self._unknown(table, column, other)
                else:
                    self._column(table, column, names)
        for at, ((other, word), cells) in enumerate(self._astray.items()):
            names = self.names[other]
            self._lost(names, word, cells, guess=at < guessed(len(self._astray), len(names.ids)))

    def _unknown(self, table: Working, column: str, other: str) -> None:
        """Leave words alone that refer to a table which does not say what ids it has: the fault is that table's."""
        for index, cell in list(table.cells(column)):
            if not isinstance(cell, str) or all(map(is_id, _words(cell))):
                continue
            if is_mark(cell):
                table.blank(index, column, cell)
            else:
                self.orphans.add((table.name, column, other))
                table.aside[index].add(column)

    def _column(self, table: Working, column: str, names: Names) -> None:
        for index, cell in list(table.cells(column)):
            if type(cell) is str and cell in names.ids:
                continue
            if isinstance(cell, dict):
                continue
            many = kind_of(table.row_type, column) == "references"
            words = _words(cell) if many else [word_of(cell)]
            if not words:
                continue
            found = [self._word(table, index, column, word, names) for word in words]
            if table.sound(index, column) and found != ([cell] if isinstance(cell, str) else cell):
                kept = [word for word in found if word]
                table.change(index, column, (kept if many else kept[0]) if kept else None)

    def _word(self, table: Working, index: int, column: str, word: str, names: Names) -> str | None:
        """The id that a word means; the word itself where that is not known, nothing where it says nothing."""
        if word in names.ids:
            return word
        meant = None if word in names.refused else names.resolve(word)
        if meant is not None:
            table.note(index, column, f"id {meant}", f"{shown(word)} was read as {meant}, {_how(word, meant, names)}")
            return meant
        at = names.refused.get(word, names.without_id(word))
        if at is not None:
            names.places[at].append(table.place(index, column))
            table.aside[index].add(column)
        elif is_mark(word) or word.casefold() == "none":
            table.blank(index, column, word)
            return None
        elif not is_id(word):
            self._astray[names.table.name, word].append((table, index, column))
            table.aside[index].add(column)
        else:
            names.lost[word] += 1
        return word

    def _lost(self, names: Names, word: str, cells: list[tuple[Working, int, str]], *, guess: bool) -> None:
        """Say what is wrong with a word that is neither id nor name, at the first of its places."""
        (table, index, column), *rest = cells
        also: list[Place] = [other.place(at, name) for other, at, name in rest]
        table.fault(index, column, _astray(names, word, guess=guess), also)


def _astray(names: Names, word: str, *, guess: bool) -> tuple[str, str]:
    rows = names.labels(names.called(word))
    if len(rows) > 1:
        return f"{shown(word)} is the name of {' and of '.join(sorted(rows))}", "Write the id of the one that is meant"
    if DATED.fullmatch(word):
        return date_for_id(word)
    what = f"{shown(word)} is neither an id nor the name of one row of {names.table.name}"
    called = (name for at in names.ids.values() if (name := names.name(at)) and names.resolve(name))
    meant = near(word, [*names.ids, *called]) if guess else None
    return what, f"Did you mean '{meant}'?" if meant else f"Add it to {names.table.name}, or correct the cell"


def _how(word: str, meant: str, names: Names) -> str:
    if word in names.old:
        return "the id that its row has now"
    if strange := strange_letters(word):
        return f"though it holds what only looks like a letter of it: {strange[0].lower()}"
    name = names.name(names.ids[meant])
    return (
        "whose name it is"
        if name.casefold() == word.casefold() != meant.casefold()
        else "as it is written in its table"
    )


def _words(cell: Any) -> list[str]:
    """The words of a cell that refers to several rows."""
    words = cast("Sequence[Any]", cell) if isinstance(cell, list | tuple) else str(cell).split(";")
    return [word for each in words if (word := word_of(each))]
