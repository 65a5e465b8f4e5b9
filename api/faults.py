"""What pydantic finds wrong with options and settings, as faults with a remedy."""

from __future__ import annotations

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alignment.models.fault_words import shown
from alignment.models.faults import Fault, meant
from alignment.models.fields import Noun
from alignment.scenarios.changes import fault_of


def faults_of(error: ValidationError, noun: type[Noun], table: str) -> list[Fault]:
    """A fault for each value that does not fit.

    Parameters
    ----------
    error
        What pydantic found.
    noun
        The type that the values were meant for.
    table
        What to call the values.
    """
    return [_fault(each, noun, table) for each in error.errors(include_url=False)]


def _fault(error: ErrorDetails, noun: type[Noun], table: str) -> Fault:
    if error["loc"][:1] == ("changes",) and len(error["loc"]) > 1:
        return fault_of(error, error["loc"][1:])
    # A name that is no text has no place of its own.
    column = str(error["loc"][0]) if error["loc"] else None
    what, remedy = _worded(error, noun, column or "")
    return Fault(table=table, column=column, what=what, remedy=remedy)


def _worded(error: ErrorDetails, noun: type[Noun], column: str) -> tuple[str, str]:
    """What is wrong with a value, and the remedy."""
    field = noun.model_fields.get(column)
    says = (field.description if field else None) or ""
    if error["type"] == "extra_forbidden":
        names = ", ".join(noun.model_fields) or "none"
        return "is not known here", meant(column, noun.model_fields, f"There are: {names}.")
    if error["type"] == "missing":
        return "is missing", f"Give it: {says}"
    if error["type"] == "literal_error":
        known = _words(error)
        what = f"{shown(error['input'])} is not one of {', '.join(known)}"
        return what, meant(str(error["input"]), known, "Write one of them.")
    return f"{shown(error['input'])} does not fit: {_lower(error['msg'])}", says or "Correct it."


def _words(error: ErrorDetails) -> list[str]:
    """The words that a field takes, from pydantic's sentence about them."""
    return re.findall(r"'([^']+)'", str(error.get("ctx", {})["expected"]))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
