"""The benchmarks cannot rot: their nation is made, and both ways of working agree on it, at a size of seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

import alignment as al
from benchmarks import achievable, analyst, checks, conflicting, covers, draws, ours, starting, tradeoffs
from benchmarks.national import national
from tests import thoroughly


@pytest.fixture(scope="module")
def nation() -> al.System:
    return national(agencies=60, measures=60, targets=1_500, influences=300)


def test_the_same_seed_is_the_same_nation(nation: al.System) -> None:
    assert national(agencies=60, measures=60, targets=1_500, influences=300) == nation
    assert national(agencies=60, measures=60, targets=1_500, influences=300, seed=1) != nation


def test_pandas_and_the_library_find_the_same_pairs(nation: al.System, tmp_path: Path) -> None:
    al.write(nation, tmp_path / "nation")
    pairs = analyst.pairs(analyst.tables(tmp_path / "nation"))
    theirs = analyst.findings(pairs).merge(analyst.fingerprint(pairs), on=analyst.FINDING)
    checks.same_findings(ours.table(*ours.findings(nation)), theirs)
    assert set(theirs["kind"]) == {"opposed", "inconsistent", "spillover"}


def test_networkx_and_the_library_find_the_same_paths(nation: al.System, tmp_path: Path) -> None:
    al.write(nation, tmp_path / "nation")
    graph = analyst.graph_of(analyst.tables(tmp_path / "nation"))
    checks.same_paths(ours.strongest_paths(nation), analyst.strongest_paths(graph))


def test_answers_that_differ_are_told_apart(nation: al.System) -> None:
    table = ours.table(*ours.findings(nation))
    with pytest.raises(checks.Different):
        checks.same_findings(table, table.iloc[1:])
    with pytest.raises(checks.Different):
        checks.same_findings(table, table.assign(mark=table["mark"] + 1))


def test_covers_are_the_same_three_ways() -> None:
    table = list(covers.covers(quick=True, cap=20))
    assert len(table) == 7
    assert "geometric mean" in table[-1]
    assert len(list(covers.steps(quick=True, cap=20))) == 3 + len(covers.WITHOUT) + 1
    assert "gap 0.0%" in list(covers.large(quick=True, seconds=20))[-1]


def test_both_ways_to_an_achievable_set_agree() -> None:
    (line,) = list(achievable.report((12,), seed=1))[3:]
    assert line.startswith("  12 measures")


@thoroughly.only
def test_draws_are_the_same_on_one_process_and_two() -> None:
    table = list(draws.report(4))
    assert "times as fast" in table[3]
    assert table[-1].startswith("  two ")


def test_the_frontier_is_timed_point_by_point() -> None:
    size = {"agencies": 30, "measures": 20, "targets": 300, "influences": 60}
    *_, line = tradeoffs.report([size], seconds=20, seed=0)
    assert line.startswith("  300 targets, 20 measures")
    assert "not complete" not in line


def test_conflicting_sets_of_all_ways_are_ones() -> None:
    lines = list(conflicting.report(((6, 12),), cap=30, plants=3))
    assert sum("6, 12" in line for line in lines) == 2
    assert lines[-1].startswith("  3 planted among 60 targets")


def test_every_way_of_starting_ends_well() -> None:
    lines = list(starting.report(1))
    assert len(lines) == 3 + len(starting.SCRIPTS)
    assert lines[3].split()[-2] == "1.0"
