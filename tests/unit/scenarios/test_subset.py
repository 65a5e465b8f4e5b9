"""Parts of winter-pressure by hand: what comes along, what is left out and told, what is refused."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models import System

WINTER = al.read(al.example("winter-pressure"))


def ids(system: System, table: str) -> list[str]:
    return [row.id for row in getattr(system, table)]


def notes(system: System) -> list[str]:
    return [note.what for note in system.notes]


def test_the_council_by_hand() -> None:
    # It wants four targets, and must deliver two of the commissioner's. It can move admissions and delays besides, and
    # the money for delays goes to and from the trust, so that measure and these bodies come too.
    part = al.subset(WINTER, "council")
    assert ids(part, "targets") == [
        *("commissioner-delays", "commissioner-home-care"),
        *("council-budget", "council-home-care-later", "council-flu", "council-flu-children"),
    ]
    assert ids(part, "measures") == [
        *("emergency-admissions", "flu-vaccination", "delayed-discharges", "home-care-spending"),
    ]
    # The region only wants what the commissioner has to do: it is not in.
    assert ids(part, "agencies") == ["council", "commissioner", "trust"]
    # Delayed discharges speak for beds too, by a row of captures; nothing speaks for planned care or kindness.
    assert ids(part, "outcomes") == ["staying-well", "home-on-time", "bed-use", "home-support"]
    assert ids(part, "populations") == ["everyone", "older-people", "children"]
    # The council's tier is local, the trust's provider; local stands below regional.
    assert ids(part, "tiers") == ["regional", "local", "provider"]
    assert [(row.measure, row.resource) for row in part.draws] == [
        ("delayed-discharges", "home-care-hours"),
        ("emergency-admissions", "home-care-hours"),
    ]
    # What others can move of the same measures is a fact; what they are paid for is theirs.
    assert len(part.controls) == 6
    assert [(row.payer, row.payee) for row in part.incentives] == [("council", "trust"), ("trust", "council")]
    assert [(row.agency, row.answers_to) for row in part.accountability] == [("trust", "commissioner")]
    # No two of the four measures push on each other directly: admissions push beds, spending pushes waits.
    assert part.influences == ()


def test_what_is_left_out_is_told() -> None:
    # Others' targets on the four measures: the region's and the commissioner's on flu, the region's on admissions. Of
    # the bodies in, on other measures: the commissioner's operations, the trust's operations and stays, and what the
    # trust must deliver of beds and experience.
    # Influences that touch the four: admissions and delays on beds, readmissions on admissions, spending on waits,
    # waits on delays.
    assert notes(al.subset(WINTER, "council")) == [
        "2 lines of accountability are left out, as one end is not in the part",
        "2 overlaps are left out, as one end is not in the part",
        "3 targets of others on the same measures are left out",
        "5 targets of bodies in the part on other measures are left out",
        "5 influences are left out, as one end is not in the part",
        "1 incentive of others on the same measures is left out",
    ]
    assert len(WINTER.targets) == 6 + 3 + 5


def test_several_ids_widen_and_several_options_narrow() -> None:
    assert set(ids(al.subset(WINTER, ["council", "trust"]), "targets")) == {
        *ids(al.subset(WINTER, "council"), "targets"),
        *ids(al.subset(WINTER, "trust"), "targets"),
    }
    part = al.subset(WINTER, "council", measures=["flu-vaccination"])
    assert ids(part, "targets") == ["council-flu", "council-flu-children"]
    assert (ids(part, "agencies"), ids(part, "measures")) == (["council"], ["flu-vaccination"])
    # Council and commissioner are local: the same two as by name.
    assert al.subset(WINTER, tiers="local") == al.subset(WINTER, ["council", "commissioner"])
    assert al.subset(WINTER, ["council", "trust"], tiers="local", outcomes="staying-well").targets == (
        al.subset(WINTER, "council", measures=["flu-vaccination", "emergency-admissions"]).targets
    )


def test_outcomes_are_those_of_measures_and_of_captures() -> None:
    # Bed use: occupancy and stays as their own, delays by a row of captures.
    part = al.subset(WINTER, outcomes="bed-use")
    assert ids(part, "measures") == ["delayed-discharges", "bed-occupancy", "length-of-stay"]
    assert ids(part, "targets") == ["region-beds", "commissioner-delays", "trust-stays"]
    assert [(row.source_measure, row.target_measure) for row in part.influences] == [
        ("length-of-stay", "bed-occupancy"),
        ("delayed-discharges", "bed-occupancy"),
    ]


def test_what_is_named_is_there_even_if_nothing_is_said_of_it() -> None:
    part = al.subset(WINTER, ["council", "region"], measures=["home-care-spending", "readmissions"])
    assert {"council", "region"} <= set(ids(part, "agencies"))
    assert ids(part, "measures") == ["readmissions", "home-care-spending"]


def test_money_for_a_measure_that_is_not_in_stays_out() -> None:
    paid = [{"agency": "council", "year": 2030, "cost": 1, "saving": 0}]
    rows = [{**paid[0], "item": item} for item in ("home-care-spending", "bed-occupancy", "A joint team")]
    part = al.subset(WINTER.replace(finances=rows), "council")
    assert [row.item for row in part.finances] == ["home-care-spending", "A joint team"]
    assert "1 finance is left out, as one end is not in the part" in notes(part)


def test_all_of_anything_is_the_system_itself() -> None:
    assert al.subset(WINTER) is WINTER
    assert al.subset(WINTER, ids(WINTER, "agencies")) is WINTER
    assert al.subset(WINTER, tiers=ids(WINTER, "tiers"), measures=ids(WINTER, "measures")) is WINTER
    # A measure less, and it is a part: nobody has a target on readmissions, and no outcome is lost with it.
    part = al.subset(WINTER, measures=[name for name in ids(WINTER, "measures") if name != "readmissions"])
    assert part.targets == WINTER.targets
    assert len(part.measures) == len(WINTER.measures) - 1


def test_notes_of_reading_are_kept() -> None:
    given = System.model_validate(WINTER.model_dump())
    given.noting([al.models.Note(table="", what="a note")])
    assert notes(al.subset(given, "council"))[0] == "a note"
    assert notes(given) == ["a note"]


def test_words_that_are_not_known_are_told_all_at_once() -> None:
    with pytest.raises(al.UnknownWord, match=r"^'counci' is not an agency\. Did you mean 'council'\?$"):
        al.subset(WINTER, "counci")
    with pytest.raises(al.OptionError) as found:
        al.subset(WINTER, ["counci"], tiers="locl", outcomes="bed-us", measures=["readmission"])
    assert [(fault.column, fault.remedy) for fault in found.value.faults] == [
        ("agencies", "Did you mean 'council'?"),
        ("tiers", "Did you mean 'local'?"),
        ("outcomes", "Did you mean 'bed-use'?"),
        ("measures", "Did you mean 'readmissions'?"),
    ]


def test_the_option_that_leaves_nothing_is_told() -> None:
    with pytest.raises(al.OptionError, match=r"^agencies: leaves no target\. Name an agency"):
        al.subset(WINTER, [])
    with pytest.raises(al.OptionError, match=r"^outcomes: leaves no target of those that agencies leaves"):
        al.subset(WINTER, "trust", outcomes="home-support")
    with pytest.raises(al.OptionError, match=r"^measures: leaves no target\. Name a measure"):
        al.subset(WINTER, measures="readmissions")
    with pytest.raises(al.OptionError, match=r"^tiers: leaves no target of those that agencies leaves"):
        al.subset(WINTER, "trust", tiers="local")
