"""A command writes a system: over nothing that is there unless it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import alignment as al
from alignment.errors import OptionError

from .streams import busy, say


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
    if not replace and _holds_a_system(Path(target)):
        raise OptionError(f"{target} is there already. Give --replace to write over it.")
    with busy(f"Writing {target}"):
        kept = _write(system, target)
    say(f"Wrote {target}: {system}")
    if kept:
        say(f"What it does not hold was there and is kept: {', '.join(map(str, kept))}")


def _write(system: al.System, target: str) -> Sequence[Path]:
    from alignment.tables.doors import write_keeping

    try:
        return write_keeping(system, target)
    except OSError as error:
        # It names a file beside the target, which people have never heard of.
        raise OSError(error.errno, error.strerror or str(error), target) from error


def _holds_a_system(target: Path) -> bool:
    from alignment.models.system import TABLES

    return target.is_file() or any((target / f"{name}.csv").exists() for name in TABLES)
