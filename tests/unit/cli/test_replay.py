"""replay at the command line: the answer of any command, and what it says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import alignment as al
from tests.running import Runner


@pytest.fixture
def answer(run: Runner, tmp_path: Path) -> Path:
    file = tmp_path / "answer.json"
    file.write_text(run("propose", "winter-pressure", "--voice", "0.3", "--json").out, encoding="utf-8")
    return file


def test_the_same_comes_out_and_the_code_is_0(run: Runner, winter: al.System, answer: Path) -> None:
    ran = run("replay", answer, "winter-pressure")
    assert (ran.code, ran.out) == (0, "propose: the same comes out.\n")
    ran = run("replay", answer, "winter-pressure", "--json")
    assert ran.json == json.loads(al.replay(answer.read_text(encoding="utf-8"), winter).to_json())
    assert (ran.code, ran.json["same"], ran.json["differences"]) == (0, True, [])


def test_another_system_is_told_and_the_code_is_1(run: Runner, answer: Path) -> None:
    ran = run("replay", answer, "london-2018")
    assert ran.code == 1
    assert ran.out.startswith("propose: another answer comes out.\n\nWhy:\n  The system is another: hash")
    assert max(map(len, ran.out.splitlines())) <= 80
    ran = run("replay", answer, "london-2018", "--csv")
    assert (ran.code, list(ran.frame.columns)) == (1, ["difference"])
    assert ran.frame["difference"].str.contains("instead of").all()


def test_a_file_with_a_mark_at_its_beginning_is_read(run: Runner, answer: Path) -> None:
    answer.write_text(answer.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert run("replay", answer, "winter-pressure").code == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"measure,decision\n", "the answer: is not JSON."),
        (b"\xff\xfe{}", "is not UTF-8 text"),
        (b"[1]", "the answer: is not an object."),
        (b'{"system": "x"}', "the answer: has no record of what was asked."),
    ],
)
def test_a_file_that_is_no_answer_ends_with_2(run: Runner, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "answer.json").write_bytes(content)
    ran = run("replay", tmp_path / "answer.json", "winter-pressure")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.said


def test_a_file_that_is_not_there(run: Runner, tmp_path: Path) -> None:
    ran = run("replay", tmp_path / "none.json", "winter-pressure")
    assert (ran.code, ran.out) == (2, "")
    assert "No such file or directory" in ran.said


def test_an_answer_about_no_system(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "scp.txt").write_text("3 2\n4 5\n1  1\n2  1 2\n1  2\n")
    (tmp_path / "answer.json").write_text(run("cover", tmp_path / "scp.txt", "--json").out)
    ran = run("replay", tmp_path / "answer.json", "winter-pressure")
    assert (ran.code, ran.out) == (2, "")
    assert "'cover' is not a verb that a system can be asked." in ran.said
