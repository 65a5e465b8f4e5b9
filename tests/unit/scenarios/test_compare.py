"""Systems side by side: counts worked out by hand from the tables."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

import alignment as al
from alignment.models.answers.compare import Comparison
from alignment.models.system import System


@cache
def london() -> System:
    return al.read(al.example("london-2018"))


@cache
def without_spending() -> Comparison:
    """London beside a London whose boroughs have no target on what they spend on social care."""
    variant = al.apply(london(), al.Drop(table="targets", row="t-london-borough-asc-spend"))
    return al.compare(london(), variant, names=("London", "variant"))


def figure(found: Comparison, name: str) -> tuple[float | None, ...]:
    return next(row.values for row in found.figures if row.figure == name)


def test_london_without_the_boroughs_spending_target_by_hand() -> None:
    """asc-spend is wanted by nobody else: of 88 targets 87 are left, of 49 measures 48, of 14 bodies all.

    The 14 bodies work to 97 measures between them (has or must deliver, from targets.csv), 96 without this. 14 of the
    49 measures are of resource use (outcomes.csv), asc-spend one of them.
    """
    found = without_spending()
    assert figure(found, "targets") == (88, 87)
    assert figure(found, "measures") == (49, 48)
    assert figure(found, "working") == (14, 14)
    assert figure(found, "measures_each") == (pytest.approx(97 / 14, abs=1e-6), pytest.approx(96 / 14, abs=1e-6))
    assert figure(found, "resource-use") == (pytest.approx(14 / 49, abs=1e-6), pytest.approx(13 / 48, abs=1e-6))
    (row,) = found.differences
    assert (row.table, row.what, row.where) == ("targets", "only in", ("London",))
    assert row.rows == (("t-london-borough-asc-spend",), ())
    assert row.values == ("down by 2018, inferred", None)


def test_figures_name_the_rows_that_make_them_differ() -> None:
    """One target less, and so one measure of resource use; 17 findings. Both have the same bodies, and sets."""
    rows = {row.figure: row.rows for row in without_spending().figures}
    assert rows["targets"] == (("targets:t-london-borough-asc-spend",), ())
    assert rows["measures"] == rows["resource-use"] == (("measures:asc-spend",), ())
    assert rows["experience"] == rows["person"] == rows["working"] == ((), ())
    assert len(rows["findings_per_100"][0]) == 17
    assert "spillover.asc-spend-down.nea-down" in rows["findings_per_100"][0]


def test_the_findings_that_go_with_the_spending_target_by_hand() -> None:
    """17 of them.

    10 spillovers. Less spending harms what influences.csv has it move (rows 33 to 40) and somebody wants the other way:
    nea, dtoc-asc, readm-30d, los-emergency, homecare-packages, scrqol, and by way of dtoc-asc dtoc-total: 7. It is
    harmed by what raises spending and is wanted so: homecare-fee up, care-home-fee up (rows 53, 55), chc-spend down
    (row 74): 3. One unguarded: ae-attend-65, which nobody has a target on. 3 perverse: the grants for more of it
    (incentives.csv), money raised by the precept that is ring-fenced to it, the cap on chc-spend. 3 torn, as less
    spending was one of two ends that they serve: care-home-adm, care-home-fee, chc-spend.
    """
    found = without_spending()
    gone = [row for row in found.findings if row.what == "only in"]
    assert {row.where for row in gone} == {("London",)}
    assert Counter(row.kind for row in gone) == {"spillover": 10, "unguarded": 1, "perverse": 3, "torn": 3}
    assert not [row for row in found.findings if row.what == "differs"]
    assert figure(found, "findings") == (123, 106)
    assert figure(found, "findings_per_100") == (
        pytest.approx(12300 / 88, abs=1e-6),
        pytest.approx(10600 / 87, abs=1e-6),
    )
    assert found.headline == (
        "Only in London: 1 of 88 targets and 17 of 123 findings. "
        "Findings for 100 targets: 140 in London and 122 in variant."
    )
    (sentence,) = found.main
    assert sentence == (
        "Only in London: London borough (type) has a target on “Council net spend on social care per older resident” "
        "(down by 2018, inferred). With it go 17 of the 123 findings there."
    )


def test_of_tiers_only_those_of_the_spending_target_differ() -> None:
    """The boroughs' tier works to one measure less; no other tier has a target on it or must deliver one."""
    found = without_spending()
    differing = [(row.tier, row.figure, row.difference) for row in found.tiers if row.difference]
    assert [(tier, name) for tier, name, _ in differing] == [("Borough", "measures"), ("Borough", "measures_each")]
    assert differing[0][2] == -1
    shared = [row for row in found.pairs if row.figure == "shared" and row.difference]
    assert {(row.a, row.b) for row in shared} == {
        ("National", "Borough"),
        ("London region", "Borough"),
        ("Borough", "Provider"),
    }
    # Borough and Provider share 8 measures of 47 (docs of layers: 8, 0.170): of 46 without this one.
    assert shared[-1].values == (pytest.approx(8 / 47, abs=1e-6), pytest.approx(8 / 46, abs=1e-6))


