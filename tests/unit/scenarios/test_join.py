"""Systems joined: what is one, what is kept apart, whose figures are whose; small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pytest

import alignment as al
from alignment.models import System
from tests.small import Cells, small, target


def place(name: str | None, **tables: list[Cells]) -> System:
    """A place of a name, whose council is judged on waits unless something else is said."""
    tables = {"measures": [{"id": "waits"}], "targets": [target("council", "waits", "decrease")], **tables}
    system = small(**tables)
    return system.replace(about={**system.about.model_dump(exclude_none=True), "name": name})


def said(system: System, table: str, column: str | None = None) -> list[str]:
    """What the notes say of a table."""
    return [note.what for note in system.notes if (note.table, note.column) == (table, column)]


def ids(system: System, table: str) -> list[str]:
    """The ids of a table."""
    return sorted(row.id for row in getattr(system, table))


def councils(**cells: Any) -> tuple[System, System]:
    """Two places with a council each, whose names tell them apart, and one measure."""
    one, two = (
        place(
            name,
            agencies=[{"id": "council", "name": f"{name} Council"}],
            measures=[{"id": "waits", "baseline": figure, **cells}],
        )
        for name, figure in (("Croydon", 40), ("Sutton", 31))
    )
    return one, two


# What is one


def test_what_is_the_same_is_there_once() -> None:
    one, two = councils()
    joined = al.join(one, two)
    assert ids(joined, "measures") == ["waits"]
    assert len(joined.targets) == 2
    assert "In more than one place, and one here: 1 measure" in said(joined, "")
    assert "Only in Sutton: 1 agency and 1 target" in said(joined, "")


def test_a_blank_agrees_and_is_filled() -> None:
    one = place("Croydon", measures=[{"id": "waits", "unit": "days", "cost": 2}])
    two = place("Sutton", measures=[{"id": "waits", "direction": "lower"}])
    (row,) = al.join(one, two).measures
    assert (row.unit, row.direction, row.cost) == ("days", "lower", 2)
    assert said(al.join(one, two), "measures") == ["3 blank cells are filled from rows of other places"]


def test_capitals_make_no_other_thing() -> None:
    one = place("Croydon", outcomes=[{"id": "Homes", "name": "Good homes"}])
    two = place("Sutton", outcomes=[{"id": "homes", "name": "good  homes"}], targets=[target("trust", "waits", "hold")])
    joined = al.join(one, two)
    assert len(joined.outcomes) == 1
    assert "but for capitals one id" in said(joined, "outcomes", "id")[0]


def test_sources_of_one_row_are_kept() -> None:
    one = place("Croydon", targets=[target("nhs", "waits", "at_most", 9, source="Plan 2018", note="said twice")])
    two = place("Sutton", targets=[target("nhs", "waits", "at_most", 9, source="Mandate")])
    (row,) = al.join(one, two).targets
    assert (row.source, row.note) == ("Mandate; Plan 2018", "said twice")


def test_rows_repeated_within_a_place_stay_as_often() -> None:
    """Parallel influences add up: two of one place and one of the other are two, not one and not three."""
    push = {"source_measure": "homes", "target_measure": "waits", "effect": -1}
    measures = [{"id": "waits"}, {"id": "homes"}]
    one = place(
        "Croydon", measures=measures, influences=[{**push, "note": "by letting"}, {**push, "note": "by building"}]
    )
    two = place("Sutton", measures=measures, influences=[{**push, "note": "by building"}])
    joined = al.join(one, two)
    assert sorted(row.note or "" for row in joined.influences) == ["by building", "by letting"]


# What is kept apart


def test_another_definition_is_another_thing() -> None:
    one = place("Croydon", measures=[{"id": "waits", "unit": "days"}])
    two = place("Sutton", measures=[{"id": "waits", "unit": "weeks"}])
    joined = al.join(one, two)
    assert ids(joined, "measures") == ["croydon.waits", "sutton.waits"]
    assert [row.name for row in joined.measures] == ["Waits (Croydon)", "Waits (Sutton)"]
    assert {row.measure for row in joined.targets} == {"croydon.waits", "sutton.waits"}
    called = "“Waits (Croydon)” (croydon.waits) and “Waits (Sutton)” (sutton.waits)"
    assert said(joined, "measures") == [f"{called}: kept apart, as unit is days in Croydon and weeks in Sutton"]


def test_what_most_places_have_keeps_its_id() -> None:
    units = {"Croydon": "days", "Sutton": "days", "Bromley": "weeks"}
    parts = [place(name, measures=[{"id": "waits", "unit": unit}]) for name, unit in units.items()]
    assert ids(al.join(*parts), "measures") == ["bromley.waits", "waits"]


def test_an_id_that_is_taken_is_not_given_again() -> None:
    one = place("Croydon", measures=[{"id": "waits", "unit": "days"}, {"id": "croydon.waits", "unit": "years"}])
    two = place("Sutton", measures=[{"id": "waits", "unit": "weeks"}])
    assert ids(al.join(one, two), "measures") == ["croydon.waits", "croydon.waits-2", "sutton.waits"]


def test_names_given_are_those_of_ids() -> None:
    one, two = councils()
    joined = al.join(two, one, names=("South", "North End"))
    assert ids(joined, "agencies") == ["north-end.council", "south.council"]


def test_no_beds_of_one_place_are_anothers() -> None:
    """Of two budgets of one name and different size, and of one whose size is not known, each is its place's."""
    beds = {"Croydon": 100, "Sutton": 80, "Bromley": None}
    parts = [place(name, resources=[{"id": "beds", "capacity": size}]) for name, size in beds.items()]
    joined = al.join(*parts)
    assert {row.id: row.capacity for row in joined.resources} == {
        "croydon.beds": 100,
        "sutton.beds": 80,
        "bromley.beds": None,
    }


