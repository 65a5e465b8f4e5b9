"""What the text of a comparison says: years, quarrels, one set for all, and what to do where nothing is one."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import alignment as al
from alignment.models.answers.compare import Comparison
from alignment.models.system import System


def town(name: str, measure: str, called: str, year: int = 2020, **more: Any) -> System:
    """A town whose council wants less of one thing, which is good for people's homes."""
    return al.read(
        {
            "about": {"name": name, "year": year},
            "agencies": [{"id": "council", "name": f"{name} Council", "kind": "council"}],
            "outcomes": [{"id": "homes", "name": "People have a home", "dimension": "outcomes"}],
            "measures": [{"id": measure, "name": called, "unit": "days", "direction": "lower", "outcome": "homes"}],
            "targets": [{"agency": "council", "measure": measure, "sense": "at_most", "value": 0, **more}],
        }
    )


def unfolded(found: Comparison) -> str:
    """The text without its line breaks."""
    return " ".join(str(found).split())


# Nothing in common


def test_where_nothing_is_one_only_figures_for_their_size_are_told() -> None:
    found = al.compare(town("Croydon", "waits", "Waits for a home"), town("Sutton", "debt", "Debt of tenants"))
    assert found.apart
    assert found.headline == "No measure with targets is the same in both: only figures for their size can be compared."
    text = str(found)
    for left_out in ("What differs most", "Quarrels", "Proposed sets", "One set for all", "Targets  ", "Measures prop"):
        assert left_out not in text
    assert "Measures a body works to" in text
    # The tables have everything as ever.
    assert {row.what for row in found.differences if row.table == "targets"} == {"only in"}
    assert (
        'Say which measures are one by their ids, as in same="waits:housing-waits" in Python or --same '
        "waits:housing-waits on the command line." in found.notes
    )


def test_what_is_probably_one_is_the_example_and_as_it_is_told_it_works() -> None:
    croydon, sutton = town("Croydon", "waits", "Waits for a home"), town("Sutton", "queue", "Wait for a home")
    found = al.compare(croydon, sutton)
    assert found.apart
    assert 'as in same="queue:waits" in Python or --same queue:waits on the command line.' in found.notes[0]
    said = al.compare(croydon, sutton, same="queue:waits")
    assert not said.apart
    assert not [row for row in said.differences if row.table == "targets"]


def test_one_measure_in_common_is_enough() -> None:
    croydon, sutton = town("Croydon", "waits", "Waits for a home"), town("Sutton", "waits", "Wait for a home")
    assert not al.compare(croydon, sutton, core=False).apart
    three = al.compare(croydon, sutton, town("Bromley", "debt", "Debt of tenants"), core=False)
    assert not three.apart
    assert "What differs most" in str(three)
    # A place without any target has nothing that could be the same.
    silent = sutton.replace(targets=[])
    assert not al.compare(croydon, silent, core=False).apart


# Years


def test_years_are_told_and_that_they_differ() -> None:
    croydon, later = town("Croydon", "waits", "Waits for a home"), town("Croydon", "waits", "Waits for a home", 2021)
    found = al.compare(croydon, later, names=("before", "after"), core=False)
    assert found.headline == (
        "The years differ: 2020 in before and 2021 in after. Nothing else differs: before and after say the same."
    )
    assert next((row.values, row.difference) for row in found.figures if row.figure == "year") == ((2020, 2021), 1)
    named = al.compare(croydon, later, names=("2020", "2021"), core=False)
    assert "The years" not in named.headline
    same = al.compare(croydon, town("Sutton", "waits", "Waits for a home"), core=False)
    assert "The years" not in same.headline


# What is met


def test_of_guardrails_and_changes_nobody_counts_how_many_are_met() -> None:
    """Levels of 5 meet 10 or less and miss 3 or less; a change and a hold are no levels: 1 of 2 is met."""
    waits = {"id": "waits", "name": "Waits", "unit": "days", "direction": "lower", "baseline": 5}
    rows = [("at_most", 10), ("at_most", 3), ("decrease", 1), ("hold", None)]
    targets = [
        {"id": sense + str(value), "agency": "council", "measure": "waits", "sense": sense, "value": value}
        for sense, value in rows
    ]
    wanting = al.read({"agencies": [{"id": "council", "name": "Council"}], "measures": [waits], "targets": targets})
    fewer = wanting.replace(targets=[row for row in wanting.targets if row.value != 3])
    found = al.compare(wanting, fewer, names=("now", "then"), core=False)
    row = next(row for row in found.figures if row.figure == "met")
    assert row.values == (0.5, 1.0)
    # Both have a target of the council on waits that counts: nothing is counted in one alone.
    assert row.rows == ((), ())
    gone = al.compare(wanting, fewer.replace(targets=fewer.targets[1:]), names=("now", "then"), core=False)
    row = next(row for row in gone.figures if row.figure == "met")
    assert row.values == (0.5, None)
    assert row.rows == (("targets:at_most10", "targets:at_most3"), ())


