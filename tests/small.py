"""Systems of a few rows, written where they are used."""

from __future__ import annotations

from typing import Any

from alignment.models import System

Cells = dict[str, Any]


def small(**tables: list[Cells]) -> System:
    """A system in which names need not be given, nor agencies that only have an id."""
    filled: dict[str, list[Cells]] = {
        name: [{"name": row["id"].replace("-", " ").capitalize(), **row} if named(name) else row for row in rows]
        for name, rows in tables.items()
    }
    have = {row["id"] for row in filled.get("agencies", [])}
    wanted = {row[cell] for row in tables.get("targets", []) for cell in ("agency", "for_agency") if row.get(cell)}
    more = [{"id": name, "name": name.capitalize()} for name in sorted(wanted - have)]
    filled["agencies"] = [*filled.get("agencies", []), *more]
    return System.model_validate(filled)


def named(table: str) -> bool:
    """Whether rows of a table have a name."""
    return table in ("tiers", "agencies", "populations", "outcomes", "measures", "collections", "resources")


def target(agency: str, measure: str, sense: str, value: float | None = None, **cells: Any) -> Cells:
    """A target."""
    return {"agency": agency, "measure": measure, "sense": sense, "value": value, **cells}


def push(moved: str, other: str, effect: float, **cells: Any) -> Cells:
    """An influence."""
    return {"source_measure": moved, "target_measure": other, "effect": effect, **cells}


def measures(*names: str, **cells: Any) -> list[Cells]:
    """Measures that differ in nothing but their id."""
    return [{"id": name, **cells} for name in names]


def with_notes() -> System:
    """A system whose joint conflicts cannot be looked for, which is noted."""
    return small(
        agencies=[{"id": "council", "effort": 6}],
        measures=[{"id": name, "baseline": 10, "step": 1} for name in ("buses", "parks")],
        targets=[target("council", "buses", "at_least", 12), target("trust", "buses", "at_most", 9)],
        influences=[push("buses", "parks", -1)],
        controls=[{"agency": "council", "measure": "buses", "share": 1}],
        resources=[{"id": "staff", "floor": 50, "capacity": 60, "in_use": 10}],
        draws=[{"measure": "buses", "resource": "staff", "moving": "up", "per_step": 5}],
    )