def test_targets_of_one_id_that_ask_for_different_things() -> None:
    one = place("Croydon", targets=[target("nhs", "waits", "at_most", 9, id="t1")])
    two = place("Sutton", targets=[target("nhs", "waits", "decrease", id="t1")])
    joined = al.join(one, two)
    assert ids(joined, "targets") == ["croydon.t1", "sutton.t1"]
    assert said(joined, "targets", "id") == ["t1 name other targets in other places, so their ids begin with the place"]


def test_one_wish_of_two_ids_is_one() -> None:
    one = place("Croydon", targets=[target("nhs", "waits", "at_most", 9, id="t1")])
    two = place("Sutton", targets=[target("nhs", "waits", "at_most", 9, id="t7")])
    assert len(al.join(one, two).targets) == 1


def test_journeys_of_one_name_that_go_other_ways() -> None:
    def journey(*agencies: str) -> dict[str, list[Cells]]:
        steps = [{"pathway": "fall", "step": at, "agency": name} for at, name in enumerate(agencies)]
        return {"pathways": steps, "agencies": [{"id": name} for name in ("home", "hospital", "council")]}

    one, two = place("Croydon", **journey("home", "hospital")), place("Sutton", **journey("hospital", "home"))
    assert {row.pathway for row in al.join(one, two).pathways} == {"croydon.fall", "sutton.fall"}
    # Two parts of one place have parts of one journey.
    other_half = place("Croydon", **journey("hospital", "home"))
    assert len(al.join(one, other_half).pathways) == 4
    assert {row.pathway for row in al.join(one, other_half).pathways} == {"fall"}
    part = place("Sutton", **journey("home"))
    assert {row.pathway for row in al.join(one, part).pathways} == {"fall"}


# Whose body it is


def standing(name: str, now: float) -> System:
    """A place whose council is called Council, and stands somewhere."""
    return place(name, measures=[{"id": "waits", "baseline": now}])


def test_each_places_own_council_of_one_name() -> None:
    """Both councils are called Council, and only they hold the measure, which stands at 40 and at 31."""
    one, two = (
        place(name, measures=[{"id": "waits", "baseline": now}]) for name, now in (("Croydon", 40), ("Sutton", 31))
    )
    joined = al.join(one, two)
    assert [row.name for row in joined.agencies] == ["Council (Croydon)", "Council (Sutton)"]
    assert {row.agency: row.value for row in joined.levels} == {"croydon.council": 40, "sutton.council": 31}
    assert joined.measures[0].baseline is None
    assert "each place's own" in said(joined, "agencies")[0]


def test_a_body_said_to_be_one_stays_one() -> None:
    """The one council cannot stand at 40 and at 31: it has no figure, and the note has both."""
    one, two = (
        place(name, measures=[{"id": "waits", "baseline": now}]) for name, now in (("Croydon", 40), ("Sutton", 31))
    )
    joined = al.join(one, two, shared="council")
    assert ids(joined, "agencies") == ["council"]
    assert (joined.levels, joined.measures[0].baseline) == ((), None)
    assert "“Waits” has no figure for Council: 40 in Croydon and 31 in Sutton" in said(joined, "measures", "baseline")


