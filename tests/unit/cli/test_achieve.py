"""achieve, joint, effort, repair and shared-values at the command line: the library's answers, wrong words, ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import alignment as al
from benchmarks.conflicting import dense
from tests.running import Runner, interrupted, posix

pytestmark = pytest.mark.usefixtures("answered_once")

ASKED: dict[tuple[str, ...], Any] = {
    ("achieve", "london-2018"): lambda: al.can_all_be_met(al.read(al.example("london-2018"))),
    ("achieve", "winter-pressure", "--reach", "3"): lambda: al.can_all_be_met(winter(), reach=3),
    ("joint", "winter-pressure"): lambda: al.find_joint_conflicts(winter()),
    ("joint", "winter-pressure", "--effort", "12", "--limit", "9", "--steps", "1"): lambda: al.find_joint_conflicts(
        winter(), 9, effort=12, steps=1
    ),
    ("joint", "winter-pressure", "--every"): lambda: al.find_joint_conflicts(winter(), every=True),
    ("effort", "winter-pressure", "--curve", "3"): lambda: al.effort_needed(winter(), curve=3),
    ("effort", "winter-pressure", "--by-power"): lambda: al.effort_needed(winter(), by_power=True),
    ("repair", "winter-pressure"): lambda: al.smallest_repair(winter()),
    ("repair", "winter-pressure", "--every", "--decay", "1"): lambda: al.smallest_repair(winter(), every=True, decay=1),
    ("shared-values", "winter-pressure", "--lexicographic"): lambda: al.shared_values(winter(), lexicographic=True),
    ("shared-values", "winter-pressure", "--power", "council=2"): lambda: al.shared_values(
        winter(), power={"council": 2.0}
    ),
    ("shared-values", "winter-pressure", "delayed-discharges", "emergency-admissions"): lambda: al.shared_values(
        winter(), ["delayed-discharges", "emergency-admissions"]
    ),
}


def winter() -> al.System:
    return al.read(al.example("winter-pressure"))


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_every_form_is_the_library_s_answer(run: Runner, words: tuple[str, ...]) -> None:
    found = ASKED[words]()
    ran = run(*words)
    assert (ran.code, ran.out) == (0, f"{found.to_text(80)}\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    ran = run(*words, "--json")
    assert (ran.code, ran.json) == (0, found.model_dump(mode="json"))
    ran = run(*words, "--csv")
    assert ran.code == 0
    there = found.to_frame().replace("", None)
    # A column that is blank throughout is read back as numbers that are not known.
    there = there.where(there.notna(), float("nan"))
    pd.testing.assert_frame_equal(ran.frame, there, check_dtype=False) if len(there) else None
    assert list(ran.frame.columns) == list(there.columns)


def test_a_table_without_moves_is_explained_and_only_that(run: Runner, tmp_path: Path) -> None:
    ran = run("achieve", "winter-pressure", "--csv")
    assert (ran.code, len(ran.frame)) == (0, 0)
    said = "Not all targets can be met, so there are no moves; `alignment joint` lists which conflict."
    assert said in ran.said
    assert said in run("achieve", "winter-pressure", "--show", "moves").said
    assert said not in run("achieve", "winter-pressure").said
    assert said not in run("achieve", "winter-pressure", "--json").said
    met = {"id": "beds", "name": "Beds", "baseline": 10}
    target = {"agency": "trust", "measure": "beds", "sense": "at_least", "value": 10}
    place = {"agencies": [{"id": "trust", "name": "Trust"}], "measures": [met], "targets": [target]}
    (tmp_path / "place.json").write_text(json.dumps(place))
    ran = run("achieve", tmp_path / "place.json", "--csv")
    assert (ran.code, len(ran.frame), ran.err) == (0, 0, "")


def test_hard_facts_that_contradict_each_other_are_a_fault_of_the_input(run: Runner, tmp_path: Path) -> None:
    tables = al.to_document(winter())
    tables["resources"][0]["floor"] = 1e6
    tables["resources"][0]["capacity"] = 2e6
    (tmp_path / "place.json").write_text(json.dumps(tables))
    for command in ("achieve", "joint", "effort", "repair", "shared-values"):
        ran = run(command, tmp_path / "place.json")
        assert (ran.code, ran.out) == (2, ""), command
        assert "Error:" in ran.said
        assert "has to be used" in ran.said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("achieve", "winter-pressure", "--reach", "0"), "--reach: 0 is not above 0. Write a number above 0: how far"),
        (("achieve", "winter-pressure", "--effort", "-1"), "--effort: -1 is below 0. Write a number from 0: what"),
        (
            ("joint", "winter-pressure", "--limit", "0"),
            "--limit: 0 is below 1. Write a whole number from 1: how many sets to list",
        ),
        (("repair", "winter-pressure", "--limit", "0"), "--limit: 0 is below 1. Write a whole number from 1: how many"),
        (("effort", "winter-pressure", "--curve", "-1"), "--curve: -1 is below 0. Write a whole number from 0: at how"),
        (("shared-values", "winter-pressure", "nope"), "'nope' is not a measure."),
        (("shared-values", "winter-pressure", "--power", "councl=2"), "Did you mean 'council'?"),
        (("shared-values", "winter-pressure", "--power", "council=0"), "--power: 0 is not above 0. Write"),
        (("repair", "no-such-place"), "no-such-place"),
    ],
)
def test_a_wrong_word_ends_with_2_and_says_why(run: Runner, words: tuple[str, ...], says: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said


@pytest.mark.parametrize("command", ["achieve", "joint", "effort", "repair", "shared-values"])
def test_a_time_limit_is_told(run: Runner, command: str) -> None:
    ran = run(command, "winter-pressure", "--time-limit", "1e-9", "--json")
    assert (ran.code, ran.json["stopped"]) == (0, "time limit")
    assert "The time limit ended the search" in ran.said


@posix
@pytest.mark.parametrize("words", [("joint", "--every"), ("repair",)])
def test_ctrl_c_gives_what_there_is(words: tuple[str, ...], tmp_path: Path) -> None:
    place = tmp_path / "place.json"
    al.write(dense(60, 160, 1), place)
    more = ("--steps", "1", "--limit", "100000", "--time-limit", "100", "--json")
    code, out, err = interrupted(words[0], str(place), *words[1:], *more, once=r"[1-9][0-9]* conflicting sets")
    found = json.loads(out)
    assert (code, found["stopped"]) == (130, "interrupted")
    assert "Interrupted: " in err
    assert "Traceback" not in err
    if words[0] == "joint":
        assert found["sets"]
        assert not found["complete"]
        assert all(each["verified"] for each in found["sets"])
    else:
        assert found["given_up"]
        assert not found["proven"]
        assert 0 < found["bound"] <= found["weight"]
