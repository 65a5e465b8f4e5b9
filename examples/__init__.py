"""Example systems, shipped with the library."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def example(name: str) -> Path:
    """The folder of an example system.

    Parameters
    ----------
    name
        "london-2018", "england-frameworks" or "winter-pressure".

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

    home = Path(str(files(__name__)))
    known = sorted(path.parent.name for path in home.glob("*/about.json"))
    if name not in known:
        raise UnknownWord(name, known, "an example")
    return home / name
