"""Columns of text: whether they fit beside each other, and below each other where they do not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

NARROWEST: Final = 6
"""Words can be folded to so many letters, and are still words."""

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
        longest = max([len(self.name), *map(len, self.cells)])
        return longest if self.number else min(longest, NARROWEST)


def fits(columns: Sequence[Column], width: int) -> bool:
    """Whether columns can stand beside each other.

    >>> one = Column("number", ("12",), number=True)
    >>> fits([one], 8), fits([one] * 9, 60)
    (True, False)
    """
    return sum(each.narrowest for each in columns) + GAP * (len(columns) - 1) <= width


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
