"""Estimates beside what is declared: shown, told where they differ much, and compared where both are asked for."""

from __future__ import annotations

import json
import pickle

import pytest

import alignment as al
from alignment.models import System
from alignment.models.answers.conflict import Conflict
from alignment.models.options.fields import Counting
from tests.small import Cells, measures, push, small, target

COUNTINGS: tuple[Counting, ...] = ("declared", "estimated")
IDS = ("spillover.buses-up.parks-up",)


def place(*influences: Cells, long: bool = False) -> System:
    """Buses that somebody wants up, parks that somebody else does."""
    rows = measures("buses", "parks", "roads", direction="higher", baseline=10, step=1)
    if long:
        rows = [{**row, "name": f"{row['id']} {'in and around the wider city region ' * 2}"} for row in rows]
    return small(
        measures=rows,
        targets=[target("council", "buses", "at_least", 12), target("trust", "parks", "at_least", 12)],
        influences=list(influences),
    )


def estimate(effect: float, moved: str = "buses", other: str = "parks") -> Cells:
    return push(moved, other, effect, origin="estimated")


def spillover(system: System, evidence: Counting = "declared") -> Conflict:
    return al.find_conflicts(system, "spillover", evidence=evidence)[IDS[0]]


@pytest.mark.parametrize(
    ("effect", "aside", "clause"),
    [
        (-0.6, "estimate beside it, not added", ""),
        (-1.2, "estimate beside it, not added", ""),
        (-0.3, "estimate beside it, not added", ""),
        (-1.25, "estimate beside it, more than twice as large, not added", "is more than twice as large"),
        (-0.25, "estimate beside it, less than half as large, not added", "is less than half as large"),
        (0.6, "estimate beside it, pointing the other way, not added", "points the other way"),
    ],
)
def test_an_estimate_is_shown_beside_and_told_where_it_differs_much(effect: float, aside: str, clause: str) -> None:
    declared = push("buses", "parks", -0.6, source="https://example.org")
    alone, found = spillover(place(declared)), spillover(place(declared, estimate(effect)))
    assert (found.severity, found.effect, found.path) == (alone.severity, -0.6, ("buses", "parks"))
    *rest, last = found.evidence
    assert [(row.table, row.says) for row in rest] == [(row.table, row.says) for row in alone.evidence]
    assert (last.table, last.says.partition(":")[0]) == ("influences", aside)
    assert found.sentence == (f"{alone.sentence[:-1]}; an estimate of the push {clause}." if clause else alone.sentence)


def test_where_estimates_count_what_is_declared_stands_beside() -> None:
    system = place(push("buses", "parks", 0.1), push("buses", "parks", 0.2, origin="expert"), estimate(-0.6))
    assert not len(al.find_conflicts(system, "spillover"))
    found = spillover(system, "estimated")
    assert found.effect == -0.6
    assert found.sentence.endswith("; what is declared of the push points the other way.")
    aside = "one of 2 declared rows beside it, together pointing the other way, not added"
    assert [row.says.partition(":")[0] for row in found.evidence[-2:]] == [aside, aside]


@pytest.mark.parametrize("evidence", ["declared", "estimated"])
@pytest.mark.parametrize("origin", [None, "declared", "expert", "arithmetic", "estimated"])
def test_rows_of_one_origin_count_whatever_is_asked(evidence: Counting, origin: str | None) -> None:
    found = spillover(place(push("buses", "parks", -0.6, origin=origin)), evidence)
    assert (found.effect, len(found.evidence)) == (-0.6, 3)


def test_one_step_of_an_indirect_push_is_told_in_short_where_the_whole_would_be_too_long() -> None:
    links = push("buses", "roads", 1), push("roads", "parks", -1), estimate(1, "roads", "parks")
    found = spillover(place(*links))
    assert found.sentence.endswith("; an estimate points the other way.")


def test_a_lever_is_told_of_both_its_pushes() -> None:
    rows = measures("lever", "buses", "parks", direction="higher", baseline=10, step=1)
    pushes = [push("lever", "buses", 0.9), push("lever", "parks", -0.9), estimate(0.4, "lever", "parks")]
    wishes = [target("council", "buses", "at_least", 12), target("trust", "parks", "at_least", 12)]
    (found,) = al.find_conflicts(small(measures=rows, targets=wishes, influences=pushes), "torn")
    assert found.sentence.endswith("; an estimate of one of the two pushes points the other way.")
    assert [row.says.partition(":")[0] for row in found.evidence][-1] == (
        "estimate beside it, pointing the other way, not added"
    )


