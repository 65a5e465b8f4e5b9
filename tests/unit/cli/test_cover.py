"""`alignment cover`: a published problem in three forms, its faults, and its end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.covers import hypercube
from tests.running import Runner

TRIANGLE = "3 3\n2 2 3\n2 1 3\n2 1 2\n2 2 3\n"


@pytest.fixture
def triangle(tmp_path: Path) -> Path:
    file = tmp_path / "scp.txt"
    file.write_text(TRIANGLE)
    return file


def test_text_says_cost_bound_proof_time_and_set(run: Runner, triangle: Path) -> None:
    ran = run("cover", triangle)
    assert ran.code == 0
    assert ran.err == ""
    first, cost, bound, seconds, columns = ran.out.splitlines()
    assert first == "3 rows, 3 columns, 0 penalised pairs"
    assert cost.split() == ["cost", "4"]
    assert bound == "bound    4, proven: no cover costs less"
    assert float(seconds.split()[1]) >= 0
    assert columns == "columns  2: 1 2"


@pytest.mark.parametrize("solver", ["highs", "cbc", "race"])
def test_conflicts_are_derived_from_overlaps(run: Runner, triangle: Path, solver: str) -> None:
    found = run("cover", triangle, "--conflicts", "0", "--json", "--solver", solver).json
    # Each two columns share a row; the dearest row costs 3 / 2, which is 2.
    assert (found["penalised_pairs"], found["cost"], found["chosen"]) == (3, 6, [1, 2])
    assert found["proven"]
    assert found["gap"] == 0


def test_the_same_file_gives_the_same_document(run: Runner, triangle: Path) -> None:
    assert run("cover", triangle, "--json").out == run("cover", triangle, "--json").out


def test_csv_is_a_row_for_each_column(run: Runner, triangle: Path) -> None:
    frame = run("cover", triangle, "--csv").frame
    assert frame["column"].tolist() == [1, 2]
    assert frame["cost"].tolist() == [2, 2]


def test_faults_and_options_end_with_2(run: Runner, triangle: Path, tmp_path: Path) -> None:
    triangle.write_text(TRIANGLE.replace("2 2 3\n2 1 3", "2 2 3\n2 1 9"))
    ran = run("cover", triangle)
    assert ran.code == 2
    assert "there is no column 9" in ran.said
    assert run("cover", tmp_path / "none.txt").code == 2
    triangle.write_text(TRIANGLE)
    assert run("cover", triangle, "--time-limit", "0").code == 2
    assert '--solver: "gurobi" is not one of highs, cbc, race.' in run("cover", triangle, "--solver", "gurobi").said


def hard(tmp_path: Path) -> Path:
    """A file that no solver proves within seconds."""
    matrix = hypercube(6)
    rows = np.split(matrix.indices, matrix.indptr[1:-1])
    lines = [" ".join(map(str, [len(row), *(row + 1)])) for row in rows]
    file = tmp_path / "cyc.txt"
    file.write_text("\n".join([f"{matrix.shape[0]} {matrix.shape[1]}", " ".join(["1"] * matrix.shape[1]), *lines]))
    return file


def test_a_time_limit_gives_the_best_set_so_far(run: Runner, tmp_path: Path) -> None:
    ran = run("cover", hard(tmp_path), "--time-limit", "1")
    assert ran.code == 0
    assert "not proven: a gap of" in ran.out
    assert "The time limit ended the search" in ran.said


def test_ctrl_c_shows_the_best_set_so_far_and_ends_with_130(run: Runner, tmp_path: Path, ctrl_c: list[str]) -> None:
    ran = run("cover", hard(tmp_path), "--time-limit", "100", "--solver", "highs")
    assert (ran.code, ctrl_c) == (130, ["Ctrl-C"])
    assert "not proven" in ran.out
    assert ran.said == "Interrupted: this is the best set found so far, not proven to be the best."
