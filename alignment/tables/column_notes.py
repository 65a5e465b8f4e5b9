"""What is said of a column where people fill it: what it is, its unit, an example, what it may hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from alignment.models.cell_fault_words import rules
from alignment.models.fields import Row
from alignment.models.system.checks import references

from .columns import required
from .written_cells import cell

YES_OR_NO = ("yes", "no")
"""What a column takes that says whether something holds."""


@cache
def vocabulary(row_type: type[Row], column: str) -> tuple[str, ...]:
    """The words that a column takes; none where it takes any.

    >>> from alignment.models import Measure, Target
    >>> vocabulary(Measure, "statutory"), vocabulary(Target, "value")
    (('yes', 'no'), ())
    """
    held = rules(row_type, column)
    return YES_OR_NO if held.get("type") == "boolean" else tuple(held.get("enum", ()))


@cache
def named_table(row_type: type[Row], column: str) -> str | None:
    """The table whose ids a column holds.

    >>> from alignment.models import Target
    >>> named_table(Target, "for_agency"), named_table(Target, "value")
    ('agencies', None)
    """
    return dict(references(row_type)).get(column)


def is_list(row_type: type[Row], column: str) -> bool:
    """Whether a cell of it holds several words, with semicolons between."""
    return rules(row_type, column).get("type") == "array"


def heading_note(row_type: type[Row], column: str, example: Any = None) -> str:
    """The note of a heading.

    Parameters
    ----------
    row_type
        The table's rows.
    column
        The column.
    example
        A value of it, as a system holds it; blank is none.

    Examples
    --------
    >>> from alignment.models import Target
    >>> print(heading_note(Target, "sense", "at_least"))
    Required. How the value is to be read; of hold, how much worse is allowed.
    One of: at_least, at_most, between, increase, decrease, hold.
    Example: at_least
    """
    return "\n".join(_lines(row_type, column, example))


def _lines(row_type: type[Row], column: str, example: Any) -> Iterator[str]:
    sentence = " ".join((row_type.model_fields[column].description or column).split())
    yield f"{'Required' if column in required(row_type) else 'May be blank'}. {sentence}"
    if words := vocabulary(row_type, column):
        yield f"One of: {', '.join(words)}."
    if table := named_table(row_type, column):
        several = is_list(row_type, column)
        yield f"{'Ids of the table' if several else 'An id of the table'} {table}{', ; between' if several else ''}."
    if example is not None:
        yield f"Example: {_shown(example)}"


def _shown(example: Any) -> str:
    text = cell(example)
    return repr(text).removesuffix(".0") if isinstance(text, float) else str(text)
