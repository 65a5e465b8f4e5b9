"""Layers on winter-pressure by hand, and against loops over targets."""

from __future__ import annotations

from itertools import combinations

import pytest

import alignment as al
from tests.random_systems import random_system


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
        "The tiers Regional and Provider share 2 of the 6 measures that either works to (33%). The tiers Local and "
        "Provider share 1 of the 8 measures that either works to (12%). The trust has most masters: 2 other bodies set "
        "targets that it has to deliver."
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
