"""Which rows of several systems are one thing, and who holds what in which place."""

from __future__ import annotations

import pytest

from alignment.scenarios.definitions import clusters
from alignment.scenarios.holders import Holders, contradicting
from alignment.scenarios.matching import Matching, match
from alignment.scenarios.places import places_of
from tests.small import Cells, small, target


def matched(*tables: dict[str, list[Cells]], shared: frozenset[str] = frozenset()) -> Matching:
    """Places A, B and so on, matched."""
    targets = [target("council", "waits", "decrease")]
    systems = [small(**{"measures": [{"id": "waits"}], "targets": targets, **some}) for some in tables]
    return match(places_of(systems, [chr(65 + at) for at in range(len(systems))]), shared=shared)


def homes(matching: Matching, table: str) -> list[str]:
    """The places of each thing of a table, by their names."""
    labels = [place.label for place in matching.places]
    return sorted("".join(sorted(labels[place] for place in each.places)) for each in matching.things[table])


def units(*names: str | None) -> list[dict[str, list[Cells]]]:
    """Places that count one measure in some units."""
    return [{"measures": [{"id": "waits", "unit": name}]} for name in names]


def test_what_agrees_is_one_thing() -> None:
    days, weeks, blank = (
        {"measures": [{"id": "waits", **cells}]} for cells in ({"unit": "days"}, {"unit": "weeks"}, {})
    )
    assert homes(matched(days, blank), "measures") == ["AB"]
    apart = matched(days, weeks)
    assert homes(apart, "measures") == ["A", "B"]
    assert {(each.apart, each.differs) for each in apart.things["measures"]} == {("definition", ("unit",))}


def test_what_fits_several_stands_with_the_first_and_is_told() -> None:
    """A blank agrees with days and with weeks, which do not agree: it is put with days, the first word."""
    days, weeks, blank = (
        {"measures": [{"id": "waits", **cells}]} for cells in ({"unit": "days"}, {"unit": "weeks"}, {})
    )
    three = matched(weeks, blank, days)
    assert homes(three, "measures") == ["A", "BC"]
    assert [(table, three.places[place].label, name) for table, place, name in three.unsure] == [
        ("measures", "B", "waits")
    ]


def test_groups_agree_all_with_all() -> None:
    """(x, -), (-, y) and (z, y): the second agrees with each of the others, which differ, and goes with the fuller."""
    groups, unsure = clusters("outcomes", {0: ("x", None), 1: (None, "y"), 2: ("z", "y")})
    assert sorted(map(sorted, groups)) == [[0], [1, 2]]
    assert unsure == [1]


@pytest.mark.parametrize(("levels", "tiers"), [((1, 1), ["AB"]), ((1, 2), ["A", "B"])])
def test_an_agency_of_another_tier_is_another(levels: tuple[int, int], tiers: list[str]) -> None:
    one, two = (
        {
            "tiers": [{"id": "place", "level": level}],
            "agencies": [{"id": "council", "tier": "place"}],
            "outcomes": [{"id": name}],
        }
        for level, name in zip(levels, ("homes", "health"), strict=True)
    )
    assert homes(matched(one, two), "tiers") == tiers
    assert homes(matched(one, two), "agencies") == tiers
    assert homes(matched(one, two, shared=frozenset({"council"})), "agencies") == ["AB"]


def test_a_level_beats_the_baseline_of_a_place_that_has_none() -> None:
    """B is a part of A that left the level out: that is no contradiction; another baseline is."""
    at_40, at_41 = ({"measures": [{"id": "waits", "baseline": now}]} for now in (40, 41))
    level = {"levels": [{"measure": "waits", "agency": "council", "value": 44}]}
    part = matched({**at_40, **level}, at_40)
    (number,) = (each.number for each in part.things["measures"])
    assert list(contradicting(Holders(part).of[number])) == []
    other = matched({**at_40, **level}, at_41, shared=frozenset({"council"}))
    (number,) = (each.number for each in other.things["measures"])
    assert len(list(contradicting(Holders(other).of[number]))) == 1


def test_only_those_who_hold_a_measure_hold_it() -> None:
    """Who wants something of somebody else holds nothing, nor does a share of 0."""
    tables = {
        "agencies": [{"id": "ministry"}, {"id": "council"}, {"id": "trust"}, {"id": "charity"}],
        "targets": [target("ministry", "waits", "decrease", for_agency="council")],
        "controls": [
            {"agency": "trust", "measure": "waits", "share": 0.2},
            {"agency": "charity", "measure": "waits", "share": 0},
        ],
    }
    one = matched(tables)
    (holdings,) = Holders(one).of.values()
    assert sorted(each.agency.first.id for each in holdings) == ["council", "trust"]
