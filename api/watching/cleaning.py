"""What may be said in a log: text without secrets and personal paths, errors as types and places in the code."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any, Final, cast

from alignment.api.store.keys import MARK, PUBLIC

LONGEST: Final = 2_000
"""The longest text of a line. Unit: characters."""

DEEPEST: Final = 20
"""How many places are told of an error, the innermost: endless recursion has a thousand."""

KEY: Final = re.compile(rf"({MARK}[A-Za-z0-9_-]{{{PUBLIC - len(MARK)}}})[A-Za-z0-9_-]{{12,}}")
"""A key, or much of one; words that only begin so are shorter."""

PASSWORD: Final = re.compile(r"(://[^/@\s:]*):[^/@\s]*@")
"""The password of a URL, and what is before it."""


def cleaner(home: PurePath | None) -> Callable[[str], str]:
    """What makes text fit for a log.

    Parameters
    ----------
    home
        The folder that says who runs the server, told as `~`; None where there is none.

    Returns
    -------
    Callable
        Gives a text on one line, without signs that steer terminals or turn words round, keys, or passwords of URLs.

    Examples
    --------
    >>> clean = cleaner(PurePath("/home/ann"))
    >>> clean("/home/ann/kept.db is full"), clean("/home/anne/kept.db")
    ('~/kept.db is full', '/home/anne/kept.db')
    >>> clean("postgresql://alignment:secret@database/kept")
    'postgresql://alignment:…@database/kept'
    """
    personal = _spelled(home)

    def clean(text: str) -> str:
        text = text[:LONGEST]
        # Most text is plain, and every line of the log passes here: looking first is cheaper.
        if not text.isprintable():
            text = "".join(sign if sign.isprintable() else " " for sign in text)
        if MARK in text:
            text = KEY.sub(r"\1…", text)
        if "://" in text:
            text = PASSWORD.sub(r"\1:…@", text)
        return personal.sub("~", text) if personal else text

    return clean


def home_folder() -> Path | None:
    """The home folder of whoever runs this; None where there is none, as in some containers."""
    with suppress(RuntimeError):
        return Path.home()
    return None


def _spelled(home: PurePath | None) -> re.Pattern[str] | None:
    """All the ways in which a path may begin with a folder."""
    if home is None or home == home.parent or not home.is_absolute():
        return None
    real = os.path.realpath(home)
    ways = {str(home), home.as_posix(), repr(str(home))[1:-1], real}
    longest_first = sorted(ways, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def kinds_of(error: BaseException) -> str:
    """The type of an error, and those that it came of; nothing that it says, as that may repeat what was asked.

    Examples
    --------
    >>> error = ValueError("al_secret")
    >>> error.__cause__ = KeyError("Ann")
    >>> kinds_of(error)
    'ValueError from KeyError'
    """
    return " from ".join(_kind(each) for each in _chain(error))


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if not isinstance(error, BaseExceptionGroup):
        return name
    parts = cast("tuple[BaseException, ...]", cast("Any", error).exceptions)
    return f"{name}({', '.join(_kind(each) for each in parts)})"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, what it came of, and so on; a chain may be a ring."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def places_of(error: BaseException) -> str:
    """Where in the code an error and those that it came of were raised, the innermost place first.

    Examples
    --------
    >>> try:
    ...     int("what was asked")
    ... except ValueError as error:
    ...     "what was asked" in places_of(error)
    False
    """
    return " from ".join(" < ".join(_places(each)) for each in _chain(error) if each.__traceback__)


def _places(error: BaseException) -> Iterator[str]:
    frames = list(traceback.walk_tb(error.__traceback__))[-DEEPEST:]
    for frame, line in reversed(frames):
        yield f"{PurePath(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