def test_other_wishes_of_a_council_are_another_councils() -> None:
    one, two = (
        place(name, targets=[target("council", "waits", "at_most", goal)]) for name, goal in (("A", 9), ("B", 8))
    )
    assert ids(al.join(one, two), "agencies") == ["a.council", "b.council"]
    same = place("B", targets=[target("council", "waits", "at_most", 9)])
    assert ids(al.join(one, same), "agencies") == ["council"]


def test_the_body_nearest_the_front_line_is_the_places_own() -> None:
    """The ministry, too, wants other levels in the two places, but the council is nearer the people: one ministry."""
    tiers = [{"id": "nation", "level": 1}, {"id": "place", "level": 2}]
    agencies = [{"id": "ministry", "tier": "nation"}, {"id": "council", "tier": "place"}]

    def part(name: str, now: float) -> System:
        wishes = [target("ministry", "waits", "at_most", now - 5), target("council", "waits", "decrease")]
        measures = [{"id": "waits", "baseline": now}]
        return place(name, tiers=tiers, agencies=agencies, targets=wishes, measures=measures)

    joined = al.join(part("Croydon", 40), part("Sutton", 31))
    assert ids(joined, "agencies") == ["croydon.council", "ministry", "sutton.council"]
    # Both wishes of the ministry stand, and where it stands itself nobody says.
    assert sorted(row.value or 0 for row in joined.targets if row.agency == "ministry") == [26, 35]
    assert said(joined, "targets", "value") == [
        "Ministry, “Waits”: at most 35 in Croydon and at most 26 in Sutton; all of them stand"
    ]
    assert said(joined, "measures", "baseline") == [
        "1 measure does not stand at one figure in all places (Waits): 2 rows of levels keep each agency's own",
        "“Waits” has no figure for Ministry: 40 in Croydon and 31 in Sutton",
    ]


def test_what_is_asked_to_be_apart_is() -> None:
    one, two = place("Croydon"), place("Sutton", targets=[target("council", "waits", "increase")])
    assert ids(al.join(one, two), "agencies") == ["council"]
    assert ids(al.join(one, two, apart=["council"]), "agencies") == ["croydon.council", "sutton.council"]


# Where measures stand


def test_each_place_keeps_its_figure() -> None:
    joined = al.join(*councils(source="Return H1"))
    assert [(row.agency, row.value, row.source) for row in joined.levels] == [
        ("croydon.council", 40, "Return H1"),
        ("sutton.council", 31, "Return H1"),
    ]
    assert joined.measures[0].baseline is None


def test_one_figure_of_all_places_stays_the_baseline() -> None:
    one, _ = councils()
    two = place("Sutton", agencies=[{"id": "trust"}], measures=[{"id": "waits", "baseline": 40}], targets=[])
    joined = al.join(one, two)
    assert (joined.measures[0].baseline, joined.levels) == (40, ())


def test_no_figure_becomes_another_places() -> None:
    """Croydon knows where it stands and Sutton does not: nor does it after the join."""
    one, two = councils()
    two = two.replace(measures=[row.model_copy(update={"baseline": None}) for row in two.measures])
    joined = al.join(one, two)
    assert joined.measures[0].baseline is None
    assert [(row.agency, row.value) for row in joined.levels] == [("croydon.council", 40)]


def test_a_figure_that_nobody_holds_stays_where_it_is_nobody_elses() -> None:
    """Sutton's 31 is of no agency there; Croydon's council has its 40 as a level, so the baseline can be 31."""
    one, two = councils()
    joined = al.join(one, two.replace(targets=[]))
    assert joined.measures[0].baseline == 31
    assert [(row.agency, row.value) for row in joined.levels] == [("croydon.council", 40)]


def test_a_figure_that_would_become_anothers_is_noted() -> None:
    """Sutton's 31 is of no agency there, and Croydon's council does not know where it stands."""
    one, two = councils()
    blank = one.replace(measures=[row.model_copy(update={"baseline": None}) for row in one.measures])
    joined = al.join(blank, two.replace(targets=[]))
    assert (joined.measures[0].baseline, joined.levels) == (None, ())
    assert said(joined, "measures", "baseline")[-1] == (
        "“Waits”: 31 in Sutton; no level can keep this, "
        "as it would become the figure of Croydon Council, which has none"
    )


def test_two_years_of_one_place_are_levels_of_two_years() -> None:
    one, two = (
        place("Croydon", measures=[{"id": "waits", "baseline": now}]).replace(about={"name": "Croydon", "year": year})
        for now, year in ((40, 2018), (36, 2019))
    )
    joined = al.join(one, two)
    assert joined.about.year == 2019
    assert {row.period: row.value for row in joined.levels} == {"2018": 40, "2019": 36}