def test_winter_without_a_budget_by_hand() -> None:
    """Nobody but the council wants home care spending down: the one opposed finding goes, and nothing else."""
    winter = al.read(al.example("winter-pressure"))
    found = al.compare(winter, al.apply(winter, al.Drop(table="targets", row="council-budget")), names=("now", "then"))
    assert [row.ids[0] for row in found.findings if row.what == "only in"] == [
        ("opposed.home-care-spending-up.home-care-spending-down.everyone",)
    ]
    # The council has two wishes on the measure, of which the second stays: only the first is a difference.
    assert [row.rows for row in found.differences] == [(("council-budget",), ())]
    assert figure(found, "targets") == (14, 13)
    # Two are met: spending is at the 40 of the budget that goes, and flu vaccination (64) above the 60 for children.
    # Of the 14 targets 6 ask for a change, and nobody can say whether it is met: 8 name a level, 7 without the budget.
    assert figure(found, "met") == (pytest.approx(2 / 8, abs=1e-6), pytest.approx(1 / 7, abs=1e-6))
    assert [row.where for row in found.themes if row.what == "only in"] == [("now",)]


# Two councils


def council(name: str, *, own: str | None = None, waits: float = 40, wanted: float = 30, **more: Any) -> System:
    """A council that wants shorter waits for a home, as its county does, and has perhaps a measure of its own."""
    measures = [
        {"id": "waits", "name": "Waits for a home", "unit": "days", "direction": "lower", "baseline": waits},
        {"id": "repairs", "name": "Repairs done in time", "unit": "%", "direction": "higher"},
    ]
    targets = [
        {"agency": name.lower(), "measure": "waits", "sense": "at_most", "value": wanted},
        {"agency": "county", "measure": "waits", "sense": "decrease", "for_agency": name.lower()},
    ]
    if own is not None:
        measures.append({"id": own.lower().replace(" ", "-"), "name": own, "unit": "%", "direction": "higher"})
        targets.append({"agency": name.lower(), "measure": measures[-1]["id"], "sense": "increase"})
    outcome = {"outcome": "homes"}
    return al.read(
        {
            "about": {"name": name},
            "tiers": [{"id": "upper", "name": "County", "level": 1}, {"id": "lower", "name": "District", "level": 2}],
            "outcomes": [{"id": "homes", "name": "People have a home", "dimension": "outcomes"}],
            "agencies": [
                {"id": "county", "name": "The county", "tier": "upper", "kind": "county"},
                {"id": name.lower(), "name": f"{name} Council", "tier": "lower", "kind": "district"},
            ],
            "measures": [{**row, **outcome} for row in measures],
            "targets": targets,
            **more,
        }
    )


@cache
def councils() -> Comparison:
    return al.compare(council("Croydon", own="Empty homes filled"), council("Sutton", waits=31, wanted=25))


def test_councils_of_other_names_play_one_part() -> None:
    found = councils()
    match = {row.ids: row.how for row in found.matches if row.table == "agencies"}
    assert match == {(("county",), ("county",)): "id", (("croydon",), ("sutton",)): "counterpart"}
    assert found.notes == (
        "Compared as playing one part in each, and never taken for one: district (Croydon Council / Sutton Council).",
    )


