"""Writing so that an interruption leaves what was there before, never half of something."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """A file beside the path to write to, which takes its place once everything is written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "a.txt") as file:
    ...         _ = file.write_text("all of it")
    ...     (Path(folder) / "a.txt").read_text()
    'all of it'
    """
    # Through a link to the file it points at, so that the link stays a link.
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path.parent, path.name)
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def refilling(folder: Path) -> Generator[Path]:
    """A folder to write files to, which replace those of the folder once everything is written.

    A new folder appears whole. In one that exists each file is replaced whole, one after the other,
    and what is not written again stays.
    """
    folder = folder.resolve()
    exists = folder.is_dir()
    # Inside where possible: the folder may be all of the disk that one is allowed to write to.
    home = folder if exists else folder.parent
    home.mkdir(parents=True, exist_ok=True)
    beside = _beside(home, folder.name)
    beside.mkdir()
    try:
        yield beside
        if exists:
            for file in sorted(beside.iterdir()):
                file.replace(folder / file.name)
        else:
            beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def moved_aside(path: Path) -> Path:
    """Move a file out of the way, to a name that nobody has, and say where it is.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "draws.csv").write_text("one")
    ...     moved_aside(Path(folder) / "draws.csv").name
    'draws.csv.old'
    """
    return path.rename(free_name(path))


def free_name(path: Path) -> Path:
    """The name that a file has once it is moved aside: `.old`, or that with a number where it is taken."""
    names = (path.with_name(f"{path.name}.old{f'-{number}' if number > 1 else ''}") for number in count(1))
    return next(name for name in names if not name.exists())


def _beside(home: Path, name: str) -> Path:
    return home / f".{name}.{secrets.token_hex(4)}.tmp"
