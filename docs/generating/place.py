"""A place with a cell in every column of every table: what questions can be seen to use, they use here."""

from __future__ import annotations

from typing import Any, Final

import alignment as al

Tables = dict[str, Any]
Cells = dict[str, Any]

ROWS: Final[dict[str, list[Cells]]] = {
    "tiers": [{"id": "community", "name": "Community", "level": 1.5}],
    "agencies": [
        {"id": "clinic", "name": "the clinic", "tier": "community", "sector": "NHS", "kind": "practice", "effort": 6}
    ],
    "outcomes": [{"id": "good-word", "name": "People speak well of care", "dimension": "experience"}],
    "captures": [{"measure": "thanks", "outcome": "good-word", "validity": 0.7}],
    "collections": [
        {"id": "daily", "name": "Daily return", "cost": 2},
        {"id": "survey", "name": "Survey of patients", "cost": 3},
    ],
    "measures": [
        {"id": "complaints", "name": "Complaints", "outcome": "kind-care", "direction": "lower"},
        {
            "id": "thanks",
            "name": "Letters of thanks",
            "outcome": "kind-care",
            "direction": "higher",
            "baseline": 20,
            "ceiling": 25.2,
            "population": "older-people",
        },
        {
            "id": "calls",
            "name": "Calls answered",
            "unit": "%",
            "baseline": 52,
            "floor": 50,
            "ceiling": 90,
            "numerator": "Calls answered within a minute",
            "denominator": "All calls",
            "window": "A quarter",
        },
        {"id": "praise", "name": "Letter of thanks", "outcome": "kind-care", "population": "older-people"},
    ],
    "targets": [
        {"id": "clinic-complaints", "agency": "clinic", "measure": "complaints", "sense": "decrease", "revealed": True},
        {"id": "trust-complaints", "agency": "trust", "measure": "complaints", "sense": "increase", "weight": 0.5},
        {"id": "clinic-flu", "agency": "clinic", "measure": "flu-vaccination", "sense": "at_least", "value": 95},
        {"id": "clinic-calls", "agency": "clinic", "measure": "calls", "sense": "at_most", "value": 50.4},
        {"id": "trust-calls", "agency": "trust", "measure": "calls", "sense": "at_most", "value": 51.4},
        {
            "id": "clinic-thanks",
            "agency": "clinic",
            "measure": "thanks",
            "sense": "at_least",
            "value": 25,
            "due": "2031",
        },
    ],
    "influences": [
        {"source_measure": "thanks", "target_measure": "complaints", "effect": 0.4, "effect_se": 0.3, "lag_years": 1},
    ],
    "controls": [{"agency": "clinic", "measure": "thanks", "share": 0.9}],
    "incentives": [
        {
            "payer": "commissioner",
            "payee": "clinic",
            "measure": "thanks",
            "pays_for": "decrease",
            "rate": 5,
            "unit": "GBP",
            "basis": "cap",
            "start": "2018",
            "due": "2040",
        },
        {"payer": "region", "payee": "trust", "measure": "complaints", "pays_for": "target", "at_risk": 3},
        {
            "payer": "region",
            "payee": "council",
            "measure": "thanks",
            "pays_for": "increase",
            "at_risk": 2,
            "unit": "GBP",
        },
    ],
    "resources": [
        {"id": "theatres", "name": "Theatre hours", "unit": "hours", "capacity": 115, "in_use": 60, "owner": "trust"},
        {"id": "nurses", "name": "Nurses", "capacity": 46, "floor": 30, "in_use": 35, "owner": "clinic"},
    ],
    "draws": [
        {"measure": "planned-operations", "resource": "theatres", "moving": "up", "per_step": 10},
        {"measure": "length-of-stay", "resource": "theatres", "moving": "down", "per_step": 20},
        {"measure": "thanks", "resource": "theatres", "moving": "up", "per_step": 4},
        {"measure": "thanks", "resource": "nurses", "moving": "up", "per_step": 2},
        {"measure": "complaints", "resource": "nurses", "moving": "down", "uses": "frees"},
    ],
    "levels": [
        {"measure": "delayed-discharges", "agency": "council", "value": 66, "period": "2030"},
        {"measure": "delayed-discharges", "agency": "council", "value": 64, "period": "2031"},
    ],
    "pathways": [
        {"pathway": "a-fall", "step": 1, "agency": "trust", "measure": "bed-occupancy", "population": "older-people"},
        {"pathway": "a-fall", "step": 2, "agency": "council", "measure": "delayed-discharges"},
    ],
    "relationships": [
        {
            "agency_a": "commissioner",
            "agency_b": "council",
            "networks": 0.5,
            "obligation": 0.4,
            "reciprocity": 0.3,
            "trust": 0.2,
            "core_business": 0.6,
        }
    ],
    "series": [
        {"measure": "thanks", "area": "North", "period": "2030", "value": 19},
        {"measure": "thanks", "area": "North", "period": "2031", "value": 20},
    ],
    "finances": [
        {"agency": "clinic", "item": "thanks", "year": 2031, "cost": 4, "saving": 1},
        {"agency": "council", "item": "thanks", "year": 2031, "cost": 0, "saving": 2},
    ],
}
"""Rows beside those of the winter-pressure example."""

CELLS: Final[dict[str, dict[str, Cells]]] = {
    "about": {"": {"year": 2031, "currency": "GBP", "year_begins": 7}},
    "agencies": {
        "region": {"effort": 6, "represents": 1},
        "council": {"effort": 8, "represents": 3, "needs": 9},
        "commissioner": {"effort": 6, "represents": 2},
        "trust": {"effort": 5, "represents": 2},
    },
    "measures": {
        "delayed-discharges": {
            "collection": "daily",
            "cost": 1,
            "statutory": True,
            "framework": "F",
            "ref": "1.1",
            "numerator": "occupied bed days of people ready to leave",
            "denominator": "occupied bed days",
            "window": "a quarter",
        },
        "patient-experience": {"collection": "survey", "cost": 2, "framework": "F", "ref": "1.2"},
        "bed-occupancy": {
            "collection": "daily",
            "numerator": "occupied bed days",
            "denominator": "occupied bed days",
            "window": "a quarter",
        },
    },
    "targets": {"trust-operations": {"start": "2030"}, "council-flu": {"value": 70}},
    "influences": {"length-of-stay>readmissions": {"effect_se": 0.4, "lag_years": 0.5}},
}
"""Cells beside those of its rows, by the id of the row; of an influence by the two measures."""


def place() -> Tables:
    """The tables of the place, as rows of cells; every cell of them can be changed."""
    tables: Tables = al.to_document(al.read(al.example("winter-pressure")))
    tables["about"] |= CELLS["about"][""]
    for table, cells in CELLS.items():
        if table != "about":
            tables[table] = [row | cells.get(_name(row), {}) for row in tables[table]]
    for table, rows in ROWS.items():
        tables[table] = [*tables.get(table, []), *(dict(row) for row in rows)]
    return tables


def _name(row: Cells) -> str:
    return row["id"] if "id" in row else f"{row.get('source_measure')}>{row.get('target_measure')}"
