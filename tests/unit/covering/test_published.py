"""`cover`, `overlap_penalties`, `read_cover`: what they give, and every fault at once."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

import alignment as al
from tests.covers import least_of, random_covering

TRIANGLE = [[1, 0, 1], [1, 1, 0], [0, 1, 1]]


def faults(error: pytest.ExceptionInfo[al.InputError]) -> list[str]:
    return [str(fault) for fault in error.value.faults]


def test_it_is_the_least_with_its_proof() -> None:
    for seed in range(40):
        covering = random_covering(seed)
        if (np.diff(covering.matrix.indptr) > 0).all():
            penalties = [(int(i), int(j), p) for (i, j), p in zip(covering.pairs, covering.penalties, strict=True)]
            found = al.cover(covering.matrix, covering.costs, penalties)
            assert (found.cost, found.bound, found.proven) == (least_of(covering), found.cost, True)
            assert found.stopped == "finished"
            assert found.gap == 0


def test_dense_and_sparse_and_repeated_pairs_are_the_same() -> None:
    pairs = [(0, 1, 1), (1, 0, 1), (2, 1, 2), (0, 2, 2)]
    dense = al.cover(TRIANGLE, [1, 1, 1], pairs)
    assert dense.cost == 4
    assert al.cover(sparse.coo_array(np.array(TRIANGLE) * 7), np.ones(3), np.array(pairs)).cost == dense.cost


def test_costs_need_not_be_whole() -> None:
    assert al.cover(TRIANGLE, [0.1, 0.2, 0.25]).cost == pytest.approx(0.3)
    found = al.cover(TRIANGLE, [np.pi, np.e, 4])
    assert found.columns == (0, 1)
    assert found.proven
    assert found.bound == found.cost


def test_costs_may_be_nothing() -> None:
    assert al.cover(TRIANGLE, [0, 0, 0]).cost == 0


def test_time_makes_no_difference_to_equality() -> None:
    one, two = al.cover([[1]], [1]), al.cover([[1]], [1])
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == one
    assert one.seconds > 0


def test_every_fault_of_the_arrays_at_once() -> None:
    with pytest.raises(al.InputError) as error:
        al.cover([[1, 0], [0, 0]], [1, -2, np.nan], [(0, 0, 1), (0, 5, 1), (0, 1, -1)])
    said = faults(error)
    assert len(said) == 7
    for words in (
        "costs: there are 3 costs, and the matrix has 2 columns",
        "costs[1]: is -2",
        "costs[2]: is nan",
        "penalties[0]: pairs a column with itself",
        "penalties[1]: pairs 0 and 5",
        "penalties[2]: is -1",
        "rows[1]: no column serves it",
    ):
        assert any(each.startswith(words) for each in said), words


def test_options_are_looked_at() -> None:
    with pytest.raises(al.OptionError, match=r"^time_limit: 0 is not above 0\. Write a number above 0: how long"):
        al.cover([[1]], [1], time_limit=0)
    wrong: Any = "gurobi"
    with pytest.raises(al.OptionError, match=r'^solver: "gurobi" is not one of highs, cbc, race\.'):
        al.cover([[1]], [1], solver=wrong)


def test_penalties_of_overlaps_by_hand() -> None:
    matrix = [[1, 1, 0], [1, 1, 0], [1, 1, 1], [1, 0, 1]]
    # |S| is 4, 3, 2 and shared rows are 3 (0, 1), 2 (0, 2), 1 (1, 2); the dearest row costs 9 / 3 = 3.
    assert al.overlap_penalties(matrix, [4, 9, 2], 1) == [(0, 1, 6), (0, 2, 3)]
    assert al.overlap_penalties(matrix, [1, 1, 1], 0) == [(0, 1, 3), (0, 2, 2), (1, 2, 1)]
    assert al.overlap_penalties(matrix, [4, 9, 2], 3) == []
    assert al.overlap_penalties([[1, 1]], [2.5, 0], 0) == [(0, 1, 3)]
    with pytest.raises(al.OptionError):
        al.overlap_penalties(matrix, [1, 1, 1], -1)


def write(path: Path, text: str) -> Path:
    file = path / "scp.txt"
    file.write_text(text)
    return file


def test_both_layouts_of_the_library_are_read(tmp_path: Path) -> None:
    by_rows, costs = al.read_cover(write(tmp_path, "3 3\n4 5\n6\n2 1 3\n\n2 1\n2 2\n2 3"))
    by_columns, others = al.read_cover(write(tmp_path, "3 3\n4 2 1 2\n5 2 2 3\n6 2 1 3\n"))
    assert by_rows.toarray().tolist() == by_columns.toarray().tolist() == TRIANGLE
    assert costs.tolist() == others.tolist() == [4, 5, 6]


WRONG: dict[str, tuple[str, Sequence[str]]] = {
    "empty": ("", ["scp.txt: begins with nothing"]),
    "no size": ("3", ["scp.txt: begins with 3"]),
    "words": ("2 2\n1 x\n1 1\n1 two\n", ["scp.txt, line 2: 'x' is no number", "scp.txt, line 4: 'two' is no number"]),
    "size": ("2.5 2\n", ["scp.txt: begins with 2.5 2"]),
    "truncated": ("2 3\n1 1 1\n2 1 2\n2 1\n", ["scp.txt, row 2: the file ends before its 2 columns"]),
    "range and cost": (
        "3 2\n1 -1\n2 1 3\n1 2\n1 0\n",
        [
            "scp.txt, column 2: its cost is -1",
            "scp.txt, row 1: there is no column 3",
            "scp.txt, row 3: there is no column 0",
        ],
    ),
    "no column": ("2 2\n1 1\n2 1 2\n0\n", ["scp.txt, row 2: no column serves it"]),
    "twice": ("2 2\n1 1\n2 1 1\n1 2\n", ["scp.txt, row 1: names a column twice"]),
    "left over": ("2 2\n1 1\n2 1 2\n1 2\n7 7\n", ["scp.txt: 2 numbers are left over at the end"]),
    "count": ("2 3\n1 1 1\n1.5 1 2\n1 2\n", ["scp.txt, row 1: has 1.5 columns"]),
    "endless": ("2 2\n1 1\n1e30 1 2\n", ["scp.txt, row 1: the file ends before its 1e+30 columns"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_every_fault_of_a_file_at_once(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text, wanted = WRONG[name]
    write(tmp_path, text)
    with pytest.raises(al.InputError) as error:
        al.read_cover("scp.txt")
    said = faults(error)
    assert all(any(each.startswith(words) for each in said) for words in wanted), said
    assert len(said) == len(wanted), said


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        al.read_cover(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("text", ["2000000000 2\n1 1\n", "2 2000000000\n1\n", "2000000000 1\n5 1 1\n"])
def test_a_head_that_promises_billions(tmp_path: Path, text: str) -> None:
    with pytest.raises(al.InputError) as raised:
        al.read_cover(write(tmp_path, text))
    assert len(raised.value.faults) < 10
