"""What a column holds: ids, words of a vocabulary, numbers, times, text."""

from __future__ import annotations

from functools import cache
from typing import Literal

from alignment.models.cell_fault_words import rules
from alignment.models.fields import ID, Row
from alignment.models.system.checks import references

Kind = Literal["id", "reference", "references", "word", "yes-or-no", "number", "whole", "share", "time", "text"]


@cache
def kind_of(row_type: type[Row], column: str) -> Kind:
    """The kind of cell that a column holds.

    >>> from alignment.models import Measure, Target
    >>> kind_of(Measure, "id"), kind_of(Target, "measure"), kind_of(Target, "weight"), kind_of(Target, "due")
    ('id', 'reference', 'share', 'time')
    """
    rule = rules(row_type, column)
    kind = rule.get("type")
    if column in dict(references(row_type)):
        return "references" if kind == "array" else "reference"
    if "enum" in rule:
        return "word"
    if kind == "boolean":
        return "yes-or-no"
    if kind in ("number", "integer"):
        return "whole" if kind == "integer" else "share" if rule.get("maximum") == 1 else "number"
    if rule.get("pattern") == ID:
        return "id"
    return "text" if "minLength" in rule else "time"


@cache
def vocabulary(row_type: type[Row], column: str) -> tuple[str, ...]:
    """The words that a column of words takes."""
    return tuple(rules(row_type, column)["enum"])
