"""What each table of an answer holds, and its columns, in the words of its documentation."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, Final

RETURNS: Final = re.compile(r"^Returns\n-+\npandas\.DataFrame\n(?P<columns>(?:    .*\n?|\n)+)", re.MULTILINE)
"""Where the documentation of a table tells of its columns."""


def told(table: Callable[[], Any]) -> str:
    """What a table holds, in a sentence; nothing where nobody says it.

    >>> import alignment as al
    >>> told(al.validate(al.read("winter-pressure")).frames["tables"])
    'A row for each table of the system.'
    """
    return _plain(_documentation(table).partition("\n\n")[0])


def columns_told(table: Callable[[], Any]) -> str:
    """What the columns of a table hold; nothing where nobody says it.

    >>> import alignment as al
    >>> columns_told(al.validate(al.read("winter-pressure")).frames["tables"])
    'table (its name), rows (int, how many it has).'
    """
    found = RETURNS.search(_documentation(table))
    return _plain(found["columns"]) if found else ""


def _documentation(table: Callable[[], Any]) -> str:
    """That of a function or method; a part of another function has none of its own."""
    return (inspect.getdoc(table) or "") if inspect.isroutine(table) else ""


def _plain(text: str) -> str:
    """A text without the marks of its documentation, on one line."""
    return re.sub(r"\s+", " ", text.replace("``", "").replace("`", "")).strip()
