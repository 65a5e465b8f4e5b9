"""Seeded small systems, dense enough that conflicts, ties and gaps happen, small enough for brute force."""

from __future__ import annotations

import random
from typing import Any

from alignment.models import DIMENSIONS, System

WEIGHTS = (0.3, 0.6, 1.0)


def random_system(seed: int, measures: int | None = None) -> System:
    """A system of up to 8 measures that depends on the seed alone."""
    draw = random.Random(seed)
    tiers = [
        {"id": f"t{i}", "name": f"Tier {i}", "level": i, **({"parent": f"t{i - 1}"} if i else {})} for i in range(3)
    ]
    agencies = _agencies(draw)
    populations = [
        {"id": "all", "name": "All"},
        {"id": "old", "name": "Old", "parent": "all"},
        {"id": "young", "name": "Young", "parent": "all"},
    ]
    outcomes = [
        {"id": f"o{i}", "name": f"Outcome {i}", "dimension": draw.choice(DIMENSIONS)} for i in range(draw.randint(1, 4))
    ]
    rows = [_measure(draw, i, outcomes) for i in range(measures or draw.randint(2, 8))]
    ids = [row["id"] for row in rows]
    return System.model_validate(
        {
            "tiers": tiers,
            "agencies": agencies,
            "populations": populations,
            "outcomes": outcomes,
            "measures": rows,
            "collections": [{"id": "c0", "name": "Survey", "cost": 1}, {"id": "c1", "name": "Return"}],
            "captures": _captures(draw, rows, outcomes),
            "targets": _targets(draw, [row["id"] for row in agencies], ids),
            "influences": _influences(draw, ids),
            "controls": _controls(draw, [row["id"] for row in agencies], ids),
            "incentives": _incentives(draw, [row["id"] for row in agencies], ids),
        }
    )


def shuffled(system: System, seed: int) -> System:
    """The same system with the rows of every table in another order."""
    draw = random.Random(seed)
    tables: dict[str, Any] = {"about": system.about}
    for name in type(system).model_fields:
        if name != "about":
            rows = list(system.table(name))
            draw.shuffle(rows)
            tables[name] = tuple(rows)
    return System(**tables)


def _agencies(draw: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "id": f"a{i}",
            "name": f"Agency {i}",
            "tier": draw.choice(("t0", "t1", "t2", None)),
            "sector": draw.choice(("NHS", "Councils", None)),
            "power": draw.choice((None, 1, 2, 3)),
            "represents": draw.choice((None, 2)),
        }
        for i in range(draw.randint(2, 5))
    ]


def _measure(draw: random.Random, i: int, outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"m{i}",
        "name": f"Measure number {i * 7919 % 101}",
        "outcome": draw.choice([row["id"] for row in outcomes] + [None]),
        "direction": draw.choice(("higher", "lower", "in-range", None)),
        "baseline": draw.choice((None, 10, 10, 12)),
        "step": draw.choice((None, 1, 2)),
        "population": draw.choice((None, None, "all", "old")),
        "collection": draw.choice((None, "c0", "c0", "c1")),
        "cost": draw.choice((None, None, 1, 2, 0.5)),
        "statutory": draw.choice((None, None, None, True)),
        "reported_at": draw.choice((None, None, ["t0", "t1"], ["t2"])),
        "recorded_by": draw.choice((None, "a0", "a1")),
    }


def _captures(draw: random.Random, rows: list[dict[str, Any]], outcomes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"measure": row["id"], "outcome": outcome["id"], "validity": draw.choice((0.4, 0.6, 0.9))}
        for row in rows
        for outcome in outcomes
        if outcome["id"] != row["outcome"] and draw.random() < 0.25
    ]


def _targets(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for i in range(draw.randint(2, 10)):
        sense = draw.choice(("at_least", "at_most", "between", "increase", "decrease"))
        row: dict[str, Any] = {
            "id": f"g{i}",
            "agency": draw.choice(agencies),
            "measure": draw.choice(measures),
            "sense": sense,
            "for_agency": draw.choice((None, None, *agencies)),
            "start": draw.choice((None, None, None, "2018")),
            "due": draw.choice((None, None, "2017", "2019-06-30")),
            "population": draw.choice((None, None, None, "all", "old", "young")),
            "weight": draw.choice((None, *WEIGHTS)),
        }
        if row["start"] and row["due"] == "2017":
            row["due"] = None
        if sense in ("at_least", "at_most"):
            row["value"] = draw.choice((8, 10, 11, 14))
        if sense in ("increase", "decrease"):
            row["value"] = draw.choice((None, 1, 3))
        if sense == "between":
            row["value"], row["upper"] = draw.choice(((8, 9), (9, 11), (11, 15)))
        found.append(row)
    return found


def _influences(draw: random.Random, measures: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for i in range(draw.randint(0, 3 * len(measures))):
        one, two = draw.choice(measures), draw.choice(measures)
        if one != two:
            size = draw.choice(
                ({"strength": draw.choice((-3, -2, -1, 1, 2, 3))}, {"effect": draw.choice((-0.5, 0.25, 0.4))})
            )
            certainty = draw.choice((None, "strong", "weak", "contested"))
            found.append(
                {"source_measure": one, "target_measure": two, **size, "certainty": certainty, "note": f"row {i}"}
            )
    return found


def _controls(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    return [
        {"agency": agency, "measure": measure, "share": draw.choice((0.05, 0.1, 0.2))}
        for measure in measures
        for agency in agencies
        if draw.random() < 0.2
    ]


def _incentives(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "payer": draw.choice(agencies),
            "payee": draw.choice(agencies),
            "measure": draw.choice(measures),
            "pays_for": draw.choice(("increase", "decrease", "target")),
            "note": f"row {i}",
        }
        for i in range(draw.randint(0, 3))
    ]
