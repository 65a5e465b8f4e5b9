"""A command writes a system: over nothing that is there unless it is told to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import alignment as al
from alignment.errors import OptionError
from alignment.models.numbers import count

from .streams import busy, say

Written = TypeVar("Written")


def written(system: al.System, target: str, *, replace: bool) -> None:
    """Write a system and say so.

    Parameters
    ----------
    system
        The system.
    target
        Where to.
    replace
        Whether a system that is there already is written over.
    """
    from alignment.tables.doors import write_keeping

    if not replace and _holds_a_system(Path(target)):
        raise OptionError(f"{target} is there already. Give --replace to write over it.")
    with busy(f"Writing {target}"):
        kept = _named(target, lambda: write_keeping(system, target))
    say(f"Wrote {target}: {system}")
    if kept:
        say(f"What it does not hold was there and is kept: {', '.join(map(str, kept))}")


def _named(target: str, write: Callable[[], Written]) -> Written:
    try:
        return write()
    except OSError as error:
        # It names a file beside the target, which people have never heard of.
        raise OSError(error.errno, error.strerror or str(error), target) from error


def fixed(source: str, target: str, ids: Literal["given", "make"], *, replace: bool) -> None:
    """Write a mended copy of a source and say so.

    Parameters
    ----------
    source
        The source.
    target
        Where to.
    ids
        Where ids are from.
    replace
        Whether a copy that is there already is written over.
    """
    with busy(f"Writing {target}"):
        left = _named(target, lambda: al.fix(source, target, ids, replace=replace))
    say(f"Wrote {target}: {count(len(left), 'fault is', 'faults are') if left else 'no fault is'} left in it.")


def _holds_a_system(target: Path) -> bool:
    from alignment.models.system import TABLES

    return target.is_file() or any((target / f"{name}.csv").exists() for name in TABLES)
