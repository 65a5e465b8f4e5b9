"""The keeper: what it claims ends once, whatever becomes of children, servers and the database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

import psutil
import pytest

import alignment as al
from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Answered, Trouble
from alignment.tables import to_document

from .conftest import is_gone, until_true
from .memory_ledger import MemoryLedger
from .work import cold, doing

WINTER = al.read(al.example("winter-pressure"))
FIRST = WINTER.measures[0].id
SYSTEMS = {"": (), "winter": (json.dumps(to_document(WINTER)).encode(),)}

LIMITS = RunLimits(children=2, time=60, memory=400_000_000, lease=2.0)


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


Open = Callable[..., Keeper]


@pytest.fixture(scope="module")
def children() -> Generator[Children]:
    with Children(LIMITS, doing, cold) as pool:
        yield pool


@pytest.fixture
def opened(ledger: MemoryLedger, children: Children) -> Generator[Open]:
    """Servers on one ledger, with children that are ready."""
    assert warm_within(children, LIMITS.children, 60)
    with ExitStack() as stack:

        def open_(limits: RunLimits = LIMITS, pool: Children = children) -> Keeper:
            return stack.enter_context(Keeper(ledger, pool, SYSTEMS.__getitem__, limits))

        yield open_


def pid_of(keeper: Keeper, run: str) -> int:
    """The child that works on a run."""
    until_true(lambda: run in keeper.pids)
    return keeper.pids[run]


def test_runs_end_each_in_its_way(ledger: MemoryLedger, opened: Open) -> None:
    runs = {
        "finished": ledger.enqueue("validate", system="winter"),
        "empty": ledger.enqueue("propose", {"keep": [FIRST], "drop": [FIRST]}, "winter"),
        "broken": ledger.enqueue("fail"),
        "lost": ledger.enqueue("validate", system="nowhere"),
        "cancelled": ledger.enqueue("stubborn"),
        "memory": ledger.enqueue("hog"),
    }
    keeper = opened()
    ledger.wait(runs["cancelled"].id, "running")
    pid_of(keeper, runs["cancelled"].id)
    begin = time.monotonic()
    ledger.cancel(runs["cancelled"].id)
    ledger.wait(runs["cancelled"].id, "cancelled")
    assert time.monotonic() - begin < 1
    for row in runs.values():
        ledger.wait(row.id, "finished", "failed", "cancelled")
    answered = runs["finished"].result
    assert isinstance(answered, Answered)
    library = al.validate(WINTER).to_json(None).encode()
    assert answered.content["json"] == library
    assert runs["finished"].state == "finished"
    # That there is no such set is an answer, if one that has another status over HTTP.
    empty = runs["empty"].result
    assert (runs["empty"].state, isinstance(empty, Trouble) and empty.error) == ("finished", "NoAlignedSet")
    for name, error in (("broken", "Exception"), ("memory", "MemoryError"), ("lost", "Exception")):
        result = runs[name].result
        assert (runs[name].state, isinstance(result, Trouble) and result.error) == ("failed", error)
    assert all(row.ends == 1 for row in runs.values())


def test_what_takes_too_long_fails_and_says_so(ledger: MemoryLedger, opened: Open) -> None:
    run, limits = ledger.enqueue("stubborn"), RunLimits(children=1, time=0.3, grace=0.3)
    with Children(limits, doing, cold) as pool:
        opened(limits, pool)
        result = ledger.wait(run.id, "failed").result
    assert isinstance(result, Trouble)
    assert (result.error, "0.3 seconds" in result.detail) == ("TooSlowError", True)


def test_a_run_whose_child_is_killed_is_begun_again_and_finished_once(ledger: MemoryLedger, opened: Open) -> None:
    run, neighbour = ledger.enqueue("nap", {"seconds": 1}), ledger.enqueue("nap", {"seconds": 1.5})
    keeper = opened()
    psutil.Process(pid_of(keeper, run.id)).kill()
    assert ledger.wait(run.id, "finished").begun == [1, 2]
    assert ledger.wait(neighbour.id, "finished").begun == [1]
    assert (run.ends, neighbour.ends) == (1, 1)


def test_a_run_that_ends_every_child_is_interrupted(ledger: MemoryLedger, opened: Open) -> None:
    run = ledger.enqueue("dies")
    opened()
    assert ledger.wait(run.id, "interrupted").begun == [1, 2, 3]


def test_how_far_a_run_is_is_told(ledger: MemoryLedger, opened: Open) -> None:
    run = ledger.enqueue("hard")
    opened()
    until_true(lambda: any(bound is not None for _, _, bound, _ in run.told))
    stage, incumbent, bound, gap = next(told for told in run.told if told[2] is not None)
    assert stage == "solving"
    assert incumbent is not None
    assert bound is not None
    assert gap == pytest.approx((incumbent - bound) / max(1, incumbent))


def test_a_server_that_stops_hands_back_within_a_second_and_another_goes_on(ledger: MemoryLedger, opened: Open) -> None:
    runs = [ledger.enqueue("nap", {"seconds": 1}) for _ in range(2)]
    first = opened()
    pids = [pid_of(first, run.id) for run in runs]
    begin = time.monotonic()
    first.close()
    assert time.monotonic() - begin < 1
    assert all(map(is_gone, pids))
    assert [run.state for run in runs] == ["queued", "queued"]
    opened()
    assert [ledger.wait(run.id, "finished").begun for run in runs] == [[1, 2], [1, 2]]


@contextmanager
def away(ledger: MemoryLedger) -> Generator[None]:
    ledger.away = True
    yield
    ledger.away = False


def test_a_database_that_comes_back_within_a_lease_loses_nothing(ledger: MemoryLedger, opened: Open) -> None:
    run = ledger.enqueue("nap", {"seconds": 0.5})
    keeper = opened(LIMITS.model_copy(update={"lease": 30.0}))
    pid_of(keeper, run.id)
    with away(ledger):
        time.sleep(1.0)
        assert run.state == "running"
    assert ledger.wait(run.id, "finished").begun in ([1], [])
    assert run.ends == 1


def test_a_run_that_another_server_took_over_is_given_up(ledger: MemoryLedger, opened: Open) -> None:
    run = ledger.enqueue("stubborn")
    keeper = opened()
    pid = pid_of(keeper, run.id)
    run.owner = "another"
    until_true(lambda: is_gone(pid), LIMITS.lease / 4 + 1)
    until_true(lambda: not keeper.pids)
    assert (run.state, run.ends) == ("running", 0)


def test_children_are_given_up_when_the_database_is_away_for_a_lease(ledger: MemoryLedger, opened: Open) -> None:
    run = ledger.enqueue("nap", {"seconds": 60})
    keeper = opened(LIMITS.model_copy(update={"lease": 1.0}))
    pid = pid_of(keeper, run.id)
    with away(ledger):
        until_true(lambda: is_gone(pid), 3.0)