def test_levels_that_places_have_are_kept() -> None:
    one, two = councils()
    one = one.replace(levels=[{"measure": "waits", "agency": "council", "value": 44}])
    joined = al.join(one, two)
    assert {row.agency: row.value for row in joined.levels} == {"croydon.council": 44, "sutton.council": 31}
    # The 40 of Croydon at large is at no agency; all who hold the measure have levels.
    assert joined.measures[0].baseline == 40


# What places say differently


def test_ranges_are_as_wide_as_the_widest() -> None:
    one = place("Croydon", measures=[{"id": "waits", "floor": 5, "ceiling": 50, "baseline": 10}])
    two = place("Sutton", measures=[{"id": "waits", "floor": 0, "ceiling": 60, "baseline": 10}])
    (row,) = al.join(one, two).measures
    assert (row.floor, row.ceiling) == (0, 60)


def test_a_range_that_a_place_is_beyond_is_not_kept() -> None:
    one = place("Croydon", measures=[{"id": "waits", "floor": 5, "baseline": 10}])
    two = place("Sutton", measures=[{"id": "waits", "baseline": 2}])
    joined = al.join(one, two)
    assert joined.measures[0].floor is None
    assert said(joined, "measures", "floor") == ["“Waits”: 5 is not kept, as Sutton stands beyond it"]


@pytest.mark.parametrize(("costs", "kept", "why"), [((2, 3), 2, "the smaller"), ((2, 3, 3), 3, "as most places say")])
def test_what_most_places_say_is_kept(costs: tuple[float, ...], kept: float, why: str) -> None:
    parts = [place(f"Place {at}", measures=[{"id": "waits", "cost": cost}]) for at, cost in enumerate(costs)]
    joined = al.join(*parts)
    assert joined.measures[0].cost == kept
    assert said(joined, "measures", "cost")[0].endswith(f"kept is {kept}, {why}")


def test_a_stronger_claim_is_told_in_the_note_of_the_row() -> None:
    measures = [{"id": "waits"}, {"id": "homes"}]
    cells = {"source_measure": "homes", "target_measure": "waits"}
    one = place("Croydon", measures=measures, influences=[{**cells, "strength": -2}])
    two = place("Sutton", measures=measures, influences=[{**cells, "strength": -1, "source": "Study"}])
    (row,) = al.join(one, two).influences
    assert (row.strength, row.source, row.note) == (-1, "Study", "Croydon: strength -2")
    sure = two.replace(influences=[{**cells, "strength": -3, "certainty": "strong"}])
    assert al.join(one, sure).influences[0].strength == -3


def test_shares_of_more_than_all_are_divided_by_their_sum() -> None:
    """0.8 and 0.8 of one measure are 1.6: each becomes half."""
    one, two = (each.replace(controls=[{"agency": "council", "measure": "waits", "share": 0.8}]) for each in councils())
    joined = al.join(one, two)
    assert [row.share for row in joined.controls] == [0.5, 0.5]
    assert said(joined, "controls", "share") == [
        "“Waits”: Croydon Council 80% and Sutton Council 80% are more than all of it; each is divided by their sum, 1.6"
    ]


def test_nobody_records_what_is_recorded_by_different_bodies() -> None:
    one, two = councils(recorded_by="council")
    assert al.join(one, two).measures[0].recorded_by is None


def test_people_are_not_among_their_own() -> None:
    """Each place puts one group into the other: together that would be a circle."""
    one = place("Croydon", populations=[{"id": "old"}, {"id": "frail", "parent": "old"}])
    two = place("Sutton", populations=[{"id": "frail"}, {"id": "old", "parent": "frail"}])
    joined = al.join(one, two)
    assert sum(row.parent is not None for row in joined.populations) == 1
    assert len(said(joined, "populations", "parent")) == 1


def test_the_own_outcome_is_captured_in_full() -> None:
    outcomes = [{"id": "homes"}]
    one = place("Croydon", outcomes=outcomes, measures=[{"id": "waits", "outcome": "homes"}])
    two = place("Sutton", outcomes=outcomes, captures=[{"measure": "waits", "outcome": "homes", "validity": 0.6}])
    joined = al.join(one, two)
    assert (joined.measures[0].outcome, joined.captures) == ("homes", ())
    assert "not 0.6 as in Sutton" in said(joined, "captures", "validity")[0]


# What the system is


def test_what_the_joined_system_is_called() -> None:
    one, two = councils()
    assert al.join(two, one).about.name == "Croydon and Sutton"


