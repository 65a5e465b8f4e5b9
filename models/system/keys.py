"""One key for a row: what evidence, edits, changes, frames, faults and the API call it, each as all the others do.

A row is called by its id; without one, by the columns that tell it apart (or, where no columns do, by those it must
have): ``source>target`` for an influence, ``agency:measure:sense`` and whatever else it asks for a target, and
``cell|cell`` for every other, blanks at the end left out. Of several that would be called the same, the first in the
order of what they say is, and the others have ``#2``, ``#3`` and so on after it. So within its table a key is one
row's, and the order of rows does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from alignment.models.faults import Fault
from alignment.models.fields import Row

from .links import Influence
from .measures import Target

if TYPE_CHECKING:
    from .system import System

FACTS: Final = {
    "value": "value",
    "upper": "upper",
    "for_agency": "for",
    "start": "start",
    "due": "due",
    "population": "population",
    "weight": "weight",
    "revealed": "revealed",
}
"""The columns of a target that are told in its key where they are filled, and their words there."""


@cache
def columns_of(row_type: type[Row]) -> tuple[str, ...]:
    """The columns that a row without an id is called by."""
    if issubclass(row_type, Target):
        return "agency", "measure", "sense", *FACTS
    needed = (name for name, field in row_type.model_fields.items() if field.is_required())
    return row_type.key or tuple(needed)


def facts_of(row: Row) -> tuple[str, ...]:
    """What a row without an id is called by, in words.

    >>> facts_of(Target(agency="a", measure="m", sense="increase", weight=0.5))
    ('a', 'm', 'increase', 'weight=0.5')
    """
    # Not by getattr: of a large system a hundred thousand rows are called by name.
    cells = row.__dict__
    if isinstance(row, Target):
        given = [f"{word}={_said(cell)}" for name, word in FACTS.items() if (cell := cells[name]) is not None]
        return row.agency, row.measure, row.sense, *given
    return tuple([_said(cells[name]) for name in columns_of(type(row))])


def part_of_name(id_: str) -> str:
    """An id as part of a name that is made of several with full stops between, such as that of a finding.

    Its own full stops are written otherwise, so that two names are the same only where all their ids are.

    >>> ".".join(["duplicate", *map(part_of_name, ("1.1", "2"))])
    'duplicate.1~1.2'
    """
    return id_.replace(".", "~")


def _said(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def key_of(row: Row) -> str:
    """What a row is called, as long as no other of its table would be called the same.

    >>> key_of(Target(agency="a", measure="m", sense="at_least", value=95, due="2018"))
    'a:m:at_least:value=95:due=2018'
    >>> key_of(Influence(source_measure="beds", target_measure="waits", effect=-1))
    'beds>waits'
    """
    own: str | None = row.__dict__.get("id")
    if own is not None:
        return own
    if isinstance(row, Target):
        return ":".join(facts_of(row))
    words = list(facts_of(row))
    while words and not words[-1]:
        words.pop()
    return (">" if isinstance(row, Influence) else "|").join(words)


def apart_by(row: Row) -> tuple[str, ...]:
    """The columns in which a row has to differ from every other of its table; none where that is all of them."""
    return row.key if row.key and getattr(row, row.key[0]) is not None else ()


def mark_of(row: Row) -> tuple[Any, ...]:
    """What no two rows of a table may share: the cells in which they have to differ."""
    columns = apart_by(row)
    if columns == ("id",):
        # Ids that differ in their capitals only would be one to the people who read them.
        return (row.__dict__["id"].casefold(),)
    return tuple(getattr(row, name) for name in columns) if columns else tuple(row.__dict__.values())


def keys_of(rows: Sequence[Row], taken: Collection[str] = ()) -> tuple[str, ...]:
    """The keys of the rows of a table, in their order.

    Parameters
    ----------
    rows
        The rows. Those that repeat each other, which is a fault, have one key.
    taken
        Keys that other rows have already.

    Examples
    --------
    >>> push = Influence(source_measure="beds", target_measure="waits", effect=-1)
    >>> keys_of([push, push.model_copy(update={"effect": -2.0})])
    ('beds>waits', 'beds>waits#2')
    """
    keys = [key_of(row) for row in rows]
    called = defaultdict[str, list[int]](list)
    for at, key in enumerate(keys):
        called[key].append(at)
    for key, places in called.items():
        if len(places) > 1 or key in taken:
            numbers = (name for name in _numbers(key) if name not in taken and (name == key or name not in called))
            found = defaultdict[Any, str](numbers.__next__)
            for at in sorted(places, key=lambda place: rows[place].model_dump_json(exclude_none=True)):
                keys[at] = found[mark_of(rows[at])]
    return tuple(keys)


def _numbers(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}#{number}" for number in count(2))


def rows_named(rows: Sequence[Row], keys: Sequence[str], word: str) -> list[Row]:
    """The rows of a table that a word names: the one whose key it is, else all whose facts begin so.

    Parameters
    ----------
    rows, keys
        The rows and their keys.
    word
        A key; or the first facts with ``:`` between.

    Examples
    --------
    >>> rows = [Target(agency="a", measure=measure, sense="increase") for measure in ("m", "n")]
    >>> [len(rows_named(rows, keys_of(rows), word)) for word in ("a:m:increase", "a", "a:n", "b")]
    [1, 2, 1, 0]
    """
    found = [row for row, key in zip(rows, keys, strict=True) if key == word]
    return found or [row for row in rows if begins(row, word)]


def begins(row: Row, word: str) -> bool:
    """Whether the facts of a row begin with those of a word, which has ``:`` between them."""
    said = [part.strip() for part in word.split(":")]
    facts = facts_of(row)
    # A whole number may be written with a decimal, as tables have it.
    return len(said) <= len(facts) and all(part in (fact, f"{fact}.0") for part, fact in zip(said, facts, strict=False))


class Keys:
    """The keys of a system's rows.

    Use ``system.derive(Keys)``: they are worked out once for each system, a table when it is asked for.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._of: dict[str, tuple[str, ...]] = {}
        self._by_row: dict[str, dict[Row, str]] = {}

    def of(self, table: str) -> tuple[str, ...]:
        """The keys of a table, in the order of its rows."""
        if table not in self._of:
            self._of[table] = keys_of(self._system.table(table))
        return self._of[table]

    def key(self, table: str, row: Row) -> str:
        """The key of a row of a table."""
        own: str | None = getattr(row, "id", None)
        if own is not None:
            return own
        if table not in self._by_row:
            self._by_row[table] = dict(self.pairs(table))
        return self._by_row[table][row]

    def pairs(self, table: str) -> Iterator[tuple[Row, str]]:
        """The rows of a table in order, each with its key."""
        return zip(self._system.table(table), self.of(table), strict=True)


def keyed(faults: Iterable[Fault], keys: Callable[[str], Mapping[int, str]]) -> Iterator[Fault]:
    """Faults with the keys of their rows.

    Parameters
    ----------
    faults
        The faults.
    keys
        For a table the keys of its rows by index, as far as they are known.
    """
    known = cache(keys)
    for fault in faults:
        # What a system is about is one row, which needs no key.
        if fault.index is None or fault.table == "about":
            yield fault
        else:
            yield fault.model_copy(update={"key": known(fault.table).get(fault.index)})
