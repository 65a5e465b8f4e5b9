"""The command mactor: the library's answers, from a system and from two files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

import alignment as al
from alignment.mactor.matrices import MATRICES
from alignment.models.options.mactor import Diagonal
from alignment.verbs.registry import BY_COMMAND
from tests.running import Runner

DIRECT = "actor,council,trust\ncouncil,,3\ntrust,1,\n"
POSITIONS = "actor,fewer delays,more beds\ntrust,2,-1\ncouncil,-3,4\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    direct, positions = tmp_path / "who.csv", tmp_path / "what.csv"
    direct.write_text(DIRECT, encoding="utf-8-sig")
    positions.write_text(POSITIONS + " , ,\n\n", encoding="utf-8")
    return ["--influence", str(direct), "--positions", str(positions)]


@pytest.mark.parametrize("diagonal", ["in", "out"])
def test_of_a_system_it_is_the_library_s(run: Runner, winter: al.System, diagonal: Diagonal) -> None:
    found = al.mactor_matrices(winter, diagonal)
    ran = run("mactor", "winter-pressure", "--diagonal", diagonal, "--json")
    assert ran.code == 0
    assert ran.json == json.loads(found.to_json())
    assert ran.json["actors"][0]["influence"] == found.influence["region"]
    ran = run("mactor", "winter-pressure", "--diagonal", diagonal, "--csv")
    pd.testing.assert_frame_equal(ran.frame, found.to_frame(), check_dtype=False)


@pytest.mark.parametrize("what", BY_COMMAND["mactor"].tables)
def test_everything_can_be_shown(run: Runner, winter: al.System, what: str) -> None:
    ran = run("mactor", "winter-pressure", "--show", what)
    assert ran.code == 0
    assert ran.out.startswith("MACTOR: 4 actors, 8 objectives")
    assert max(map(len, ran.out.splitlines())) <= 80
    ran = run("mactor", "winter-pressure", "--show", what, "--csv")
    if what in MATRICES:
        wanted = al.mactor_matrices(winter).matrix(what)
        pd.testing.assert_frame_equal(ran.frame.set_index("actor"), wanted, check_dtype=False, check_names=False)
    else:
        assert len(ran.frame) == len(al.mactor_matrices(winter).to_frame(what))


def test_a_matrix_too_wide_is_a_list_of_its_cells(run: Runner) -> None:
    lines = run("mactor", "london-2018", "--show", "3DAA").out.splitlines()
    assert lines[2].split() == ["actor", "on", "3DAA"]
    cells = al.mactor_matrices(al.read(al.example("london-2018"))).divergence(3).to_numpy()
    assert len(lines) == 3 + (cells != 0).sum()


def test_two_files_in_place_of_a_system(run: Runner, files: list[str]) -> None:
    names = ["council", "trust"]
    direct = pd.DataFrame([[0, 3], [1, 0]], index=names, columns=names)
    positions = pd.DataFrame({"fewer delays": [-3, 2], "more beds": [4, -1]}, index=names)
    found = al.mactor_from(direct, positions)
    ran = run("mactor", *files, "--json")
    assert ran.json == json.loads(found.to_json())
    assert (ran.json["system"], ran.json["evidence"]) == (None, [])
    assert "council" in run("mactor", *files).out
    assert len(run("mactor", *files, "--show", "evidence", "--csv").frame) == 0


def test_faults_are_said_by_file_row_and_column(run: Runner, files: list[str]) -> None:
    Path(files[1]).write_text("actor,council,trust\ncouncil,0,9\ntrust,x,0\n")
    Path(files[3]).write_text("actor,beds\ntrsut,1\ncouncil,2\n")
    ran = run("mactor", *files)
    assert (ran.code, ran.out) == (2, "")
    said = ran.said
    assert "Error: 4 faults in the input:" in said
    assert f"{files[1]}, row 2, column trust: 9 is not a number from 0 to 4." in said
    assert f"{files[1]}, row 3, column council: 'x' is not a number from 0 to 4." in said
    assert f"{files[3]}, row 2: 'trsut' is not an actor of direct. Did you mean 'trust'?" in said
    assert "there is no row for 'trust'" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "has no rows or no columns"),
        (b"actor,beds\ncouncil,1,2\ntrust,1\n", "row 2: has 3 cells, and the header has 2"),
        (b"actor,beds\n\x81,1\n", "is not UTF-8 text"),
        (b'actor,beds\n"council"x,1\n', "the quotes cannot be made out"),
    ],
)
def test_files_that_are_no_tables(run: Runner, files: list[str], text: bytes, says: str) -> None:
    Path(files[3]).write_bytes(text)
    ran = run("mactor", *files)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said
    assert files[3] in ran.said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Give a PATH, or both --influence FILE and --positions FILE."),
        (["winter-pressure", "--influence", "who.csv"], "Give a PATH, or both"),
        (["--influence", "who.csv"], "Give a PATH, or both"),
        (["--influence", "no-such.csv", "--positions", "what.csv"], "no-such.csv"),
        (["winter-pressure", "--diagonal", "inn"], "--diagonal: \"inn\" is not one of in, out. Did you mean 'in'?"),
        (["winter-pressure", "--show", "3CA"], "'3CA' is not something to show. Did you mean '3CAA'?"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_why(run: Runner, words: list[str], says: str) -> None:
    ran = run("mactor", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said


@pytest.mark.parametrize("form", ["title", "semicolons", "workbook"])
def test_what_experts_fill_is_read_as_tables_are(run: Runner, files: list[str], form: str, tmp_path: Path) -> None:
    wanted = run("mactor", *files, "--json").json
    for at, text in ((1, DIRECT), (3, POSITIONS)):
        rows = [["As filled in by the council, in May"], [], *(line.split(",") for line in text.splitlines())]
        if form == "workbook":
            book = Workbook()
            for row in rows:
                book.worksheets[0].append([int(cell) if cell.lstrip("-").isdigit() else cell or None for cell in row])
            files[at] = str(tmp_path / f"{at}.xlsx")
            book.save(files[at])
        else:
            between, rows = (";", rows[2:]) if form == "semicolons" else (",", [[f'"{rows[0][0]}"'], *rows[1:]])
            Path(files[at]).write_text("\n".join(between.join(row) for row in rows), encoding="utf-16")
    assert run("mactor", *files, "--json").json == wanted
