"""Columns of text: whether they fit beside each other, and below each other where they do not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 24
"""Longer words are folded, so that one does not take the room of all."""

GAP: Final = 2
"""Letters between two columns."""


@dataclass(frozen=True)
class Column:
    """A column of text.

    Attributes
    ----------
    name
        Its head.
    cells
        Its cells, from above.
    number
        Whether they are numbers, which are not folded, nor is what stands above them.
    """

    name: str
    cells: tuple[str, ...]
    number: bool = False

    @property
    def narrowest(self) -> int:
        """The fewest letters that it can be read in."""
        if self.number:
            return self.widest
        words = [len(word) for text in (self.name, *self.cells) for word in text.split()]
        return min(max(words, default=0), LONGEST)

    @property
    def widest(self) -> int:
        """The letters of its longest line."""
        return max([len(self.name), *map(len, self.cells)])


def fits(columns: Sequence[Column], width: int) -> bool:
    """Whether columns can stand beside each other.

    >>> one = Column("number", ("12",), number=True)
    >>> fits([one], 8), fits([one] * 9, 60)
    (True, False)
    """
    return sum(each.narrowest for each in columns) + GAP * (len(columns) - 1) <= width


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """How wide each of some columns is that fit beside each other: no word is folded, and the longest get the rest.

    >>> widths([Column("id", ("a", "b")), Column("why", ("as it was to be",))], 16)
    [2, 12]
    """
    found = [each.narrowest for each in columns]
    for _ in range(width - sum(found) - GAP * (len(columns) - 1)):
        # A letter more for whoever has to fold most.
        at = max(range(len(columns)), key=lambda at: columns[at].widest / max(found[at], 1))
        if found[at] >= columns[at].widest:
            break
        found[at] += 1
    return found


def listed(columns: Sequence[Column], width: int) -> Iterator[str]:
    """Rows below each other, each as a list of its cells; blanks are left out.

    >>> list(listed([Column("id", ("a", "b")), Column("effect", ("", "2"), number=True)], 80))
    ['id: a', '', 'id: b', '  effect: 2']
    """
    for at, row in enumerate(zip(*(each.cells for each in columns), strict=True)):
        if at:
            yield ""
        indent = ""
        for each, cell in zip(columns, row, strict=True):
            if cell:
                text = f"{each.name}: {cell}"
                yield from textwrap.wrap(
                    text, width, initial_indent=indent, subsequent_indent="    ", break_on_hyphens=False
                )
                indent = "  "
