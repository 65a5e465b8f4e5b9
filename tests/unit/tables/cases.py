"""A small system in which the cells of others' cases are put, as plain rows and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

import alignment as al
from alignment.models import Fault

Tables = dict[str, list[dict[str, Any]]]


def place() -> Tables:
    """Three bodies, three outcomes, four measures, five targets; a new one for each test."""
    return {
        "agencies": [
            {"id": "dept", "name": "Department of Health"},
            {"id": "hospital", "name": "Hospital"},
            {"id": "borough", "name": "Borough"},
        ],
        "outcomes": [
            {"id": "safe", "name": "People are safe", "dimension": "outcomes"},
            {"id": "value", "name": "Money is well spent", "dimension": "resource-use"},
            {"id": "heard", "name": "People feel heard", "dimension": "experience"},
        ],
        "measures": [
            _measure("occupancy", "Bed occupancy", "value", "lower", "%", 95),
            _measure("long-waits", "Long waits", "safe", "lower", "%", 20),
            _measure("home-fee", "Weekly fee of a care home", "value", "lower", "GBP", 700),
            _measure("heard-share", "People who felt heard", "heard", "higher", "%", 60),
        ],
        "targets": [
            {"agency": "dept", "measure": "occupancy", "sense": "at_most", "value": 92},
            {"agency": "hospital", "measure": "long-waits", "sense": "at_most", "value": 5},
            {"agency": "borough", "measure": "home-fee", "sense": "at_most", "value": 650},
            {"agency": "hospital", "measure": "home-fee", "sense": "at_least", "value": 720},
            {"agency": "borough", "measure": "heard-share", "sense": "at_least", "value": 70},
        ],
        "influences": [
            {"source_measure": "occupancy", "target_measure": "long-waits", "strength": 2},
            {"source_measure": "home-fee", "target_measure": "occupancy", "strength": -2},
        ],
    }


def _measure(id_: str, name: str, outcome: str, direction: str, unit: str, baseline: float) -> dict[str, Any]:
    return {"id": id_, "name": name, "outcome": outcome, "direction": direction, "unit": unit, "baseline": baseline}


def renamed(tables: Tables, ids: Mapping[str, Any]) -> Tables:
    """The tables with other cells wherever one of these stands."""
    return {
        name: [
            {column: ids.get(cell, cell) if isinstance(cell, str) else cell for column, cell in row.items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }


def column(tables: Tables, table: str, name: str, cells: Sequence[Any]) -> Tables:
    """The tables with other cells in a column; None is blank."""
    for row, cell in zip(tables[table], cells, strict=False):
        row.pop(name, None)
        if cell is not None:
            row[name] = cell
    return tables


def book(tables: Tables, path: Path) -> Path:
    """A workbook of the tables."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in tables.items():
        sheet = made.create_sheet(name)
        titles = list(dict.fromkeys(title for row in rows for title in row))
        sheet.append(titles)
        for row in rows:
            sheet.append([row.get(title) for title in titles])
    made.save(path)
    return path


def notes(source: Any, ids: Any = "given") -> list[str]:
    """What was put right while something was read."""
    return list(map(str, al.read(source, ids).notes))


def told(source: Any, ids: Any = "given") -> list[Fault]:
    """What is wrong with something."""
    try:
        al.read(source, ids)
    except al.InputError as error:
        return list(error.faults)
    return []
