"""How long a request waits for an answer: what its URL says, else its header Prefer (RFC 7240), else what is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Final

from pydantic import Field

from alignment.models.options.fields import REAL, Asked

_NAME: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
_WORD: Final = rf'(?:{_NAME}|"(?:[^"\\]|\\.)*+")'
_PARAMETER: Final = rf"{_NAME}(?:\s*+=\s*+{_WORD}?+)?+"

# Nothing is tried twice, so that a header of any length is read in one go.
PREFERENCE: Final = re.compile(
    rf"[\s,]*+({_NAME})(?:\s*+=\s*+({_WORD})?+)?+(?:\s*+;(?:\s*+{_PARAMETER})?+)*+\s*+(?:,|\Z)", re.DOTALL
)
"""A preference with its value and its parameters, of several with commas between."""


class Waiting(Asked):
    """How long a request waits."""

    wait: Annotated[float, Field(ge=0, allow_inf_nan=False), REAL] | None = None
    """How long to wait for the answer, up to what the server allows; blank is what suits the form. Unit: seconds."""


def seconds(wait: float | None, prefer: Sequence[str], *, usual: float, most: float) -> float:
    """How long a request waits. Unit: seconds.

    Parameters
    ----------
    wait
        What its URL says.
    prefer
        The lines of its header Prefer; none where there is none. What cannot be understood there is passed over.
    usual
        How long where nobody says.
    most
        How long at most, whoever says it.

    Examples
    --------
    >>> seconds(None, ["respond-async, wait=10"], usual=2, most=60), seconds(0.5, ["wait=10"], usual=2, most=60)
    (10.0, 0.5)
    >>> seconds(None, [], usual=90, most=60)
    60.0
    """
    said = wait if wait is not None else preferred(prefer)
    return float(min(usual if said is None else said, most))


def preferred(prefer: Sequence[str]) -> float | None:
    """How long the lines of a header Prefer would wait; of several the first is meant.

    >>> preferred(['foo; bar="a, wait=3"', 'Wait="7"; x, wait=9']), preferred(["wait=soon"])
    (7.0, None)
    """
    said = next((value for line in prefer for name, value in _preferences(line) if name.lower() == "wait"), "")
    # Digits beyond number are endless, which the most that is allowed cuts.
    return float(said) if said.isascii() and said.isdigit() else None


def _preferences(line: str) -> Iterator[tuple[str, str]]:
    """The preferences of a line with their values, up to where it is malformed."""
    at = 0
    while at < len(line) and (found := PREFERENCE.match(line, at)):
        yield found[1], re.sub(r"\\(.)", r"\1", (found[2] or "").removeprefix('"').removesuffix('"'))
        at = found.end()
