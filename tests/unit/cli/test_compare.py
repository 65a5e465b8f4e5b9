"""compare at the command line: several systems, short names for them, every form of the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import alignment as al
from alignment.models.answers.compare import Comparison
from tests.running import Runner

QUICK = ("--no-core", "--name", "now", "--name", "later")


@pytest.fixture
def later(tmp_path: Path) -> str:
    """Winter pressure without the council's budget, as a document."""
    system = al.apply(al.read("winter-pressure"), al.Drop(table="targets", row="council-budget"))
    al.write(system, tmp_path / "later.json")
    return str(tmp_path / "later.json")


def test_two_systems_stand_side_by_side(run: Runner, later: str) -> None:
    ran = run("compare", "winter-pressure", later, *QUICK)
    assert ran.code == 0
    assert ran.out.startswith("Only in now: 1 of 14 targets and 1 of 17 findings.")
    assert "One set for all together" not in ran.out


def test_json_is_what_the_library_says(run: Runner, later: str) -> None:
    found = Comparison.model_validate_json(run("compare", "winter-pressure", later, "--json", *QUICK).out)
    assert found == al.compare(al.read("winter-pressure"), al.read(later), names=("now", "later"), core=False)


def test_a_table_is_a_file(run: Runner, later: str, tmp_path: Path) -> None:
    frame = run("compare", "winter-pressure", later, "--show", "differences", "--csv", *QUICK).frame
    assert list(frame["now rows"]) == ["council-budget"]
    book = str(tmp_path / "both.xlsx")
    assert run("compare", "winter-pressure", later, "--xlsx", book, *QUICK).code == 0
    assert {"figures", "differences", "findings", "sets"} <= {*load_workbook(book).sheetnames}


def test_files_name_systems_of_one_name(run: Runner, later: str) -> None:
    found: Any = run("compare", "winter-pressure", later, "--json", "--no-core").json
    assert [side["label"] for side in found["sides"]] == ["winter-pressure", "later"]
    same: Any = run("compare", later, later, "--json", "--no-core").json
    assert [side["label"] for side in same["sides"]] == ["Winter pressure 1", "Winter pressure 2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("winter-pressure",), "nothing to compare with"),
        (("winter-pressure", "winter-pressure", "--name", "one"), "names 1 place"),
        (("winter-pressure", "winter-pressure", "--same", "flu"), "two measures"),
        (("winter-pressure", "winter-pressure", "--show", "no-such"), "no-such"),
    ],
)
def test_what_is_wrong_is_said(run: Runner, words: tuple[str, ...], said: str) -> None:
    ran = run("compare", *words)
    assert ran.code == 2
    assert said in ran.said


def test_a_comparison_is_not_replayed(run: Runner, later: str, tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text(run("compare", "winter-pressure", later, "--json", *QUICK).out, encoding="utf-8")
    ran = run("replay", str(answer), "winter-pressure")
    assert ran.code == 2
    assert "A comparison is of several systems" in ran.said
