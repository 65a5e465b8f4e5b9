"""What is said of wrong options, in words that fit keywords, command lines and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alignment.models.cell_fault_words import A_LITTLE, WORDINGS, rules, sentence
from alignment.models.faults import Fault, meant
from alignment.models.fields import LARGEST
from alignment.models.options.changes import fault_of_change
from alignment.models.options.targeting import Bundle

TABLE: Final = "options"
"""What options are called where a table is named."""

BUNDLES: Final = "bundles"
"""What rows of bundles are called where a table is named."""

LONGEST: Final = 60
"""Longer values are cut."""


def faults_of(error: ValidationError, kind: type[BaseModel], table: str = TABLE) -> list[Fault]:
    """A fault for each value that does not fit.

    Parameters
    ----------
    error
        What pydantic found.
    kind
        The options that the values were meant for.
    table
        What to call them.
    """
    errors = error.errors(include_url=False)
    last = {each["loc"][0]: each["loc"][1:2] for each in errors if each["loc"]}
    # Of a value that may be one of several things, the last that it is not is told.
    told = [each for each in errors if not _of_several(kind, each) or each["loc"][1:2] == last[each["loc"][0]]]
    return [_fault(each, kind, table) for each in told]


def _of_several(kind: type[BaseModel], error: ErrorDetails) -> bool:
    """Whether a value may be one of several things, such as a word or a list."""
    field = kind.model_fields.get(str(error["loc"][0])) if error["loc"] else None
    if field is None or get_origin(field.annotation) not in (Union, UnionType):
        return False
    return len(set(get_args(field.annotation)) - {type(None)}) > 1


def _fault(error: ErrorDetails, kind: type[BaseModel], table: str) -> Fault:
    if error["loc"][:1] == ("changes",) and len(error["loc"]) > 1:
        return fault_of_change(error, error["loc"][1:])
    if error["loc"][:1] == (BUNDLES,) and len(error["loc"]) > 1:
        return _of_bundle(error)
    # A name that is no text has no place of its own.
    name = str(error["loc"][0]) if error["loc"] else None
    what, remedy = _worded(error, kind, name or "")
    return Fault(table=table, column=name, what=what, remedy=remedy)


def _of_bundle(error: ErrorDetails) -> Fault:
    """What is wrong with one of several bundles, by its place."""
    _, place, *rest = error["loc"]
    column = str(rest[0]) if rest else None
    if column is None:
        what, remedy = f"{shown(error['input'])} is no bundle", "Write an object with service, benefit and cost"
    else:
        what, remedy = _worded(error, Bundle, column)
    return Fault(table=BUNDLES, index=int(place), column=column, what=what, remedy=remedy)


def _worded(error: ErrorDetails, kind: type[BaseModel], name: str) -> tuple[str, str]:
    """What is wrong with a value, and the remedy."""
    if name not in kind.model_fields:
        known = ", ".join(kind.model_fields) or "none"
        return "is not known here", meant(name, kind.model_fields, f"There are: {known}.")
    says = sentence(kind, name)
    if error["type"] == "missing":
        return "is missing", f"Give it: {says}"
    what, remedy = _of_value(error, kind, name)
    return f"{shown(error['input'])} {what}", remedy if remedy.endswith("?") else f"{remedy}: {says}"


def _of_value(error: ErrorDetails, kind: type[BaseModel], name: str) -> tuple[str, str]:
    what = error["type"]
    if what in SHAPES:
        return SHAPES[what]
    say = WORDINGS.get(what)
    if say is None:
        return f"does not fit: {error['msg'].lower()}", "Write something else"
    known = rules(kind, name)
    known = known.get("additionalProperties", known.get("items", known))
    said, remedy = say(error, known)
    # The words for cells begin with the value in quotes; here it is told as JSON tells it.
    return said.partition("' ")[2] or said, _number(known) or remedy


def _number(known: Mapping[str, Any]) -> str:
    """Which number to write; nothing where it is not a number that is wanted."""
    noun = {"integer": "a whole number", "number": "a number"}.get(known.get("type", ""))
    if noun is None:
        return ""
    least, above, most = (known.get(word) for word in ("minimum", "exclusiveMinimum", "maximum"))
    if least is not None and 0 < least < A_LITTLE:
        least, above = None, 0
    least = None if least == -LARGEST else least
    low = f" from {least:g}" if least is not None else f" above {above:g}" if above is not None else ""
    # Limits that nobody meets but by a slip are not worth a word.
    high = "" if most in (None, LARGEST) else f" to {most:,.10g}"
    return f"Write {noun}{low}{high}"


SHAPES: Final = {
    "tuple_type": ("is not a list", "Write a list"),
    "dict_type": ("is not an object", "Write an object of names and numbers"),
    "mapping_type": ("is not an object", "Write an object of names and numbers"),
    "bool_parsing": ("is neither true nor false", "Write true or false"),
    "bool_type": ("is neither true nor false", "Write true or false"),
    "string_type": ("is not text", "Write text"),
    "too_long": ("is too long", "Write fewer"),
    "union_tag_not_found": ("is missing its word", "Say which it is"),
}
"""What is said of values of the wrong shape, in JSON's words."""


def shown(value: Any) -> str:
    """A value as JSON writes it, cut where it is long.

    >>> shown(True), shown("x"), shown(None), shown(("a", 1))
    ('true', '"x"', 'null', '["a", 1]')
    """
    # A number typed at a command line is a number to whoever typed it.
    number = isinstance(value, str) and re.fullmatch(r"-?[0-9.]+", value)
    text = str(value) if number else json.dumps(value, default=str, ensure_ascii=False)
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def named(faults: Iterable[Fault], name: Any) -> Iterator[Fault]:
    """Faults with the names of options as a way in writes them.

    Parameters
    ----------
    faults
        The faults.
    name
        Gives each name as it is written there.
    """
    for fault in faults:
        yield fault if fault.column is None else fault.model_copy(update={"column": name(fault.column)})
