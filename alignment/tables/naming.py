"""Ids and names of rows: which ids there are, which cannot be, and which row a word means."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any, Final, TypeVar

from alignment.models.cell_fault_words import bad_id, date_for_id, id_of, shown
from alignment.models.faults import Place, closest, guessed
from alignment.models.fields import DATED, ID, LONGEST_ID, as_text
from alignment.models.lookalikes import outline

from .columns import missing_columns
from .marks import UNSEEN, is_mark, seen
from .raw import Percent, Spoilt
from .working import Working

Thing = TypeVar("Thing")

IS_ID: Final = re.compile(ID)
"""What an id looks like."""


def is_id(text: str) -> bool:
    """Whether a text can be an id.

    >>> is_id("CHN08A"), is_id("ETS 01"), is_id("2026-03-01")
    (True, False, False)
    """
    return bool(IS_ID.fullmatch(text)) and len(text) <= LONGEST_ID and not DATED.fullmatch(text)


def word_of(cell: Any) -> str:
    """A cell as a word that may be an id or a name."""
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    return seen(cell.text if isinstance(cell, Percent) else str(as_text(cell)))


def _loose(word: str) -> str:
    """A word without what people do not tell apart: capitals, accents, and what stands between its parts."""
    return re.sub(r"[_-]+", "-", id_of(word).casefold()) or word.casefold()


def presumed(referred: Counter[str], known: Collection[str], nameless: int) -> list[str]:
    """The ids that rows without one probably had: those most referred to that are not there.

    A word that is used once and nearly spells a known id is rather a slip of its own.
    """
    counts = {word: times for word, times in referred.items() if word not in known}
    many = guessed(len(counts), len(known)) < len(counts)
    likely = [word for word, times in counts.items() if times > 1 or (not many and closest(word, known) is None)]
    return sorted(likely, key=lambda word: (-counts[word], word))[:nameless]


class Names:
    """The ids and names of the rows of one table."""

    def __init__(self, table: Working) -> None:
        self.table = table
        self.ids: dict[str, int] = {}
        """Each id with its row."""
        self.refused: dict[str, int] = {}
        """Words in the place of an id that cannot be one, each with the first row that has it."""
        self.old: dict[str, str] = {}
        """Words that were in the place of an id before one was made, each with that."""
        self.lost: Counter[str] = Counter()
        """Words that could be ids and are none, and how often they are written."""
        self.places: defaultdict[int, list[Place]] = defaultdict(list)
        """Where else the word of a row without an id is written."""
        for index in range(len(table.rows)):
            self._look(index)

    @property
    def known(self) -> bool:
        """Whether the table says what ids there are."""
        return self.table.raw.readable and not (
            self._no_ids and "id" in missing_columns(self.table.raw, self.table.row_type)
        )

    @property
    def _no_ids(self) -> bool:
        return not self.ids and not self.refused

    def _look(self, index: int) -> None:
        cell = self.table.cell(index, "id")
        if cell is None or isinstance(cell, Spoilt | dict | list):
            return
        word = word_of(cell)
        if is_id(word) and not isinstance(cell, dt.date):
            self.ids.setdefault(word, index)
        else:
            self.refused.setdefault(word, index)

    def tidy(self) -> None:
        """Put right what of the ids is plain, and say so."""
        for index, cell in list(self.table.cells("id")):
            if isinstance(cell, dict | list | Spoilt):
                continue
            word = word_of(cell)
            if isinstance(cell, str) and UNSEEN.search(cell) and is_id(word):
                self.table.change(index, "id", word)
                self.table.note(index, "id", "unseen", f"a sign that nobody sees was left out of {shown(word)}")
            elif isinstance(cell, int | float):
                self.table.note(index, "id", "number", f"the number {word} was read as the id '{word}'")

    def judge(self) -> None:
        """Say what is wrong with words that can be no ids, and where they are repeated; and which ids look alike."""
        taken = {id_.casefold() for id_ in self.ids}
        for index, cell in list(self.table.cells("id")):
            if isinstance(cell, dict | list | Spoilt) or (word := word_of(cell)) not in self.refused:
                continue
            if is_mark(word):
                self.table.blank(index, "id", word)
            elif isinstance(cell, dt.date) or DATED.fullmatch(word):
                self.table.fault(index, "id", date_for_id(word), self.places[index])
            elif word:
                self.table.fault(index, "id", self._bad_id(word, taken), self.places[index])
                taken.add(id_of(word).casefold())
        self._alike()

    def _bad_id(self, word: str, taken: Collection[str]) -> tuple[str, str]:
        """What is wrong with a word as an id; if it is the only one, others may tell what it should be."""
        what, remedy = bad_id(word, taken)
        known = {*self.ids, id_of(word)}
        likely = presumed(self.lost, known, 1) if len(self.refused) == 1 else []
        return what, f"Write '{likely[0]}', as other rows do" if likely else remedy

    def _alike(self) -> None:
        seen_before: dict[str, str] = {}
        for word, index in self.ids.items():
            other = seen_before.setdefault(outline(word), word)
            if other.casefold() != word.casefold():
                what = f"'{word}' looks like '{other}', another id of {self.table.name}"
                self.table.note(index, "id", f"alike {word}", what)

    def resolve(self, word: str) -> str | None:
        """The id of the one row that a word means which is no id itself."""
        if word in self.old:
            return self.old[word]
        for found in (self._by_case.get(word.casefold()), self._by_look.get(_loose(word))):
            if found:
                return found[0] if len(found) == 1 else None
        rows = self.called(word)
        return self._ids.get(rows[0]) if len(rows) == 1 else None

    def without_id(self, word: str) -> int | None:
        """The row without an id that a word means by its name."""
        rows = self.called(word)
        return rows[0] if len(rows) == 1 and rows[0] not in self._ids else None

    def called(self, word: str) -> list[int]:
        """All rows of a name."""
        return self._by_name.get(word.casefold(), [])

    def labels(self, rows: Iterable[int]) -> list[str]:
        """What rows are called by: their ids, as far as they have any."""
        return [self._ids.get(row, "a row without an id") for row in rows]

    @cached_property
    def _ids(self) -> dict[int, str]:
        return {index: id_ for id_, index in self.ids.items()}

    @cached_property
    def _by_case(self) -> dict[str, list[str]]:
        return _grouped((id_.casefold(), id_) for id_ in self.ids)

    @cached_property
    def _by_look(self) -> dict[str, list[str]]:
        return _grouped((_loose(id_), id_) for id_ in self.ids)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        rows = range(len(self.table.rows))
        return _grouped((name.casefold(), index) for index in rows if (name := self.name(index)))

    def name(self, index: int) -> str:
        """The name of a row; blank where it has none."""
        if "name" not in self.table.row_type.model_fields:
            return ""
        name = self.table.cell(index, "name")
        return "" if name is None or isinstance(name, Spoilt) else word_of(name)


def _grouped(pairs: Iterable[tuple[str, Thing]]) -> dict[str, list[Thing]]:
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return dict(found)
