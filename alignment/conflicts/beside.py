"""What stands beside the effects of a finding and does not count: estimates beside what is declared, or the other way.

It is shown as evidence, and told in the sentence only where it points the other way, or differs by more than a factor
of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from alignment.effects.links import Link, Otherwise

from .finding import Finding
from .naming import LONG

TELLS: Final[dict[Otherwise, tuple[str, str]]] = {
    "sign": ("pointing the other way", "points the other way"),
    "larger": ("more than twice as large", "is more than twice as large"),
    "smaller": ("less than half as large", "is less than half as large"),
}
"""How it differs, as an aside and as a clause; of several the first is told."""


def mark(link: Link) -> str:
    """What is said of each row beside an effect.

    Parameters
    ----------
    link
        The effect; there has to be a row beside it.
    """
    number, word = len(link.beside), "estimate" if _estimated(link) else "declared row"
    first = f"{word} beside it" if number == 1 else f"one of {number} {word}s beside it"
    if link.otherwise is None:
        return f"{first}, not added"
    return f"{first}, {'' if number == 1 else 'together '}{TELLS[link.otherwise][0]}, not added"


def with_clause(finding: Finding, links: Sequence[Link], said: str) -> str:
    """A sentence, with a clause on what stands beside its effects where that differs much and there is room.

    Parameters
    ----------
    finding
        The finding.
    links
        The direct effects that it rests on.
    said
        Its sentence, without the full stop.
    """
    worst = next((link for how in TELLS for link in links if link.otherwise == how), None)
    if worst is None:
        return said
    able = (f"{said}; {clause}" for clause in _clauses(finding, worst, len(links)))
    # A full stop is still to come.
    return next((told for told in able if len(told) < LONG), said)


def _clauses(finding: Finding, link: Link, number: int) -> tuple[str, str]:
    """What is said of it, in full and in short."""
    assert link.otherwise is not None
    several = "one step of the push" if finding.nodes else "one of the two pushes"
    who, differs = "an estimate" if _estimated(link) else "what is declared", TELLS[link.otherwise][1]
    return f"{who} of {several if number > 1 else 'the push'} {differs}", f"{who} {differs}"


def _estimated(link: Link) -> bool:
    return link.beside[0].origin == "estimated"
