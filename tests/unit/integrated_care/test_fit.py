"""Square pegs of a small place, each difference by hand and with its near miss."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.random_systems import random_system
from tests.small import small, target

Rows = list[dict[str, Any]]


def place(one: dict[str, Any] | None = None, two: dict[str, Any] | None = None, **tables: Rows) -> System:
    """A trust and a council that measure waits apart."""
    rows: dict[str, Rows] = {
        "agencies": [{"id": "trust", "sector": "NHS"}, {"id": "council", "sector": "Councils"}],
        "outcomes": [{"id": "timely-care"}],
        "populations": [{"id": "adults"}, {"id": "older", "parent": "adults"}, {"id": "children"}],
        "measures": [
            {"id": "clinic-waits", "name": "Waits", "outcome": "timely-care", "unit": "days", **(one or {})},
            {"id": "home-waits", "name": "Waits", "outcome": "timely-care", "unit": "days", **(two or {})},
        ],
        "targets": [
            target("trust", "clinic-waits", "decrease", due="2030"),
            target("council", "home-waits", "decrease", due="2030"),
        ],
    }
    return small(**{**rows, **tables})


def overlap(kind: str) -> Rows:
    return [{"measure_a": "clinic-waits", "measure_b": "home-waits", "kind": kind}]


def only(system: System, **options: Any) -> Any:
    (row,) = al.fit(system, **options).pegs
    return row


def test_a_pair_by_hand() -> None:
    found = al.fit(place())
    (row,) = found.pegs
    assert (row.outcomes, row.measure_a, row.measure_b) == (("timely-care",), "clinic-waits", "home-waits")
    assert (row.sectors_a, row.sectors_b) == (("NHS",), ("Councils",))
    # One name: as alike as can be. Nobody says how the definitions go together; people, unit and year are the same.
    assert (row.near, row.alike) == (True, 1.0)
    assert (row.definition, row.population, row.unit, row.timing) == ("not known", "same", "same", "same")
    assert row.suggestion == "Say in overlaps whether the two are one thing; if so, work to one of them."
    assert found.sectors[0].model_dump() == {
        "a": "Councils",
        "b": "NHS",
        "pairs": 1,
        "near": 1,
        "definition": 0,
        "population": 0,
        "unit": 0,
        "timing": 0,
        "explained": 0,
    }
    assert found.paragraph == (
        "1 pair of measures is of one outcome, each worked to in a sector that does not work to the other; 1 of them "
        "is near each other, by what is declared or by name. Nearest are “Waits” (NHS) and “Waits” (Councils): nothing "
        "in the tables differs, but whether they count the same people and services is not said."
    )
    (sentence,) = found.missing
    assert sentence.startswith("Of 1 near pair neither overlaps nor the columns numerator and denominator")


@pytest.mark.parametrize(
    ("kind", "definition", "explained", "suggests"),
    [
        ("same", "same", (), "Work to one of the two."),
        ("part", "differs", ("definition",), "Keep both, so that the part is read within the whole."),
        ("shared", "differs", ("definition",), "Align the definition, or keep both"),
        ("complementary", "differs", ("definition",), "Keep both, as local choice"),
        ("distinct", "differs", ("definition",), "Keep both, as local choice"),
    ],
)
def test_what_is_declared_decides_the_definition(
    kind: str, definition: str, explained: tuple[str, ...], suggests: str
) -> None:
    row = only(place(overlaps=overlap(kind)))
    assert (row.definition, row.explained, row.overlap) == (definition, explained, kind)
    assert row.suggestion.startswith(suggests)
    assert row.rows == ("clinic-waits|home-waits",)


@pytest.mark.parametrize(
    ("one", "two", "near"),
    [
        # Each name has words of its own: two kinds of service, rated alike.
        ({"name": "Acute services rated good"}, {"name": "Social care services rated good"}, False),
        ({"name": "Services rated good"}, {"name": "Social care services rated good"}, True),
        # What is defined the same is one thing under two names.
        (
            {"name": "Acute services rated good", "numerator": "good ratings", "denominator": "ratings"},
            {"name": "Social care services rated good", "numerator": "good ratings", "denominator": "ratings"},
            True,
        ),
    ],
)
def test_names_that_share_no_more_than_how_they_are_read_are_not_near(
    one: dict[str, str], two: dict[str, str], near: bool
) -> None:
    system = place({**one, "collection": "ratings"}, {**two, "collection": "ratings"}, collections=[{"id": "ratings"}])
    row = only(system, least=0.3)
    assert row.near is near
    assert row.alike >= 0.3
    # What a row of overlaps speaks of is near whatever the names.
    assert only(system.replace(overlaps=overlap("shared")), least=0.3).near


@pytest.mark.parametrize(
    ("kind", "sources", "cut"),
    [
        ("same", ("sitrep", "sitrep"), True),
        ("part", ("sitrep", "sitrep"), True),
        ("complementary", ("sitrep", "sitrep"), False),
        ("same", ("sitrep", "survey"), False),
        ("same", (None, None), False),
    ],
)
def test_one_return_cut_two_ways_is_kept_as_one(kind: str, sources: tuple[str | None, str | None], cut: bool) -> None:
    one, two = (
        {"population": people, "collection": source}
        for people, source in zip(("older", "children"), sources, strict=True)
    )
    row = only(place(one, two, overlaps=overlap(kind), collections=[{"id": "sitrep"}, {"id": "survey"}]))
    assert row.suggestion.startswith("They are one return cut two ways: keep it as one return") is cut
    # About the same people it is no cut of a return.
    same = only(place(two, two, overlaps=overlap(kind), collections=[{"id": "sitrep"}, {"id": "survey"}]))
    assert "one return" not in same.suggestion


def test_of_near_pairs_one_that_can_be_settled_is_told_first() -> None:
    system = place(
        measures=[
            {"id": each, "name": f"Waits {each}", "outcome": "timely-care", "unit": "days"} for each in ("a", "b", "c")
        ],
        targets=[
            target("trust", "a", "decrease", due="2030"),
            target("council", "b", "decrease", due="2030"),
            target("council", "c", "decrease", due="2030"),
        ],
        overlaps=[
            {"measure_a": "a", "measure_b": "b", "kind": "complementary"},
            {"measure_a": "a", "measure_b": "c", "kind": "part"},
        ],
    )
    assert "Nearest are “Waits a” (NHS) and “Waits c” (Councils)" in al.fit(system).paragraph


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        ({"numerator": "people waiting"}, {"numerator": "people waiting"}, "same"),
        ({"numerator": "people waiting"}, {"numerator": "beds closed"}, "differs"),
        ({"numerator": "people waiting"}, {}, "not known"),
    ],
)
def test_words_of_definitions_are_compared(one: dict[str, str], two: dict[str, str], fits: str) -> None:
    assert only(place(one, two), least=0).definition == fits


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        ("adults", "adults", "same"),
        ("adults", "older", "within"),
        (None, "children", "within"),
        ("older", "children", "differs"),
    ],
)
def test_people_differ_where_neither_holds_the_other(one: str | None, two: str, fits: str) -> None:
    row = only(place({"population": one}, {"population": two}))
    assert row.population == fits
    assert row.differs == (("population",) if fits == "differs" else ())
    if fits == "differs":
        assert row.why == ("they are about “older” and “children”",)
        assert row.suggestion.startswith("Keep both")
        # Declared one thing, whom they are about is to be settled.
        same = only(place({"population": one}, {"population": two}, overlaps=overlap("same")))
        assert same.suggestion.startswith("Align whom they are about")


@pytest.mark.parametrize(("unit", "fits"), [("Days", "same"), ("hours", "differs"), (None, "not known")])
def test_units_are_compared_as_they_are_written(unit: str | None, fits: str) -> None:
    assert only(place({}, {"unit": unit}), least=0).unit == fits


@pytest.mark.parametrize(
    ("ours", "theirs", "fits"),
    [
        ({"due": "2030"}, {"due": "2030-03-31"}, "same"),
        ({"due": "2030"}, {"due": "2031"}, "differs"),
        ({"due": "2030"}, {}, "not known"),
        ({"due": "2030"}, {"start": "2031"}, "differs"),
        ({"due": "2030"}, {"start": "2030"}, "not known"),
    ],
)
def test_targets_are_compared_in_time(ours: dict[str, Any], theirs: dict[str, Any], fits: str) -> None:
    both = [target("trust", "clinic-waits", "decrease", **ours), target("council", "home-waits", "decrease", **theirs)]
    assert only(place(targets=both)).timing == fits


def test_windows_are_compared() -> None:
    assert only(place({"window": "12 months"}, {"window": "3 months"}), least=0).timing == "differs"
    late = [target("trust", "clinic-waits", "decrease"), target("council", "home-waits", "decrease")]
    assert only(place({"window": "3 months"}, {"window": "3 months"}, targets=late)).timing == "same"


def test_a_measure_that_both_sectors_work_to_is_no_peg() -> None:
    shared = [
        target("trust", "clinic-waits", "decrease"),
        target("council", "home-waits", "decrease"),
        target("trust", "home-waits", "decrease", for_agency="council"),
    ]
    assert al.fit(place(targets=shared)).pegs == ()


def test_other_outcomes_and_weak_validity_make_no_pair() -> None:
    apart: Rows = [{"id": "timely-care"}, {"id": "other"}]
    assert al.fit(place({}, {"outcome": "other"}, outcomes=apart)).pegs == ()
    speaks = [{"measure": "home-waits", "outcome": "timely-care", "validity": 0.59}]
    assert al.fit(place({}, {"outcome": "other"}, outcomes=apart, captures=speaks)).pegs == ()
    assert only(place({}, {"outcome": "other"}, outcomes=apart, captures=speaks), theta=0.5).outcomes == (
        "timely-care",
    )


def test_without_a_sector_the_tier_stands_for_it_and_is_missing() -> None:
    system = place(
        tiers=[{"id": "local", "level": 1}],
        agencies=[{"id": "trust", "sector": "NHS"}, {"id": "council", "tier": "local"}],
    )
    found = al.fit(system)
    assert found.pegs[0].sectors_b == ("Local (tier)",)
    assert found.missing[-1] == (
        "Council has no sector and counts by its tier: the column sector of agencies would say with whom."
    )


def test_near_ones_come_first_and_of_them_those_with_fewest_differences() -> None:
    system = place(
        measures=[
            {"id": "a", "name": "Waits for clinics", "outcome": "timely-care", "unit": "days"},
            {"id": "b", "name": "Waits for clinics", "outcome": "timely-care", "unit": "hours"},
            {"id": "c", "name": "Waits for clinics", "outcome": "timely-care", "unit": "days"},
            {"id": "d", "name": "Grit on roads", "outcome": "timely-care", "unit": "days"},
        ],
        targets=[
            target("trust", "a", "decrease", due="2030"),
            *(target("council", each, "decrease", due="2030") for each in "bcd"),
        ],
    )
    pegs = al.fit(system).pegs
    assert [(row.measure_b, row.near, row.differs) for row in pegs] == [
        ("c", True, ()),
        ("b", True, ("unit",)),
        ("d", False, ()),
    ]
    assert pegs[2].suggestion.startswith("Keep both")


def test_a_lapsed_target_is_not_worked_to() -> None:
    system = place().replace(about={"year": 2031})
    assert al.fit(system).pegs == ()


def test_without_pairs_it_says_so() -> None:
    found = al.fit(small(measures=[{"id": "falls"}], targets=[]))
    assert found.paragraph == (
        "Of 0 outcomes none is measured apart by two sectors, each with a measure that the other does not work to."
    )
    assert found.to_text()


@pytest.mark.parametrize("seed", range(12))
def test_pairs_are_those_that_loops_over_targets_find(seed: int) -> None:
    system = random_system(seed)
    year, sector = system.about.year, {row.id: row.sector or row.tier or row.id for row in system.agencies}
    works: dict[str, set[str]] = {}
    for row in system.targets:
        if year is None or row.due is None or int(row.due[:4]) >= year:
            works.setdefault(row.measure, set()).update((sector[row.agency], sector[row.deliverer]))
    speaks = {(row.id, row.outcome) for row in system.measures if row.outcome}
    speaks |= {(row.measure, row.outcome) for row in system.captures if row.validity >= 0.6}
    expected = {
        (one, two)
        for one, outcome in speaks
        for two, other in speaks
        if outcome == other and one < two and one in works and two in works
        if works[one] - works[two] and works[two] - works[one]
    }
    found = al.fit(system)
    assert {(row.measure_a, row.measure_b) for row in found.pegs} == expected
    assert all(set(row.explained) <= set(row.differs) and len(row.why) == len(row.differs) for row in found.pegs)


def test_the_order_of_rows_changes_nothing() -> None:
    system = al.read("england-2026")
    turned = system.replace(
        agencies=system.agencies[::-1], measures=system.measures[::-1], targets=system.targets[::-1]
    )
    assert al.fit(system) == al.fit(turned)
