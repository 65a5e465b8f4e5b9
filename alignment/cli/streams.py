"""What goes where: answers to stdout, talk and progress to stderr, whatever is at the other end."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TextIO

WIDEST = 100
"""Sentences over more columns than this are hard to follow; a COLUMNS in the environment says otherwise."""

# What moves cursors and colours terminals: no name in a file, or of one, should do that.
CONTROLS = {code: "�" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def width() -> int:
    """The columns of a line; 80 in a pipe."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return columns if os.environ.get("COLUMNS") else min(columns, WIDEST)


def wrapped(text: str, columns: int) -> str:
    """Lines no wider than some columns; what does not fit hangs below, and words stay whole.

    >>> print(wrapped("  one two three", 9))
      one two
        three
    """
    lines: list[str] = []
    for line in text.translate(CONTROLS).expandtabs(4).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if len(line) <= columns:
            lines.append(line.rstrip())
            continue
        lines += textwrap.wrap(
            line.strip(),
            columns,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def show(text: str) -> None:
    """Give an answer to people: on stdout, within the width, in letters that it can print."""
    _set_up(sys.stdout, errors="replace")
    _write(sys.stdout, wrapped(text, width()))


def hand_over(text: str) -> None:
    """Give an answer to a machine: on stdout as it is, in UTF-8 whatever the console speaks."""
    # A letter that UTF-8 does not have (half of a pair) becomes \\udxxx, which is what JSON calls it.
    _set_up(sys.stdout, encoding="utf-8", errors="backslashreplace")
    _write(sys.stdout, text)


def say(text: str) -> None:
    """Talk to people: on stderr. That nobody listens is no reason to fail."""
    with suppress(OSError):
        _set_up(sys.stderr, errors="backslashreplace")
        _write(sys.stderr, wrapped(text, width()))


@contextmanager
def busy(doing: str) -> Generator[Callable[[str], None]]:
    """Show that something is being done, where a person watches.

    Parameters
    ----------
    doing
        What, in a word or two.

    Yields
    ------
    collections.abc.Callable
        To be told in words how it goes on.
    """
    # A terminal that cannot move its cursor would be written full.
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":  # pyright: ignore[reportUnnecessaryComparison]
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{doing} ...", spinner="line") as status:
        yield lambda words: status.update(f"{doing}: {words} ...")


def _set_up(stream: TextIO | None, encoding: str | None = None, errors: str | None = None) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors=errors)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever started us
        return
    try:
        stream.write(text if text.endswith("\n") else f"{text}\n")
        stream.flush()
    except OSError as error:
        _discard(stream)
        if not _has_left(error):
            raise OSError(error.errno, error.strerror, "The answer") from error


def _has_left(error: OSError) -> bool:
    """Whether the reader of a pipe has had enough; Windows says it in other words."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == 22)


def _discard(stream: TextIO) -> None:
    """Let the rest go nowhere: Python would try once more when it ends, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
