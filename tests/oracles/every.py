"""Every kind of conflict; joint ones are judged by `tests/movement.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from alignment.models.options.conflicts import Kind

from . import (
    capacity,
    cascade,
    duplicate,
    inconsistent,
    judged_by_rival,
    no_control,
    opposed,
    perverse,
    spillover,
    two_masters,
    unguarded,
    unowned,
    wrong_pocket,
)
from .wanted import Wanted
from .words import Words

EVERY: Final[dict[Kind, Callable[[Words], Iterator[Wanted]]]] = {
    "opposed": opposed.wanted,
    "inconsistent": inconsistent.wanted,
    "spillover": spillover.wanted,
    "unguarded": unguarded.wanted,
    "capacity": capacity.wanted,
    "two-masters": two_masters.wanted,
    "no-control": no_control.wanted,
    "judged-by-rival": judged_by_rival.wanted,
    "unowned": unowned.wanted,
    "perverse": perverse.wanted,
    "wrong-pocket": wrong_pocket.wanted,
    "duplicate": duplicate.wanted,
    "cascade": cascade.wanted,
}
