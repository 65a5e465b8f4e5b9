"""What could not be judged is never called proven, yes or best, by any verb."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.cli import main
from alignment.models import System
from tests.small import small, target

WITHOUT: dict[str, Any] = {
    "agencies": [
        {"id": "dept", "name": "Department of Health"},
        {"id": "hospital", "name": "Hospital"},
        {"id": "borough", "name": "Borough"},
    ],
    "measures": [
        {"id": "occupancy", "name": "Bed occupancy"},
        {"id": "long-waits", "name": "Long waits"},
        {"id": "home-fee", "name": "Weekly fee of a care home"},
        {"id": "heard-share", "name": "People who felt heard"},
    ],
    "targets": [
        {"agency": "dept", "measure": "occupancy", "sense": "at_most", "value": 92},
        {"agency": "hospital", "measure": "long-waits", "sense": "at_most", "value": 5},
        {"agency": "borough", "measure": "home-fee", "sense": "at_most", "value": 650},
        {"agency": "hospital", "measure": "home-fee", "sense": "at_least", "value": 720},
        {"agency": "borough", "measure": "heard-share", "sense": "at_least", "value": 70},
    ],
}
"""A list of measures without outcomes or baselines, as many places have it."""

NOTHING = r"of 4 measures with targets the outcome of none is known\. Fill in the column outcome"


@pytest.fixture(scope="module")
def without() -> System:
    return al.read(WITHOUT)


@pytest.fixture(scope="module")
def one_known() -> System:
    """The same, where the outcome of one measure is known."""
    known = {"heard-share": "heard"}
    rows = [row | ({"outcome": known[row["id"]]} if row["id"] in known else {}) for row in WITHOUT["measures"]]
    outcomes = [{"id": "heard", "name": "People are heard", "dimension": "experience"}]
    return al.read({**WITHOUT, "measures": rows, "outcomes": outcomes})


def certainty(system: System) -> Any:
    """Two draws are enough."""
    return al.certainty(system, draws=2)


ASKED: list[Callable[[System], Any]] = [
    *(al.propose, al.why, al.alternatives, al.frontier, al.coverage, al.sway),
    certainty,
]


@pytest.mark.parametrize("ask", ASKED)
def test_without_outcomes_no_set_can_be_judged(without: System, ask: Callable[[System], Any]) -> None:
    with pytest.raises(al.NothingToJudge, match=NOTHING) as caught:
        ask(without)
    assert isinstance(caught.value, al.NoAlignedSet)
    assert caught.value.clash == ()
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_set_of_them_is_not_aligned(without: System) -> None:
    verdict = al.check(without, ["occupancy"])
    assert not verdict.aligned
    (said,) = verdict.broken
    assert said.startswith("No duty is known, so nothing tells whether the set is aligned")


def test_a_change_of_them_is_told_without_a_set(without: System) -> None:
    found = al.what_if(without, al.Drop(table="measures", row="occupancy"))
    assert "Before, no set can be judged, as no outcome is known." in found.headline
    assert "After, no set can be judged, as no outcome is known." in found.headline


def test_too_low_a_validity_is_told_apart(without: System) -> None:
    faint = al.read(
        {
            **WITHOUT,
            "outcomes": [{"id": "heard", "name": "People are heard", "dimension": "experience"}],
            "captures": [{"measure": "heard-share", "outcome": "heard", "validity": 0.5}],
        }
    )
    with pytest.raises(al.NothingToJudge, match=r"with a validity of 0\.6 or more\. Give theta a smaller value"):
        al.propose(faint)
    assert al.propose(faint, theta=0.5).measures == ("heard-share",)


def test_those_whose_outcome_is_not_known_are_neither_kept_nor_retired(one_known: System) -> None:
    proposal = al.propose(one_known)
    assert proposal.measures == ("heard-share",)
    assert proposal.retired == ()
    unknown = ["home-fee", "long-waits", "occupancy"]
    assert [row.measure for row in proposal.not_judged] == sorted(unknown)
    assert proposal.headline == (
        "Of today's 4 measures keep 1, let 0 go: proven to be least in conflict, unsaid wishes and measures added up, "
        "a measure weighing as much as 2 targets; nothing meant for people goes unsaid. 3 are not judged, as no "
        "outcome is known."
    )
    assert "Not judged:\n  “Weekly fee of a care home”: not judged, as no outcome of it is known." in proposal.to_text()
    assert any(note.startswith("3 measures are not judged, as no outcome is known") for note in proposal.notes)
    plain = json.loads(proposal.to_json())
    assert [row["measure"] for row in plain["not_judged"]] == sorted(unknown)
    frame = proposal.to_frame()
    assert dict(zip(frame["measure"], frame["decision"], strict=True)) == {
        "heard-share": "kept",
        **dict.fromkeys(unknown, "not judged"),
    }
    why = proposal.why("home-fee")
    assert (why.decision, why.member) == ("not judged", "unknown")
    assert "best set" not in why.reason
    assert al.propose(one_known, keep=["occupancy"]).measures == ("heard-share", "occupancy")
    assert "1 kept, 3 not judged" in repr(al.why(one_known))


def test_without_baselines_nothing_is_said_to_be_met(without: System) -> None:
    can, sets, repair = al.can_all_be_met(without), al.find_joint_conflicts(without), al.smallest_repair(without)
    effort, shared = al.effort_needed(without), al.shared_values(without)
    assert (can.met, sets.complete, repair.proven, effort.effort, shared.largest) == (None, False, False, None, None)
    for answer in (can, sets, repair, effort, shared):
        text = answer.to_text()
        assert text.startswith("Not known: no target can be assessed.\n5 targets were not assessed")
        assert not {"Yes", "Proven", "Nobody has", "all can be met"} & {text.split(":")[0]}
        assert "known" in repr(answer)
        assert al.replay(answer, without).same


def test_without_targets_there_is_nothing_to_assess() -> None:
    empty = small(measures=[{"id": "m", "baseline": 3}], targets=[])
    for ask in (al.can_all_be_met, al.find_joint_conflicts, al.smallest_repair, al.effort_needed, al.shared_values):
        assert ask(empty).to_text() == "Not known: there are no targets to assess."
    assert "0 measures" in al.certainty(empty, draws=3).to_text()


def test_an_achievable_set_without_baselines_says_that_nothing_was_assessed() -> None:
    system = small(
        outcomes=[{"id": "care", "dimension": "outcomes"}],
        measures=[{"id": "m", "outcome": "care"}],
        targets=[target("a", "m", "at_least", 3)],
    )
    assert "Not known: no target can be assessed." in al.propose(system, achievable=True).to_text()


def test_the_command_ends_with_3(capsys: pytest.CaptureFixture[str], tmp_path: Path, without: System) -> None:
    al.write(without, tmp_path / "place.json")
    assert main(["propose", str(tmp_path / "place.json")]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "No set can be judged" in err
