"""Options from keywords, words or JSON: one check, and faults in words that fit each of these."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alignment.errors import InputError, OptionError, UnknownWord
from alignment.models.fault_words import WORDINGS, rules, sentence
from alignment.models.faults import Fault, meant
from alignment.models.fields import Refers
from alignment.models.options.changes import fault_of_change
from alignment.models.options.fields import Asked
from alignment.models.system import System

Kind = TypeVar("Kind", bound=Asked)

TABLE: Final = "options"
"""What options are called where a table is named."""

LONGEST: Final = 60
"""Longer values are cut."""


def asked_of(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    """What is asked, checked.

    Parameters
    ----------
    kind
        The options of a verb.
    given
        Values by the name of the option.

    Raises
    ------
    UnknownWord
        One name is not known, and all else is right.
    OptionError
        Whatever is wrong, all of it.
    InputError
        So too, where something is wrong with changes.
    """
    try:
        return kind.model_validate(dict(given))
    except ValidationError as error:
        faults = faults_of(error, kind)
    # What is wrong with changes is wrong with rows.
    raise OptionError.of(faults) if all(fault.table == TABLE for fault in faults) else InputError(faults)


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
    found: dict[tuple[Any, ...], Fault] = {}
    for each in error.errors(include_url=False):
        # Of a value that may be one of several things, the first that it is not is told.
        found.setdefault(tuple(each["loc"][:2]), _fault(each, kind, table))
    return list(found.values())


def _fault(error: ErrorDetails, kind: type[BaseModel], table: str) -> Fault:
    if error["loc"][:1] == ("changes",) and len(error["loc"]) > 1:
        return fault_of_change(error, error["loc"][1:])
    # A name that is no text has no place of its own.
    name = str(error["loc"][0]) if error["loc"] else None
    what, remedy = _worded(error, kind, name or "")
    return Fault(table=table, column=name, what=what, remedy=remedy)


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
    low = f" from {least:g}" if least is not None else f" above {above:g}" if above is not None else ""
    high = "" if most is None else f" to {most:g}"
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


def fitted(system: System, asked: Kind) -> Kind:
    """What is asked of a system: every id is known there; lists without repeats and in order.

    Parameters
    ----------
    system
        The system.
    asked
        What is asked.

    Raises
    ------
    UnknownWord
        One id is not known.
    OptionError
        Several are not.
    """
    unknown: list[tuple[str, UnknownWord]] = []
    changes: dict[str, Any] = {}
    for name, tables in _references(type(asked)).items():
        value = getattr(asked, name)
        if value is None or isinstance(value, str):
            continue
        known = _ids(system, tables)
        unknown += [(name, UnknownWord(word, known, _noun(tables))) for word in value if word not in known]
        changes[name] = _in_order(value)
    if len(unknown) == 1:
        raise unknown[0][1]
    if unknown:
        faults = [Fault(table=TABLE, column=name, what=each.what, remedy=each.remedy) for name, each in unknown]
        raise OptionError.of(faults)
    return asked.model_copy(update=changes) if changes else asked


def _references(kind: type[Asked]) -> Mapping[str, Sequence[str]]:
    """The options that hold ids, each with the tables of these."""
    found: dict[str, Sequence[str]] = {}
    for name, field in kind.model_fields.items():
        inner = [mark for part in get_args(field.annotation) for mark in getattr(part, "__metadata__", ())]
        tables = [mark.table for mark in (*field.metadata, *inner) if isinstance(mark, Refers)]
        if tables:
            found[name] = tables
    return found


def _ids(system: System, tables: Iterable[str]) -> frozenset[str]:
    return frozenset(row.id for table in tables for row in cast("Iterable[Any]", system.table(table)) if row.id)


def _noun(tables: Sequence[str]) -> str:
    return " or ".join(NOUNS[name] for name in tables)


NOUNS: Final = {"measures": "a measure", "agencies": "an agency", "targets": "a target"}


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(sorted(cast("Mapping[str, float]", value).items()))
    return tuple(sorted(set(value)))


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