def test_what_councils_differ_in_by_hand() -> None:
    """One target and one measure more; another level of waits wanted; waits stand elsewhere. All else is the same."""
    found = councils()
    told = [(row.table, row.name, row.what, row.column, row.values) for row in found.differences]
    assert told == [
        ("targets", "Empty homes filled", "only in", None, ("up", None)),
        ("targets", "Waits for a home", "differs", None, ("at 30 days or less", "at 25 days or less")),
        ("measures", "Empty homes filled", "only in", None, (told[2][4][0], None)),
        ("measures", "Waits for a home", "differs", "baseline", ("40", "31")),
    ]
    assert found.headline == (
        "Only in Croydon: 1 of 3 targets and 0 of 0 findings. Another level is wanted of 1 measure."
    )
    levels = "at 25 days or less in Sutton and at 30 days or less in Croydon"
    assert found.main[:2] == (
        "Only in Croydon: Croydon Council has a target on “Empty homes filled” (up).",
        f"Another level is wanted of “Waits for a home”: {levels}.",
    )


def test_tiers_of_councils_by_hand() -> None:
    """The county has one measure and no master; Croydon two measures and one master, Sutton one of each."""
    found = councils()
    rows = {(row.tier, row.figure): row.values for row in found.tiers}
    assert rows["County", "measures_each"] == (1, 1)
    assert rows["District", "measures_each"] == (2, 1)
    assert rows["District", "masters_each"] == (1, 1)
    assert figure(found, "masters_each") == (0.5, 0.5)
    # Croydon and the county share waits, of waits and empty homes.
    assert [row.values for row in found.pairs if row.figure == "shared"] == [(0.5, 1.0)]


def test_a_screen_for_two_councils() -> None:
    lines = str(councils()).splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 80
    assert "Croydon" in lines[3]
    assert "Sutton" in lines[3]


def test_sets_say_why_another_does_not_keep_a_measure() -> None:
    rows = {row.name: row for row in councils().sets}
    assert rows["Waits for a home"].kept_in == ("Croydon", "Sutton")
    assert rows["Empty homes filled"].standings == ("kept", "not there")
    assert rows["Empty homes filled"].why[1] == "There is no such measure."


def test_the_core_serves_all_and_additions_serve_one() -> None:
    """Waits serve the duty 'people have a home' of the county and of both councils."""
    core = councils().core
    assert core is not None
    waits = next(row for row in core.measures if row.name == "Waits for a home")
    assert (waits.part, waits.serves_in) == ("core", ("Croydon", "Sutton"))
    # The county is one body in both: its duty is counted in each, beside that of the place's council.
    assert waits.duties == (2, 2)
    assert al.compare(council("Croydon"), council("Sutton"), core=False).core is None


def test_many_bodies_of_one_part_are_compared_by_the_share_that_wants_a_thing() -> None:
    """Of two districts here both want shorter waits, of three there one does."""

    def region(name: str, districts: int, wanting: int) -> System:
        bodies = [f"{name.lower()}-{at}" for at in range(districts)]
        return al.read(
            {
                "about": {"name": name},
                "agencies": [{"id": each, "name": each.title(), "kind": "district"} for each in bodies],
                "measures": [
                    {"id": "waits", "name": "Waits", "direction": "lower"},
                    {"id": "rent", "name": "Rent paid"},
                ],
                "targets": [
                    *({"agency": each, "measure": "waits", "sense": "decrease"} for each in bodies[:wanting]),
                    *({"agency": each, "measure": "rent", "sense": "increase"} for each in bodies),
                ],
            }
        )

    found = al.compare(region("North", 2, 2), region("South", 3, 1), core=False)
    (row,) = [row for row in found.differences if row.table == "targets"]
    assert (row.name, row.column, row.values) == ("Waits", "agency", ("2 of 2", "1 of 3"))
    assert found.main[0] == "“Waits” is wanted by another part of those who could: 2 of 2 in North and 1 of 3 in South."


