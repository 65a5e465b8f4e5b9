"""Ends before the proof: an honest answer, and no process, thread or folder left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import alignment as al
from alignment.covering import Cover, Covering, least, least_cover
from alignment.covering.estimate import Estimate
from alignment.solver import Clock, How, cbc
from tests.covers import hypercube, steiner_45
from tests.running import posix
from tests.thoroughly import part_of

HOWS: tuple[How, ...] = ("highs", "cbc", "race")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """All who race are under way when a search is stopped."""
    monkeypatch.setattr(least, "PAIRS_LEAD", 0.1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; nothing is left in it, and no child lives."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = children()  # another test may have left Python's own helper of multiprocessing
    yield tmp_path
    assert list(tmp_path.iterdir()) == []
    assert not set(children()) - set(before)


def children() -> list[int]:
    """Child processes that are alive, where the system tells."""
    found = Path("/proc/self/task").glob("*/children")
    return [int(word) for each in found for word in each.read_text().split()]


def hard() -> Covering:
    """The edges of a hypercube that meet all its squares: no solver proves it within seconds."""
    matrix = hypercube(6)
    size = int(matrix.shape[1])
    pairs = np.column_stack([np.arange(0, size, 2), np.arange(1, size, 2)])
    return Covering(matrix, np.full(size, 2.0), pairs, np.ones(len(pairs)), np.ones(size, dtype=bool))


def honest(found: Cover, covering: Covering) -> None:
    chosen = np.zeros(covering.columns, dtype=bool)
    chosen[list(found.columns)] = True
    assert covering.holds(chosen)
    assert covering.cost(chosen) == found.cost
    assert 0 <= found.bound <= found.cost
    assert found.proven == (found.stopped == "finished")


def ask(covering: Covering, how: How, seconds: float) -> Cover:
    paid = [(int(i), int(j), float(p)) for (i, j), p in zip(covering.pairs, covering.penalties, strict=True)]
    return al.cover(covering.matrix, covering.costs, paid, time_limit=seconds, solver=how)


@pytest.mark.parametrize("how", HOWS)
def test_a_time_limit_is_kept(how: How, folder: Path) -> None:
    covering, began = hard(), time.monotonic()
    found = ask(covering, how, 1)
    assert time.monotonic() - began < 15
    assert found.stopped == "time limit"
    assert found.bound > 0
    honest(found, covering)


@pytest.mark.parametrize("how", HOWS)
def test_hardly_any_time_still_gives_a_cover(how: How, folder: Path) -> None:
    covering = hard()
    honest(ask(covering, how, 1e-3), covering)


@pytest.mark.parametrize("how", part_of(HOWS, 2))
def test_an_interruption_by_the_clock_ends_it(how: How, folder: Path) -> None:
    covering, clock = hard(), Clock(120)
    threading.Timer(0.8, clock.interrupt).start()
    began = time.monotonic()
    outcome = least_cover(covering, clock, None, 1 - 1e-6, how)
    assert time.monotonic() - began < 15
    assert outcome.stopped == "interrupted"
    if outcome.values is not None:
        chosen = np.array(outcome.values[: covering.columns]) > 0.5
        assert covering.holds(chosen)
        assert outcome.bound <= covering.cost(chosen)


SCRIPT = """
import signal, sys, tempfile, time
sys.path.insert(0, {root!r})
tempfile.tempdir = {folder!r}
import alignment as al
from alignment.covering import least
from tests.covers import hypercube
least.PAIRS_LEAD = 0.1
matrix = hypercube(6)
rest, looks = time.sleep, []

def look(seconds):
    rest(seconds)
    looks.append(seconds)
    if len(looks) == 100:
        signal.raise_signal(signal.SIGINT)

time.sleep = look
found = al.cover(matrix, [1] * matrix.shape[1], time_limit=120, solver={how!r})
print(found.stopped, found.proven, found.bound <= found.cost, len(found.columns) > 0)
"""


@posix
@pytest.mark.parametrize("how", part_of(HOWS, 3))
def test_ctrl_c_ends_it_with_the_best_set_so_far(how: How, folder: Path) -> None:
    root = str(Path(__file__).parents[3])
    script = SCRIPT.format(root=root, folder=str(folder), how=how)
    # Ctrl-C is pressed when whoever waits has looked at the searches a hundred times: all have begun by then.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["interrupted", "False", "True", "True"]


def killer(pids: list[int]) -> Callable[[], None]:
    """Kills the first children that were not there before."""
    before = set(children())

    def kill() -> None:
        end = time.monotonic() + 20
        while not pids and time.monotonic() < end:
            time.sleep(0.05)
            pids.extend(set(children()) - before)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    return kill


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_solver_that_is_killed_says_so(folder: Path) -> None:
    pids: list[int] = []
    thread = threading.Thread(target=killer(pids))
    thread.start()
    with pytest.raises(al.SolverTrouble, match='solver="highs"'):
        ask(hard(), "cbc", 60)
    thread.join()
    assert pids


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_race_goes_on_without_one_that_is_killed(folder: Path) -> None:
    pids: list[int] = []
    thread = threading.Thread(target=killer(pids))
    thread.start()
    covering = hard()
    found = ask(covering, "race", 2)
    thread.join()
    assert pids
    assert found.stopped == "time limit"
    honest(found, covering)


@posix
@pytest.mark.parametrize("kind", ["missing", "not a program"])
def test_without_cbc_the_race_is_of_the_others(
    kind: str, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path_factory.mktemp("bin") / "cbc"
    path.write_bytes(b"\x7fELF nothing")
    path.chmod(0o755)
    for module in (cbc, sys.modules["alignment.solver.ladder"]):
        monkeypatch.setattr(module, "program", lambda: None if kind == "missing" else str(path))
    assert al.cover(steiner_45()[:60], [1] * 45, solver="race").proven
    with pytest.raises(al.SolverTrouble, match='solver="highs"'):
        al.cover([[1, 1]], [1, 1], solver="cbc")


@pytest.mark.parametrize("seconds", [0.001, 0.01, 0.02, 0.05])
def test_cbc_that_has_no_time_proves_nothing(seconds: float, folder: Path) -> None:
    """At its time limit it calls some problems infeasible that are not."""
    for _ in range(5):
        outcome = least_cover(hard(), Clock(seconds), None, 1 - 1e-6, "cbc")
        assert (outcome.infeasible, outcome.stopped) == (False, "time limit")
        assert outcome.bound <= 100


@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0])
def test_what_cbc_says_of_its_bound_is_never_too_much(seconds: float, folder: Path) -> None:
    covering = Covering(
        steiner_45(), np.ones(45), np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.ones(45, dtype=bool)
    )
    outcome = least_cover(covering, Clock(seconds), None, 1 - 1e-6, "cbc")
    assert outcome.bound <= 30


def test_an_estimate_that_is_cancelled_has_a_set_and_a_bound() -> None:
    covering = hard()
    estimate = Estimate(covering, Clock(60), None, 1 - 1e-6, small=0)
    estimate.begin()
    time.sleep(1)
    estimate.cancel()
    assert estimate.done.wait(20)
    outcome = estimate.outcome()
    assert outcome.values is not None
    chosen = np.array(outcome.values[: covering.columns]) > 0.5
    assert covering.holds(chosen)
    assert 0 < outcome.bound <= covering.cost(chosen)
