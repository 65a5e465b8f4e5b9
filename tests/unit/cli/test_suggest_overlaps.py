"""`alignment suggest-overlaps`: nothing is written unless somebody accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

import alignment as al
from tests.running import Runner


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "a place"
    al.write(al.read("england-frameworks").replace(overlaps=[]), folder)
    return folder


def test_it_lists_and_writes_nothing(run: Runner, bare: Path) -> None:
    before = {file: file.read_bytes() for file in bare.iterdir()}
    done = run("suggest-overlaps", str(bare), "--least", "0.9", "--csv")
    assert done.code == 0
    assert set(done.frame["kind"]) == {"same", "?"}
    assert done.frame["score"].min() >= 0.9
    assert {file: file.read_bytes() for file in bare.iterdir()} == before


def test_pairs_that_somebody_names_are_written(run: Runner, bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = run("suggest-overlaps", str(bare), "--write", str(out), "--accept", "con-62d:iaf-122b=same")
    assert done.code == 0, done.err
    assert "Accepted 1 row of overlaps." in done.said
    (row,) = al.read(out).overlaps
    assert (row.measure_a, row.measure_b, row.kind, row.share) == ("con-62d", "iaf-122b", "same", None)
    again = run("suggest-overlaps", str(bare), "--write", str(out), "--accept", "con-62d:iaf-122b=same")
    assert again.code == 2
    assert "Give --replace" in again.said


def test_all_above_a_score_are_written_but_those_whose_kind_cannot_be_told(
    run: Runner, bare: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = run("suggest-overlaps", str(bare), "--write", str(out), "--least", "0.9")
    rows = al.read(out).overlaps
    found = al.suggest_overlaps(al.read(bare), least=0.9)
    assert len(rows) == sum(row.kind is not None for row in found.pairs) > 0
    assert f"{len(found.untold(0.9))} pairs were left out" in done.said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--accept", "a:b"], "nothing is written. Give --write OUT too"),
        (["--write", "out"], "nothing is accepted. Give --accept A:B for each pair, or --least NUMBER"),
        (["--write", "out", "--accept", "a:b", "--accept", "c:d"], "'c:d' is not a pair that is suggested"),
        (["--least", "2"], "--least"),
    ],
)
def test_what_does_not_go_together_is_said(run: Runner, bare: Path, words: list[str], said: str) -> None:
    done = run("suggest-overlaps", str(bare), *words)
    assert done.code == 2
    assert said in done.said
    assert not Path("out").exists()
