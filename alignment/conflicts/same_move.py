"""Findings that tell of one move: the same measure pushed, or paid for, the same way, with the next consequence.

Whoever reads a list to the end hears one mechanism once; what it also does stands under it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .clauses import paid_way
from .finding import Finding, Search
from .naming import measure_name

Move = tuple[int, int]
"""A measure, and the way it is moved."""


def moves(findings: Sequence[Finding]) -> dict[int, list[int]]:
    """The places of findings, those that tell of the same move under the first of them.

    Parameters
    ----------
    findings
        The findings, in the order in which they are told.
    """
    first: dict[Move, int] = {}
    found: dict[int, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        move = move_of(finding)
        begun = place if move is None else first.setdefault(move, place)
        found[begun].extend([] if begun == place else [place])
    return dict(found)


def move_of(finding: Finding) -> Move | None:
    """What a finding says is moved, and which way; none for kinds that tell of no move."""
    if finding.kind in ("spillover", "unguarded"):
        return finding.measures[0], finding.sides[0].wish
    return (finding.measures[0], paid_way(finding)) if finding.kind == "perverse" else None


def also(search: Search, first: Finding, finding: Finding) -> str:
    """What a finding adds to the first that tells of the same move."""
    why = "paid for" if finding.kind == "perverse" else "wanted by targets"
    said = "" if (finding.kind == "perverse") == (first.kind == "perverse") else f"{why}, "
    if finding.kind == "perverse" and not finding.nodes:
        return f"{said}though wanted {finding.sides[0].wanted}"
    nobody = ", which nobody guards" if finding.kind == "unguarded" else ""
    return f"{said}against {measure_name(search.index, finding.measures[-1])}{nobody}"