def test_what_does_not_fit_a_sentence_is_left_to_the_evidence() -> None:
    declared = push("buses", "parks", -0.6)
    alone, found = (spillover(place(declared, *more, long=True)) for more in ((), (estimate(0.6),)))
    assert found.sentence == alone.sentence
    assert "pointing the other way" in found.evidence[-1].says


def both(system: System) -> al.Conflicts:
    return al.find_conflicts(system, evidence="both")


@pytest.fixture
def mixed() -> System:
    """One push that both say and size otherwise, one that is only declared so, one that is only estimated so."""
    return place(
        *(push("buses", "parks", -0.6), estimate(-0.9)),
        *(push("parks", "buses", -0.6), estimate(0.6, "parks", "buses")),
        *(push("buses", "roads", 0.1), estimate(-0.6, "buses", "roads")),
    )


def test_both_says_which_findings_stand_under_which(mixed: System) -> None:
    found = both(mixed)
    declared, estimated = (al.find_conflicts(mixed, evidence=each) for each in COUNTINGS)
    assert [each.id for each in found] == [each.id for each in declared]
    table = found.to_frame("comparison").set_index("conflict")
    pushed = table[table["kind"].isin(("spillover", "unguarded"))]
    assert pushed["stands"].to_dict() == {
        IDS[0]: "both",
        "spillover.parks-up.buses-up": "declared",
        "unguarded.buses-up.roads": "estimated",
    }
    sizes = [pushed[f"severity_{how}"].to_dict()[IDS[0]] for how in COUNTINGS]
    assert sizes == [spillover(mixed).severity, spillover(mixed, "estimated").severity] == [0.6, 0.9]
    assert len(estimated.comparison or ()) == 0
    assert declared.comparison is None


def test_both_is_told_in_text_notes_and_json(mixed: System) -> None:
    found = both(mixed).of_kind("spillover", "unguarded")
    (note, *_) = found.notes
    assert note == (
        "1 finding stands whether declared or estimated influences count, 1 of them with another severity; 1 stands "
        "only as declared, 1 stands only as estimated"
    )
    text = " ".join(found.to_text().split())
    for said in ("severity 0.90 where estimates count", "not where estimates count", "Only estimated: “Buses” against"):
        assert said.replace(" against", "") in text
    plain = json.loads(found.to_json())
    assert [row["stands"] for row in plain["comparison"]] == ["both", "declared", "estimated"]
    assert json.loads(al.find_conflicts(mixed).to_json())["comparison"] is None


def test_what_is_narrowed_is_compared_as_narrowed(mixed: System) -> None:
    found = both(mixed)
    assert [row.conflict for row in found.only([IDS[0]]).comparison or ()] == [IDS[0]]
    assert {row.kind for row in found.of_kind("unguarded").comparison or ()} == {"unguarded"}
    assert {row.conflict for row in found[:1].comparison or ()} == {found[0].id}
    assert "unguarded.buses-up.roads" in {row.conflict for row in found.touching("council").comparison or ()}
    assert "unguarded.buses-up.roads" not in {row.conflict for row in found.touching("trust").comparison or ()}


def test_both_travels_and_can_be_asked_again(mixed: System) -> None:
    found = both(mixed)
    for each in (found, found.touching("council"), found.of_kind("unguarded"), found[:1]):
        assert pickle.loads(pickle.dumps(each)) == each
        assert pickle.loads(pickle.dumps(each)).comparison == each.comparison
        assert al.replay(each.to_json(), mixed).same
    assert found != al.find_conflicts(mixed)


def test_only_conflicts_can_be_asked_for_both(mixed: System) -> None:
    for verb in (al.themes, al.agenda, al.net_effects, al.alignment, al.propose, al.camps):
        with pytest.raises(al.UnknownWord, match="only conflicts can be asked for both"):
            verb(mixed, evidence="both")  # pyright: ignore[reportArgumentType]
