"""The search of a system for conflicts, kept with the system."""

from __future__ import annotations

from typing import Final

from alignment.effects.net_effects import effects_of
from alignment.models.answers.conflict import Kind
from alignment.models.memory import Memory
from alignment.models.options.fields import DECLARED, Counting
from alignment.models.system import System

from .finding import Finding, Search
from .rules import RULES


def search_of(system: System, tolerance: float, steps: int, decay: float, evidence: Counting = DECLARED) -> Search:
    """The search of a system with these options, kept with the system."""
    effects = effects_of(system, steps, decay, evidence)

    def made() -> Search:
        return Search(effects, tolerance, _standing_out)

    return system.derive(_searches_so_far).get((tolerance, steps, decay, evidence), made)


def _standing_out(search: Search, kind: Kind) -> list[Finding]:
    """The findings of a kind; what is too small to be told is none."""
    return [finding for finding in RULES[kind].find(search) if finding.severity > 0]


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


def searched_again(first: Search, system: System, steps: int, decay: float, evidence: Counting = DECLARED) -> None:
    """Search a system that differs from one searched before in nothing but its influences.

    What rests on none of them is kept with the system, so that whoever searches it next need not look again.

    Parameters
    ----------
    first
        The search of the other system.
    system
        The system.
    steps, decay, evidence
        As in `net_effects`.
    """
    search = search_of(system, first.tolerance, steps, decay, evidence)
    search.take(first, FREE)
