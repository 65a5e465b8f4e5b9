"""The collection of conflicts: order, filters, counts, ways out."""

from __future__ import annotations

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflicts import ConflictList


@pytest.fixture(scope="module")
def london() -> System:
    return al.read(al.example("london-2018"))


@pytest.fixture(scope="module")
def conflicts(london: System) -> al.Conflicts:
    return al.find_conflicts(london)


def test_they_are_ordered_by_severity_times_confidence_then_id(conflicts: al.Conflicts) -> None:
    order = [(-round(each.severity * each.confidence, 12), each.id) for each in conflicts]
    assert order == sorted(order)
    assert len({each.id for each in conflicts}) == len(conflicts)


def test_filters_hold_what_they_say_and_lose_nothing(conflicts: al.Conflicts) -> None:
    assert sum(len(conflicts.of_kind(kind)) for kind in conflicts.counts()["kind"]) == len(conflicts)
    trust = conflicts.touching("acute-trust")
    assert 0 < len(trust) < len(conflicts)
    for each in conflicts:
        stands = "acute-trust" in each.agencies or any("acute-trust" in side.deliverers for side in each.sides)
        assert stands == (each.id in {other.id for other in trust})
    across = conflicts.between("national", "provider")
    assert {each.id for each in across} == {each.id for each in conflicts.between("provider", "national")}
    assert all("vertical" in each.relations for each in across)


def test_within_a_tier_is_horizontal_or_internal(conflicts: al.Conflicts) -> None:
    within = conflicts.between("local", "local")
    assert len(within) > 0
    assert all({"horizontal", "internal"} & set(each.relations) for each in within)


def test_counts_by_tier_and_sector(conflicts: al.Conflicts) -> None:
    table = conflicts.counts("tier")
    assert (table["a"] <= table["b"]).all()
    (number,) = table.loc[(table["a"] == "local") & (table["b"] == "provider"), "conflicts"]
    assert number == len(conflicts.between("local", "provider"))
    assert conflicts.counts("sector")["conflicts"].sum() > 0


def test_slices_and_ids(conflicts: al.Conflicts) -> None:
    assert [each.id for each in conflicts[:3]] == [conflicts[at].id for at in range(3)]
    assert conflicts[conflicts[5].id] == conflicts[5]
    assert conflicts[-1].id == list(conflicts)[-1].id
    with pytest.raises(IndexError):
        conflicts[len(conflicts)]


def test_json_and_frame_hold_everything(conflicts: al.Conflicts) -> None:
    again = ConflictList.model_validate_json(conflicts.to_json())
    assert list(again.conflicts) == list(conflicts)
    assert (again.system, again.summary, again.notes) == (conflicts.of.hash, conflicts.summary(), conflicts.notes)
    assert again.record == conflicts.record
    frame = conflicts.to_frame()
    assert list(frame["id"]) == [each.id for each in conflicts]
    assert list(frame["pairs"]) == [len(list(each.pairs())) for each in conflicts]


def test_every_finding_has_evidence_from_the_tables(london: System, conflicts: al.Conflicts) -> None:
    targets = {row.id for row in london.targets}
    influences = {f"{row.source_measure}>{row.target_measure}" for row in london.influences}
    for each in conflicts:
        assert each.evidence, each.id
        assert each.sentence.lstrip("“")[0].isupper(), each.sentence
        assert each.sentence.endswith("."), each.sentence
        assert each.suggestion.endswith(".")
        for row in each.evidence:
            known = {"targets": targets, "influences": influences}.get(row.table)
            assert known is None or row.row in known


def test_each_link_of_a_path_is_in_the_evidence(conflicts: al.Conflicts) -> None:
    for each in conflicts.of_kind("spillover", "unguarded", "perverse"):
        links = [f"{one}>{two}" for one, two in zip(each.path, each.path[1:], strict=False)]
        told = [row.row for row in each.evidence if row.table == "influences"]
        # What is borrowed from a twin has the influences of the twin, and says by which overlaps.
        assert told == links or any(row.table == "overlaps" for row in each.evidence)


def test_they_print_as_a_table_of_80_columns(conflicts: al.Conflicts) -> None:
    text = str(conflicts)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.startswith(conflicts.summary()[:60])
    assert f"... and {len(conflicts) - 20} more." in text
    assert all(" ".join(f"Note: {note}.".split()) in " ".join(text.split()) for note in conflicts.notes)
    assert str(conflicts.of_kind("cascade")) == "No conflicts."
    assert "<table" in conflicts[:2]._repr_html_()  # pyright: ignore[reportPrivateUsage]


def test_a_smaller_tolerance_finds_more(london: System) -> None:
    number = [len(al.find_conflicts(london, "spillover", tolerance=size)) for size in (0.0, 0.2, 0.5, 2)]
    assert number == sorted(number, reverse=True)
    assert number[-1] == 0
    with pytest.raises(al.OptionError):
        al.find_conflicts(london, tolerance=-1)
