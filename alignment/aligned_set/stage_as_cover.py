"""A stage of the programme as a covering problem: from rows with reasons to arrays, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from scipy import sparse

from alignment.covering import Covering, least_cover
from alignment.index import Floats
from alignment.solver import Clock, Outcome

from .programme import Programme, Row, needed

COVERING: Final = ("duty", "balance", "keep")
"""Kinds of row that say: one of these."""


def minimise(
    programme: Programme,
    objective: Mapping[int, float],
    holds: Sequence[Row],
    clock: Clock,
    start: Sequence[float] | None = None,
    gap: float = 0.0,
) -> Outcome:
    """The values of the columns that make an objective small.

    Parameters
    ----------
    programme
        Columns and rows.
    objective
        Coefficient of each column.
    holds
        Further rows.
    clock
        How long there is.
    start
        Values of a known set, to begin from.
    gap
        Two sets whose objectives differ by less are not told apart.
    """
    while True:
        outcome = _minimise(programme, objective, holds, clock, start, gap)
        kept = kept_in(programme, outcome)
        # A set may break rows that are only found when it is tried: with them, once more.
        if programme.lazy is None or kept is None or not programme.lazy.breaks(kept, clock):
            return outcome
        if clock.stopped != "finished":
            return Outcome(None, outcome.bound, infeasible=False, stopped=clock.stopped)


def kept_in(programme: Programme, outcome: Outcome) -> frozenset[int] | None:
    """The set that values mean; rounding is judged afterwards, in whole numbers."""
    if outcome.values is None:
        return None
    return frozenset(column for column in range(len(programme.candidates)) if outcome.values[column] > 0.5)


def _minimise(
    programme: Programme,
    objective: Mapping[int, float],
    holds: Sequence[Row],
    clock: Clock,
    start: Sequence[float] | None,
    gap: float,
) -> Outcome:
    # A row without a column is a sentence that is true or false; solvers differ on what to do with it.
    if not all(row.holds(()) for row in (*programme.every_row, *holds) if not row.terms):
        return Outcome(None, np.inf, infeasible=True, stopped="finished")
    covering, order = covering_of(programme, objective, holds)
    begin = None if start is None else [start[column] for column in order]
    outcome = least_cover(covering, clock, begin, gap, programme.options.solver)
    return _in_columns(outcome, order, len(programme.columns))


def covering_of(
    programme: Programme, objective: Mapping[int, float], holds: Sequence[Row]
) -> tuple[Covering, list[int]]:
    """A stage as a covering problem, and the programme's column of each of its columns."""
    rows = [*needed(programme, objective, holds), *holds]
    pairs = [row for row in rows if row.reason.kind == "pair"]
    covers = [row for row in rows if row.reason.kind in COVERING]
    others = [row for row in rows if row.reason.kind not in (*COVERING, "pair")]
    both = [max(row.terms) for row in pairs]
    used = {column for row in (*covers, *others) for column in row.terms}.union(objective)
    used.update(column for row in pairs for column in row.terms)
    order = [*sorted((used | set(range(len(programme.candidates)))).difference(both)), *both]
    place = {column: at for at, column in enumerate(order)}
    size = len(order) - len(both)
    costs = np.zeros(len(order))
    for column, number in objective.items():
        costs[place[column]] = number
    also, least, most = _rows(others, place)
    covering = Covering(
        matrix=_rows(covers, place)[0][:, :size],
        costs=costs[:size],
        pairs=np.array([[place[at] for at in row.terms if at != max(row.terms)] for row in pairs]).reshape(-1, 2),
        penalties=costs[size:],
        whole=np.array([programme.whole[column] for column in order[:size]], dtype=bool),
        also=also,
        least=least,
        most=most,
    )
    return covering, order


def _rows(rows: Sequence[Row], place: Mapping[int, int]) -> tuple[sparse.csr_array, Floats, Floats]:
    scaled = [_scaled(row) for row in rows]
    lengths = [len(terms) for terms, _, _ in scaled]
    data = [number for terms, _, _ in scaled for number in terms.values()]
    columns = [place[column] for terms, _, _ in scaled for column in terms]
    starts = np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))])
    matrix = sparse.csr_array((np.array(data, dtype=float), columns, starts), shape=(len(rows), len(place)))
    return matrix, np.array([least for _, least, _ in scaled]), np.array([most for _, _, most in scaled])


def _scaled(row: Row) -> tuple[dict[int, float], float, float]:
    """A row in numbers around 1. Held objectives get half a unit of air: their values are whole."""
    air = Fraction(1, 2) if row.reason.kind == "hold" else Fraction(0)
    largest = max((abs(number) for number in row.terms.values()), default=1) or 1
    size = largest if row.reason.kind == "hold" else 1
    terms = {at: float(number / size) if size != 1 else float(number) for at, number in row.terms.items()}
    least = -np.inf if row.least is None else float((row.least - air) / size)
    most = np.inf if row.most is None else float((row.most + air) / size)
    return terms, least, most


def _in_columns(outcome: Outcome, order: Sequence[int], number: int) -> Outcome:
    if outcome.values is None:
        return outcome
    values = np.zeros(number)
    values[list(order)] = outcome.values
    return Outcome(tuple(values.tolist()), outcome.bound, outcome.infeasible, outcome.stopped)
