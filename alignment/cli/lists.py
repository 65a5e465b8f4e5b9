"""Lists of measures, from words, files and standard input."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from alignment.errors import OptionError
from alignment.tables.formula_text import unguarded


def measures_in(words: Iterable[str]) -> list[str]:
    """The ids that words stand for.

    Parameters
    ----------
    words
        Ids; ``@FILE`` stands for those in a file, ``-`` for those on standard input.

    Raises
    ------
    OptionError
        A list is empty.
    OSError
        A file cannot be read.
    """
    return [measure for word in words for measure in _of(word)]


def _of(word: str) -> list[str]:
    if word != "-" and not word.startswith("@"):
        return [word]
    found = list(listed(_text(word)))
    if not found:
        raise OptionError(f"There are no measures {'on standard input' if word == '-' else f'in {word[1:]}'}.")
    return found


def _text(word: str) -> str:
    # Ids are plain letters: whatever is spoilt by a wrong encoding is no id, and is named as unknown.
    return _bytes(word).decode("utf-8-sig", errors="replace")


def _bytes(word: str) -> bytes:
    from alignment.tables.guarded import content_of

    if word != "-":
        return content_of(Path(word[1:]))
    return sys.stdin.buffer.read() if sys.stdin else b""  # nothing where whoever started us closed it


def listed(text: str) -> Iterator[str]:
    r"""The ids in a text: words, or CSV with a column `measure`; where it has a column `decision`, the kept.

    Examples
    --------
    >>> list(listed("beds, waits\nstaff"))
    ['beds', 'waits', 'staff']
    >>> list(listed("measure,decision\nbeds,kept\nwaits,retired"))
    ['beds']
    """
    rows = csv.DictReader(text.splitlines())
    if "measure" not in (rows.fieldnames or ()):
        yield from filter(None, re.split(r"[\s,;]+", text))
        return
    for row in rows:
        if row["measure"] and row.get("decision", "kept") == "kept":
            yield unguarded(row["measure"].strip())
