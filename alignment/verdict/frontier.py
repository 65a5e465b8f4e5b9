"""The frontier: each point's set is judged, and no point is dominated by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from alignment.models.answers.check import Verdict
from alignment.models.answers.frontier import Frontier, FrontierPoint
from alignment.models.system import System

from .check import verdict_of

NEAR: Final = 1e-6
"""How far sums may be from each other, for the last digits of floating point; in parts of them and 1."""

COARSEST: Final = 1e-7
"""Costs that differ by less, in parts of the largest, are not told apart."""


def objections(system: System, answer: Frontier, verdicts: Sequence[Verdict] | None = None) -> tuple[str, ...]:
    """What is wrong with a frontier, in words.

    Parameters
    ----------
    system
        The system.
    answer
        The frontier.
    verdicts
        What `check` says of the set of each point, where that is known.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.frontier(system))
    ()
    """
    if verdicts is None:
        verdicts = [verdict_of(system, point.measures, answer.options) for point in answer.points]
    off = _off(system)
    found = [
        said for point, verdict in zip(answer.points, verdicts, strict=True) for said in _point(point, verdict, off)
    ]
    gaps = {verdict.figures.gap_weight for verdict in verdicts}
    if len(gaps) > 1:
        found.append("the points leave different duties unserved: " + ", ".join(f"{each:g}" for each in sorted(gaps)))
    return (*found, *_order(answer.points))


def _off(system: System) -> float:
    """What a burden may be off by: costs are told from each other to a ten-millionth of the largest."""
    costs = [row.cost for row in (*system.measures, *system.collections) if row.cost is not None]
    return len(costs) * COARSEST * max(costs, default=0.0)


def _point(point: FrontierPoint, verdict: Verdict, off: float) -> Iterator[str]:
    yield from verdict.broken
    seen = verdict.figures
    told = (
        ("burden", point.burden, seen.burden, off),
        ("conflict", point.conflict, seen.conflict, 0.0),
        ("unsaid", point.unsaid, seen.unsaid, 0.0),
        ("lost", point.lost, seen.lost, 0.0),
        ("left", point.left, seen.conflict + seen.unsaid, 0.0),
    )
    for what, said, is_, more in told:
        if abs(said - is_) > more + NEAR * (1 + abs(is_)):
            yield f"the {what} of {', '.join(point.measures) or 'no measure'} is {is_:g}, not {said:g}"


def _order(points: Sequence[FrontierPoint]) -> Iterator[str]:
    for before, after in pairwise(points):
        if not (before.burden < after.burden and before.left > after.left):
            yield f"of burden {before.burden:g} and {after.burden:g} one point dominates the other"
        one, two = set(before.measures), set(after.measures)
        if (set(after.comes), set(after.goes)) != (two - one, one - two):
            yield f"other measures come and go at burden {after.burden:g} than is said"
