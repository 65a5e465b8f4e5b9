"""Layers on winter-pressure by hand, and against loops over targets."""

from __future__ import annotations

from itertools import combinations

import pytest

import alignment as al
from tests.random_systems import random_system
from tests.small import measures, small, target


def test_winter_pressure_by_hand() -> None:
    # Regional: admissions, beds, flu, experience (4). Local: admissions (delivered), delays, home care, flu, operations
    # (5). Provider: beds and experience (delivered), operations, stays (4).
    found = al.layers(al.read(al.example("winter-pressure")))
    assert [(row.a, row.b, row.measures_a, row.measures_b, row.shared) for row in found.pairs] == [
        ("regional", "local", 4, 5, ("emergency-admissions", "flu-vaccination")),
        ("regional", "provider", 4, 4, ("bed-occupancy", "patient-experience")),
        ("local", "provider", 5, 4, ("planned-operations",)),
    ]
    assert [row.jaccard for row in found.pairs] == [round(2 / 7, 6), round(2 / 6, 6), round(1 / 8, 6)]
    assert found.pairs[1].targets == ("region-beds", "region-experience")
    assert [(row.agency, row.masters) for row in found.agencies] == [
        ("trust", ("commissioner", "region")),
        ("commissioner", ("region",)),
        ("council", ("commissioner",)),
    ]
    assert found.paragraph == (
        "No two tiers share half of the measures that either works to: Regional and Provider come nearest, with 2 of 6 "
        "(33%). Local and Provider share least: 1 of 8 (12%). Most conflicts stand between Regional and Local: 6, "
        "where they share 2 of 7 (29%). The trust has most masters: 2 other bodies set targets that it has to deliver "
        "(the commissioner and the region)."
    )
    assert found.missing == ()


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_loops_over_targets_find(seed: int) -> None:
    system = random_system(seed)
    found = al.layers(system)
    tier = {row.id: row.tier for row in system.agencies}
    works: dict[str, set[str]] = {}
    masters: dict[str, set[str]] = {}
    for row in system.targets:
        for who in (row.agency, row.for_agency or row.agency):
            if own := tier[who]:
                works.setdefault(own, set()).add(row.measure)
        if row.for_agency and row.for_agency != row.agency:
            masters.setdefault(row.for_agency, set()).add(row.agency)
    expected = {
        frozenset((a, b)): (works[a] & works[b], len(works[a] & works[b]) / len(works[a] | works[b]))
        for a, b in combinations(sorted(works), 2)
    }
    assert {frozenset((row.a, row.b)): set(row.shared) for row in found.pairs} == {
        pair: shared for pair, (shared, _) in expected.items()
    }
    for row in found.pairs:
        assert row.jaccard == pytest.approx(expected[frozenset((row.a, row.b))][1], abs=1e-6)
    assert {row.agency: set(row.masters) for row in found.agencies} == masters
    counted = al.find_conflicts(system).counts("tier")
    assert (
        sum(row.conflicts for row in found.pairs)
        == counted[
            (counted["a"] != counted["b"])
            & (counted["a"] != "(unknown)")
            & (counted["b"] != "(unknown)")
            & counted["a"].isin(works)
            & counted["b"].isin(works)
        ]["conflicts"].sum()
    )


def test_bodies_without_a_tier_are_said_to_be_missing() -> None:
    tables = al.to_document(al.read(al.example("winter-pressure")))
    for row in tables["agencies"]:
        if row["id"] == "trust":
            del row["tier"]
    found = al.layers(al.read(tables))
    assert {row.b for row in found.pairs} == {"local"}
    assert found.missing == (
        "the trust has no tier, so their measures count for none: the column tier of agencies would add them.",
    )


def paragraph(*rows: tuple[str, str]) -> str:
    """What is said of three tiers whose bodies have targets on measures, as agency and measure."""
    system = small(
        tiers=[{"id": name, "level": level} for level, name in enumerate(("state", "town", "ward"))],
        agencies=[{"id": f"{name}-body", "tier": name} for name in ("state", "town", "ward")],
        measures=measures(*sorted({measure for _, measure in rows})),
        targets=[target(f"{who}-body", measure, "increase") for who, measure in rows],
    )
    return al.layers(system).paragraph


def test_the_leading_fact_is_how_near_the_nearest_come() -> None:
    # State a, b; town a, b, c: two of three. The ward has d alone.
    rows = [("state", "a"), ("state", "b"), ("town", "a"), ("town", "b"), ("town", "c"), ("ward", "d")]
    assert paragraph(*rows) == (
        "State and Town come nearest to working to the same measures, with 2 of 3 (67%). State and Ward share none, "
        "nor do Town and Ward."
    )
    # One of two is half.
    assert paragraph(("state", "a"), ("town", "a"), ("town", "b")) == "The tiers State and Town share 1 of 2 (50%)."
    assert paragraph(("state", "a"), ("town", "b"), ("ward", "c")) == "No two tiers share a measure."
    assert paragraph(("state", "a")) == "There are no two tiers with targets, so nothing can be said of layers."


def test_tiers_that_share_nothing_are_counted_when_there_are_many() -> None:
    system = small(
        tiers=[{"id": name, "level": level} for level, name in enumerate("abcd")],
        agencies=[{"id": f"{name}-body", "tier": name} for name in "abcd"],
        measures=measures("one", "two", "three"),
        targets=[
            *(target(f"{who}-body", "one", "increase") for who in "ab"),
            target("c-body", "two", "increase"),
            target("d-body", "three", "increase"),
        ],
    )
    assert "5 of the 6 pairs of tiers share none." in al.layers(system).paragraph


def test_tiers_that_work_against_each_other_are_named() -> None:
    # The state wants visits up, the town down: one opposed finding, hindering alone.
    system = small(
        tiers=[{"id": "state", "level": 0}, {"id": "town", "level": 1}],
        agencies=[{"id": "crown", "tier": "state"}, {"id": "council", "tier": "town"}],
        measures=measures("visits"),
        targets=[target("crown", "visits", "increase"), target("council", "visits", "decrease")],
    )
    assert "The targets of State and Town hinder each other more than they help." in al.layers(system).paragraph