def test_money_of_two_currencies_is_not_added_up() -> None:
    one, two = (each.replace(about={"currency": sum_}) for each, sum_ in zip(councils(), ("GBP", "EUR"), strict=True))
    with pytest.raises(al.OptionError, match="The currencies differ"):
        al.join(one, two)


def test_years_that_begin_in_other_months_are_days() -> None:
    one = place("Croydon", targets=[target("council", "waits", "decrease", due="2018/19")])
    two = place("Sutton").replace(about={"name": "Sutton", "year_begins": 9})
    joined = al.join(one, two)
    assert joined.about.year_begins == 4
    assert {row.due for row in joined.targets} == {"2018/19", None}


# What is declared, and what is likely


def pair() -> tuple[System, System]:
    """Two places that call one measure by other ids and names."""
    one = place("Croydon", measures=[{"id": "waits", "name": "Weeks waited for a council home", "unit": "weeks"}])
    two = place(
        "Sutton",
        measures=[{"id": "homes", "name": "Weeks that people waited for a council home", "unit": "weeks"}],
        targets=[target("trust", "homes", "decrease")],
    )
    return one, two


def test_what_is_likely_is_shown_and_not_joined() -> None:
    joined = al.join(*pair())
    assert len(joined.measures) == 2
    assert "may be one measure (likeness" in said(joined, "measures")[0]
    assert "(homes of Sutton)" in said(joined, "measures")[0]


def test_one_name_of_several_ids_is_told_once() -> None:
    parts = [
        place(name, measures=[{"id": f"m{at}", "name": "Waits"}], targets=[target("trust", f"m{at}", "hold")])
        for at, name in enumerate(("Croydon", "Sutton", "Bromley"))
    ]
    told = "m0 of Croydon, m1 of Sutton and m2 of Bromley are all called “Waits”; where they are one, "
    assert said(al.join(*parts), "measures") == [f"{told}declare them in overlaps"]
    spoken = {"measure_a": "m0", "measure_b": "m1", "kind": "shared"}
    assert said(al.join(*parts[:2], overlaps=[spoken]), "measures") == []


def test_what_is_declared_the_same_is_one() -> None:
    joined = al.join(*pair(), overlaps=[{"measure_a": "waits", "measure_b": "homes", "kind": "same"}])
    assert len(joined.measures) == 1
    assert len({row.measure for row in joined.targets}) == 1
    assert joined.overlaps == ()
    assert "declared the same" in said(joined, "measures", "id")[0]


def test_what_is_declared_otherwise_is_a_row() -> None:
    row = {"measure_a": "waits", "measure_b": "sutton.homes", "kind": "part", "share": 0.5}
    joined = al.join(*pair(), overlaps=[row])
    assert [(row.measure_a, row.measure_b, row.kind) for row in joined.overlaps] == [("waits", "homes", "part")]


def test_what_is_declared_the_same_in_another_unit_stays_two() -> None:
    one, two = pair()
    days = two.replace(measures=[row.model_copy(update={"unit": "days"}) for row in two.measures])
    joined = al.join(one, days, overlaps=[{"measure_a": "waits", "measure_b": "homes", "kind": "same"}])
    assert (len(joined.measures), len(joined.overlaps)) == (2, 1)
    assert "differs in unit" in said(joined, "overlaps")[0]


# What is wrong


def test_what_is_wrong_is_said() -> None:
    one, two = councils()
    with pytest.raises(al.OptionError, match="nothing to join"):
        al.join()
    with pytest.raises(al.OptionError, match="names 1 place, and there are 2 systems"):
        al.join(one, two, names=["croydon"])
    with pytest.raises(al.OptionError, match="the same in an id"):
        al.join(one, two, names=["A b", "a-b"])
    with pytest.raises(al.OptionError, match="'trust' is no id of the systems"):
        al.join(one, two, apart="trust")
    with pytest.raises(al.UnknownWord, match="Did you mean 'waits'"):
        al.join(one, two, overlaps=[{"measure_a": "waits", "measure_b": "wait", "kind": "same"}])
    with pytest.raises(al.InputError, match=r"overlaps\[0\].kind"):
        al.join(one, two, overlaps=[{"measure_a": "waits", "measure_b": "waits", "kind": "equal"}])


def test_one_system_is_itself() -> None:
    one, _ = councils()
    assert al.join(one) == one


def test_notes_are_shown_by_validate() -> None:
    joined = al.join(*councils())
    frame = al.validate(joined).to_frame("notes")
    assert any("row of levels" in what or "rows of levels" in what for what in frame["what"])
