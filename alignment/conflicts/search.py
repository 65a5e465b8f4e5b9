"""The search of a system for conflicts, kept with the system."""

from __future__ import annotations

from typing import Final

from alignment.effects.net_effects import effects_of
from alignment.models.answers.conflict import Kind
from alignment.models.memory import Memory
from alignment.models.system import System

from .finding import Search
from .rules import RULES


def search_of(system: System, tolerance: float, steps: int, decay: float) -> Search:
    """The search of a system with these options, kept with the system."""
    effects = effects_of(system, steps, decay)

    def made() -> Search:
        return Search(effects, tolerance, lambda search, kind: list(RULES[kind].find(search)))

    return system.derive(_searches_so_far).get((tolerance, steps, decay), made)


MOST_SEARCHES: Final = 8
"""For how many options a search is kept with a system."""


def _searches_so_far(_: System) -> Memory[Search]:
    """The searches asked for last."""
    return Memory[Search](MOST_SEARCHES)


FREE: Final[tuple[Kind, ...]] = (
    "opposed",
    "inconsistent",
    "against-people",
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
