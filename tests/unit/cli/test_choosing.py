"""Propose, check, convert: every wish reaches the library, and its answers come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest

import alignment as al
from alignment.models.options.aligned_set import Options
from tests.running import Runner

pytestmark = pytest.mark.usefixtures("answered_once")


def test_every_wish_is_an_option_with_its_own_sentence_and_default(run: Runner) -> None:
    for command in ("propose", "check"):
        text = " ".join(run(command, "--help").out.split())
        for name, field in Options.model_fields.items():
            assert f"--{name.replace('_', '-')} " in text
            assert field.description is not None
            assert field.description in text
        assert "[default: 0.6]" in text
        assert "population|outcome" in text


WISHES: Mapping[str, Any] = {
    "theta": 0.5,
    "breadth": "outcome",
    "evidence": "estimated",
    "balance": False,
    "voice": 0.25,
    "sway": 0.75,
    "order": "burden-first",
    "price": 1.5,
    "keep": ("bed-occupancy", "planned-operations"),
    "drop": ("readmissions",),
    "keep_statutory": True,
    "candidates": (
        "bed-occupancy",
        "delayed-discharges",
        "flu-vaccination",
        "home-care-spending",
        "length-of-stay",
        "patient-experience",
        "planned-operations",
    ),
    "local_choice": 2,
    "weights": {"council": 0.5},
    "power": {"trust": 3.0},
    "achievable": True,
    "max_concession": 4.0,
    "reach": 12.0,
    "tolerance": 0.1,
    "steps": 3,
    "decay": 0.75,
    "worth": 1.5,
    "protect": False,
    "said": 0.4,
    "ground": "outcome",
    "sight": 0.2,
    "horizon": 3.0,
    "needs": 1,
    "at_most": 8,
    "time_limit": 30.0,
    "solver": "race",
}


def as_words(wishes: Mapping[str, Any]) -> Sequence[str]:
    words: list[str] = []
    for name, value in wishes.items():
        flag = name.replace("_", "-")
        if isinstance(value, bool):
            words.append(f"--{flag}" if value else f"--no-{flag}")
        elif isinstance(value, dict):
            words += [f"--{flag}", *(f"{name}={number}" for name, number in cast("dict[str, Any]", value).items())]
        else:
            for each in cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,):
                words += [f"--{flag}", str(each)]
    return words


def test_every_wish_reaches_the_library(run: Runner, winter: al.System) -> None:
    assert set(WISHES) == set(Options.model_fields)
    proposal = al.propose(winter, **WISHES)
    assert all(getattr(proposal.options, name) == value for name, value in WISHES.items())
    ran = run("propose", "winter-pressure", "--json", *as_words(WISHES))
    assert ran.code == 0
    assert ran.json == proposal.model_dump(mode="json")
    verdict = al.check(winter, ["bed-occupancy"], **WISHES)
    ran = run("check", "winter-pressure", "bed-occupancy", "--json", *as_words(WISHES))
    assert ran.json == verdict.model_dump(mode="json")


def test_a_proposal_in_each_form(run: Runner, winter: al.System) -> None:
    proposal = al.propose(winter)
    assert run("propose", "winter-pressure").out == f"{proposal}\n"
    assert run("propose", "winter-pressure", "--json").json == proposal.model_dump(mode="json")
    pd.testing.assert_frame_equal(run("propose", "winter-pressure", "--csv").frame, proposal.to_frame())


def test_reasons_in_each_form(run: Runner, winter: al.System) -> None:
    asked = ["bed-occupancy", "delayed-discharges"]
    reasons = al.why(winter, asked, voice=0.4)
    assert run("why", "winter-pressure", *asked, "--voice", "0.4").out == f"{reasons}\n"
    assert run("why", "winter-pressure", *asked, "--voice", "0.4", "--json").json == reasons.model_dump(mode="json")
    frame = run("why", "winter-pressure", *asked, "--voice", "0.4", "--csv").frame
    pd.testing.assert_frame_equal(frame.astype(object).fillna(""), reasons.to_frame().astype(object).fillna(""))
    assert len(run("why", "winter-pressure", "--json").json["measures"]) == len(winter.measures)


def test_alternatives_in_each_form(run: Runner, winter: al.System) -> None:
    found = al.alternatives(winter, within=0.5, limit=3)
    words = ("alternatives", "winter-pressure", "--within", "0.5", "--limit", "3")
    assert run(*words).out == f"{found}\n"
    assert run(*words, "--json").json == found.model_dump(mode="json")
    pd.testing.assert_frame_equal(run(*words, "--csv").frame, found.to_frame())
    ran = run("alternatives", "winter-pressure", "--within", "2")
    assert "--within: 2 is above 1. Write a number from 0 to 1: by what share" in ran.said


def test_a_target_without_an_id_weighs_by_its_key(run: Runner, winter: al.System, tmp_path: Path) -> None:
    tables = {name: winter.table(name) for name in al.models.TABLES}
    bare = [{**row.model_dump(), "id": None} for row in winter.targets]
    al.write(al.System.model_validate({**tables, "targets": bare}), tmp_path / "bare.json")
    key = "council:flu-vaccination:at_least:value=60:population=children:weight=1"
    ran = run("check", tmp_path / "bare.json", "bed-occupancy", "--weights", f"{key}=0.5", "--json")
    assert ran.json["options"]["weights"] == {key: 0.5}


def test_sway_in_each_form(run: Runner, winter: al.System) -> None:
    found = al.sway(winter, ["bed-occupancy"], by="tier")
    words = ("sway", "winter-pressure", "bed-occupancy", "--by", "tier")
    assert run(*words).out == f"{found}\n"
    assert run(*words, "--json").json == found.model_dump(mode="json")
    pd.testing.assert_frame_equal(run(*words, "--csv").frame, found.to_frame(), check_dtype=False)
    assert run("sway", "winter-pressure").out == f"{al.sway(winter)}\n"


def test_wishes_that_clash_end_with_3(run: Runner) -> None:
    ran = run("propose", "winter-pressure", "--voice", "1", "--drop", "length-of-stay", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert "Error: No set of measures meets all of these together:\n  " in ran.err
    assert "Length of stay must not be kept. To leave it out of drop would do." in ran.said
    assert "voice=" in ran.said


Asking = Callable[[Callable[..., Any]], None]


def test_trouble_of_the_solver_ends_with_4(run: Runner, asking: Asking) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise al.SolverTrouble("The solver failed: no reason.")

    asking(fail)
    ran = run("propose", "winter-pressure")
    assert (ran.code, ran.out) == (4, "")
    assert "Error: The solver failed: no reason.\n" in ran.err


def test_the_end_of_time_is_said_and_is_no_error(run: Runner, winter: al.System, asking: Asking) -> None:
    late = al.propose(winter).model_copy(update={"proven": False, "stopped": "time limit"})
    asking(lambda *_, **__: late)
    ran = run("propose", "winter-pressure")
    assert ran.code == 0
    assert "not proven (time limit)" in ran.out
    assert "not proven to be the best. Give --time-limit a larger number." in ran.said


def test_check_judges_and_only_strict_minds(run: Runner, winter: al.System) -> None:
    aligned = al.propose(winter).measures
    assert run("check", "winter-pressure", *aligned, "--strict").code == 0
    verdict = al.check(winter, ["length-of-stay", "patient-experience"])
    words = ["check", "winter-pressure", "length-of-stay", "patient-experience"]
    assert run(*words).code == 0
    assert run(*words, "--strict").code == 1
    assert run(*words).out == f"{verdict}\n"
    assert run(*words, "--json").json == verdict.model_dump(mode="json")
    ran = run(*words, "--csv")
    assert list(ran.frame["finding"].value_counts()[["wish not met", "duty not served", "conflict"]]) == [
        len(verdict.broken),
        len(verdict.unserved),
        len(verdict.clashes),
    ]
    assert ran.frame["weight"].sum() == pytest.approx(verdict.figures.gap_weight + verdict.figures.conflict)


@pytest.mark.parametrize(
    "text",
    [
        "length-of-stay\npatient-experience\n",
        "length-of-stay, patient-experience",
        "\ufefflength-of-stay;patient-experience\r\n",
        "measure,decision\npatient-experience,kept\nbed-occupancy,retired\nlength-of-stay,kept\n",
        '\ufeffname,measure\r\n"Stays, long",length-of-stay\r\nExperience,patient-experience\r\n',
    ],
)
def test_measures_from_a_file_and_from_standard_input(run: Runner, tmp_path: Path, text: str) -> None:
    path = tmp_path / "measures.txt"
    path.write_bytes(text.encode())
    for words, stdin in ((f"@{path}", ""), ("-", text)):
        ran = run("check", "winter-pressure", words, "--json", stdin=stdin)
        assert ran.json["measures"] == ["length-of-stay", "patient-experience"]


def test_a_proposal_is_checked_through_a_pipe(run: Runner, winter: al.System) -> None:
    proposal = run("propose", "winter-pressure", "--csv").out
    ran = run("check", "winter-pressure", "-", "--strict", "--json", stdin=proposal)
    assert (ran.code, ran.json["measures"]) == (0, list(al.propose(winter).measures))


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("-", "There are no measures on standard input."),
        ("@/no/such/file", "/no/such/file: No such file or directory."),
        ("lenght-of-stay", "'lenght-of-stay' is not a measure. Did you mean 'length-of-stay'?"),
    ],
)
def test_measures_that_are_none(run: Runner, word: str, says: str) -> None:
    ran = run("check", "winter-pressure", word)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said


def test_every_coat_can_be_put_on(run: Runner, winter: al.System, tmp_path: Path) -> None:
    source: str | Path = "winter-pressure"
    for name in ("a.xlsx", "b", "c.json", "d"):
        ran = run("convert", source, tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        assert f"Wrote {tmp_path / name}: {winter}" in ran.said
        source = tmp_path / name
        assert al.read(source).hash == winter.hash


OTHER: Mapping[str, Any] = {"agencies": [{"id": "trust", "name": "Trust"}], "measures": [], "targets": []}


@pytest.mark.parametrize("name", ["place.json", "place"])
def test_what_is_there_is_only_replaced_when_asked(run: Runner, winter: al.System, tmp_path: Path, name: str) -> None:
    al.write(al.read(OTHER), tmp_path / name)
    ran = run("convert", "winter-pressure", tmp_path / name)
    assert ran.code == 2
    assert "--replace" in ran.err
    assert al.read(tmp_path / name) == al.read(OTHER)
    assert run("convert", "winter-pressure", tmp_path / name, "--replace").code == 0
    assert al.read(tmp_path / name) == winter


def test_a_folder_that_holds_something_else_is_a_place_to_write_to(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert run("convert", "winter-pressure", tmp_path).code == 0
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_target_that_cannot_be_written_to(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.json").mkdir()
    assert run("convert", "winter-pressure", tmp_path / "place.ods").code == 2
    assert "is a folder" in run("convert", "winter-pressure", tmp_path / "folder.json").said
    ran = run("convert", "winter-pressure", tmp_path / "file" / "x.json")
    assert ran.code == 2
    assert str(tmp_path / "file" / "x.json") in "".join(ran.err.split("\n  "))

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied", ".x.json.tmp")

    monkeypatch.setattr("alignment.tables.doors.write_keeping", refuse)
    monkeypatch.chdir(tmp_path)
    ran = run("convert", "winter-pressure", "x.json")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Error: x.json: Permission denied.")