def test_measures_declared_one_are_compared_as_one() -> None:
    croydon = council("Croydon", own="Empty homes filled")
    sutton = council("Sutton", own="Homes that were empty")
    apart = al.compare(croydon, sutton, core=False)
    assert len([row for row in apart.differences if row.table == "targets" and row.what == "only in"]) == 2
    found = al.compare(croydon, sutton, core=False, same="empty-homes-filled:homes-that-were-empty")
    assert not [row for row in found.differences if row.what == "only in"]
    assert [row.ids for row in found.matches if row.how == "declared"] == [
        (("empty-homes-filled",), ("homes-that-were-empty",))
    ]


def test_what_is_likely_is_shown_and_counts_as_two() -> None:
    croydon = council("Croydon", own="Share of empty homes brought back into use")
    sutton = council("Sutton", own="Empty homes brought back into use")
    found = al.compare(croydon, sutton)
    (row,) = [row for row in found.matches if row.how == "likely"]
    assert row.score is not None
    assert row.score >= 0.5
    assert len([row for row in found.differences if row.table == "targets" and row.what == "only in"]) == 2
    kept = next(row for row in found.sets if row.name == "Empty homes brought back into use")
    assert kept.why[0] == (
        "Not there under this id; “Share of empty homes brought back into use” is probably the same."
    )
    said = str(found).replace("\n    ", " ")
    assert "1 (probably there under another id in Croydon): “Empty" in said
    ids = "empty-homes-brought-back-into-use:share-of-empty-homes-brought-back-into-use"
    assert found.notes[-1].endswith(f'same="{ids}" in Python or --same {ids} on the command line.')
    # Typed as it is told, it is understood.
    assert [row.how for row in al.compare(croydon, sutton, core=False, same=ids).matches].count("declared") == 1


# Three


def test_of_three_it_is_said_which_have_a_thing() -> None:
    one, two, three = council("Croydon", own="Empty homes"), council("Sutton"), council("Bromley", own="Empty homes")
    found = al.compare(one, two, three, core=False)
    row = next(row for row in found.differences if row.table == "targets" and row.what == "only in")
    assert row.where == ("Croydon", "Bromley")
    assert found.main[0].startswith("Only in Croydon and Bromley: ")
    assert figure(found, "targets") == (3, 2, 3)
    assert next(row.difference for row in found.figures if row.figure == "targets") == 1
    again = al.compare(three, one, two, core=False)
    assert figure(again, "targets") == (3, 3, 2)
    assert [{*row.where} for row in again.differences] == [{*row.where} for row in found.differences]


# What is asked


def test_names_tell_systems_apart() -> None:
    croydon = council("Croydon")
    assert al.compare(croydon, croydon).labels == ("Croydon 1", "Croydon 2")
    assert al.compare(croydon, council("Sutton"), names=("before", "after"), core=False).labels == ("before", "after")
    with pytest.raises(al.OptionError, match="names 1 place, and there are 2 systems"):
        al.compare(croydon, croydon, names="one")
    clash = al.compare(croydon, council("Sutton"), names=("label", "other"), core=False)
    assert clash.labels == ("label", "other")
    assert {"label", "label (system)", "other"} < {*clash.to_frame().columns}


def test_what_cannot_be_compared_is_refused() -> None:
    croydon = council("Croydon")
    with pytest.raises(al.OptionError, match="nothing to compare with"):
        al.compare(croydon)
    with pytest.raises(al.OptionError, match="asked of Systems"):
        al.compare(croydon, "sutton")  # pyright: ignore[reportArgumentType]
    with pytest.raises(al.UnknownWord, match="no-such"):
        al.compare(croydon, council("Sutton"), keep="no-such")
    with pytest.raises(al.OptionError, match="two measures"):
        al.compare(croydon, council("Sutton"), same="waits")


def test_a_wish_for_what_one_place_lacks_is_left_out_there_and_said() -> None:
    found = al.compare(council("Croydon", own="Empty homes"), council("Sutton"), keep="empty-homes", core=False)
    assert "The wish keep is left out in Sutton for what is not there: empty-homes." in found.notes


