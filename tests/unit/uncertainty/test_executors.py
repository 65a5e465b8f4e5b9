"""Work on executors of all sorts: the same answer, whoever does it and whoever is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

import alignment as al
from alignment.cli.processes import processes
from alignment.models.answers.certainty import Certainty
from alignment.uncertainty.executors import AGAIN, Spread
from tests.running import posix
from tests.thoroughly import ALL, most

WINTER = al.read(al.example("winter-pressure"))
DRAWS = most(24, 8)


@pytest.fixture(scope="module")
def alone() -> Certainty:
    """What one process says."""
    return al.certainty(WINTER, draws=DRAWS, confirm=1)


def same(one: Certainty, other: Certainty) -> bool:
    return one.model_dump_json() == other.model_dump_json()


def test_threads_say_the_same(alone: Certainty) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert same(alone, al.certainty(WINTER, draws=DRAWS, confirm=1, executor=pool))
        assert pool.submit(int).result() == 0, "what was lent is left open"


@pytest.mark.skipif(os.name == "posix" and not ALL, reason="so does one that is killed: make thorough")
def test_two_processes_say_the_same(alone: Certainty) -> None:
    assert same(alone, al.certainty(WINTER, draws=DRAWS, confirm=1, executor=processes(2)))
    assert not multiprocessing.active_children()


def kill_one(words: str, done: list[int]) -> None:
    """Kill a worker after some draws, once."""
    if not done and words[0].isdigit():
        victim = multiprocessing.active_children()[0]
        assert victim.pid
        done.append(victim.pid)
        os.kill(victim.pid, signal.SIGKILL)


@posix
def test_a_killed_worker_is_replaced(alone: Certainty) -> None:
    killed: list[int] = []
    found = al.certainty(
        WINTER, draws=DRAWS, confirm=1, executor=processes(2), progress=lambda words: kill_one(words, killed)
    )
    assert killed
    assert same(alone, found)
    assert not multiprocessing.active_children()


@posix
def test_what_a_broken_executor_of_others_leaves_is_done_here(alone: Certainty) -> None:
    killed: list[int] = []
    with (
        ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool,
        pytest.warns(RuntimeWarning, match="one of its workers ended"),
    ):
        found = al.certainty(
            WINTER, draws=DRAWS, confirm=1, executor=pool, progress=lambda words: kill_one(words, killed)
        )
    assert same(alone, found)


def test_an_interruption_leaves_no_process_behind() -> None:
    def interrupt(words: str) -> None:
        if words[0].isdigit():
            raise KeyboardInterrupt

    found = al.certainty(WINTER, draws=10_000, executor=processes(2), progress=interrupt)
    assert (found.stopped, found.done) == ("interrupted", 10)
    for child in multiprocessing.active_children():
        child.join(30)
    assert not multiprocessing.active_children()


class Here(Executor):
    """Does work at once, with failures as they are told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.times = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.times += 1
        future: Future[Any] = Future()
        if self.failures:
            future.set_exception(self.failures.pop(0))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def doubled(executor: Any, chunks: int = 3) -> list[tuple[int, int]]:
    with Spread[int, int](lambda chunk: 2 * chunk, lambda chunk: 2 * chunk, executor) as spread:
        spread.begin(range(chunks))
        return sorted(spread.results())


def test_chunks_that_get_lost_are_done_again() -> None:
    executor = Here(ConnectionError("gone"), EOFError())
    assert doubled(executor) == [(0, 0), (1, 2), (2, 4)]
    assert executor.times == 5


def test_a_chunk_that_is_lost_every_time_is_given_up() -> None:
    with pytest.raises(al.SolverTrouble, match=f"lost {AGAIN + 1} times over: gone"):
        doubled(Here(*[ConnectionError("gone")] * 9), chunks=1)


def test_executors_that_break_every_time_are_given_up() -> None:
    class Broken(Here):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            raise BrokenProcessPool("dead")

    made: list[Executor] = []

    def make() -> Executor:
        made.append(Broken())
        return made[-1]

    with pytest.raises(al.SolverTrouble, match="Workers ended 4 times over"):
        doubled(make)
    assert len(made) == AGAIN + 1
    with pytest.warns(RuntimeWarning, match="The rest is done in this process"):
        assert doubled(Broken()) == [(0, 0), (1, 2), (2, 4)]


def test_a_fault_in_the_work_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        doubled(Here(ZeroDivisionError()))


def test_no_work_is_no_result() -> None:
    assert doubled(None, chunks=0) == doubled(Here(), chunks=0) == []


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(al.MissingExtra, match=r"stakeholder-alignment\[cluster\]"):
        al.certainty(WINTER, draws=1, executor="tcp://127.0.0.1:1")


# Dask


@posix
def test_a_dask_cluster_says_the_same_though_a_worker_is_killed(alone: Certainty) -> None:
    distributed: Any = pytest.importorskip("distributed")
    killed: list[int] = []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"distributed\..*")
        with (
            distributed.LocalCluster(
                n_workers=2, processes=True, threads_per_worker=1, dashboard_address=None, silence_logs=60
            ) as cluster,
            distributed.Client(cluster) as client,
        ):

            def kill(words: str) -> None:
                if not killed and words[0].isdigit():
                    killed.append(next(iter(client.run(os.getpid).values())))
                    os.kill(killed[0], signal.SIGKILL)

            executor = client.get_executor()
            found = al.certainty(WINTER, draws=DRAWS, confirm=1, executor=executor, progress=kill)
            assert killed
            assert same(alone, found)
            assert same(alone, al.certainty(WINTER, draws=DRAWS, confirm=1, executor=cluster.scheduler_address))
    assert not multiprocessing.active_children()


def test_a_scheduler_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed: Any = pytest.importorskip("distributed")

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(al.OptionError, match="No Dask scheduler answers at tcp://nowhere:1"):
        al.certainty(WINTER, draws=1, executor="tcp://nowhere:1")
