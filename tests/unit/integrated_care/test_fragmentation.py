"""What bodies lose of their own, by hand on a small place, with near misses."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.random_systems import random_system
from tests.small import push, small, target

Rows = list[dict[str, Any]]


def place(**tables: Rows) -> System:
    """A council with visits, waits and spending, and a trust with stays that it steers beds for."""
    rows: dict[str, Rows] = {
        "outcomes": [{"id": "care"}],
        "measures": [
            {"id": "visits", "outcome": "care", "direction": "higher"},
            {"id": "waits", "outcome": "care", "direction": "lower"},
            {"id": "stays", "outcome": "care", "direction": "lower"},
            {"id": "beds", "outcome": "care", "direction": "lower"},
        ],
        "targets": [
            target("council", "visits", "increase"),
            target("council", "waits", "decrease"),
            target("trust", "stays", "decrease"),
            target("region", "beds", "decrease", for_agency="trust"),
        ],
        "influences": [push("visits", "waits", -1), push("stays", "beds", 1), push("waits", "beds", 1)],
    }
    return small(**{**rows, **tables})


def fates(found: al.Fragmentation, agency: str) -> dict[str, str]:
    return {row.measure: row.fate for row in found.own_measures if row.agency == agency}


def links(found: al.Fragmentation, agency: str) -> dict[tuple[str, str], str]:
    return {(row.cause, row.effect): row.fate for row in found.own_links if row.agency == agency}


def test_lost_and_cut_by_hand() -> None:
    found = al.fragmentation(place(), ["beds", "visits"])
    # Own are what a body wants itself: beds is the region's, though the trust must deliver it. Progress on stays shows
    # in beds, fully but in another return: standing 1 * 1/2, enough. That of waits too, but the council has no target
    # on beds: 1/4, not enough.
    assert fates(found, "council") == {"visits": "kept", "waits": "lost"}
    assert fates(found, "trust") == {"stays": "said"}
    assert fates(found, "region") == {"beds": "kept"}
    said = {row.measure: (row.said_by, row.ground, row.standing) for row in found.own_measures}
    assert (said["stays"], said["waits"]) == (("beds", "shows", 0.5), ("beds", "shows", 0.25))
    # The council sees both ends of visits and waits, the trust of stays and beds, nobody of waits and beds. What says
    # stays is the other end of the link, which is therefore cut.
    assert links(found, "council") == {("visits", "waits"): "cut"}
    assert links(found, "trust") == {("stays", "beds"): "cut"}
    assert links(found, "region") == {}
    assert [(row.agency, row.share_lost, row.share_cut, row.cut_ends, row.whole) for row in found.agencies] == [
        ("council", 0.5, 1.0, ("waits",), False),
        ("trust", 0.0, 1.0, ("stays",), False),
        ("region", 0.0, None, (), True),
    ]
    assert found.paragraph == (
        "Of the 4 measures that bodies have as their own, each counted for each of them, 2 stay, 1 is lost outright "
        "and 1 goes and is said by another. Council loses most: 1 of its 2 (“Waits”). Of the 2 links of cause and "
        "effect that bodies see both ends of, 2 are cut, for instance at Council (1 of 1), which is no longer judged "
        "on “Waits”. Region keeps all of its own."
    )


def test_what_is_kept_whole_loses_nothing() -> None:
    found = al.fragmentation(place(), ["visits", "waits", "stays", "beds"])
    assert all(row.whole for row in found.agencies)
    assert {row.fate for row in found.own_links} == {"stays"}
    assert found.paragraph == (
        "Of the 4 measures that bodies have as their own, each counted for each of them, 4 stay; none is lost "
        "outright. None of the 2 links of cause and effect that bodies see both ends of is cut. Everybody keeps all of "
        "its own."
    )


@pytest.mark.parametrize(("share", "fate"), [(0.5, "said"), (0.49, "lost")])
def test_what_is_much_the_same_says_it(share: float, fate: str) -> None:
    # The council must deliver queues, so that it holds what says waits.
    system = place(
        measures=[
            {"id": "visits", "outcome": "care", "direction": "higher"},
            {"id": "waits", "outcome": "care", "direction": "lower"},
            {"id": "queues", "outcome": "care", "direction": "lower"},
        ],
        targets=[
            target("council", "visits", "increase"),
            target("council", "waits", "decrease"),
            target("region", "queues", "decrease", for_agency="council"),
        ],
        influences=[push("visits", "waits", -1)],
        overlaps=[{"measure_a": "waits", "measure_b": "queues", "kind": "same", "share": share}],
    )
    found = al.fragmentation(system, ["queues", "visits"])
    assert fates(found, "council") == {"visits": "kept", "waits": fate}
    assert links(found, "council") == {("visits", "waits"): "through another" if fate == "said" else "cut"}


@pytest.mark.parametrize(("share", "ends"), [(0.1, {("spending", "visits"): "stays"}), (0.09, {})])
def test_what_a_body_steers_needs_no_target_of_its_own(share: float, ends: dict[tuple[str, str], str]) -> None:
    system = place(
        measures=[
            {"id": "visits", "outcome": "care", "direction": "higher"},
            {"id": "spending", "outcome": "care", "direction": "none"},
        ],
        targets=[target("council", "visits", "increase")],
        influences=[push("spending", "visits", 1)],
        controls=[{"agency": "council", "measure": "spending", "share": share}],
    )
    # Spending is not kept, but who steers it knows what it spends; the visits stay in sight.
    assert links(al.fragmentation(system, ["visits"]), "council") == ends
    if ends:
        assert set(links(al.fragmentation(system, ["spending"]), "council").values()) == {"cut"}


def test_wishes_against_people_and_inferred_ones_go_without_a_loss() -> None:
    system = place(
        targets=[
            target("council", "visits", "decrease"),
            target("trust", "stays", "decrease", revealed=True),
            target("region", "beds", "decrease"),
        ]
    )
    found = al.fragmentation(system, ["beds"])
    assert (fates(found, "council"), fates(found, "trust")) == ({"visits": "against people"}, {"stays": "inferred"})
    rows = {row.agency: row for row in found.agencies}
    assert (rows["council"].own, rows["council"].share_lost, rows["council"].against) == (0, None, ("visits",))
    assert (rows["trust"].held, rows["trust"].inferred, rows["trust"].share_gone) == (1, ("stays",), 1.0)
    assert not rows["council"].whole
    assert found.paragraph.startswith(
        "Of the 3 measures that bodies have as their own, each counted for each of them, 1 stays, 1 goes that was "
        "never a published target and 1 goes that works against people; none is lost outright. Council keeps none of "
        "its own (“Visits”)."
    )


@pytest.mark.parametrize("asked", [False, True])
def test_nobody_is_said_to_be_judged_on_what_was_only_inferred(*, asked: bool) -> None:
    # Waits go, and with them the link from visits. The council only acts as if it wanted waits down; unless the region
    # asks it of the council.
    system = place(
        targets=[
            target("council", "visits", "increase"),
            target("council", "waits", "decrease", revealed=True),
            *([target("region", "waits", "decrease", for_agency="council")] if asked else []),
        ]
    )
    found = al.fragmentation(system, ["visits"])
    row = next(row for row in found.agencies if row.agency == "council")
    assert (row.cut_ends, row.cut_inferred) == (("waits",), () if asked else ("waits",))
    judged = "which is no longer judged on “Waits”"
    assert ("at Council (1 of 1), " + (judged if asked else "as “Waits” goes, never a published target")) in (
        found.paragraph
    )
    assert ("judged on" in found.to_text()) is asked


@pytest.mark.parametrize(("kept", "named"), [(["stays"], True), (["stays", "waits"], False)])
def test_who_keeps_less_than_half_is_named_though_nothing_is_lost(kept: list[str], named: bool) -> None:
    # The council acts as if it wanted visits and waits moved: 2 of its 3 go, or 1 of its 3.
    system = place(
        targets=[
            target("council", "visits", "increase", revealed=True),
            target("council", "waits", "decrease", revealed=True),
            target("council", "stays", "decrease"),
            target("trust", "stays", "decrease"),
        ]
    )
    found = al.fragmentation(system, kept)
    assert ("Council keeps least of its own: 2 of its 3 go (“Visits” and “Waits”)." in found.paragraph) is named
    # Who keeps least comes first.
    assert found.agencies[0].agency == "council"
    assert "Council: " in found.to_text(200).partition("Who loses what of its own:")[2].splitlines()[1]


def test_of_many_that_keep_all_those_with_most_measures_are_named() -> None:
    bodies = ["ark", "bay", "cay", "dale"]
    system = place(
        targets=[
            *(target(who, "visits", "increase") for who in bodies),
            target("dale", "waits", "decrease"),
            target("cay", "waits", "decrease"),
            target("trust", "stays", "decrease", revealed=True),
        ]
    )
    assert al.fragmentation(system, ["visits", "waits"]).paragraph.endswith(
        "4 of 5 bodies keep all of their own, with most measures Cay, Dale and Ark."
    )


def test_what_is_not_judged_is_not_lost_and_said_to_be_missing() -> None:
    system = place(
        measures=[{"id": "visits", "direction": "higher"}, {"id": "beds", "outcome": "care", "direction": "lower"}],
        targets=[target("council", "visits", "increase"), target("region", "beds", "decrease")],
        influences=[],
    )
    found = al.fragmentation(system, ["beds"])
    assert fates(found, "council") == {"visits": "not judged"}
    assert found.missing == (
        "There are no rows of influences: with them it could be told which links of cause and effect are cut.",
        "1 measure has no outcome (“Visits”): the column outcome of measures would tell whether losing it counts.",
    )


def test_a_lapsed_target_is_nobodys_own() -> None:
    late = [target("council", "waits", "decrease", due="2020"), target("trust", "stays", "decrease")]
    found = al.fragmentation(place(targets=late).replace(about={"year": 2030}), ["stays"])
    assert [row.agency for row in found.agencies] == ["trust"]


def test_without_targets_it_says_so() -> None:
    found = al.fragmentation(small(measures=[{"id": "falls"}], targets=[]), [])
    assert found.paragraph == (
        "0 agencies have a target of their own that is still to be met, so there is nothing to lose."
    )
    assert found.to_text()


@pytest.mark.parametrize("seed", range(12))
def test_figures_are_those_of_the_rows(seed: int) -> None:
    system = random_system(seed)
    kept = [row.id for row in system.measures][::2]
    found = al.fragmentation(system, kept)
    year = system.about.year
    own = {
        (row.agency, row.measure)
        for row in system.targets
        if year is None or row.due is None or int(row.due[:4]) >= year
    }
    assert {(row.agency, row.measure) for row in found.own_measures} == own
    assert all((row.fate == "kept") == (row.measure in kept) for row in found.own_measures)
    for row in found.agencies:
        mine = [each for each in found.own_links if each.agency == row.agency]
        assert (row.links, row.cut) == (len(mine), sum(each.fate == "cut" for each in mine))
    for link in found.own_links:
        assert (link.fate == "stays") == (not link.gone)
        assert not set(link.gone) & set(kept)


def test_the_order_of_rows_changes_nothing() -> None:
    system = al.read("winter-pressure")
    turned = system.replace(
        agencies=system.agencies[::-1],
        measures=system.measures[::-1],
        targets=system.targets[::-1],
        influences=system.influences[::-1],
    )
    assert al.fragmentation(system) == al.fragmentation(turned)
