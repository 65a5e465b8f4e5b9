"""The bytes of a file, within bounds: no pipe, no device, nothing too large, nothing that changes meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from alignment.errors import OptionError

from .raw import refused

RAISED_BY: Final = "ALIGNMENT_LARGEST_MB"
"""The variable of the environment that says how large a file may be."""

LARGEST_MB: Final = 64
"""How large a file may be where nothing says otherwise, in MB: 100,000 targets take about 15."""

MB: Final = 1_000_000

MOST_FILES: Final = 1_000
"""So many files of a folder may be tables; a system has some twenty."""

UNPACKED: Final = 4
"""What is packed may be so many times as large, unpacked."""

BYTES_A_CELL: Final = 16
"""A file of the largest size may have a cell for so many bytes, which bounds the memory that cells take."""

BYTES_A_ROW: Final = 256
"""A file of the largest size may have a row for so many bytes, which bounds the time and memory that rows take."""

KINDS: Final = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
    (stat.S_ISSOCK, "is a socket"),
)
"""What is no file, in words."""


def largest() -> int:
    """How large a file may be, in bytes.

    Raises
    ------
    OptionError
        What the environment says is no size.
    """
    said = os.environ.get(RAISED_BY, "").strip() or str(LARGEST_MB)
    if not (said.isascii() and said.isdigit() and int(said[:9]) > 0 and len(said) < 9):
        raise OptionError(f"{RAISED_BY} in the environment is not a number of MB from 1: '{said[:40]}'.")
    return int(said) * MB


def most_unpacked() -> int:
    """How much the parts of a packed file may hold, in bytes."""
    return UNPACKED * largest()


def most_cells() -> int:
    """How many cells are read of a file, blank ones included."""
    return largest() // BYTES_A_CELL


def most_rows() -> int:
    """How many rows are read of a file: 100,000 targets and all around them are half of it."""
    return largest() // BYTES_A_ROW


def raise_it() -> str:
    """What to do about a file that is too large, which is sound."""
    return f"If it is what you mean to read, set {RAISED_BY} in the environment to more than {largest() // MB}"


def content_of(path: Path) -> bytes:
    """What is in a file.

    Raises
    ------
    InputError
        It is no file, or larger than `largest`, or changed while it was read.
    OSError
        It cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_bytes(b"all of it")
    ...     content_of(Path(folder) / "a.txt")
    b'all of it'
    """
    # Before it is opened: to open a pipe waits for whoever writes to it, and of some devices does things.
    _check(path, path.stat())
    # Should it have become a pipe since, this does not wait either.
    with os.fdopen(os.open(path, os.O_RDONLY | _BINARY | _AT_ONCE), "rb") as file:
        before = os.fstat(file.fileno())
        _check(path, before)
        content = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(content) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise refused(path.name, "changed while it was read", "Wait until nothing writes to it, and read it again")
    return content


_BINARY: Final = getattr(os, "O_BINARY", 0)
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)


def _check(path: Path, found: os.stat_result) -> None:
    """Refuse what is no file, and what is too large."""
    if not stat.S_ISREG(found.st_mode):
        what = next((words for is_one, words in KINDS if is_one(found.st_mode)), "is no file")
        raise refused(path.name, what, "Save what comes from it to a file, and give that")
    check_size(path.name, found.st_size)


def check_size(place: str, size: int) -> None:
    """Refuse what is too large."""
    if size > largest():
        what = f"has {size / MB:,.0f} MB, and at most {largest() // MB:,} are read"
        raise refused(place, what, raise_it())


def check_number(place: str, number: int) -> None:
    """Refuse a folder of more files than any system has."""
    if number > MOST_FILES:
        remedy = "Put the tables of the system into a folder of their own"
        raise refused(place, f"holds {number:,} files that may be tables, and at most {MOST_FILES:,} are read", remedy)


def is_outside(path: Path, folder: Path) -> bool:
    """Whether a path is a link that leads out of a folder."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
