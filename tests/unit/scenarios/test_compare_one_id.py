"""Which rows of one id are one thing to compare, and which are clearly two: cases and near misses."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import alignment as al
from alignment.models.answers.compare import Comparison
from alignment.models.answers.compared import Match
from alignment.models.system import System

SAME, OTHER, TWO = "id", "id, other definition", "only"


def place(name: str, *, measure: Any = (), agency: Any = (), outcome: Any = (), people: str = "Everyone") -> System:
    """A place with one body, outcome and measure, each of the same id everywhere, and one target."""
    return al.read(
        {
            "about": {"name": name},
            "populations": [{"id": "people", "name": people}],
            "outcomes": [{"id": "home", "name": "People have a home", "dimension": "outcomes", **dict(outcome)}],
            "agencies": [{"id": "body", "name": "The housing board", "kind": "board", **dict(agency)}],
            "measures": [
                {
                    "id": "waits",
                    "name": "Waits for a home",
                    "unit": "days",
                    "direction": "lower",
                    "outcome": "home",
                    "population": "people",
                    **dict(measure),
                }
            ],
            "targets": [{"agency": "body", "measure": "waits", "sense": "decrease"}],
        }
    )


def matched(other: System, table: str) -> Match:
    """How the thing of a table is matched in two places; the first row of several."""
    found = al.compare(place("Croydon"), other, names=("Croydon", "Sutton"), core=False)
    return next(row for row in found.matches if row.table == table)


@pytest.mark.parametrize(
    ("cells", "how", "differs"),
    [
        ({}, SAME, None),
        ({"name": "Wait for a home, in days"}, OTHER, "name differs"),
        # Their names are alike: that one counts weeks or a share is a difference of one thing, and told.
        ({"name": "Wait for a home", "unit": "weeks"}, OTHER, "name and unit differ"),
        ({"unit": "% within 26 weeks"}, OTHER, "unit differs"),
        # The names have home in common (likeness 0.19): nothing contradicts, so it is one.
        ({"name": "Time until a family is given a home"}, OTHER, "name differs"),
        # The near miss: the same name, and the unit is of another sort.
        ({"name": "Time until a family is given a home", "unit": "%"}, TWO, "name and unit differ"),
        ({"name": "Time until a family is given a home", "direction": "in-range"}, TWO, "name and direction differ"),
        # Another time is still a time: days and weeks do not contradict.
        ({"name": "Time until a family is given a home", "unit": "weeks"}, OTHER, "name and unit differ"),
        # No word in common: an id such as m1 that two authors gave to two things.
        ({"name": "Council tax paid"}, TWO, "name differs"),
        # What is good in one is bad in the other, and the names are alike but not the same.
        ({"name": "Waits for a home of under 26 weeks", "direction": "higher"}, TWO, "name and direction differ"),
        ({"direction": "higher"}, OTHER, "direction differs"),
    ],
)
def test_measures_of_one_id(cells: dict[str, Any], how: str, differs: str | None) -> None:
    found = matched(place("Sutton", measure=cells), "measures")
    assert found.how == how
    assert found.why == (None if differs is None else differs if how == OTHER else f"{ELSEWHERE}: {differs}")


ELSEWHERE = "what has this id elsewhere is another thing"


@pytest.mark.parametrize(
    ("cells", "how"),
    [
        ({"kind": "partnership"}, OTHER),
        ({"kind": "partnership", "name": "Housing board (joint)"}, OTHER),
        # The names have housing in common (likeness 0.26), and the kinds contradict.
        ({"kind": "court", "name": "Law court for housing"}, TWO),
        ({"kind": "court", "name": "Law court"}, TWO),
        # Of one kind under other names they play one part, as bodies of other ids do.
        ({"name": "Law court"}, "counterpart"),
    ],
)
def test_agencies_of_one_id(cells: dict[str, Any], how: str) -> None:
    assert matched(place("Sutton", agency=cells), "agencies").how == how


@pytest.mark.parametrize(
    ("cells", "how"),
    [
        ({"name": "Everybody has a home"}, OTHER),
        ({"dimension": "experience"}, OTHER),
        ({"name": "A home that the councils of the land can pay", "dimension": "resource-use"}, TWO),
        ({"name": "Air is clean"}, TWO),
    ],
)
def test_outcomes_of_one_id(cells: dict[str, Any], how: str) -> None:
    assert matched(place("Sutton", outcome=cells), "outcomes").how == how


def test_people_of_one_id_are_one_where_a_word_is() -> None:
    assert matched(place("Sutton", people="Everyone in the town"), "populations").how == OTHER
    assert matched(place("Sutton", people="Children"), "populations").how == TWO


def test_what_is_one_only_to_compare_is_two_to_join() -> None:
    croydon, sutton = place("Croydon"), place("Sutton", measure={"name": "Wait for a home"})
    found = al.compare(croydon, sutton)
    assert not [row for row in found.differences if row.table == "targets"]
    assert [row.column for row in found.differences] == ["name"]
    assert len(al.join(croydon, sutton).measures) == 2
    assert found.core is not None
    assert found.core.separately == 2
    assert (
        "1 measure of one id is defined a little differently, and compared as one: table matches. "
        "The set for all together takes it for two." in found.notes
    )


def test_three_are_one_if_by_way_of_another() -> None:
    """The first and the last have no word in common; each has one with the second."""
    names = ("Waits for a home", "Waits of a family", "Family in need of rooms")
    several = [place(f"Place {at}", measure={"name": name}) for at, name in enumerate(names)]
    for order in (several, several[::-1]):
        (row,) = [row for row in al.compare(*order, core=False).matches if row.table == "measures"]
        assert (row.how, len(row.ids)) == (OTHER, 3)
    apart = al.compare(several[0], several[2], core=False)
    assert {row.how for row in apart.matches if row.table == "measures"} == {TWO}


@cache
def london_and_england() -> Comparison:
    return al.compare(al.read("london-2018"), al.read("england-2026"), names=("London", "England"), core=False)


def test_london_and_england_by_hand() -> None:
    """Twelve ids of measures are in both files. One is clearly of two things.

    gp-continuity is "Patients who see the same GP", an index from 0 to 1, and "People who see the professional they
    prefer", in per cent: they share the word see. Eleven are left, and of these bed-occupancy is nobody's in England
    (its targets.csv): ten have targets in both.
    """
    found = london_and_england()
    loose = {row.ids[0][0] for row in found.matches if row.table == "measures" and row.how == OTHER}
    ids = ("ae-4h", "bed-occupancy", "cancer-62d", "care-home-adm", "carer-qol", "hle", "homecare-fee", "readm-30d")
    assert loose == {*ids, "rtt-18w", "rtt-list", "smoking"}
    two = [row for row in found.matches if ("gp-continuity",) in row.ids]
    assert [row.how for row in two] == [TWO, TWO]
    wanted = [{row.measure for row in al.read(name).targets} for name in ("london-2018", "england-2026")]
    assert len(loose & wanted[0] & wanted[1]) == 10
    assert sum(all(row.targets) for row in found.sets) == 10
    bodies = {row.ids[0]: row for row in found.matches if row.table == "agencies" and row.how == OTHER}
    assert bodies["nhs-england",].why == "kind differs"


def test_what_london_and_england_have_in_common_is_told() -> None:
    found = london_and_england()
    assert found.headline.startswith("The years differ: 2018 in London and 2026 in England. ")
    assert [side.year for side in found.sides] == [2018, 2026]
    assert not found.apart
    assert "Kept in both: 9." in str(found)
    # Of London's 88 targets 28 name a level and have a figure of today, and 9 are met: counted from its tables.
    met = next(row for row in found.figures if row.figure == "met")
    assert met.values[0] == pytest.approx(9 / 28, abs=1e-6)
    assert met.unit == "share of the targets that name a level and have a figure of today"
