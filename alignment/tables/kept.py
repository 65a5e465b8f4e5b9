"""What a file holds beside the tables of a system, which nobody who writes a system may delete."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .names import ROW_TYPES
from .safely import free_name

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
        names = _sheets(path) if path.suffix.lower() == ".xlsx" else _parts(path)
    except Exception:  # noqa: BLE001 - in whatever way it cannot be read, it is not ours
        return True
    return not set(names) <= {*ROW_TYPES, START_SHEET}


def _sheets(path: Path) -> Collection[str]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        return load_workbook(file, read_only=True).sheetnames


def _parts(path: Path) -> Collection[str]:
    return dict(json.loads(path.read_bytes()))
