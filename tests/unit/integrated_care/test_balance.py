"""Balance of dimensions and views, by hand on a small place."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.random_systems import random_system
from tests.small import small, target


def place(**tables: list[dict[str, Any]]) -> System:
    """A county above a town: the county works to kindness and delays, the town to delays, spending and falls."""
    rows: dict[str, list[dict[str, Any]]] = {
        "tiers": [{"id": "county", "level": 1}, {"id": "town", "level": 2}],
        "agencies": [{"id": "board", "tier": "county"}, {"id": "council", "tier": "town"}],
        "outcomes": [
            {"id": "kind-care", "dimension": "experience"},
            {"id": "safe-care", "dimension": "outcomes"},
            {"id": "money", "dimension": "resource-use"},
        ],
        "measures": [
            {"id": "kindness", "outcome": "kind-care", "direction": "higher", "perspective": "person"},
            {"id": "delays", "outcome": "kind-care", "direction": "lower", "perspective": "organisation"},
            {"id": "falls", "outcome": "safe-care", "direction": "lower", "perspective": "organisation"},
            {"id": "spending", "outcome": "money", "direction": "lower", "perspective": "organisation"},
        ],
        "targets": [
            target("board", "kindness", "increase"),
            target("board", "delays", "decrease", for_agency="council"),
            target("council", "spending", "decrease"),
            target("council", "falls", "decrease"),
        ],
    }
    return small(**{**rows, **tables})


def cells(found: al.Balance) -> dict[tuple[str | None, str], tuple[int, float | None, int, float | None]]:
    return {
        (row.tier, row.dimension): (len(row.now), row.now_share, row.now_person, row.now_person_share)
        for row in found.tiers
    }


def test_shares_by_hand() -> None:
    found = al.balance(place(), ["kindness", "falls"])
    today = cells(found)
    # County: kindness and delays, both experience, one of the two the person's. Town: delays, spending, falls.
    assert today["county", "all"] == (2, None, 1, 0.5)
    assert today["county", "experience"] == (2, 1.0, 1, 0.5)
    assert today["county", "outcomes"] == (0, 0.0, 0, None)
    assert today["town", "all"] == (3, None, 0, 0.0)
    assert today["town", "resource-use"] == (1, 0.333333, 0, 0.0)
    assert today[None, "all"] == (4, None, 1, 0.25)
    assert today[None, "experience"] == (2, 0.5, 1, 0.5)
    # With the set the county keeps kindness and the town falls; kindness says the experience duty to the town only if
    # the town sees itself in it, which it does not.
    then = {(row.tier, row.dimension): row.then for row in found.tiers}
    assert then["county", "all"] == ("kindness",)
    assert then["town", "all"] == ("falls",)
    assert [(row.tier, row.dimension, row.now, row.then) for row in found.lacking] == [
        ("county", "outcomes", True, True),
        ("county", "resource-use", True, True),
        ("town", "experience", False, True),
        ("town", "resource-use", False, True),
    ]
    # Of the set first: kindness before delays. The council has a duty for kind care, as it delivers delays.
    assert found.lacking[2].could == ("kindness", "delays")
    # The board moves neither falls nor spending and has no duty for what they speak for.
    assert (found.lacking[0].could, found.lacking[1].could) == ((), ())
    assert found.paragraph == (
        "Even of experience, 1 of 2 measures is seen from the organisation: “Delays”. Of the 4 measures that bodies "
        "work to today, 2 are of experience, 1 of outcomes and 1 of resource use; with the set 1, 1 and 0 of 2. In all "
        "1 of 4 (25%) is seen from the person, and 1 of 2 (50%) with the set; that need not mean that people are "
        "asked. In County only Board works to any measure, and to none of outcomes or resource use. In Town only "
        "Council works to any measure, and to none of experience or resource use with the set."
    )
    assert found.missing == ()


@pytest.mark.parametrize(
    ("share", "read_at", "could"),
    [
        (0.1, None, ("falls",)),
        (0.09, None, ()),  # less than a body sees itself in
        (0.1, ["town"], ()),  # read elsewhere
    ],
)
def test_only_what_a_body_of_the_tier_moves_is_offered(
    share: float, read_at: list[str] | None, could: tuple[str, ...]
) -> None:
    system = place(controls=[{"agency": "board", "measure": "falls", "share": share}])
    rows = [row.model_dump() | ({"reported_at": read_at} if row.id == "falls" else {}) for row in system.measures]
    lacking = al.balance(system.replace(measures=rows), ["kindness"]).lacking
    assert next(row.could for row in lacking if (row.tier, row.dimension) == ("county", "outcomes")) == could


def test_a_tier_of_several_bodies_and_one_without_any_measure_are_named() -> None:
    found = al.balance(
        place(
            tiers=[{"id": word, "level": level} for level, word in enumerate(("voters", "county", "area", "town"))],
            agencies=[
                {"id": "people", "tier": "voters"},
                {"id": "board", "tier": "county"},
                {"id": "second-board", "tier": "county"},
                {"id": "partnership", "tier": "area"},
                {"id": "council", "tier": "town"},
            ],
            targets=[
                target("board", "kindness", "increase"),
                target("second-board", "delays", "decrease"),
                target("council", "falls", "decrease"),
                target("council", "delays", "decrease"),
                target("council", "spending", "decrease"),
            ],
        ),
        ["kindness", "falls", "delays", "spending"],
    )
    # Voters set no targets, and nobody expects them to.
    assert found.paragraph.endswith(
        "No body of County works to any measure of outcomes or resource use. No body of Area works to any measure at "
        "all."
    )
    assert found.lacking[0].bodies == ("Board", "Second board")


def test_the_measures_of_experience_with_most_targets_are_named() -> None:
    words = ["calls", "delays", "letters", "queues"]
    found = al.balance(
        place(
            measures=[
                {"id": word, "outcome": "kind-care", "direction": "lower", "perspective": "organisation"}
                for word in words
            ],
            targets=[
                *(target("board", word, "decrease") for word in words),
                target("council", "queues", "decrease"),
            ],
        ),
        words,
    )
    # Queues have two targets, the others one each: the first of these by id.
    assert found.paragraph.startswith(
        "Even of experience, 4 of 4 measures are seen from the organisation: those with most targets are “Queues”, "
        "“Calls” and “Delays”."
    )


def test_what_a_measure_speaks_for_besides_counts_for_no_share_but_is_not_lacking() -> None:
    found = al.balance(place(captures=[{"measure": "kindness", "outcome": "safe-care", "validity": 0.6}]), ["kindness"])
    assert cells(found)["county", "outcomes"] == (0, 0.0, 0, None)
    assert ("county", "outcomes") not in {(row.tier, row.dimension) for row in found.lacking}
    # Just below theta it speaks for nothing.
    near = al.balance(place(captures=[{"measure": "kindness", "outcome": "safe-care", "validity": 0.59}]), ["kindness"])
    assert ("county", "outcomes") in {(row.tier, row.dimension) for row in near.lacking}


def test_a_lapsed_target_is_not_worked_to() -> None:
    system = place().replace(about={"year": 2030})
    rows = [row.model_dump() | {"due": "2029" if row.measure == "falls" else "2030"} for row in system.targets]
    found = al.balance(system.replace(targets=rows), ["kindness"])
    assert cells(found)["town", "all"] == (2, None, 0, 0.0)


def test_what_is_blank_is_missing_and_counts_for_no_share() -> None:
    system = place(
        outcomes=[
            {"id": "kind-care", "dimension": "experience"},
            {"id": "safe-care"},
            {"id": "money", "dimension": "resource-use"},
        ],
        measures=[
            {"id": "kindness", "outcome": "kind-care", "direction": "higher"},
            {"id": "delays", "direction": "lower", "perspective": "organisation"},
            {"id": "falls", "outcome": "safe-care", "direction": "lower"},
            {"id": "spending", "outcome": "money", "direction": "lower", "perspective": "organisation"},
        ],
        agencies=[{"id": "board", "tier": "county"}, {"id": "council"}],
    )
    found = al.balance(system, ["kindness"])
    # Known dimensions: kindness and spending.
    assert cells(found)[None, "experience"] == (1, 0.5, 0, None)
    assert cells(found)[None, "all"] == (4, None, 0, 0.0)
    assert found.missing == (
        "1 measure has no outcome (“Delays”): the column outcome of measures would say what it is for.",
        "1 outcome has no dimension (“Safe care”): the column dimension of outcomes would count their measures.",
        (
            "2 measures have no perspective (“Falls” and “Kindness”): the column perspective of measures would say "
            "whose view is taken."
        ),
        (
            "Council has no tier and counts only in all tiers together: the column tier of agencies would add what "
            "they work to."
        ),
    )


def test_without_targets_or_outcomes_it_says_so() -> None:
    bare = small(measures=[{"id": "falls"}], targets=[])
    assert al.balance(bare, []).paragraph == (
        "Nobody has a target that is still to be met, so nothing can be said of what is measured."
    )
    aimless = small(measures=[{"id": "falls"}], targets=[target("council", "falls", "decrease")])
    found = al.balance(aimless, [])
    assert found.paragraph == (
        "No measure that somebody works to says which outcome it is for, so its dimension is not known."
    )
    assert found.to_text()


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_loops_over_targets_find(seed: int) -> None:
    system = random_system(seed)
    found = al.balance(system, [row.id for row in system.measures])
    year, tier = system.about.year, {row.id: row.tier for row in system.agencies}
    works: dict[str | None, set[str]] = {}
    for row in system.targets:
        if year is None or row.due is None or int(row.due[:4]) >= year:
            for who in (row.agency, row.deliverer):
                works.setdefault(None, set()).add(row.measure)
                if tier[who]:
                    works.setdefault(tier[who], set()).add(row.measure)
    for row in found.tiers:
        if row.dimension == "all":
            assert set(row.now) == works.get(row.tier, set())
        assert row.now_person == sum(each.perspective == "person" for each in system.measures if each.id in row.now)
    # Of a set that holds everything nobody gives anything up.
    assert all(set(row.now) <= set(row.then) for row in found.tiers)


def test_the_order_of_rows_changes_nothing() -> None:
    system = al.read("winter-pressure")
    turned = system.replace(
        agencies=system.agencies[::-1],
        measures=system.measures[::-1],
        targets=system.targets[::-1],
        tiers=system.tiers[::-1],
    )
    assert al.balance(system) == al.balance(turned)
