"""A command's answer as a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import alignment as al
from tests.running import Runner


def test_a_workbook_with_the_name_and_the_sources_of_the_system(run: Runner, tmp_path: Path) -> None:
    done = run("conflicts", "winter-pressure", "--xlsx", tmp_path / "a.xlsx")
    assert (done.code, done.out) == (0, "")
    assert "Wrote" in done.said
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cover = {str(row[0].value): row[1].value for row in book["cover"].iter_rows()}
    assert cover["system"] == "Winter pressure (an illustration)"
    assert cover["hash of the system"] == al.read("winter-pressure").hash
    assert "sources" in book.sheetnames
    assert book["conflicts"].max_row == 1 + len(al.find_conflicts(al.read("winter-pressure")))


def test_a_filter_narrows_the_workbook(run: Runner, tmp_path: Path) -> None:
    run("conflicts", "winter-pressure", "--touching", "council", "--xlsx", tmp_path / "a.xlsx")
    found = al.find_conflicts(al.read("winter-pressure")).touching("council")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["conflicts"].max_row == 1 + len(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--xlsx", "a.csv"), "Give it a name that ends in .xlsx"),
        (("--xlsx", "text"), "Give it a name that ends in .xlsx"),
        (("--xlsx", "a.xlsx", "--json"), "Give --json or --xlsx, not both"),
        (("--xlsx", "a.xlsx", "--by", "kind"), "--by only counts"),
    ],
)
def test_what_is_no_workbook_is_refused_before_anything_is_read(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("conflicts", "winter-pressure", *words)
    assert done.code == 2
    assert said in done.said
    assert not list(tmp_path.iterdir())


def test_faults_are_text_where_a_workbook_was_asked_for(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    done = run("validate", tmp_path / "place", "--xlsx", tmp_path / "a.xlsx")
    assert done.code == 2
    assert "the table agencies is missing" in done.out
    assert not (tmp_path / "a.xlsx").exists()


def test_a_workbook_is_of_the_system_that_was_asked_and_no_other(run: Runner, tmp_path: Path) -> None:
    ran = run("layers", "winter-pressure", "--json")
    (tmp_path / "answer.json").write_text(ran.out, encoding="utf-8")
    assert run("replay", tmp_path / "answer.json", "london-2018", "--xlsx", tmp_path / "r.xlsx").code == 1
    (tmp_path / "who.csv").write_text("a,b,weight\nx,y,1\n", encoding="utf-8")
    assert run("camps", "--edges", tmp_path / "who.csv", "--xlsx", tmp_path / "c.xlsx").code == 0
    covers = {
        name: {str(row[0].value): row[1].value for row in openpyxl.load_workbook(tmp_path / name)["cover"].iter_rows()}
        for name in ("r.xlsx", "c.xlsx")
    }
    # Files have no name to tell, whatever was read before them.
    assert "system" not in covers["c.xlsx"]
    assert covers["r.xlsx"].get("system") != "Winter pressure (an illustration)"
