"""Targeting: bundles by hand, and every choice of few tried."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

import alignment as al
from alignment.integrated_care.knapsack import Piece, choose
from alignment.models import System
from alignment.models.answers.targeting import ServiceBundle
from alignment.solver import Clock
from tests.small import Cells, measures, push, small, target
from tests.thoroughly import part_of

PEOPLE: list[Cells] = [
    {"id": "all"},
    {"id": "old", "parent": "all"},
    {"id": "young", "parent": "all"},
]


def place(**more: Any) -> System:
    """Visits for the old (2 steps) and the young (1 step), checks for the old (3); visits keep people out of beds."""
    cells: dict[str, Any] = {
        "populations": PEOPLE,
        "measures": [
            *measures("visits", "checks", baseline=10, step=1, direction="higher"),
            {"id": "beds", "baseline": 90, "step": 1, "direction": "lower"},
        ],
        "targets": [
            target("council", "visits", "at_least", 12, id="visits-old", population="old"),
            target("council", "visits", "at_least", 11, id="visits-young", population="young", weight=0.5),
            target("trust", "checks", "at_least", 13, id="checks-old", population="old", weight=0.5),
            target("trust", "beds", "at_most", 88, id="beds", population="all"),
        ],
        "influences": [push("visits", "beds", -0.5)],
        "resources": [{"id": "money", "unit": "GBP thousand", "capacity": 100, "in_use": 40}],
        "draws": [
            {"measure": "visits", "resource": "money", "moving": "up", "per_step": 20},
            {"measure": "checks", "resource": "money", "moving": "down", "per_step": -10},
        ],
    }
    return small(**{**cells, **more}).replace(about={"currency": "GBP"})


def rows(found: al.Targeting) -> dict[tuple[str | None, str], ServiceBundle]:
    return {(row.population, row.service): row for row in found.bundles}


def test_bundles_of_the_tables_by_hand() -> None:
    # A step of visits is worth 1 (their own target, of the old) and 1/2 of a step of beds, which weighs 1: 1.5, times
    # two steps; for the young 0.5 + 0.5. A step of checks is worth 0.5, times three. Money: 20, 20 and 10 a step.
    found = al.targeting(place())
    told = {mark: (row.steps, row.benefit, row.cost) for mark, row in rows(found).items()}
    assert told == {("old", "visits"): (2, 3, 40), ("young", "visits"): (1, 1, 20), ("old", "checks"): (3, 1.5, 30)}
    assert (found.resources, found.unit, found.budget, found.needed, found.whole) == (
        ("money",),
        "GBP thousand",
        60,
        90,
        5.5,
    )
    # 60 hold visits for all (60: 4), not all for the old (70); for the young alone they hold all (20: 1).
    assert [(row.kind, row.benefit, row.cost, row.bundles, row.proven) for row in found.mixes] == [
        ("best mix", 4, 60, 2, True),
        ("all services for some", 1, 20, 1, True),
        ("some services for all", 4, 60, 2, True),
    ]
    assert found.mixes[1].populations == ("young",)
    assert found.mixes[2].services == ("visits",)
    assert rows(found)["old", "visits"].chosen == ("best mix", "some services for all")
    assert rows(found)["old", "visits"].targets == ("visits-old",)
    assert found.paragraph == (
        "The budget of “Money” (60 GBP thousand) does not hold all services for all, which would take 90 GBP thousand. "
        "The best mix in it does 73% of what all would do: “Visits” up for Old and “Visits” up for Young. All services "
        "for some (Young) would do 18%, some services for all (“Visits”) 73%."
    )
    (said,) = found.missing
    assert said.startswith("1 of the 3 measures that targets push does not draw on Money in numbers (“Beds”)")


def test_budgets() -> None:
    assert [row.benefit for row in al.targeting(place(), 70).mixes] == [4.5, 4.5, 4]
    enough = al.targeting(place(), 90)
    assert [row.share for row in enough.mixes] == [1, 1, 1]
    assert "holds all services for all whom they are for: they take 90 GBP thousand." in enough.paragraph
    nothing = al.targeting(place(), 0)
    assert [(row.benefit, row.bundles) for row in nothing.mixes] == [(0, 0)] * 3
    assert "Not one service fits it." in nothing.paragraph
    unknown = al.targeting(place(resources=[{"id": "money", "unit": "GBP"}]))
    assert (unknown.budget, unknown.mixes, unknown.needed) == (None, (), 90)
    assert "so nothing can be chosen: all 3 services for everybody would take 90 GBP." in unknown.paragraph
    assert unknown.missing[-1].startswith("In resources capacity is blank of Money")


def test_which_resources_are_spent() -> None:
    two: list[Cells] = [{"id": "hours", "unit": "hours"}, {"id": "money", "unit": "GBP", "capacity": 9}]
    draws: list[Cells] = [
        *({"measure": name, "resource": "hours", "moving": "up", "per_step": 1} for name in ("visits", "checks")),
        {"measure": "visits", "resource": "money", "moving": "up", "per_step": 1},
    ]
    system = place(resources=two, draws=draws)
    assert al.targeting(system).resources == ("money",)
    assert al.targeting(system, resources="hours").resources == ("hours",)
    assert al.targeting(system.replace(about={})).resources == ("hours",)
    with pytest.raises(al.OptionError, match="GBP and hours cannot be added up"):
        al.targeting(system, resources=["hours", "money"])
    with pytest.raises(al.UnknownWord, match="'hour' is not a resource"):
        al.targeting(system, resources="hour")


def test_no_number_is_guessed() -> None:
    found = al.targeting(place(draws=[{"measure": "visits", "resource": "money", "moving": "up"}]))
    assert (found.bundles, found.mixes, found.resources) == ((), (), ())
    # One plain line; nobody is said to pay for the money.
    assert found.paragraph == (
        "No service has its cost in numbers; ask whoever pays for them how much one step takes (per_step in draws), or "
        "hand in bundles."
    )
    assert str(found).replace("\n", " ") == found.paragraph
    assert found.needs is not None
    owned = place(
        draws=[{"measure": "visits", "resource": "money", "moving": "up"}],
        resources=[{"id": "money", "unit": "GBP", "owner": "council"}],
    )
    assert "; ask Council how much one step takes" in al.targeting(owned).paragraph
    assert found.missing[0].startswith("None of the 3 measures that targets push draws on a resource in numbers")
    blank = place(measures=[{"id": name, "direction": "higher"} for name in ("visits", "checks", "beds")])
    told = al.targeting(blank)
    assert {(row.steps, row.assumed) for row in told.bundles} == {(1, True)}
    assert told.missing[-1].startswith("In measures baseline is blank of 3 services")


def test_what_is_met_or_goes_against_people_is_no_service() -> None:
    targets = [
        target("council", "visits", "at_least", 9, id="met"),
        target("trust", "checks", "at_most", 8, id="against"),
    ]
    assert al.targeting(place(targets=targets)).bundles == ()


def handed(*cells: tuple[str | None, str, float, float]) -> list[Cells]:
    """Bundles: people, service, benefit, cost."""
    return [{"population": p, "service": s, "benefit": b, "cost": c} for p, s, b, c in cells]


def test_a_table_that_is_handed_in() -> None:
    table = handed(
        ("old", "clinic", 6, 40), ("old", "team", 9, 50), ("young", "team", 5, 40), ("young", "nurse", 5, 20)
    )
    found = al.targeting(place(), 90, bundles=table)
    # Mix: team for the old and nurse, 70: 14; with the clinic 110. Clinic and team 90: 15. Team for all 90: 14.
    assert [(row.kind, row.benefit) for row in found.mixes] == [
        ("best mix", 15),
        ("all services for some", 15),
        ("some services for all", 14),
    ]
    assert (found.resources, found.unit, found.needed, found.whole, found.missing) == ((), "GBP", 150, 25, ())
    assert al.targeting(place(), 90, bundles=pd.DataFrame(table)) == found
    assert al.targeting(place(), 90, bundles=table[::-1]) == found
    assert al.replay(found, place()).same
    without = al.targeting(place(), bundles=table)
    assert (without.budget, without.mixes) == (None, ())
    assert without.missing == ("Give a budget with the bundles: what there is to spend, in the unit of their cost.",)


def test_people_who_hold_others_are_not_served_twice() -> None:
    # The team for all serves the old too; whoever is chosen whole or not.
    table = handed(("all", "team", 8, 50), ("old", "team", 6, 30), ("old", "clinic", 3, 20))
    found = al.targeting(place(), 100, bundles=table)
    assert (found.mixes[0].benefit, found.needed, found.whole) == (11, 70, 11)
    tight = al.targeting(place(), 60, bundles=table)
    assert [row.benefit for row in tight.mixes] == [9, 9, 8]


def test_harm_and_what_frees_money() -> None:
    table = handed(("old", "harm", -2, 10), ("old", "frees", 0.5, -20), ("young", "team", 5, 60))
    found = al.targeting(place(), 40, bundles=table)
    assert (found.mixes[0].benefit, found.mixes[0].cost) == (5.5, 40)
    assert found.paragraph.endswith("“harm” for Old would do more harm than good in all.")
    # Of choices that do as much the one that costs least.
    free = handed(("old", "nothing", 0, 5), ("old", "team", 5, 10), ("young", "nothing", 0, -1))
    assert al.targeting(place(), 40, bundles=free).mixes[0].cost == 9


def test_what_is_wrong_with_bundles_is_told_by_row() -> None:
    with pytest.raises(al.InputError) as caught:
        al.targeting(place(), 5, bundles=[{"service": "a", "benefit": "x", "cost": 1}, {"service": "b", "benefit": 1}])
    assert [(fault.table, fault.index, fault.column) for fault in caught.value.faults] == [
        ("bundles", 0, "benefit"),
        ("bundles", 1, "cost"),
    ]
    with pytest.raises(al.OptionError, match="team for old is there twice"):
        al.targeting(place(), 5, bundles=handed(("old", "team", 1, 1), ("old", "team", 2, 2)))


@pytest.mark.parametrize("seed", part_of(range(60), 4))
def test_every_choice_of_few_is_tried(seed: int) -> None:
    draw = random.Random(seed)
    marks = [(p, s) for p in (None, "old", "young", "other words") for s in ("a", "b", "c") if draw.random() < 0.6]
    table = handed(*((p, s, draw.choice((-1, 0, 1, 2.5, 4)), draw.choice((-3, 0, 2, 5, 7.5))) for p, s in marks))
    budget = draw.choice((0, 4, 10, 20))
    found = al.targeting(place(), budget, bundles=table)
    if not table:
        assert found.mixes == ()
        return
    for mix in found.mixes:
        assert mix.proven
        best, cost = brute(list(pieces(mix.kind, table)), budget)
        assert (mix.benefit, mix.bound) == (pytest.approx(best), pytest.approx(best))
        assert mix.cost == pytest.approx(cost)


Group = list[tuple[Any, str, float, float]]


def pieces(kind: str, table: list[Cells]) -> Iterator[Group]:
    """What is chosen whole: each bundle, people, or services for those whom nobody else holds."""
    every = [(row["population"], row["service"], row["benefit"], row["cost"]) for row in table]
    if kind == "best mix":
        yield from ([each] for each in every)
    elif kind == "all services for some":
        yield from ([each for each in every if each[0] == who] for who in {each[0] for each in every})
    else:
        for service in {each[1] for each in every}:
            mine = [each for each in every if each[1] == service]
            # Blank is everyone; of these no other holds another.
            whole = [each for each in mine if each[0] is None]
            yield whole or mine


def brute(groups: list[Group], budget: float) -> tuple[float, float]:
    """The most that fits, and the least that it costs."""
    found: list[tuple[float, float]] = []
    for size in range(len(groups) + 1):
        for some in combinations(groups, size):
            rows = [row for group in some for row in group]
            cost = sum(row[3] for row in rows)
            if cost <= budget and not twice(rows):
                found.append((sum(row[2] for row in rows), -cost))
    best, cost = max(found)
    return best, -cost


def twice(rows: Sequence[tuple[Any, str, float, float]]) -> bool:
    return any(one[1] == two[1] and None in (one[0], two[0]) for one, two in combinations(rows, 2))


def test_what_differs_by_less_than_can_be_told_is_as_good() -> None:
    large = [Piece(1e9, 5), Piece(1e9 + 1, 6), Piece(1, 1)]
    found = choose(large, [], 6, Clock(10), "highs")
    assert found.proven
    assert sum(large[at].benefit for at in found.pieces) == pytest.approx(1e9 + 1, rel=1e-7)
    assert choose([], [], 5, Clock(10), "highs").pieces == ()