def test_where_no_set_meets_all_wishes_that_is_said() -> None:
    """No body's own measures may be more than a hundredth of the kept: with four bodies that cannot be."""
    winter = al.read(al.example("winter-pressure"))
    later = al.apply(winter, al.Drop(table="targets", row="council-budget"))
    found = al.compare(winter, later, names=("now", "later"), core=False, sway=0.01)
    assert found.sets == ()
    assert figure(found, "set") == (None, None)
    assert [note.partition(" wishes. ")[0] for note in found.notes] == [
        "In now no set meets all",
        "In later no set meets all",
    ]
    assert "Proposed sets" not in str(found)


def test_money_of_two_currencies_has_no_core() -> None:
    euro = council("Dublin", about={"name": "Dublin", "currency": "EUR"})
    pound = council("Sutton", about={"name": "Sutton", "currency": "GBP"})
    found = al.compare(euro, pound)
    assert found.core is None
    assert any("currencies differ" in note for note in found.notes)


def test_its_tables_and_record() -> None:
    found = without_spending()
    assert found.record is not None
    assert found.record.verb == "compare"
    assert found.sides[0].system == london().hash
    frame = found.to_frame("differences")
    assert list(frame["London rows"]) == ["t-london-borough-asc-spend"]
    for name in found.frames:
        assert found.to_frame(name).columns.is_unique
        assert set(found.to_frame(name).columns) >= ({"London", "variant"} if name != "systems" else {"label"})
    assert type(found).model_validate_json(found.to_json()) == found
    with pytest.raises(al.OptionError, match="A comparison is of several systems"):
        al.replay(found, london())


def alone(name: str, *, waits: float | None, wanted: float = 30, more: int = 0) -> System:
    """A place with one council of no kind, and more of them where asked."""
    return al.read(
        {
            "about": {"name": name, "year": 2026},
            "tiers": [{"id": "place", "name": "Place", "level": 1}],
            "agencies": [
                {"id": f"{name}-{at}", "name": f"{name} {at}", "tier": "place", "sector": "local"}
                for at in range(1 + more)
            ],
            "measures": [
                {"id": "waits", "name": "Waits", "unit": "days", "direction": "lower", "baseline": waits},
                {"id": "homes", "name": "Homes", "direction": "higher", "baseline": 5},
            ],
            "targets": [
                {"agency": f"{name}-0", "measure": "waits", "sense": "at_most", "value": wanted},
                {"agency": f"{name}-0", "measure": "homes", "sense": "increase"},
            ],
        }
    )


def test_the_one_body_of_its_tier_and_sector_needs_no_kind() -> None:
    """Both want the same of the same measures; with a second council in one place nobody can say which is meant."""
    found = al.compare(alone("stirling", waits=40), alone("falkirk", waits=40))
    assert not [row for row in found.differences if row.table == "targets"]
    assert "falkirk 0 / stirling 0" in " ".join(found.notes)
    several = al.compare(alone("stirling", waits=40), alone("falkirk", waits=40, more=1))
    assert {row.what for row in several.differences if row.table == "targets"} == {"only in"}


def test_where_measures_stand_and_what_is_met_by_hand() -> None:
    """28 days meet 30 or less and 40 miss it; nobody can say whether a change is met, so homes are in no row."""
    found = al.compare(alone("stirling", waits=28), alone("falkirk", waits=40), names=("Stirling", "Falkirk"))
    (row,) = found.standing
    assert (row.name, row.unit, row.measures) == ("Waits", "days", ("waits", "waits"))
    assert (row.levels, row.known, row.met) == ((28, 40), (1, 1), (1, 0))
    assert "Met in Stirling only, 1: “Waits”." in found.to_text()
    assert not al.compare(alone("stirling", waits=None), alone("falkirk", waits=40)).standing


def test_where_several_bodies_stand_apart_no_one_level_is_told() -> None:
    """Two councils joined stand at 28 and 40, and one of their two targets of 30 or less is met."""
    both = al.join(alone("stirling", waits=28), alone("falkirk", waits=40))
    found = al.compare(both, alone("angus", waits=29), names=("both", "Angus"))
    (row,) = found.standing
    assert (row.levels, row.known, row.met) == ((None, 29), (2, 1), (1, 1))
    assert "Met in" not in found.to_text()
