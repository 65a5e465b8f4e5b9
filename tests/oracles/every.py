"""Every kind of conflict; joint ones are judged by `tests/movement.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from alignment.models.options.conflicts import Kind

from . import (
    against_people,
    capacity,
    cascade,
    duplicate,
    inconsistent,
    judged_by_rival,
    no_control,
    opposed,
    perverse,
    spillover,
    torn,
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
    "torn": torn.wanted,
    "against-people": against_people.wanted,
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


def just_below(words: Words) -> Counter[Kind]:
    """How many findings of each kind half the tolerance would add."""
    half = Words(words.system, words.tolerance / 2, words.steps, words.decay, words.evidence)
    kinds: tuple[Kind, ...] = ("spillover", "unguarded", "torn", "perverse")
    return Counter(
        {
            kind: len({each.id for each in EVERY[kind](half)} - {each.id for each in EVERY[kind](words)})
            for kind in kinds
        }
    )
