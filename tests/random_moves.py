"""Seeded small systems whose targets often cannot all be met: floors, ceilings, resources, efforts, controls."""

from __future__ import annotations

import random
from typing import Any

from alignment.models import System


def random_moves(seed: int, targets: int = 10) -> System:
    """A system of up to that many targets that depends on the seed alone; its hard facts can be met: nothing moves."""
    draw = random.Random(seed)
    holds = random.Random(f"holds {seed}")
    agencies: list[dict[str, Any]] = [
        {
            "id": f"a{i}",
            "name": f"Agency {i}",
            "effort": draw.choice((None, 2, 3, 3)),
            "power": draw.choice((None, 1, 2)),
        }
        for i in range(draw.randint(1, 3))
    ]
    ids = [f"m{i}" for i in range(draw.randint(3, 7))]
    names = [row["id"] for row in agencies]
    resources = [
        {"id": f"r{i}", "name": f"Resource {i}", "in_use": 10, "capacity": draw.choice((12, 15, None)), "floor": 8}
        for i in range(draw.randint(0, 2))
    ]
    return System.model_validate(
        {
            "agencies": agencies,
            "measures": [
                {**_measure(draw, name), "direction": holds.choice((None, "higher", "lower"))} for name in ids
            ],
            "targets": [
                _held(holds, _target(draw, f"g{i}", names, ids)) for i in range(draw.randint(targets // 2, targets))
            ],
            "influences": _influences(draw, ids),
            "controls": [
                {"agency": agency, "measure": measure, "share": draw.choice((0, 0.3, 0.3))}
                for measure in ids
                if draw.random() < 0.15
                for agency in names[: draw.randint(1, 3)]
            ],
            "resources": resources,
            "levels": _levels(seed, names, ids),
            "draws": [
                {"measure": measure, "resource": row["id"], "moving": way, "per_step": draw.choice((-1, 0.5, 1, 2))}
                for row in resources
                for measure in ids
                for way in ("up", "down")
                if draw.random() < 0.4
            ],
        }
    )


def _levels(seed: int, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    """Levels of today that differ from agency to agency, in a part of the systems; from numbers of its own."""
    draw = random.Random(f"levels {seed}")
    often = draw.choice((0, 0.3, 0.7))
    return [
        {"measure": measure, "agency": agency, "value": draw.choice((8, 9, 10, 11, 12)), "period": period}
        for measure in measures
        for agency in agencies
        if draw.random() < often
        for period in draw.choice(((None,), (None,), ("2017", None), ("2018", "2017/18")))
    ]


def _measure(draw: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"Measure {name}",
        "baseline": draw.choice((None, 10, 10, 10, 10, 10, 11)),
        "step": draw.choice((None, 1, 1, 2)),
        "floor": draw.choice((None, 8)),
        "ceiling": draw.choice((None, 14)),
    }


def _target(draw: random.Random, name: str, agencies: list[str], measures: list[str]) -> dict[str, Any]:
    sense = draw.choice(("at_least", "at_least", "at_least", "at_most", "between", "increase", "decrease"))
    cells: dict[str, Any] = {}
    if sense in ("at_least", "at_most"):
        cells = {"value": draw.choice((10, 11, 12) if sense == "at_least" else (11, 12, 13))}
    if sense in ("increase", "decrease"):
        cells = {"value": draw.choice((None, 1, 2, 3))}
    if sense == "between":
        cells["value"], cells["upper"] = draw.choice(((8, 9), (9, 11), (11, 13), (10, 10)))
    return {
        "id": name,
        "agency": draw.choice(agencies),
        "for_agency": draw.choice((None, None, *agencies)),
        "measure": draw.choice(measures),
        "sense": sense,
        "weight": draw.choice((None, 0.3, 0.6, 1.0)),
        **cells,
    }


def _held(draw: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    """A target, or another that holds what there is, from numbers of its own."""
    if draw.random() > 0.12:
        return row
    return {**row, "sense": "hold", "value": draw.choice((None, 0.5, 1)), "upper": None}


def _influences(draw: random.Random, measures: list[str]) -> list[dict[str, Any]]:
    return [
        {"source_measure": one, "target_measure": two, "effect": draw.choice((-1, -0.5, 0.25, 0.5, 1)), "note": str(i)}
        for i in range(draw.randint(0, len(measures)))
        if (one := draw.choice(measures)) != (two := draw.choice(measures))
    ]


def tight_budget(seed: int) -> System:
    """A system in which any two wishes can be met, but often not three: what is short is effort or a resource."""
    draw = random.Random(f"tight {seed}")
    ids = [f"m{i}" for i in range(draw.randint(3, 5))]
    names = draw.choice((["a0"], ["a0", "a1"]))
    return System.model_validate(
        {
            "agencies": [{"id": name, "name": name, "effort": draw.choice((None, 4, 5, 5))} for name in names],
            "measures": [
                {"id": name, "name": f"Measure {name}", "baseline": 10, "step": draw.choice((1, 1, 2))} for name in ids
            ],
            "targets": [_modest(draw, f"g{i}", names, ids[i % len(ids)]) for i in range(draw.randint(4, 7))],
            "influences": [
                {**row, "effect": draw.choice((-0.25, 0.25)), "certainty": draw.choice((None, "strong", "weak"))}
                for row in _influences(draw, ids)
            ],
            "controls": [{"agency": names[0], "measure": name, "share": 1} for name in ids if draw.random() < 0.4],
            "resources": [{"id": "r0", "name": "Resource", "in_use": 5, "capacity": draw.choice((9, 10, 30))}],
            "draws": [
                {"measure": name, "resource": "r0", "moving": "up", "per_step": draw.choice((1, 1.5))}
                for name in ids
                if draw.random() < 0.6
            ],
        }
    )


def _modest(draw: random.Random, name: str, agencies: list[str], measure: str) -> dict[str, Any]:
    sense, value = draw.choice(
        (("at_least", 12), ("at_least", 13), ("at_least", 12), ("increase", 2), ("increase", None), ("at_most", 9))
    )
    return {
        "id": name,
        "agency": draw.choice(agencies),
        "measure": measure,
        "sense": sense,
        "value": value,
        "weight": draw.choice((None, 0.3, 0.6, 1.0)),
    }
