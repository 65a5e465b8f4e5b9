"""MACTOR's two tables: who has a hold on whom, and who wants what.

They are read off a system, each cell with its rows, or given and checked. Godet asks experts how far an actor can touch
another's ways of working (1), projects (2), missions (3) or existence (4). How rows of a system answer that is a
reading of ours (`ANSWERS`, `PAYS`, `MOVES`, `TELLS`), not his. Power is what an actor holds over another: that it is
answered to, pays, or controls what the other is judged on. A wish that another must deliver gives no such hold: it
touches how the other works, and whoever can enforce it has a row that says by what.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from alignment.conflicts import evidence
from alignment.errors import InputError
from alignment.index import Floats, Index, positions
from alignment.models.answers.conflict import Evidence
from alignment.models.faults import Fault, meant
from alignment.models.system.bodies import Accountability
from alignment.models.system.links import Control
from alignment.wording import lower_first, number, percent

ANSWERS: Final[dict[str | None, int]] = {
    "statutory": 4,
    "electoral": 4,
    "regulatory": 3,
    "financial": 3,
    "contractual": 2,
    "partnership": 1,
    None: 2,
}
"""The hold over a body that answers to one, by what that rests on: law and voters can end it, a regulator or funder
keep it from its mission, a contract settles a project, a partnership how it works."""

TELLS: Final = 1
"""The hold of who sets a target over who must deliver it, were that all: the way it works, never more than law."""

PAYS: Final = 2
"""The hold of a payer over a payee."""

MOVES: Final = (1, 2)
"""The hold of who controls less than half of a measure, or more, over who must deliver a target on it.

Over who only wants it the lower one: whoever has somebody else deliver does not fail at a task of its own.
"""


class Claim(NamedTuple):
    """What one row of the input says of a cell of MACTOR's tables."""

    matrix: Literal["MDI", "2MAO"]
    """The table: who has a hold on whom, or who wants what."""
    actor: str
    """The row of the cell: an agency, by id."""
    on: str
    """The column of the cell: an agency or a measure, by id."""
    score: int
    """What the row says: 1 to 4, or -4 to 4 for a wish."""
    row: Evidence
    """The row of the input."""


def holds(index: Index) -> list[Claim]:
    """Every row by which an agency that counts has a hold on another, in an order that does not depend on the input's.

    Parameters
    ----------
    index
        The system's.
    """
    names = {index.agencies[at].id for at in index.counting}
    found = [*_answering(index), *_told(index), *_paid(index), *_moved(index)]
    return sorted(
        (claim for claim in found if claim.actor != claim.on and claim.actor in names and claim.on in names), key=_order
    )


def _order(claim: Claim) -> tuple[str, str, int, str, str, str]:
    return claim.actor, claim.on, -abs(claim.score), claim.row.table, claim.row.row, claim.row.says


def _answering(index: Index) -> Iterator[Claim]:
    for row in index.system.accountability:
        yield Claim("MDI", row.answers_to, row.agency, ANSWERS[row.kind], _answer(index, row))


def _answer(index: Index, row: Accountability) -> Evidence:
    who, whom = (index.agencies[index.agency_at[name]].name for name in (row.agency, row.answers_to))
    says = f"{who} answers to {whom}" + (f" ({row.kind})" if row.kind else "")
    return evidence.of_row(index, "accountability", row, says)


def _told(index: Index) -> Iterator[Claim]:
    rows = index.targets
    for at in positions(np.flatnonzero(rows.agency != rows.deliverer)):
        yield Claim("MDI", rows.rows[at].agency, rows.rows[at].deliverer, TELLS, evidence.target(index, at))


def _paid(index: Index) -> Iterator[Claim]:
    for row in index.system.incentives:
        yield Claim("MDI", row.payer, row.payee, PAYS, evidence.incentive(index, row))


def _moved(index: Index) -> Iterator[Claim]:
    rows = index.targets
    judged: dict[str, dict[str, int]] = {}
    for row in rows.rows:
        names = judged.setdefault(row.measure, {})
        names.setdefault(row.agency, MOVES[0])
        names[row.deliverer] = MOVES[1]
    for control in index.system.controls:
        if control.share > 0 and control.measure in judged:
            said = _control(index, control)
            most = MOVES[control.share >= 0.5]
            found = judged[control.measure].items()
            yield from (Claim("MDI", control.agency, name, min(most, own), said) for name, own in found)


def _control(index: Index, row: Control) -> Evidence:
    name = index.agencies[index.agency_at[row.agency]].name
    measure = lower_first(index.measures[index.measure_at[row.measure]].name)
    says = f"{name} controls {percent(row.share)} of {measure}"
    return evidence.of_row(index, "controls", row, says)


def wishes(index: Index) -> list[Claim]:
    """Every target that wishes its measure up (above 0) or down (below 0), as far as it matters to its agency: 1 to 4.

    Parameters
    ----------
    index
        The system's.
    """
    rows = index.targets
    found = [
        Claim("2MAO", row.agency, row.measure, wish * math.ceil(4 * weight), evidence.target(index, at))
        for at, (row, wish, weight) in enumerate(zip(rows.rows, rows.wish.tolist(), rows.weight.tolist(), strict=True))
        if wish
    ]
    return sorted(found, key=_order)


