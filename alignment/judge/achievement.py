"""Whether the targets can all be met: the moves are made and looked at, or the contradiction is confirmed.

The moves of an answer are rounded and the smallest are not told, so a line may be off by a millionth of a step for
each effort that could move it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from alignment.models.answers.achieve import Achievement
from alignment.models.system import System

from .arithmetic import Floats
from .claims import Claim, Sets
from .feasibility import TOLERANCE, Allowed, Feasibility, Mark
from .joint import of_assessed, of_sets
from .rows import step_of

ROUNDED: Final = 1e-6
"""Efforts and levels are told to so much."""


def objections(
    system: System, answer: Achievement, allowed: Allowed | None = None, claims: Iterable[Claim] = ()
) -> tuple[str, ...]:
    """What is wrong with an answer, in words.

    Parameters
    ----------
    system
        The system.
    answer
        Whether the targets can all be met, with moves or a conflicting set.
    allowed
        What moves were allowed.
    claims
        What the search can show for the set; without, it is worked out.

    Examples
    --------
    >>> import alignment as al
    >>> system = al.read(al.example("winter-pressure"))
    >>> objections(system, al.can_all_be_met(system))
    ()
    """
    able = Feasibility(system, allowed)
    found = [*of_assessed(able, answer.assessed, answer.not_assessed)]
    if found or answer.met is None:
        return tuple(found)
    if answer.met and answer.levels:
        return tuple(_moves(able, answer))
    if answer.met:
        return () if not able.demands or able.miss(able.demands).bound <= 2 * TOLERANCE else ("not all can be met",)
    if answer.conflict is not None:
        return tuple(of_sets(Sets(able, claims), [answer.conflict]))
    return ("all can be met",) if able.miss(able.demands).value <= TOLERANCE / 2 else ()


def _moves(able: Feasibility, answer: Achievement) -> Iterator[str]:
    """What is wrong with the moves: who cannot make them, which line they miss, which level is another."""
    way: dict[tuple[str, str], float] = {}
    for move in answer.moves:
        for agency in move.agencies:
            way[agency, move.measure] = way.get((agency, move.measure), 0.0) + move.effort
    point = able.point(way)
    if point is None:
        yield "somebody pushes what they cannot push, or further than they can"
        return
    moved, low, high = able.rows @ point, *able.ends(able.demands)
    off = 3 * TOLERANCE + 2 * ROUNDED * (abs(able.rows) @ _wide(able))
    for line, at, least, most, slack in zip(able.lines, moved, low, high, off, strict=True):
        if at < least - slack or at > most + slack:
            yield f"{_name(line.mark)} moves by {at:g}, not {least:g} to {most:g}"
    yield from _levels(able, answer, moved, off)


def _wide(able: Feasibility) -> Floats:
    """How far each column moves for one unit of effort of all who push it."""
    shares = able.shares
    numbers = [
        sum(shares[column.measure][name] for name in column.agencies) if column.low else 1.0 for column in able.columns
    ]
    return np.array(numbers, dtype=float)


def _levels(able: Feasibility, answer: Achievement, moved: Floats, off: Floats) -> Iterator[str]:
    told = {(row.measure, row.level_of): row for row in answer.levels}
    places = {
        (target.measure, able.level_of(target)): able.local(target).baseline or 0.0 for target in able.targets.values()
    }
    if told.keys() != places.keys():
        yield "not every measure with a target has its level"
        return
    for (name, _), row in told.items():
        measure, at = able.measures[name], able.place["measure", name]
        step, base = step_of(measure), places[row.measure, row.level_of]
        level = base + step * float(moved[at])
        if row.baseline != base or abs(row.level - level) > step * float(off[at]) + ROUNDED * (1 + 1e-6 * abs(level)):
            yield f"{name} ends up at {level:g}, not {row.level:g}"


def _name(mark: Mark) -> str:
    return {"measure": "the level of", "resource": "the use of", "effort": "the effort of"}[mark[0]] + f" {mark[1]}"
