"""What a search found, told in ids, so that the judge can confirm it by arithmetic alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from alignment.index import Floats
from alignment.judge.claims import Claim
from alignment.judge.feasibility import Allowed, Mark, Way
from alignment.models.options.feasibility import MoveOptions, PushOptions

from .conflicting_sets import Contradiction, Cores
from .moves import Moves, Reason, movers


def allowed(asked: PushOptions) -> Allowed:
    """What moves were allowed, for the judge."""
    effort = asked.effort if isinstance(asked, MoveOptions) else None
    return Allowed(effort=effort, reach=asked.reach, steps=asked.steps, decay=asked.decay, evidence=asked.evidence)


def claims(cores: Cores, found: Iterable[Contradiction]) -> list[Claim]:
    """What shows that demands cannot be met together, and that any part of them can."""
    witness = Witness(cores.moves)
    keys = cores.moves.index.targets.keys
    first = [keys[int(cores.moves.targets[members[0]])] for members in cores.members]
    return [
        Claim(
            targets=tuple(first[demand] for demand in each.demands),
            numbers=tuple((witness.mark(row), number) for row, number in each.proof),
            ways=tuple(witness.way(each.ways[demand]) for demand in each.demands),
        )
        for each in found
        if each.demands
    ]


class Witness:
    """Rows and efforts of a movement model in ids.

    Parameters
    ----------
    moves
        The model.
    """

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._resources = sorted(row.id for row in moves.index.system.resources)
        limited = {reason.at for reason in moves.reasons if reason.what == "effort"}
        shares = movers(moves.index)
        # Those without a limit push together: their column is in steps of the measure.
        self._effort = [
            1.0 if lever.agencies[0] in limited else 1 / sum(shares[lever.measure][who] for who in lever.agencies)
            for lever in moves.levers
        ]

    def mark(self, row: int) -> Mark:
        """What a row is about."""
        reason: Reason = self._moves.reasons[row]
        index = self._moves.index
        if reason.what == "resource":
            return "resource", self._resources[reason.at]
        if reason.what == "measure":
            return "measure", index.measures[reason.at].id
        return "effort", index.agencies[reason.at].id

    def way(self, values: Floats) -> Way:
        """Efforts by agency and measure; above 0 is up."""
        index, found = self._moves.index, dict[tuple[str, str], float]()
        for at in np.flatnonzero(values).tolist():
            lever = self._moves.levers[at]
            push = float(values[at]) * self._effort[at] * (lever.way or 1)
            for who in lever.agencies:
                pair = index.agencies[who].id, index.measures[lever.measure].id
                found[pair] = found.get(pair, 0.0) + push
        return found
