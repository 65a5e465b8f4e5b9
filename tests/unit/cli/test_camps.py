"""The command camps: the library's answers, from a system and from an edge list."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

import alignment as al
from tests.running import Runner

pytestmark = pytest.mark.usefixtures("answered_once")

EDGES = "weight,a,b\n-1,council,trust\n1,region,trust\n-0.5,region,council\n-2,trust,union\n-2,council,union\n"


@pytest.fixture
def file(tmp_path: Path) -> str:
    home = tmp_path / "who.csv"
    home.write_text(EDGES + "\n,,\n", encoding="utf-8-sig")
    return str(home)


def edges() -> list[tuple[str, str, float]]:
    rows = [line.split(",") for line in EDGES.splitlines()[1:]]
    return [(a, b, float(weight)) for weight, a, b in rows]


@pytest.mark.parametrize("words", [(), ("--by", "tier"), ("--k", "3", "--count", "effects", "--steps", "1")])
def test_of_a_system_it_is_the_library_s(run: Runner, words: tuple[str, ...]) -> None:
    london = al.read(al.example("london-2018"))
    asked = dict(zip((word.removeprefix("--") for word in words[::2]), words[1::2], strict=True))
    wishes = {name: int(word) if word.isdigit() else word for name, word in asked.items()}
    found = al.camps(london, **wishes)  # pyright: ignore[reportArgumentType]
    ran = run("camps", "london-2018", *words, "--json")
    assert (ran.code, ran.json) == (0, json.loads(found.to_json()))
    ran = run("camps", "london-2018", *words, "--csv")
    pd.testing.assert_frame_equal(ran.frame, found.to_frame(), check_dtype=False)
    ran = run("camps", "london-2018", *words, "--csv", "--show", "relations")
    pd.testing.assert_frame_equal(ran.frame, found.relations_frame(), check_dtype=False)


def test_text_fits_the_page(run: Runner) -> None:
    ran = run("camps", "london-2018")
    assert ran.out.startswith("2 camps: 8 of 56 relations go against the grain (86% with it).\n")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_an_edge_list_in_place_of_a_system(run: Runner, file: str) -> None:
    found = al.frustration(edges())
    assert found.index == 1.5
    ran = run("camps", "--edges", file, "--json")
    assert (ran.code, ran.json) == (0, json.loads(found.to_json()))
    assert (ran.json["system"], ran.json["by"], ran.json["neutral"]) == (None, None, None)
    assert run("camps", "--edges", file).out == f"{found}\n"
    assert run("camps", "--edges", file, "--k", "3", "--csv").frame["camp"].max() == 3


def test_faults_are_said_by_file_row_and_column(run: Runner, file: str) -> None:
    Path(file).write_text("a,b,weight\ncouncil,trust,1\ntrust,council,-1\nunion,union,much\n")
    ran = run("camps", "--edges", file)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: 3 faults in the input:" in ran.said
    assert f"{file}, row 3: 'council' and 'trust' are there already with 1, not -1. Keep one of the two." in ran.said
    assert f"{file}, row 4: 'union' is related to itself." in ran.said
    assert f"{file}, row 4, column weight: 'much' is not a number." in ran.said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "cannot be made out: there are none"),
        (b"a,b,much\nx,y,1\n", "cannot be made out: there are a, b, much"),
        (b"a,b,weight\nx,y\n", "row 2, column weight: is blank"),
        (b"a,b,weight\nx,y, Care,1\n", "row 2: has 4 cells, and the header has 3"),
        (b"a,b,weight\n\x81,y,1\n", "is not UTF-8 text"),
    ],
)
def test_files_that_are_no_edge_lists(run: Runner, file: str, text: bytes, says: str) -> None:
    Path(file).write_bytes(text)
    ran = run("camps", "--edges", file)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said
    assert file in ran.said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Give a PATH, or --edges FILE."),
        (["winter-pressure", "--edges", "who.csv"], "Give a PATH, or --edges FILE."),
        (["--edges", "no-such.csv"], "no-such.csv"),
        (["winter-pressure", "--by", "teir"], "Did you mean 'tier'?"),
        (["winter-pressure", "--count", "effect"], "Did you mean 'effects'?"),
        (["winter-pressure", "--k", "0"], "--k: 0 is below 1. Write a whole number from 1: the most camps."),
        (["winter-pressure", "--show", "camp"], "Did you mean 'camps'?"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_why(run: Runner, words: list[str], says: str) -> None:
    ran = run("camps", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said


def hard(home: Path) -> str:
    rows = [f"n{a},n{b},{-1 if (a * b + a + b) % 3 else 1}" for a in range(70) for b in range(a)]
    home.write_text("a,b,weight\n" + "\n".join(rows) + "\n")
    return str(home)


def test_a_time_limit_is_said(run: Runner, tmp_path: Path) -> None:
    ran = run("camps", "--edges", hard(tmp_path / "hard.csv"), "--time-limit", "0.3")
    assert ran.code == 0
    assert "Not proven" in ran.out
    assert "The time limit ended the search" in ran.said


def test_ctrl_c_shows_the_best_so_far(run: Runner, tmp_path: Path, ctrl_c: list[str]) -> None:
    ran = run("camps", "--edges", hard(tmp_path / "hard.csv"))
    assert (ran.code, ctrl_c) == (130, ["Ctrl-C"])
    assert "Not proven" in ran.out
    assert "Interrupted: this is the best split found so far." in ran.said


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("from,to,sign\nHospital,Borough,-1\nHospital,Dept,1\nBorough,Dept,-1\n", "from, to and sign"),
        (
            "Source,Target,Polarity\nHospital,Borough,-\nHospital,Dept,+\nBorough,Dept,-\n",
            "Source, Target and Polarity",
        ),
        ("a,b,strength\nHospital,Borough,negative\nHospital,Dept,positive\nBorough,Dept,-2\n", "a, b and strength"),
        (
            "actor 1,actor 2,weight\nHospital,Borough,-\nHospital,Dept,+\nBorough,Dept,-\n",
            "actor 1, actor 2 and weight",
        ),
    ],
)
def test_other_headings_and_signs_are_taken_with_a_note(run: Runner, file: str, text: str, taken: str) -> None:
    Path(file).write_text(text, encoding="utf-8")
    ran = run("camps", "--edges", file)
    assert ran.code == 0
    assert "Camp 1: Borough" in ran.out
    assert f"Note: {taken} are taken for a, b and weight." in ran.said


def test_bare_signs_under_the_usual_headings_need_no_note(run: Runner, file: str) -> None:
    Path(file).write_text("a,b,weight\nHospital,Borough,-\nHospital,Dept,+\nBorough,Dept,-\n", encoding="utf-8")
    ran = run("camps", "--edges", file)
    assert (ran.code, "Camp 1: Borough" in ran.out, ran.said) == (0, True, "")


def test_a_workbook_is_an_edge_list_too_and_faults_name_its_rows(run: Runner, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("from", "to", "sign"), ("Hospital", "Borough", "-"), (), ("Hospital", "Dept", "much")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "who.xlsx")
    ran = run("camps", "--edges", str(tmp_path / "who.xlsx"))
    assert ran.code == 2
    assert "row 4, column sign: 'much' is not a number" in " ".join(ran.said.split())


@pytest.mark.parametrize(
    "content",
    [
        b"Who is against whom, 2019\n\na,b,weight\nHospital,Borough,-1\nHospital,Dept,1\nBorough,Dept,-1\n",
        "sep=;\na;b;weight\nHospital;Borough;-1\nHospital;Dept;0,5\nBorough;Dept;-1\n".encode("utf-16"),
        "a|b|weight\nHospital|Borough|-1\nHospital|Dept|1\nBorough|Dept|-1\nCafé|Dept|1".encode("cp1252"),
    ],
    ids=["title", "semicolons", "bars"],
)
def test_an_edge_list_is_read_as_tables_are(run: Runner, file: str, content: bytes) -> None:
    Path(file).write_bytes(content)
    ran = run("camps", "--edges", file)
    assert (ran.code, "Camp 1: Borough" in ran.out or "Camp 2: Borough" in ran.out) == (0, True), ran.said
    assert f"Note: {file}" in ran.said


def test_faults_below_a_title_name_the_rows_of_the_file(run: Runner, file: str) -> None:
    Path(file).write_text("Who is for whom\n\na,b,weight\nx,y,1\n\ny,z,much\n", encoding="utf-8")
    assert "row 6, column weight: 'much' is not a number" in run("camps", "--edges", file).said
