"""Errors as plain data, as they leave a child."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from alignment import errors
from alignment.api import refusals
from alignment.errors import InputError, NoAlignedSet
from alignment.models.fields import Noun

from .question import Trouble

TIME: Final = "TooSlowError"
"""What a run over its time is called."""

MEMORY: Final = "MemoryError"
"""What a run over its memory is called."""

EMPTY: Final = frozenset({"NoAlignedSet", "NothingToJudge"})
"""Errors that are an answer: what was asked for does not exist, and asking again says so again."""


def trouble_of(error: BaseException) -> Trouble:
    """An error as plain data.

    Examples
    --------
    >>> trouble_of(errors.OptionError("steps is 0. Ask for 1 or more.")).error
    'OptionError'
    """
    if _is_short_of_memory(error):
        return Trouble(error=MEMORY, detail="Working this out needs more memory than the server gives it.")
    return Trouble(
        error=_name(error),
        detail=_detail(error),
        faults=_plain(getattr(error, "faults", ())),
        clash=_plain(getattr(error, "clash", ())),
        proven=getattr(error, "proven", True),
        trace=tuple(_places(error)),
    )


def too_slow(seconds: float) -> Trouble:
    """What is said of a run over its time."""
    return Trouble(error=TIME, detail=f"This takes longer than the {seconds:g} seconds that this server gives it.")


def too_large(size: int) -> Trouble:
    """What is said of a run over its memory."""
    return Trouble(
        error=MEMORY, detail=f"This takes more than the {size / 1e6:,.0f} MB of memory that this server gives it."
    )


def _is_short_of_memory(error: BaseException | None) -> bool:
    """Whether it, or what it came of, is a lack of memory: a solver's failure may be one."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__
    return False


def _name(error: BaseException) -> str:
    """The nearest of its ancestors that is known outside; of the rest only the log knows more."""
    for kind in type(error).__mro__:
        if kind.__module__ in (errors.__name__, refusals.__name__) or kind is RecursionError:
            return kind.__name__
    return "Exception"


def _detail(error: BaseException) -> str:
    """What an error says; nothing of one that was not meant for people."""
    if not isinstance(error, errors.AlignmentError | refusals.RefusalError):
        return type(error).__name__
    if isinstance(error, InputError | NoAlignedSet):
        return str(error).splitlines()[0].rstrip(":.") + "."
    return str(error)


def _plain(nouns: tuple[Noun, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(each.model_dump(mode="json") for each in nouns)


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
