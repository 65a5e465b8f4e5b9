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
    tables: dict[str, Any] = {
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
    _recognise(random.Random(f"recognise {seed}"), tables)
    _guard(random.Random(f"guard {seed}"), tables)
    _at_agencies(random.Random(f"levels {seed}"), tables)
    _judge_something(tables)
    return System.model_validate(tables)


def _at_agencies(draw: random.Random, tables: dict[str, Any]) -> None:
    """Add levels of today that differ from agency to agency, in a part of the systems; some of periods.

    From numbers of its own, as below.
    """
    often = draw.choice((0, 0, 0.2, 0.5))
    tables["levels"] = [
        {"measure": row["id"], "agency": agency["id"], "value": draw.choice((8, 9, 10, 11, 12, 15)), "period": period}
        for row in tables["measures"]
        for agency in tables["agencies"]
        if draw.random() < often
        for period in draw.choice(((None,), (None,), ("2017",), ("2018", "2020"), ("2018/19", "2019"), (None, "2018")))
    ]


def _judge_something(tables: dict[str, Any]) -> None:
    """See to it that some target makes a duty, as nothing is proposed of systems without any."""
    wanted = [row["measure"] for row in tables["targets"]]
    rows = {row["id"]: row for row in tables["measures"]}
    if wanted and not any(rows[name]["outcome"] for name in wanted):
        rows[wanted[0]]["outcome"] = "o0"
        tables["captures"] = [row for row in tables["captures"] if row["measure"] != wanted[0]]
    judged = [name for name in wanted if rows[name]["outcome"]]
    if judged and all(
        _against_people(row, rows[row["measure"]]) for row in tables["targets"] if row["measure"] in judged
    ):
        rows[judged[0]]["direction"] = "in-range"
    duties = [
        row for row in tables["targets"] if row["measure"] in judged and not _against_people(row, rows[row["measure"]])
    ]
    if duties and all(row.get("revealed") for row in duties):
        duties[0]["revealed"] = None


def _against_people(target: dict[str, Any], measure: dict[str, Any]) -> bool:
    """Whether a target may go against the good direction of its measure; a band goes either way, a hold never."""
    if target["sense"] == "hold":
        return False
    with_it = {"higher": ("at_least", "increase"), "lower": ("at_most", "decrease")}
    return target["sense"] not in with_it.get(measure["direction"], (target["sense"],))


def _recognise(draw: random.Random, tables: dict[str, Any]) -> None:
    """Add what decides how far one measure says what another said.

    From numbers of its own, so that what was there before stays as it was.
    """
    agencies, measures = ([row["id"] for row in tables[name]] for name in ("agencies", "measures"))
    year = draw.choice((None, 2018, 2019, 2020))
    # Measures of everything and everybody seldom say the same: in half of the systems they are more alike.
    alike = draw.random() < 0.5
    tables["about"] = {} if year is None else {"year": year}
    for row in tables["agencies"]:
        row["needs"] = draw.choice((*[None] * 8, 0, 1, 2))
    for row in tables["measures"]:
        row["perspective"] = draw.choice((None, None, "person", "organisation"))
        if row["direction"] is None and draw.random() < 0.5:
            row["direction"] = "none"
        if row["population"] == "old" and draw.random() < 0.3:
            row["population"] = "young"
        if alike and draw.random() < 0.8:
            row["population"], row["reported_at"] = "all", None
            row["collection"] = row["collection"] or "c0"
            row["direction"] = draw.choice(("higher", "lower", row["direction"]))
    for row in tables["targets"]:
        row["revealed"] = draw.choice((None, None, None, True, False))
        if row["due"] is None and draw.random() < 0.25:
            row["due"] = draw.choice(("2018", "2018-12-31", "2019"))
    if alike:
        tables["influences"] += _together(draw, tables["measures"])
    for row in tables["influences"]:
        row["lag_years"] = draw.choice((None, None, None, 0, 1, 2.5, 3, 5, 6))
    for row in tables["controls"]:
        row["share"] = draw.choice((row["share"], row["share"], 0.09, 0.11))
    tables["captures"] += _said_outright(draw, tables)
    tables["accountability"] = _partnerships(draw, agencies)
    tables["overlaps"] = _overlaps(draw, measures, often=0.3)


def _guard(draw: random.Random, tables: dict[str, Any]) -> None:
    """Add what pushes nobody and what is no quarrel: holds, milestones, deliverers that aim higher, mere estimates.

    From numbers of its own, as above.
    """
    rows = {row["id"]: row for row in tables["measures"]}
    for row in tables["measures"]:
        row["aggregate"] = draw.choice((None, None, None, "sum"))
        if row["baseline"] == 10 and draw.random() < 0.1:
            row["baseline"] = 10.0000000001  # the same but for rounding
    for row in tables["targets"]:
        if draw.random() < 0.15:
            row["upper"], row["sense"], row["value"] = None, "hold", draw.choice((None, 0, 0.5, 1, 3))
    for row in [row for row in tables["targets"] if row.get("value") and row["sense"] != "between"]:
        if draw.random() < 0.3:
            tables["targets"].append(_second(draw, row, f"g{len(tables['targets'])}"))
    for row in list(tables["influences"]):
        if draw.random() < 0.2:
            row["origin"] = draw.choice(("estimated", "declared"))
        if draw.random() < 0.15:
            size = {"strength": None, "effect": draw.choice((-1, 0.25, 1)), "note": "read off"}
            other = {**row, **size, "origin": "estimated"}
            tables["influences"] += [other] if other not in tables["influences"] else []
    if draw.random() < 0.6:
        _pull_both_ways(draw, tables, [name for name, row in rows.items() if row["baseline"] != 12])


def _second(draw: random.Random, row: dict[str, Any], name: str) -> dict[str, Any]:
    """A second target of who wants the first, or of who has to deliver it, that asks for something else, or not."""
    own = {"agency": row["for_agency"], "for_agency": None} if row["for_agency"] and draw.random() < 0.8 else {}
    further = row["value"] + draw.choice((-1, 0, 1, 1, 1e-10))
    due = draw.choice((row["due"], None, "2018", "2020"))
    return {**row, **own, "id": name, "value": further if further > 0 else row["value"], "due": due}


def _pull_both_ways(draw: random.Random, tables: dict[str, Any], measures: list[str]) -> None:
    """Make one measure that moves two others, each of which somebody wants the other way."""
    if len(measures) < 3:
        return
    lever, one, two = draw.sample(measures, 3)
    agencies = [row["id"] for row in tables["agencies"]]
    for measure, effect in ((one, draw.choice((0.4, 0.7, 1.5))), (two, draw.choice((-0.3, -0.7, -2)))):
        cells = {"source_measure": lever, "target_measure": measure, "effect": effect, "note": "lever"}
        tables["influences"].append({**cells, "certainty": draw.choice((None, "strong", "weak"))})
        sense, value = draw.choice((("at_least", 14), ("at_least", 8), ("increase", None), ("hold", 1)))
        name = f"g{len(tables['targets'])}"
        wish = {"id": name, "agency": draw.choice(agencies), "for_agency": None, "measure": measure, "due": None}
        tables["targets"].append({**wish, "sense": sense, "value": value, "weight": draw.choice((None, *WEIGHTS))})


def _together(draw: random.Random, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Influences by which progress on one measure shows in another of the same outcome."""
    ways = {"higher": 1, "lower": -1}
    return [
        {
            "source_measure": one["id"],
            "target_measure": two["id"],
            "effect": draw.choice((0.25, 0.4, 1.5)) * ways[one["direction"]] * ways[two["direction"]],
            "note": "together",
        }
        for one in rows
        for two in rows
        if one is not two
        and one["outcome"] == two["outcome"]
        and one["direction"] in ways
        and two["direction"] in ways
        and draw.random() < 0.3
    ]


def _said_outright(draw: random.Random, tables: dict[str, Any]) -> list[dict[str, Any]]:
    """Further rows of captures: just below or at a usual theta, and what a measure captures in full anyway."""
    known = {(row["measure"], row["outcome"]) for row in tables["captures"]}
    return [
        {
            "measure": row["id"],
            "outcome": outcome["id"],
            "validity": 1 if outcome["id"] == row["outcome"] else draw.choice((0.59, 0.6, 0.7, 0.8, 1)),
        }
        for row in tables["measures"]
        for outcome in tables["outcomes"]
        if (row["id"], outcome["id"]) not in known and draw.random() < 0.15
    ]


def _partnerships(draw: random.Random, agencies: list[str]) -> list[dict[str, Any]]:
    return [
        {"agency": one, "answers_to": two, "kind": draw.choice(("partnership", "partnership", "statutory", None))}
        for one in agencies
        for two in agencies
        if one != two and draw.random() < 0.2
    ]


def rich_system(seed: int) -> System:
    """A random system with money, resources, overlaps and accountability besides, so that every kind occurs."""
    base, draw = random_system(seed), random.Random(f"rich {seed}")
    tables: dict[str, list[dict[str, Any]]] = {
        name: [row.model_dump(exclude_none=True) for row in base.table(name)]
        for name in System.model_fields
        if name != "about"
    }
    agencies, measures = ([row["id"] for row in tables[name]] for name in ("agencies", "measures"))
    tables["tiers"] = _tiers(draw)
    tables["agencies"] = [_placed(draw, row) for row in tables["agencies"]]
    tables["measures"] = [_recorded(draw, row, agencies) for row in tables["measures"]]
    tables["targets"] += _wishes(draw, agencies, measures)
    tables["accountability"] = _accountability(draw, agencies)
    tables["overlaps"] = _overlaps(draw, measures, often=0.3 if seed % 2 else 0.1)
    tables["incentives"] += _payments(draw, agencies, measures)
    tables["controls"] += _more_controls(draw, agencies, measures, {row["measure"] for row in tables["controls"]})
    tables["resources"] = _resources(draw, agencies)
    tables["draws"] = _draws(draw, measures, [row["id"] for row in tables["resources"]])
    tables["finances"] = _finances(draw, agencies, measures)
    _pay_back(random.Random(f"pay back {seed}"), tables, agencies)
    return System.model_validate({"about": {"currency": draw.choice((None, "GBP")), "year": base.about.year}, **tables})


def _pay_back(draw: random.Random, tables: dict[str, list[dict[str, Any]]], agencies: list[str]) -> None:
    """Let who gains by a wish of another's measure pay for it, and bodies belong to bodies."""
    for row in tables["accountability"]:
        row["kind"] = draw.choice(("partnership", "partnership", "statutory", None))
    for row in tables["targets"]:
        if row["id"].startswith("h") and draw.random() < 0.1:
            row["sense"], row["value"] = "hold", draw.choice((0, 1, 2))
    if draw.random() < 0.6 or len(agencies) < 2:
        return
    mover, gainer = draw.sample(agencies, 2)
    measure = draw.choice(tables["targets"])["measure"]
    tables["controls"] = [row for row in tables["controls"] if row["measure"] != measure]
    tables["controls"].append({"agency": mover, "measure": measure, "share": 0.6})
    tables["finances"] += [
        {"agency": mover, "item": measure, "year": 2030, "cost": 3, "saving": draw.choice((0, 1))},
        {"agency": gainer, "item": measure, "year": 2030, "cost": 0, "saving": draw.choice((2, 4))},
    ]
    tables["incentives"] += [
        {
            "payer": gainer,
            "payee": mover,
            "measure": measure,
            "pays_for": draw.choice(("increase", "decrease", "target")),
            "at_risk": draw.choice((None, 1, -1, 6)),
            "unit": draw.choice((None, "GBP", "GBP")),
            "note": f"back {i}",
        }
        for i in range(draw.randint(1, 2))
    ]


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


def _tiers(draw: random.Random) -> list[dict[str, Any]]:
    """Three tiers one below the other, with or without parents, and sometimes a branch of the first."""
    rows: list[dict[str, Any]] = [{"id": f"t{i}", "name": f"Tier {i}", "level": i} for i in range(3)]
    if draw.random() < 0.5:
        rows[1]["parent"], rows[2]["parent"] = "t0", "t1"
    if draw.random() < 0.3:
        rows.append({"id": "t3", "name": "Branch", "level": 2, "parent": "t0"})
    return rows


def _placed(draw: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "tier": draw.choice(("t0", "t1", "t1", "t2", "t2", None))}


def _recorded(draw: random.Random, row: dict[str, Any], agencies: list[str]) -> dict[str, Any]:
    names = ("Falls", "Falls of older people", "Older people's falls", "Of people")
    return {
        **row,
        "name": draw.choice((row["name"], row["name"], *names)),
        "aggregate": draw.choice((None, "mean", "mean", "sum")),
        "recorded_by": draw.choice((None, *agencies)),
    }


def _wishes(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    """Further targets, on one measure, by agencies of all tiers."""
    measure = draw.choice(measures)
    return [
        {
            "id": f"h{i}",
            "agency": draw.choice(agencies),
            "measure": measure,
            "sense": sense,
            "value": draw.choice((1, 2, 3) if sense == "increase" else (8, 10, 11, 14)),
            "for_agency": draw.choice((None, None, *agencies)),
            "due": draw.choice((None, None, None, "2019-06-30")),
            "weight": draw.choice((None, *WEIGHTS)),
            "revealed": draw.choice((None, None, True)),
        }
        for i in range(draw.randint(1, 9))
        if (sense := draw.choice(("at_least", "at_least", "at_least", "at_most", "increase")))
    ]


def _accountability(draw: random.Random, agencies: list[str]) -> list[dict[str, Any]]:
    return [
        {"agency": one, "answers_to": two}
        for one in agencies
        for two in agencies
        if one != two and draw.random() < 0.25
    ]


def _overlaps(draw: random.Random, measures: list[str], often: float = 0.1) -> list[dict[str, Any]]:
    return [
        {
            "measure_a": pair[0],
            "measure_b": pair[1],
            "kind": draw.choice(("same", "part", "shared", "complementary", "distinct")),
            "share": draw.choice((None, None, 0, 0.4, 0.5, 0.9)),
        }
        for at, one in enumerate(measures)
        for two in measures[at + 1 :]
        if draw.random() < often and (pair := draw.choice(((one, two), (two, one))))
    ]


def _payments(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "payer": draw.choice(agencies),
            "payee": draw.choice(agencies),
            "measure": draw.choice(measures),
            "pays_for": draw.choice(("increase", "decrease", "target")),
            "at_risk": draw.choice((None, 2, -3)),
            "unit": draw.choice((None, "GBP", "GBP")),
            "basis": draw.choice((None, "penalty", "cap")),
            "start": draw.choice((None, None, "2018", "2018-06-30")),
            "due": draw.choice((None, None, "2018", "2019-06-30")),
            "note": f"payment {i}",
        }
        for i in range(draw.randint(0, 4))
    ]


def _more_controls(
    draw: random.Random, agencies: list[str], measures: list[str], known: set[str]
) -> list[dict[str, Any]]:
    return [
        {"agency": agency, "measure": measure, "share": draw.choice((0, 0.02, 0.1, 0.2))}
        for measure in measures
        if measure not in known and draw.random() < 0.5
        for agency in agencies
        if draw.random() < 0.6
    ]


def _resources(draw: random.Random, agencies: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"r{i}",
            "name": f"Resource {i}",
            "capacity": draw.choice((None, 0, 5, 12)),
            "in_use": draw.choice((None, 0, 4)),
            "owner": draw.choice((None, *agencies)),
            "limited": draw.choice((None, True)),
        }
        for i in range(draw.randint(1, 2))
    ]


def _draws(draw: random.Random, measures: list[str], resources: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure,
            "resource": resource,
            "moving": way,
            **draw.choice(({}, {"uses": "frees"}, {"uses": "yes"}, {"per_step": 1}, {"per_step": 3}, {"per_step": -2})),
        }
        for resource in resources
        for measure in measures
        for way in ("up", "down")
        if draw.random() < 0.35
    ]


def _finances(draw: random.Random, agencies: list[str], measures: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "agency": draw.choice(agencies),
            "item": draw.choice((*measures, "something else")),
            "year": 2018 + i,
            "cost": draw.choice((0, 2, 5)),
            "saving": draw.choice((0, 1, 4)),
        }
        for i in range(draw.randint(0, 6))
    ]
