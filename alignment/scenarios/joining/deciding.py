"""One value of those that several places say, and how that is told.

What most places say is kept; of what as many say, the smallest number or the first word. Nothing else decides, so the
order of places does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, cast

from alignment.models.faults import Note
from alignment.models.numbers import count
from alignment.wording import names, number

ASIDE: Final = ("source", "verified", "note")
"""What a row says of itself; what it says of the world stands in its other columns."""


def because(said: Mapping[int, Any]) -> str:
    """Why `most` keeps what it keeps."""
    times = sorted(Counter(said.values()).values(), reverse=True)
    if len(times) > 1 and times[0] > times[1]:
        return "as most places say"
    numbers = all(isinstance(value, int | float) for value in said.values())
    return "the smallest of them" if numbers and len(times) > 2 else "the smaller" if numbers else "the first of them"


def order(value: Any) -> tuple[Any, ...]:
    """What puts the smallest number, and the first word, first."""
    if isinstance(value, int | float):
        return False, float(value), ""
    return True, 0.0, value if isinstance(value, str) else repr(value)


def by_size(figures: Iterable[Any]) -> tuple[Any, ...]:
    """What puts figures first that are known and nearest to 0."""
    return tuple((cell is None, abs(cell) if isinstance(cell, float) else 0.0, repr(cell)) for cell in figures)


def most(said: Mapping[int, Any], order: Callable[[Any], Any] = order) -> Any:
    """What most places say; of as many the least.

    >>> most({0: 3.0, 1: 2.0}), most({0: 3.0, 1: 2.0, 2: 3.0})
    (2.0, 3.0)
    """
    by_value = defaultdict[Any, int](int)
    for value in said.values():
        by_value[value] += 1
    return min(by_value, key=lambda value: (-by_value[value], order(value)))


def texts(said: Iterable[str | None]) -> str | None:
    """Texts as one, those that another holds left out.

    >>> texts(["NHS England", None, "NHS England; ONS"]), texts(["b", "a", "b"])
    ('NHS England; ONS', 'a; b')
    """
    whole = sorted({text for text in said if text is not None}, key=lambda text: (len(text), text))
    kept = [text for at, text in enumerate(whole) if not any(f"; {text}; " in f"; {one}; " for one in whole[at + 1 :])]
    return "; ".join(sorted(kept)) or None


class Labels:
    """What places are called in sentences.

    Parameters
    ----------
    labels
        By place.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels

    def of(self, places: Iterable[int]) -> str:
        """Some places in words."""
        return names(sorted({self.labels[place] for place in places}))

    def said(self, values: Mapping[int, Any]) -> str:
        """What places say, in words: those that say the same together.

        >>> Labels(["Croydon", "Sutton"]).said({0: 2.0, 1: 3.5})
        '2 in Croydon and 3.5 in Sutton'
        """
        by_value = defaultdict[Any, list[int]](list)
        for place, value in values.items():
            by_value[value].append(place)
        ordered = sorted(by_value, key=lambda value: (-len(by_value[value]), self.of(by_value[value]), order(value)))
        return names([f"{shown(value)} in {self.of(by_value[value])}" for value in ordered], len(ordered))


def shown(value: Any) -> str:
    """A cell in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(float(value))
    if isinstance(value, tuple):
        return "; ".join(map(str, cast("tuple[Any, ...]", value)))
    return "blank" if value is None else str(value)


class Notes:
    """What is to be told of a join, in the order of its parts: matched, kept apart, decided, likely."""

    def __init__(self) -> None:
        self._told: list[tuple[int, str, str, str]] = []
        self.filled = defaultdict[str, int](int)
        """How many blanks of a table were filled from another place."""

    def matched(self, table: str, what: str, column: str = "") -> None:
        """What became one."""
        self._told.append((0, table, column, what))

    def apart(self, table: str, what: str, column: str = "") -> None:
        """What was kept apart, and why."""
        self._told.append((1, table, column, what))

    def decided(self, table: str, what: str, column: str = "") -> None:
        """What the places say differently, and what became of it."""
        self._told.append((2, table, column, what))

    def likely(self, table: str, what: str, column: str = "") -> None:
        """What may be one, and is not declared so."""
        self._told.append((3, table, column, what))

    def all(self) -> tuple[Note, ...]:
        """Them all, in an order that the places do not change."""
        for table, cells in self.filled.items():
            if not cells:
                continue
            what = f"{count(cells, 'blank cell is', 'blank cells are')} filled from rows of other places"
            self._told.append((0, table, "", what))
        ordered = sorted(set(self._told))
        return tuple(Note(table=table, column=column or None, what=what) for _, table, column, what in ordered)
