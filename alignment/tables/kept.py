"""What a file holds beside the tables of a system, which nobody who writes a system may delete."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from .folder import file_of
from .guarded import content_of
from .json_text import NotJsonError, parsed
from .names import ROW_TYPES
from .safely import free_name
from .sheet_xml import sheet_names
from .unpacked import BROKEN, opened, repacked

START_SHEET: Final = "x-start-here"
"""The first sheet of a template, which this library writes; its name says to readers that it is no table."""


@contextmanager
def keeping(path: Path) -> Generator[list[Path]]:
    """While a file is written anew, a copy beside it of one that holds more than tables.

    It goes again if nothing is written.

    Parameters
    ----------
    path
        The file.

    Yields
    ------
    list of Path
        Where the copy is.
    """
    copies: list[Path] = []
    if path.is_file() and holds_more(path):
        copies.append(Path(shutil.copy2(path, free_name(path))))
    try:
        yield copies
    except BaseException:
        for copy in copies:
            copy.unlink()
        raise


def holds_more(path: Path) -> bool:
    """Whether a file that is to be replaced holds more than the tables of a system, or cannot be read."""
    try:
        content = content_of(path)
        names = NAMES.get(path.suffix.lower(), _parts)(content)
    except BROKEN:
        return True
    return not set(names) <= {*ROW_TYPES, START_SHEET}


def _sheets(content: bytes) -> Collection[str]:
    return sheet_names(repacked(content))


def _files(content: bytes) -> Collection[str]:
    """The tables of the files in an archive, and the names of all others."""
    tables = {file_of(name): name for name in ROW_TYPES}
    with opened(content) as archive:
        return [tables.get(name, name) for name in archive.namelist()]


NAMES: Final[Mapping[str, Callable[[bytes], Collection[str]]]] = {".xlsx": _sheets, ".zip": _files}
"""What the parts of a file are called, by its suffix."""


def _parts(content: bytes) -> Collection[str]:
    found = parsed(content)
    if not isinstance(found, dict):
        raise NotJsonError("is not an object")
    return cast("dict[str, Any]", found)
