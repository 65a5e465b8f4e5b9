"""Percentages read as the column takes them: 92 beside a baseline of 95, 0.92 beside one of 0.95 and in shares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from alignment.models.numbers import is_of_hundred

from .cell_kinds import kind_of
from .columns import columns
from .naming import word_of
from .numerals import MONEY
from .raw import Percent
from .working import Working

FIGURES: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "measures": ("measures", "id", ("baseline", "floor", "ceiling", "step")),
    "targets": ("measures", "measure", ("value", "upper")),
    "levels": ("measures", "measure", ("value",)),
    "series": ("measures", "measure", ("value",)),
    "resources": ("resources", "id", ("capacity", "floor", "in_use")),
    "draws": ("resources", "resource", ("per_step",)),
}
"""For each table whose numbers have the unit of a row: that row's table, the column that names it, the numbers."""

LEVELS: Final = frozenset(
    {
        "baseline",
        "floor",
        "ceiling",
        "capacity",
        "in_use",
        ("targets", "value"),
        ("targets", "upper"),
        ("levels", "value"),
        ("series", "value"),
    }
)
"""The columns that hold levels, not changes: those tell of what size they are."""

PURE: Final = frozenset({"effect", "effect_se"})
"""The columns without a unit in which a percentage is the number that it is."""

OF_MONEY: Final = re.compile(rf"[{MONEY}]|\b[A-Z]{{3}}\b")


@dataclass
class _Subject:
    """Something whose figures have one unit: its percentages, and what tells how they are meant."""

    unit: str = ""
    levels: list[float] = field(default_factory=list[float])
    cells: list[tuple[Working, int, str, Percent]] = field(default_factory=list[tuple[Working, int, str, Percent]])


def scale_of(unit: str, levels: Collection[float]) -> int | None:
    """What 100% is of something: 100 or 1; nothing where that cannot be told.

    Parameters
    ----------
    unit
        The unit of its figures; blank is none.
    levels
        Figures of it that are no percentages.

    Examples
    --------
    >>> scale_of("%", [0.5]), scale_of("", [95]), scale_of("", [0.95]), scale_of("", []), scale_of("GBP", [95])
    (100, 100, 1, None, None)
    """
    if is_of_hundred(unit):
        return 100
    largest = max(map(abs, levels), default=0.0)
    if OF_MONEY.search(unit) or not 0 < largest <= 100:
        return None
    if largest > 1:
        return 100
    return 1 if largest < 1 or any(0 < abs(level) < 1 for level in levels) else None


def read_percents(tables: Mapping[str, Working]) -> None:
    """Put a number into each cell that holds a percentage, with a note; where that could be two, a fault says so."""
    if not any(type(cell) is Percent for table in tables.values() for row in table.rows for cell in row.values()):
        return
    subjects = _subjects(tables)
    for (_, name), subject in subjects.items():
        _read(subject, name)
    for table in tables.values():
        for column in columns(table.row_type):
            for index, cell in list(table.cells(column)):
                if isinstance(cell, Percent):
                    _alone(table, index, column, cell)


def _subjects(tables: Mapping[str, Working]) -> Mapping[tuple[str, str], _Subject]:
    """What has percentages, with its unit and its other figures; nothing where there are none."""
    found: defaultdict[tuple[str, str], _Subject] = defaultdict(_Subject)
    for table, index, column, key, cell in _figures(tables):
        if isinstance(cell, Percent):
            found[key].cells.append((table, index, column, cell))
    if found:
        for table, _, column, key, cell in _figures(tables):
            if key in found and _is_level(table, column) and (level := _number(cell)) is not None:
                found[key].levels.append(level)
        units = {other: _units(tables[other]) for other in {other for other, _ in found} if other in tables}
        for (other, name), subject in found.items():
            subject.unit = units.get(other, {}).get(name, "")
    return found


def _figures(tables: Mapping[str, Working]) -> Iterator[tuple[Working, int, str, tuple[str, str], Any]]:
    for name, (other, reference, figures) in FIGURES.items():
        table = tables.get(name)
        for column in figures if table else ():
            for index in range(len(table.rows)) if table else ():
                cell = table.cell(index, column) if table else None
                if table and cell is not None and (said := table.cell(index, reference)) is not None:
                    yield table, index, column, (other, word_of(said)), cell


def _is_level(table: Working, column: str) -> bool:
    return column in LEVELS or (table.name, column) in LEVELS


def _number(cell: Any) -> float | None:
    try:
        return None if isinstance(cell, Percent) else float(cell)
    except (TypeError, ValueError):
        return None


def _units(table: Working) -> Mapping[str, str]:
    """The unit of each row, by its id; of two rows with one id, that of the first."""
    found: dict[str, str] = {}
    for index in range(len(table.rows)):
        if (said := table.cell(index, "id")) is not None:
            found.setdefault(word_of(said), str(table.cell(index, "unit") or ""))
    return found


def _read(subject: _Subject, name: str) -> None:
    scale = scale_of(subject.unit, subject.levels)
    if scale is None:
        (table, index, column, cell), *rest = subject.cells
        two = f"{cell.hundredths:.12g} or {cell.fraction:.12g}"
        unit = f"has the unit {subject.unit}" if subject.unit else "has no unit"
        what = f"'{cell}' could be {two}: {name} {unit}, and none of its other figures tells"
        remedy = f"Write it in {subject.unit}" if subject.unit else f"Write {two}, or % as the unit of {name}"
        table.fault(index, column, (what, remedy), [other.place(at, one) for other, at, one, _ in rest])
        for other, at, one, _ in rest:
            other.aside[at].add(one)
        return
    why = "the unit is %" if is_of_hundred(subject.unit) else "the other figures of the measure are of that size"
    for table, index, column, cell in subject.cells:
        _put(table, index, column, cell, scale, why)


def _put(table: Working, index: int, column: str, cell: Percent, scale: int, why: str) -> None:
    value = cell.hundredths if scale == 100 else float(f"{cell.fraction:.12g}")
    table.change(index, column, value)
    table.note(index, column, f"percent {scale}", f"{cell} was read as {value:.12g}, as {why}")


def _alone(table: Working, index: int, column: str, cell: Percent) -> None:
    """A percentage in a column that has no unit of a row."""
    kind = kind_of(table.row_type, column)
    if kind == "share" or column in PURE:
        _put(table, index, column, cell, 1, "shares are from 0 to 1" if kind == "share" else "it has no unit")
    elif kind in ("number", "whole"):
        two = f"{cell.fraction:.12g} or {cell.hundredths:.12g}"
        table.fault(index, column, (f"'{cell}' is a percentage, and {column} takes a number", f"Write {two}"))
    else:
        table.change(index, column, cell.text)
