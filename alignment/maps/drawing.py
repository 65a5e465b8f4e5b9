"""A map being read: factors, links whose ends are names, and every fault at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from alignment.errors import InputError
from alignment.models import Fault, Note
from alignment.models.faults import guessed, meant
from alignment.tables.guarded import most_rows, raise_it
from alignment.tables.link_signs import number_of
from alignment.tables.map_headings import text_of
from alignment.tables.raw import MOST_FAULTS, more_faults, refused

from .map import Factor, Link, Loop, Map, Value
from .sheets import Sheet


class Drawing:
    """What a reader has found so far.

    Parameters
    ----------
    place
        The file.
    factors, links
        What the tool calls them, for faults.
    """

    def __init__(self, place: str, factors: str = "factors", links: str = "links") -> None:
        self.place, self.words = place, (factors, links)
        self.factors: list[Factor] = []
        self.links: list[Link] = []
        self.loops: list[Loop] = []
        self.faults: list[Fault] = []
        self.notes: list[Note] = []
        self._ids: dict[str, int] = {}
        self._labels: defaultdict[str, list[str]] = defaultdict(list)

    def factor(self, *, index: int | None = None, row: int | None = None, **cells: Any) -> None:
        """One more factor; an id that is there already is a fault."""
        factor = Factor(**cells)
        if factor.id in self._ids:
            remedy = "Give each an id, or a label, of its own"
            self.fault(self.words[0], f"'{factor.id}' is there already", remedy, index=index, row=row, column="id")
            return
        self._check_number(self.words[0], len(self.factors))
        self._ids[factor.id] = len(self.factors)
        self._labels[factor.label].append(factor.id)
        self.factors.append(factor)

    def named(self, label: str, attributes: Mapping[str, Value] = MappingProxyType({})) -> str:
        """The id of the factor of that name, which is made where there is none."""
        if label not in self._ids:
            self.factor(id=label, label=label, attributes=attributes)
        return label

    def link(self, source: str, target: str, *, index: int | None = None, row: int | None = None, **cells: Any) -> None:
        """One more link; its ends are ids or labels of factors."""
        ends = [self._end(*end, index, row) for end in (("from", source), ("to", target))]
        if ends[0] is not None and ends[1] is not None:
            link = Link(source=ends[0], target=ends[1], **cells)
            self._agree(link, index, row)
            self._check_number(self.words[1], len(self.links))
            self.links.append(link)

    def _end(self, column: str, word: str, index: int | None, row: int | None) -> str | None:
        if word in self._ids:
            return word
        found = self._labels.get(" ".join(word.split()), [])
        if len(found) == 1:
            return found[0]
        noun = self.words[0]
        if found:
            what, remedy = f"'{word}' is the label of {len(found)} {noun}", "Write the id of the one that is meant"
        else:
            what = f"'{word}' is neither an id nor a label of {noun}" if word else "is blank"
            guess = len(self.faults) < guessed(len(self.faults) + 1, 2 * len(self._ids))
            known = [*self._labels, *self._ids] if guess else []
            remedy = meant(word, known, f"Add it to {noun}, or correct it")
        self.fault(self.words[1], what, remedy, index=index, row=row, column=column)
        return None

    def _check_number(self, noun: str, number: int) -> None:
        """Refuse a map that nobody could look at."""
        if number >= most_rows():
            raise refused(self.place, f"has more than {most_rows():,} {noun}", raise_it())

    def _agree(self, link: Link, index: int | None, row: int | None) -> None:
        if link.sign == "+" and (link.weight or 0) < 0:
            what = f"says + and has the weight {link.weight:g}"
            self.fault(self.words[1], what, "Correct one of the two", index=index, row=row)

    def fault(self, table: str, what: str, remedy: str, **where: Any) -> None:
        """One more fault; of too many the rest is not looked for."""
        if len(self.faults) >= MOST_FAULTS:
            raise InputError([*self.faults, more_faults(table).model_copy(update={"place": self.place})])
        self.faults.append(Fault(table=table, place=self.place, what=what, remedy=remedy, **where))

    def note(self, what: str, table: str = "", **where: Any) -> None:
        """One more note."""
        self.notes.append(Note(table=table, place=self.place, what=what, **where))

    def reading(self, sheet: Sheet) -> None:
        """Take note of what a sheet had put right, and of cells that stand beyond its headings."""
        for what in sheet.notes:
            self.note(what)
        for row, size in sheet.beyond():
            what = f"has {size} cells, and the header has {len(sheet.header)}"
            self.fault(self.words[1], what, f'Put text that holds {sheet.between} in quotes ("...")', row=row)

    def attributes(self) -> None:
        """Note which attributes there are that only the notes of rows will hold."""
        for noun, things in zip(self.words, (self.factors, self.links), strict=True):
            names = Counter(name for thing in things for name in thing.attributes)
            if names:
                listed = ", ".join(f"{name} ({size})" for name, size in names.items())
                self.note(f"attributes of {noun}, which a column or the row's note keeps: {listed}")

    def map(self, name: str | None = None) -> Map:
        """The map.

        Raises
        ------
        InputError
            Everything that is wrong with it.
        """
        if self.faults:
            raise InputError(self.faults)
        self.attributes()
        return Map(
            name=name or None,
            factors=tuple(self.factors),
            links=tuple(self.links),
            loops=tuple(self.loops),
            notes=tuple(self.notes),
        )


def long_text(value: Any) -> str | None:
    """A note as text, its lines and spaces kept; signs that no table can hold are left out."""
    if value is None:
        return None
    lines = ("".join(sign for sign in line if sign.isprintable() or sign == "\t") for line in str(value).splitlines())
    text = "\n".join(lines)
    return text if text.strip() else None


def value_of(value: Any) -> Value | None:
    """An attribute as text, number, or yes and no; lists are text with commas between."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return number_of(value) if number_of(value) is not None else str(value)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(text_of, cast("list[Any]", value)))) or None
    return long_text(value)


def values_of(given: Mapping[str, Any], known: Iterable[str]) -> dict[str, Value]:
    """The attributes that have no place of their own."""
    names = {name.casefold() for name in known}
    found = {text_of(name): value_of(cell) for name, cell in given.items() if name.casefold() not in names}
    return {name: value for name, value in found.items() if value is not None and name}


def free(attributes: Mapping[str, Value], taken: Container[str]) -> dict[str, Value]:
    """Attributes by names that mean nothing else in a file.

    >>> free({"source": "annual report", "year": 2019.0}, {"source", "target"})
    {'source of the map': 'annual report', 'year': 2019.0}
    """
    return {f"{name} of the map" if name.lower() in taken else name: value for name, value in attributes.items()}


def tags_of(value: Any) -> tuple[str, ...]:
    """Tags, from a list or from text with | or commas between."""
    listed = isinstance(value, list | tuple)
    parts: list[Any] = [*cast("list[Any]", value)] if listed else str(value or "").replace("|", ",").split(",")
    return tuple(filter(None, map(text_of, parts)))
