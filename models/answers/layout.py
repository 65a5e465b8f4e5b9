"""How the texts of answers are laid out."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from .columns import Column, fits, listed, widths

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = 20
"""How many sentences a section shows; the rest is counted."""


def fold(text: str, width: int, indent: int = 0, hang: int = 0, *, hyphens: bool = True) -> list[str]:
    """A text within a width.

    Parameters
    ----------
    text
        The text.
    width
        Of a line, in characters.
    indent, hang
        How far the first line, and those below it, are moved in. Unit: characters.
    hyphens
        Whether a word may be broken at its hyphens.

    Examples
    --------
    >>> fold("one two three", 7, 0, 2)
    ['one two', '  three']
    """
    first, below = " " * indent, " " * hang
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=below, break_on_hyphens=hyphens)


def folded(lines: Iterable[str], width: int, hang: int = 0, *, hyphens: bool = True) -> Iterator[str]:
    """Lines within a width; below one that is moved in, what does not fit is moved in by two more.

    Parameters
    ----------
    lines
        The lines, with spaces before those that are moved in.
    width, hyphens
        As in `fold`.
    hang
        How far what does not fit is moved in below the other lines. Unit: characters.
    """
    for line in lines:
        indent = len(line) - len(line.lstrip())
        yield from fold(line.strip(), width, indent, indent + 2 if indent else hang, hyphens=hyphens)


def wrapped(sentences: Iterable[str], width: int, *, hyphens: bool = True) -> Iterator[str]:
    """Sentences, indented; what does not fit hangs below."""
    return folded((f"  {each}" for each in sentences), width, hyphens=hyphens)


def section(
    head: str,
    sentences: Iterable[str],
    width: int,
    shown: int = SHOWN,
    table: str | None = None,
    *,
    hyphens: bool = True,
) -> Iterator[str]:
    """A list under its head, the tail counted, with the table that has all; nothing without sentences."""
    every = list(sentences)
    if every:
        yield ""
        yield f"{head}:"
    yield from wrapped(every[:shown], width, hyphens=hyphens)
    if len(every) > shown:
        where = "" if table is None else f" (table {table})"
        yield f"  ... and {len(every) - shown:,} more{where}."


def figure(value: float | None, form: str) -> str:
    """A figure without idle zeros; a dash where it is blank.

    >>> figure(1.5, ",.3f"), figure(None, ",.3f"), figure(1234, ",d")
    ('1.5', '-', '1,234')
    """
    if value is None:
        return "-"
    text = f"{value:{form}}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grid(frame: pd.DataFrame, width: int, limit: int | None = None) -> Iterator[str]:
    """A frame as columns of text: numbers to the right, long words folded, never cut; too many columns as a list.

    Parameters
    ----------
    frame
        Its columns are words or numbers.
    width
        What it has to fit in where that is possible, in characters.
    limit
        How many rows are shown, the rest counted; blank is all.
    """
    columns: list[Column] = []
    for name, column in frame.head(len(frame) if limit is None else limit).items():
        number = column.dtype.kind in "iuf"
        # As floats, a whole number that is not there is no number, as any other.
        cells = _numbers(column.astype("float64").tolist()) if number else [cell_text(value) for value in column]
        columns.append(Column(str(name), tuple(cells), number))
    yield from _table(columns, width) if fits(columns, width) else listed(columns, width)
    if limit is not None and len(frame) > limit:
        yield f"... and {len(frame) - limit:,} more."


def _table(columns: Sequence[Column], width: int) -> Iterator[str]:
    """Columns side by side."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for each, wide in zip(columns, widths(columns, width), strict=True):
        justify = "right" if each.number else "left"
        table.add_column(Text(each.name), justify=justify, overflow="fold", no_wrap=each.number, width=wide)
    for row in zip(*(each.cells for each in columns), strict=True):
        table.add_row(*map(Text, row))
    page = StringIO()
    Console(file=page, width=width, color_system=None, force_terminal=False).print(table)
    yield from (line.rstrip() for line in page.getvalue().splitlines())


def _numbers(values: Sequence[float]) -> list[str]:
    """Numbers to as many decimals as one of them needs, at most three; blank where there is none."""
    known = [value for value in values if not math.isnan(value)]
    digits = next((digits for digits in range(3) if all(round(value, digits) == value for value in known)), 3)
    return ["" if math.isnan(value) else f"{value:,.{digits}f}" for value in values]


def joined(words: Iterable[object]) -> str:
    """A list in a cell.

    >>> joined(["beds", "waits"])
    'beds; waits'
    """
    return "; ".join(map(str, words))


def cut(text: str, most: int) -> str:
    """A text of so many letters at most.

    >>> cut("bed occupancy", 8), cut("beds", 8)
    ('bed o...', 'beds')
    """
    return text if len(text) <= most else f"{text[: most - 3]}..."


def cell_text(value: object) -> str:
    """A cell in words: blank is nothing, a list has semicolons between.

    >>> cell_text(None), cell_text(0.25), cell_text(("a", "b"))
    ('', '0.25', 'a; b')
    """
    if isinstance(value, list | tuple):
        return joined(cast("Sequence[object]", value))
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ == "NAType":
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