def strongest(claims: Iterable[Claim], actors: tuple[str, ...], columns: tuple[str, ...]) -> Floats:
    """The table that claims make: in each cell the highest score above 0, less the size of the lowest below 0.

    Parameters
    ----------
    claims
        What rows say.
    actors, columns
        The names of its rows and columns; every claim is about some of them.
    """
    down, across = ({name: at for at, name in enumerate(names)} for names in (actors, columns))
    high, low = np.zeros((len(actors), len(columns))), np.zeros((len(actors), len(columns)))
    for claim in claims:
        cell = down[claim.actor], across[claim.on]
        high[cell] = max(high[cell], claim.score)
        low[cell] = min(low[cell], claim.score)
    return high + low


Tables = tuple[tuple[str, ...], tuple[str, ...], Floats, Floats]


def checked(direct: pd.DataFrame, positions: pd.DataFrame) -> Tables:
    """Actors, objectives, MDI and 2MAO of two tables that somebody gave.

    Parameters
    ----------
    direct
        Actors x actors, 0 to 4; a blank on the diagonal is 0.
    positions
        Actors x objectives, -4 to 4.

    Raises
    ------
    InputError
        Everything that is wrong with the two.
    """
    power, wanted = _Table("direct", direct, 0, 4), _Table("positions", positions, -4, 4)
    faults = [*power.faults(), *_unlike(power), *wanted.faults(power.rows), *_missing(power, wanted)]
    if faults:
        raise InputError(faults)
    mdi = power.values[:, [power.columns.index(name) for name in power.rows]]
    mao = wanted.values[[wanted.rows.index(name) for name in power.rows]]
    return power.rows, wanted.columns, mdi, mao


_ADD: Final = "Add the actor to direct, as a row and a column, or leave the row out"


class _Table:
    """A table that somebody gave: its names as words, its cells as numbers."""

    def __init__(self, name: str, given: pd.DataFrame, low: int, high: int) -> None:
        frame = pd.DataFrame(given)
        self.name, self.given, self.low, self.high = name, frame, low, high
        self.rows, self.columns = tuple(map(str, frame.index)), tuple(map(str, frame.columns))
        cells = [[_number(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
        self.values: Floats = np.array(cells, dtype=float).reshape(frame.shape)
        if name == "direct":
            self._fill_diagonal()

    def _fill_diagonal(self) -> None:
        for at, name in enumerate(self.rows):
            if name in self.columns and _blank(self.given.iat[at, self.columns.index(name)]):
                self.values[at, self.columns.index(name)] = 0

    def fault(self, what: str, remedy: str, index: int | None = None, column: str | None = None) -> Fault:
        """Something wrong with this table."""
        key = None if index is None else self.rows[index]
        return Fault(table=self.name, index=index, key=key, column=column, what=what, remedy=remedy)

    def faults(self, known: tuple[str, ...] | None = None) -> Iterator[Fault]:
        """What is wrong with it taken by itself, and rows that name none of the known."""
        if not self.rows or not self.columns:
            yield self.fault("has no rows or no columns", "Give a row for each actor, with a column for every cell")
        for at, name in enumerate(self.rows):
            if name in self.rows[:at]:
                yield self.fault(f"the row '{name}' is there already", "Keep one of the two", index=at)
            elif known is not None and name not in known:
                yield self.fault(f"'{name}' is not an actor of direct", meant(name, known, _ADD), index=at)
        for at, name in enumerate(self.columns):
            if name in self.columns[:at]:
                yield self.fault(f"the column '{name}' is there already", "Keep one of the two", column=name)
        yield from self._cells()

    def _cells(self) -> Iterator[Fault]:
        # A comparison with what is no number is False.
        wrong = np.argwhere(~((self.values >= self.low) & (self.values <= self.high)))
        for at, across in wrong.tolist():
            cell = self.given.iat[at, across]
            shown = number(self.values[at, across]) if not np.isnan(self.values[at, across]) else f"'{cell}'"
            what = "is blank" if _blank(cell) else f"{shown} is not a number from {self.low} to {self.high}"
            remedy = f"Write a number from {self.low} to {self.high}; 0 is none"
            yield self.fault(what, remedy, index=at, column=self.columns[across])


def _number(cell: Any) -> float:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return float("nan")


def _blank(cell: Any) -> bool:
    return not cell.strip() if isinstance(cell, str) else pd.isna(cell) is True


def _unlike(power: _Table) -> Iterator[Fault]:
    """Actors of which the table of influence has only a row, or only a column."""
    for at, name in enumerate(power.rows):
        if name not in power.columns:
            yield power.fault(
                f"'{name}' has a row and no column", meant(name, power.columns, "Add the column"), index=at
            )
    for name in power.columns:
        if name not in power.rows:
            yield power.fault(f"'{name}' has a column and no row", meant(name, power.rows, "Add the row"), column=name)


def _missing(power: _Table, wanted: _Table) -> Iterator[Fault]:
    """Actors without a row of positions."""
    for name in power.rows:
        if name not in wanted.rows:
            yield wanted.fault(f"there is no row for '{name}'", "Add it; 0 is neither for nor against")