# Quarrels


@cache
def without_spending() -> Comparison:
    london = al.read("london-2018")
    variant = al.apply(london, al.Drop(table="targets", row="t-london-borough-asc-spend"))
    return al.compare(london, variant, names=("London", "Variant"))


def test_a_quarrel_whose_findings_are_elsewhere_is_not_only_in_its_place() -> None:
    """Of London's quarrel about spending most findings stay without its target, in other quarrels."""
    found = without_spending()
    assert not [row for row in found.themes if row.what == "only in"]
    here = {row.name: row for row in found.themes if row.what == "part of"}
    assert here["Council net spend on social care per older resident"].where == ("London",)
    assert here["Adult social care precept"].within == ("Council net spend on social care per older resident", None)
    assert (
        "“Adult social care precept” (in London most of it stands in “Council net spend on social care per older "
        "resident”)" in unfolded(found)
    )


@pytest.mark.parametrize("name", ["winter-pressure", "london-2018"])
def test_where_quarrels_are_by_the_weight_of_findings(name: str) -> None:
    """Against the tables: of a quarrel only in one system at least half the weight is of findings only there."""
    whole = al.read(name)
    gone = sorted(al.find_conflicts(whole).arrays.targets.keys)[::2]
    found = al.compare(whole, al.apply(whole, [al.Drop(table="targets", row=key) for key in gone]), core=False)
    kept = whole.replace(targets=[row for row, key in _keyed(whole) if key not in gone])
    assert {row.what for row in found.themes} >= {"only in"}
    for at, system in enumerate((whole, kept)):
        conflicts = al.find_conflicts(system)
        weights = {each.id: each.severity * each.confidence for each in conflicts.findings}
        only = {ids for row in found.findings if row.what == "only in" for ids in row.ids[at]}
        members = {theme.id: theme.findings for theme in al.themes(system).themes}
        for row in found.themes:
            if row.what != "all" and (own := row.ids[at]) is not None:
                share = sum(weights[each] for each in members[own] if each in only) / sum(
                    weights[each] for each in members[own]
                )
                assert (share >= 0.5 - 1e-4) == (row.what == "only in")


def _keyed(system: System) -> list[tuple[Any, str]]:
    arrays = al.find_conflicts(system).arrays.targets
    return list(zip(arrays.rows, arrays.keys, strict=True))


# Sets


def test_a_set_for_all_of_what_would_count_as_two_is_not_told() -> None:
    """Measures of one id and another name are two to join: one set would keep both, as the two of their own do."""
    found = al.compare(town("Croydon", "waits", "Waits for a home"), town("Sutton", "waits", "Wait for a home"))
    assert found.core is not None
    assert (len(found.core.measures), found.core.separately) == (2, 2)
    assert "Not told, as what both keep is defined a little differently" in unfolded(found)
    assert "would serve both" not in unfolded(found)


def test_of_what_only_one_set_keeps_those_with_most_targets_are_first() -> None:
    """Sutton has six measures more; on the last in the alphabet two bodies have targets."""
    more = [
        {"id": f"m{at}", "name": f"Homes of sort {at}", "direction": "higher", "outcome": "homes"} for at in range(6)
    ]
    croydon = town("Croydon", "waits", "Waits for a home")
    sutton = town("Sutton", "waits", "Waits for a home")
    document = al.to_document(sutton)
    document["measures"] += more
    document["agencies"].append({"id": "county", "name": "The county"})
    document["targets"] += [{"agency": "council", "measure": row["id"], "sense": "increase"} for row in more]
    document["targets"].append({"agency": "county", "measure": "m5", "sense": "increase"})
    found = al.compare(croydon, al.read(document), core=False)
    only = next(row for row in found.sets if row.name == "Homes of sort 5")
    assert only.targets == (0, 2)
    line = next(part for part in unfolded(found).split("Only in Sutton") if "(no such measure in Croydon)" in part)
    assert "with most targets: “Homes of sort 5”, “Homes of sort 0”" in line


def test_nothing_is_wanted_in_plain_words() -> None:
    """Nothing needs no unit."""
    croydon = town("Croydon", "waits", "Waits for a home")
    other = al.compare(croydon, croydon.replace(targets=[]), names=("now", "then"), core=False)
    assert other.main[0] == "Only in now: Croydon Council has a target on “Waits for a home” (at 0 or less)."


def test_figures_are_labelled_in_words() -> None:
    labels = {row.figure: row.label for row in without_spending().figures}
    assert labels["alignment"] == "targets help (+1) or hinder (-1) each other"
    assert labels["congruity"] == "judging covers what is good for people"
    assert labels["severity_per_100"] == "weight of what pulls apart, for 100 targets"
    assert "everity" not in str(without_spending())
