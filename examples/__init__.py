"""Example systems, shipped with the library."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def example(name: str) -> Path:
    """The folder of an example system.

    Parameters
    ----------
    name
        "london-2018", "england-2026", "england-frameworks" or "winter-pressure".

    Raises
    ------
    alignment.UnknownWord
        There is no such example.

    Examples
    --------
    >>> example("london-2018").name
    'london-2018'
    """
    from alignment.errors import UnknownWord

    if name not in names():
        raise UnknownWord(name, names(), "an example")
    return _home() / name


def names() -> tuple[str, ...]:
    """The names of all examples, in order."""
    return tuple(sorted(path.parent.name for path in _home().glob("*/about.json")))


def _home() -> Path:
    return Path(str(files(__name__)))
