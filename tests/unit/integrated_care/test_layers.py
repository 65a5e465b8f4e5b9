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
    # Both set a target themselves: flu by region, commissioner and council; operations by commissioner and trust.
    # Admissions the commissioner delivers for the region, beds and experience the trust.
    assert [(row.own, row.delivered) for row in found.pairs] == [
        (("flu-vaccination",), ("emergency-admissions",)),
        ((), ("bed-occupancy", "patient-experience")),
        (("planned-operations",), ()),
    ]
    # The trust answers to the commissioner, and that to the region; no row says that the council answers to anybody.
    assert [(row.agency, row.answers_to, row.asking) for row in found.agencies] == [
        ("trust", ("region", "commissioner"), ()),
        ("commissioner", ("region",), ()),
        ("council", (), ("commissioner",)),
    ]
    assert found.paragraph == (
        "No two tiers both have targets of their own on half of the measures that either works to: Regional and Local "
        "come nearest, with 1 of 7 (14%); on 1 more the one delivers for the other. Local and Provider share least: 1 "
        "of 8 (12%). Most conflicts stand between Regional and Local: 6; they share 2 of 7 (29%). The trust has most "
        "masters: it answers to 2 bodies that set it targets (the region and the commissioner)."
    )
    assert found.missing == (
        (
            "No row of accountability says that these answer to who wants something of them: the council to the "
            "commissioner. Where one does, a row would tell a target with authority from an ask."
        ),
    )


def test_a_wish_that_is_only_inferred_makes_no_master() -> None:
    rows = {
        "agencies": [{"id": each} for each in ("ministry", "home", "council")],
        "measures": measures("fees", "visits"),
        "accountability": [{"agency": "council", "answers_to": "ministry", "kind": "financial"}],
    }
    wants = [
        target("ministry", "visits", "increase", for_agency="council"),
        target("home", "fees", "increase", for_agency="council"),
    ]
    (council,) = al.layers(small(**rows, targets=wants)).agencies
    assert (council.masters, council.answers_to, council.asking) == (("home", "ministry"), ("ministry",), ("home",))
    inferred = [wants[0], wants[1] | {"revealed": True}]
    (council,) = al.layers(small(**rows, targets=inferred)).agencies
    assert (council.masters, council.asking) == (("ministry",), ())


@pytest.mark.parametrize(
    ("kinds", "known"),
    [
        (("contractual", "statutory"), True),
        (("partnership", "statutory"), False),
        (("contractual", "electoral"), False),
    ],
)
def test_who_answers_to_whom_is_followed_but_not_through_partnership(kinds: tuple[str, str], known: bool) -> None:
    # The trust answers to the board, and that to the ministry, which wants something of the trust.
    below, above = kinds
    (trust,) = al.layers(
        small(
            agencies=[{"id": each} for each in ("ministry", "board", "trust")],
            measures=measures("visits"),
            accountability=[
                {"agency": "trust", "answers_to": "board", "kind": below},
                {"agency": "board", "answers_to": "ministry", "kind": above},
            ],
            targets=[target("ministry", "visits", "increase", for_agency="trust")],
        )
    ).agencies
    assert trust.answers_to == (("ministry",) if known else ())


def test_a_lapsed_target_is_not_worked_to_and_makes_no_master() -> None:
    rows = [
        target("state-body", "a", "increase", due="2029"),
        target("town-body", "a", "increase", due="2030"),
        target("state-body", "b", "increase", due="2029", for_agency="town-body"),
    ]
    system = small(
        tiers=[{"id": "state", "level": 0}, {"id": "town", "level": 1}],
        agencies=[{"id": "state-body", "tier": "state"}, {"id": "town-body", "tier": "town"}],
        measures=measures("a", "b"),
        targets=rows,
    ).replace(about={"year": 2030})
    # The state works to nothing any more, so there are no two tiers.
    assert al.layers(system).pairs == al.layers(system).agencies == ()
    (pair,) = al.layers(system.replace(about={"year": 2029})).pairs
    assert (pair.measures_a, pair.measures_b, pair.own, pair.delivered) == (2, 2, ("a",), ("b",))


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_loops_over_targets_find(seed: int) -> None:
    system = random_system(seed)
    found = al.layers(system)
    tier = {row.id: row.tier for row in system.agencies}
    works: dict[str, set[str]] = {}
    masters: dict[str, set[str]] = {}
    year = system.about.year
    for row in system.targets:
        if year is not None and row.due is not None and int(row.due[:4]) < year:
            continue
        for who in (row.agency, row.for_agency or row.agency):
            if own := tier[who]:
                works.setdefault(own, set()).add(row.measure)
        if row.for_agency and row.for_agency != row.agency and not row.revealed:
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
    assert found.missing[0] == (
        "the trust has no tier, so their measures count for none: the column tier of agencies would add them."
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
        "State and Town come nearest to working to the same measures: both have targets of their own on 2 of 3 (67%). "
        "State and Ward share none, nor do Town and Ward."
    )
    # One of two is half.
    assert paragraph(("state", "a"), ("town", "a"), ("town", "b")) == (
        "State and Town both have targets of their own on 1 of 2 (50%)."
    )
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
    assert al.layers(system).pairs[0].own == ("visits",)
    # Where the town only acts so, no targets do, and it has none of its own.
    rows = [row.model_dump() | {"revealed": row.agency == "council"} for row in system.targets]
    (pair,) = al.layers(system.replace(targets=rows)).pairs
    assert (pair.alignment, pair.alignment_set, pair.shared, pair.own) == (-1.0, None, ("visits",), ())
    assert al.layers(system.replace(targets=rows)).paragraph.endswith(
        "What State and Town want hinders each other more than it helps, but only by wishes that were inferred from "
        "what bodies do, not by targets set."
    )
