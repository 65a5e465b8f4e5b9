"""Which rows make a figure differ: of those that it counts, what only some systems have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from alignment.index import Index
from alignment.models.answers.compared import Difference
from alignment.scenarios.state import State

from .figures import Working
from .findings import Findings
from .sides import Sides
from .standing import measurable

MADE_OF: Final[Mapping[str, str]] = {
    "year": "year",
    "met": "met",
    "agencies": "agencies",
    "working": "working",
    "measures": "measures",
    "findings": "findings",
    "findings_per_100": "findings",
    "severity_per_100": "findings",
    "congruity": "measures",
    "experience": "experience",
    "outcomes": "outcomes",
    "resource-use": "resource-use",
    "person": "person",
    "burden": "measures",
    "set": "set",
    "set_share": "set",
    "set_burden": "set",
}
"""What each figure counts; all others are made of targets."""

Marked = Mapping[Any, tuple[str, ...]]
"""What a figure counts in a place: by what it stands for in every place, the rows as table:key."""


class MadeOf:
    """The rows that make figures differ.

    Parameters
    ----------
    sides
        The systems.
    differences
        The rows that differ.
    findings
        The findings of all.
    """

    def __init__(self, sides: Sides, differences: Sequence[Difference], findings: Findings) -> None:
        self.sides = sides
        counted = [dict(self._counted(place, state)) for place, state in enumerate(sides.states)]
        self.rows: dict[str, tuple[tuple[str, ...], ...]] = {
            what: sides.spread([_own(counted, what, place) for place in sides.places]) for what in counted[0]
        }
        self.rows["year"] = ((),) * len(sides.labels)
        self.rows["targets"] = _targets(differences, len(sides.labels))
        self.rows["findings"] = tuple(
            tuple(sorted(_id(sides.states[place], at) for at in findings.only(place))) for place in sides.at
        )

    def of(self, figure: str) -> tuple[tuple[str, ...], ...]:
        """For each side, what of the rows that a figure counts not all have."""
        return self.rows[MADE_OF.get(figure, "targets")]

    def _counted(self, place: int, state: State) -> Iterator[tuple[str, Marked]]:
        index, working = state.system.derive(Index), Working(state)
        judged: set[int] = {measure for _, _, measure in working.rows}
        dimensions = {row.id: row.dimension for row in state.system.outcomes}
        yield "agencies", self._marked(place, "agencies", (row.id for row in state.system.agencies))
        yield "working", self._marked(place, "agencies", (index.agencies[who].id for who in working.measures))
        rows = [index.measures[at] for at in judged]
        yield "measures", self._marked(place, "measures", (row.id for row in rows))
        for dimension in ("experience", "outcomes", "resource-use"):
            some = (row.id for row in rows if dimensions.get(row.outcome or "") == dimension)
            yield dimension, self._marked(place, "measures", some)
        yield "person", self._marked(place, "measures", (row.id for row in rows if row.perspective == "person"))
        yield "set", self._marked(place, "measures", state.measures)
        yield "met", self._measurable(place, index)

    def _measurable(self, place: int, index: Index) -> Marked:
        """The targets of which can be said whether they are met, by who has them and on what."""
        rows, found = index.targets, dict[Any, tuple[str, ...]]()
        for at in np.flatnonzero(measurable(rows)).tolist():
            row = rows.rows[at]
            mark = (self.sides.token(place, "agencies", row.agency), self.sides.token(place, "measures", row.measure))
            found[mark] = (*found.get(mark, ()), f"targets:{rows.keys[at]}")
        return found

    def _marked(self, place: int, table: str, ids: Iterable[str]) -> Marked:
        found: dict[Any, tuple[str, ...]] = {}
        for name in ids:
            token = self.sides.token(place, table, name)
            found[token] = (*found.get(token, ()), f"{table}:{name}")
        return found


def _own(counted: Sequence[Mapping[str, Marked]], what: str, place: int) -> tuple[str, ...]:
    """The rows of a place that stand for nothing counted in some other."""
    here = counted[place][what]
    return tuple(
        sorted(row for mark, rows in here.items() if any(mark not in each[what] for each in counted) for row in rows)
    )


def _targets(differences: Sequence[Difference], sides: int) -> tuple[tuple[str, ...], ...]:
    rows = [each.rows for each in differences if each.table == "targets"]
    return tuple(tuple(sorted({f"targets:{key}" for keys in rows for key in keys[at]})) for at in range(sides))


def _id(state: State, at: int) -> str:
    return state.conflicts.findings[at].id
