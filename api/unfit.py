"""What of a request does not fit its door, as faults: its path, its parameters, its headers."""

from __future__ import annotations

from typing import Any, Final

from fastapi.exceptions import RequestValidationError

from alignment.models.cell_fault_words import shown
from alignment.models.faults import Fault
from alignment.options.fault_words import TABLE

PLACES: Final = {"path": "the path", "header": "the header"}
"""Where a value is, where it is no option."""


def faults_of(error: RequestValidationError) -> tuple[Fault, ...]:
    """A fault for each value that does not fit.

    Parameters
    ----------
    error
        What the framework found.
    """
    return tuple(_fault(each) for each in error.errors())


def _fault(found: dict[str, Any]) -> Fault:
    where, *names = found["loc"]
    name = str(names[0]) if names else None
    said = str(found["msg"]).lower()
    if found["type"] == "missing":
        what, remedy = "is missing", f"Give {name}"
    elif found["type"] == "extra_forbidden":
        what, remedy = "is not known here", "See /docs for what is"
    else:
        what, remedy = f"{shown(found['input'])} does not fit: {said}", f"See /docs for what {name} may be"
    return Fault(table=TABLE, column=name, place=PLACES.get(str(where), ""), what=what, remedy=remedy)
