"""The search of a system for conflicts, kept with the system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from alignment.effects.net_effects import effects_of
from alignment.errors import OptionError
from alignment.models.answers.conflict import Kind
from alignment.models.system import System

from .finding import Finding, Search
from .rules import RULES


def search_of(system: System, tolerance: float, steps: int, decay: float) -> Search:
    """The search of a system with these options, kept with the system."""
    if not 0 <= tolerance < np.inf:
        raise OptionError(f"tolerance is a number from 0, not {tolerance}.")
    effects = effects_of(system, steps, decay)
    kept = system.derive(_Kept).searches
    if (tolerance, steps, decay) not in kept:
        kept[tolerance, steps, decay] = Search(effects, tolerance, lambda search, kind: list(RULES[kind].find(search)))
    return kept[tolerance, steps, decay]


FREE: Final[tuple[Kind, ...]] = (
    "opposed",
    "inconsistent",
    "capacity",
    "no-control",
    "unowned",
    "wrong-pocket",
    "duplicate",
    "cascade",
)
"""The kinds that rest on no influence."""


def searched_again(first: Search, system: System, steps: int, decay: float) -> None:
    """Search a system that differs from one searched before in nothing but its influences.

    What rests on none of them is kept with the system, so that whoever searches it next need not look again.

    Parameters
    ----------
    first
        The search of the other system.
    system
        The system.
    steps, decay
        As in `net_effects`.
    """
    search = search_of(system, first.tolerance, steps, decay)
    search.take(first, FREE)


class _Kept:
    """The searches made so far in a system."""

    def __init__(self, _: System) -> None:
        self.searches: dict[tuple[float, int, float], Search] = {}


def ordered(search: Search, kinds: Iterable[Kind]) -> tuple[Finding, ...]:
    """The findings of some kinds, worst first: by severity times confidence, then id."""
    return tuple(sorted((each for kind in kinds for each in search.of_kind(kind)), key=lambda each: each.order))
