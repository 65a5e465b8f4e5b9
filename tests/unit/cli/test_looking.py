"""Demo, validate, conflicts, alignment: the library's answers, in every form."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import alignment as al
from alignment.models.system import TABLES
from tests.running import Runner


def test_the_demonstration_shows_quarrels_and_the_set_with_its_proof(run: Runner) -> None:
    london = al.read(al.example("london-2018"))
    themes, proposal = al.themes(london).themes, al.propose(london)
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    text = " ".join(ran.out.split()).replace("- ", "-")  # a line may break at a hyphen
    assert str(london) in text
    assert proposal.headline in text
    assert all(" ".join(row.reason.split()) in text for row in proposal.retired)
    assert all(theme.sentence in text for theme in themes[:5])
    assert "alignment propose england-2026" in text


def test_ids_are_made_where_it_is_asked_for(run: Runner, tmp_path: Path) -> None:
    for name in ("agencies", "measures", "targets"):
        (tmp_path / f"{name}.csv").write_text(
            {
                "agencies": "name\nAcute Trust\n",
                "measures": "id,name\nbeds,Beds in use\n",
                "targets": "agency,measure,sense\nAcute Trust,Beds in use,reduce\n",
            }[name]
        )
    assert "--ids make" in " ".join(run("validate", tmp_path).out.split())
    assert run("validate", tmp_path, "--ids", "make").code == 0
    assert run("convert", tmp_path, tmp_path / "clean.json", "--ids", "make").code == 0
    (target,) = al.read(tmp_path / "clean.json").targets
    assert (target.agency, target.measure, target.sense) == ("acute-trust", "beds", "decrease")


def test_every_fault_is_listed_in_every_form(run: Runner, broken: Path) -> None:
    with pytest.raises(al.InputError) as found:
        al.read(broken)
    faults = found.value.faults
    assert len(faults) == 26
    text = run("validate", broken)
    assert (text.code, text.err) == (2, "")
    assert text.out.startswith("26 faults in")
    for fault in faults:
        assert f"{fault.where}\n    {fault.what}.\n    {fault.remedy}" in text.out
    ran = run("validate", broken, "--json")
    assert ran.code == 2
    assert ran.json == {"faults": [fault.model_dump(mode="json") for fault in faults], "notes": []}
    ran = run("validate", broken, "--csv")
    assert ran.code == 2
    assert list(ran.frame["where"]) == [fault.where for fault in faults]
    assert list(ran.frame["remedy"]) == [fault.remedy for fault in faults]


def test_other_commands_show_the_first_faults_and_where_the_rest_is(run: Runner, broken: Path) -> None:
    ran = run("propose", broken, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: 26 faults in the input:")
    assert "Did you mean 'provider'?" in ran.said
    assert "... and 6 more: alignment validate shows all." in ran.err


def test_a_system_without_faults_as_json_and_csv(run: Runner, winter: al.System) -> None:
    ran = run("validate", "winter-pressure", "--json")
    assert (ran.code, ran.json["system"], ran.json["summary"]) == (0, winter.hash, str(winter))
    assert ran.json["rows"]["targets"] == 14
    ran = run("validate", "winter-pressure", "--csv")
    assert ran.code == 0
    assert dict(zip(ran.frame["table"], ran.frame["rows"], strict=True)) == {
        name: len(winter.table(name)) for name in TABLES
    }


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("london-2019", "Did you mean 'london-2018'?"),
        ("no/such/place", "there is no such file or folder"),
        (__file__, "neither a folder of CSV files or a .zip of one"),
    ],
)
def test_a_path_that_is_none(run: Runner, path: str, says: str) -> None:
    ran = run("conflicts", path)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said
    assert run("validate", path, "--json").json["faults"][0]["place"] == path


def test_conflicts_equal_the_library(run: Runner, winter: al.System) -> None:
    found = al.find_conflicts(winter, tolerance=0.1, steps=3, decay=0.7)
    wishes = ["--tolerance", "0.1", "--steps", "3", "--decay", "0.7"]
    ran = run("conflicts", "winter-pressure", "--json", *wishes)
    assert ran.code == 0
    assert ran.json["conflicts"] == [conflict.model_dump(mode="json") for conflict in found]
    assert (ran.json["summary"], ran.json["system"]) == (found.summary(), winter.hash)
    ran = run("conflicts", "winter-pressure", "--csv", *wishes)
    frame = pd.read_csv(io.StringIO(found.to_frame().to_csv(index=False)))
    pd.testing.assert_frame_equal(ran.frame, frame)
    assert run("conflicts", "winter-pressure", "--all", *wishes).out.strip() == found.to_text()


NARROWED: Sequence[tuple[Sequence[str], Callable[[al.Conflicts], al.Conflicts]]] = (
    (["--kind", "opposed", "--kind", "spillover"], lambda found: found.of_kind("opposed", "spillover")),
    (["--touching", "council"], lambda found: found.touching("council")),
    (["--between", "local", "provider"], lambda found: found.between("local", "provider")),
    (
        ["--kind", "perverse", "--touching", "trust", "--between", "regional", "provider"],
        lambda found: found.of_kind("perverse").touching("trust").between("regional", "provider"),
    ),
    (["--limit", "3"], lambda found: found[:3]),
    (["--limit", "0"], lambda found: found),
)


@pytest.mark.parametrize(("words", "narrow"), NARROWED)
def test_conflicts_are_narrowed(
    run: Runner, winter: al.System, words: Sequence[str], narrow: Callable[[al.Conflicts], al.Conflicts]
) -> None:
    found = narrow(al.find_conflicts(winter))
    ran = run("conflicts", "winter-pressure", "--json", *words)
    assert [row["id"] for row in ran.json["conflicts"]] == [conflict.id for conflict in found]


@pytest.mark.parametrize("by", ["kind", "agency", "tier", "sector"])
def test_conflicts_are_counted(run: Runner, winter: al.System, by: Any) -> None:
    frame = al.find_conflicts(winter).counts(by)
    assert run("conflicts", "winter-pressure", "--by", by, "--json").json == frame.to_dict("records")
    pd.testing.assert_frame_equal(run("conflicts", "winter-pressure", "--by", by, "--csv").frame, frame)


def test_text_says_how_many_are_not_shown(run: Runner) -> None:
    ran = run("conflicts", "london-2018", "--limit", "2")
    number = len(al.find_conflicts(al.read(al.example("london-2018"))))
    assert f"... and {number - 2} more." in ran.out.splitlines()
    assert ran.err.splitlines()[-1] == "--all shows all of them."
    assert "... and" not in run("conflicts", "winter-pressure", "--limit", "0").out


def test_conflicts_are_quarrels_for_people_and_every_one_is_a_word_away(run: Runner, winter: al.System) -> None:
    found = al.find_conflicts(winter)
    ran = run("conflicts", "winter-pressure")
    text = " ".join(ran.out.split())
    assert text.startswith(found.summary())
    assert al.themes(winter).headline() in text
    assert "--all lists every finding" in ran.err
    every = run("conflicts", "winter-pressure", "--all").out
    assert every == run("conflicts", "winter-pressure", "--limit", "0").out
    assert all(each.id in every for each in found)


def test_strict_is_for_what_is_left_of_the_conflicts(run: Runner) -> None:
    assert run("conflicts", "winter-pressure", "--strict").code == 1
    assert run("conflicts", "winter-pressure", "--strict", "--limit", "1", "--csv").code == 1
    none = run("conflicts", "winter-pressure", "--strict", "--kind", "opposed", "--touching", "region", "--json")
    assert (none.code, none.json["conflicts"]) == (0, [])
    assert run("conflicts", "winter-pressure", "--kind", "opposed", "--touching", "region").out == "No conflicts.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--kind", "oposed"], '--kind: "oposed" is not one of opposed, '),
        (["--kind", "oposed"], "Did you mean 'opposed'?"),
        (["--kind", "oposed", "--tolerance", "x"], '--tolerance: "x" is not a number. Write a number from 0: net'),
        (["--touching", "councl"], "'councl' is not an agency. Did you mean 'council'?"),
        (["--between", "local", "provder"], "'provder' is not a tier. Did you mean 'provider'?"),
        (["--by", "teir"], "'teir' is not something to count by. Did you mean 'tier'?"),
        (["--tolerance", "-1"], "--tolerance: -1 is below 0. Write a number from 0: net effects up to this"),
        (["--decay", "2"], "--decay: 2 is above 1. Write a number above 0 to 1: what each further"),
        (["--json", "--csv"], "Give --json or --csv, not both."),
        (["--limit", "-1"], "--limit"),
        (["--steps", "many"], '--steps: "many" is not a whole number. Write a whole number from 0: the longest walk'),
        (["--show", "conflict"], "'conflict' is not something to show. Did you mean 'conflicts'?"),
        (["--knd", "opposed"], "--kind"),
        (["--between", "local"], "--between"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_why(run: Runner, words: list[str], says: str) -> None:
    ran = run("conflicts", "winter-pressure", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("words", [[], ["conflcts"], ["conflicts"], ["check", "winter-pressure"]])
def test_a_command_that_is_none_or_not_complete(run: Runner, words: list[str]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "Usage: alignment" in ran.out + ran.err


@pytest.mark.parametrize("by", [None, "agency", "tier", "sector"])
def test_alignment_equals_the_library(run: Runner, winter: al.System, by: Any) -> None:
    words = ["--by", by] if by else []
    found, match = al.alignment(winter, by, steps=1), al.congruity(winter, steps=1)
    ran = run("alignment", "winter-pressure", *words, "--steps", "1", "--json")
    assert (ran.code, ran.json["by"], ran.json["value"], ran.json["reach"]) == (0, by, found.value, match.reach)
    assert ran.json["pairs"] == found.to_frame().to_dict("records")
    assert {row["agency"]: row["congruity"] for row in ran.json["congruity"]} == match.agencies
    ran = run("alignment", "winter-pressure", *words, "--steps", "1", "--csv")
    pd.testing.assert_frame_equal(ran.frame, found.to_frame())
    ran = run("alignment", "winter-pressure", *words, "--steps", "1", "--csv", "--show", "congruity")
    pd.testing.assert_frame_equal(ran.frame, match.to_frame())
    assert f"{found.value:+.2f}" in run("alignment", "winter-pressure", *words, "--steps", "1").out


def test_groups_are_a_matrix_where_it_fits_and_else_a_list(run: Runner) -> None:
    matrix = run("alignment", "london-2018", "--by", "tier").out
    assert "Whose targets push (row) on whose wishes (column):" in matrix
    pairs = run("alignment", "london-2018", "--by", "agency").out
    worst = al.alignment(al.read(al.example("london-2018")), "agency").to_frame()[["a", "b"]].iloc[0]
    assert pairs.split("hinder  alignment\n")[1].split()[:2] == list(worst)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    al.write(al.read("winter-pressure"), tmp_path / "messy")
    path = tmp_path / "messy" / "targets.csv"
    path.write_text("Targets of the winter\n\n" + path.read_text(encoding="utf-8").replace("agency", "Owner", 1))
    return tmp_path / "messy"


def test_what_was_put_right_is_told_below_the_figures(run: Runner, messy: Path) -> None:
    notes = al.read(messy).notes
    text = run("validate", messy)
    assert (text.code, text.err) == (0, "")
    assert "Read with 2 notes, of what was put right or passed over:" in text.out
    assert "targets.csv, row 1: is read from row 3" in text.out
    assert run("validate", messy, "--json").json["notes"] == [note.model_dump(mode="json") for note in notes]
    assert list(run("validate", messy, "--show", "notes", "--csv").frame["what"]) == [note.what for note in notes]


def test_what_was_put_right_is_told_below_the_faults(run: Runner, messy: Path) -> None:
    path = messy / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("at_most", "at_mst", 1), encoding="utf-8")
    text = run("validate", messy)
    assert text.code == 2
    assert text.out.index("1 fault in") < text.out.index("Read with 2 notes")
    assert len(run("validate", messy, "--json").json["notes"]) == 2
    assert list(run("validate", messy, "--show", "notes", "--csv").frame["row"]) == [1, 3]
    assert len(run("validate", messy, "--csv").frame) == 1


def test_other_commands_say_how_many_notes_there_are(run: Runner, messy: Path) -> None:
    ran = run("layers", messy, "--json")
    assert ran.err == "Read with 2 notes: alignment validate shows them.\n"


def test_notes_that_say_the_same_are_one_line(run: Runner, messy: Path) -> None:
    for path in messy.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("|", "/"), encoding="utf-16")
    text = run("validate", messy).out
    assert text.count("is UTF-16, and was read so") == 1
    assert " more: is UTF-16, and was read so." in " ".join(text.split())
