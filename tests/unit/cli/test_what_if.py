"""what-if at the command line: short words become changes, the comparison comes in three forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import alignment as al
from alignment.cli.change_words import changes_in
from alignment.models.answers.what_if import WhatIf
from tests.running import Runner

pytestmark = pytest.mark.usefixtures("answered_once")

WORDS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "add",
        "targets agency=council measure=bed-occupancy sense=at_most value=80 note='a few words'",
        {
            "table": "targets",
            "row": {
                "agency": "council",
                "measure": "bed-occupancy",
                "sense": "at_most",
                "value": "80",
                "note": "a few words",
            },
        },
    ),
    ("drop-row", "influences:a:b", {"table": "influences", "row": "a:b"}),
    ("drop-row", "influences:a>b#2", {"table": "influences", "row": "a>b#2"}),
    ("drop-row", "incentives:a|b|m|increase", {"table": "incentives", "row": "a|b|m|increase"}),
    ("drop-row", "targets:a:m:at_least:value=95", {"table": "targets", "row": "a:m:at_least:value=95"}),
    ("drop-row", "series:m|St Mary's: east|2018", {"table": "series", "row": "m|St Mary's: east|2018"}),
    ("drop-measure", "a", {"table": "measures", "row": "a"}),
    ("drop-target", "a:b", {"table": "targets", "row": "a:b"}),
    ("reweigh", "a:b:at_least:value=95=0.5", {"target": "a:b:at_least:value=95", "weight": "0.5"}),
    ("retarget", "a=90", {"target": "a", "value": "90"}),
    (
        "retarget",
        "a:m:between:value=1:upper=2#2=3..4",
        {"target": "a:m:between:value=1:upper=2#2", "value": "3", "upper": "4"},
    ),
    ("retarget", "a=80..90", {"target": "a", "value": "80", "upper": "90"}),
    ("cap", "beds=120", {"resource": "beds", "capacity": "120"}),
    ("cap", "beds=none", {"resource": "beds", "capacity": None}),
    ("floor", "beds=100", {"resource": "beds", "floor": "100"}),
    ("remove-agency", "a", {"agency": "a"}),
    ("merge", "a=b", {"agency": "a", "into": "b"}),
]


@pytest.mark.parametrize(("option", "word", "wanted"), WORDS)
def test_words_are_changes(option: str, word: str, wanted: dict[str, Any]) -> None:
    (change,) = changes_in(None, {option: [word]})
    change.pop("change")
    assert change == wanted


@pytest.mark.parametrize(
    ("option", "word"),
    [("reweigh", "a"), ("retarget", "=3"), ("merge", "a"), ("drop-row", "targets"), ("add", "targets agency")],
)
def test_words_that_are_none(run: Runner, option: str, word: str) -> None:
    ran = run("what-if", "winter-pressure", f"--{option}", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"--{option} is " in ran.said


def test_the_comparison_as_text_json_and_csv(run: Runner, winter: al.System) -> None:
    words = ("what-if", "winter-pressure", "--drop-target", "region-beds", "--cap", "home-care-hours=450", "--each")
    wanted = al.what_if(
        winter,
        [al.Drop(table="targets", row="region-beds"), al.ChangeCap(resource="home-care-hours", capacity=450)],
        each=True,
    )
    assert run(*words).out.split() == wanted.to_text(80).split()
    assert WhatIf.model_validate(run(*words, "--json").json) == wanted
    assert len(run(*words, "--csv").frame) == len(wanted.to_frame())


def test_changes_of_a_file_come_first(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "changes.json"
    file.write_text(json.dumps([{"change": "reweigh", "target": "council", "weight": 0.5}]))
    ran = run("what-if", "winter-pressure", "--changes", file, "--merge", "trust=council", "--json")
    assert [each["change"] for each in ran.json["changes"]] == ["reweigh", "merge-agencies"]
    file.write_text('{"change": "remove-agency", "agency": "council"}')
    assert run("what-if", "winter-pressure", "--changes", file).code == 0
    file.write_text("{")
    assert "is not JSON" in run("what-if", "winter-pressure", "--changes", file).said


def test_what_is_refused(run: Runner) -> None:
    assert "Say what to change" in run("what-if", "winter-pressure").said
    ran = run("what-if", "winter-pressure", "--remove-agency", "counci", "--reweigh", "trst=0.5", "--cap", "beds=many")
    assert ran.code == 2
    ran = run("what-if", "winter-pressure", "--remove-agency", "counci", "--reweigh", "trst=0.5")
    assert (ran.code, ran.out) == (2, "")
    assert "2 faults" in ran.said
    assert "Did you mean 'council'?" in ran.said


def test_no_set_after_the_change_is_told_in_sentences(run: Runner) -> None:
    ran = run("what-if", "winter-pressure", "--remove-agency", "council", "--voice", "1", "--sway", "0.2")
    assert (ran.code, ran.err.count("Error")) == (0, 0)
    assert "no set of measures meets all wishes" in " ".join(ran.out.split())
