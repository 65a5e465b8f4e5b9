"""The keeper: what it claims ends once, whatever becomes of children, servers and the database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest

import alignment as al
from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.owners import new_owner
from alignment.api.runs.question import Question
from alignment.api.runs.where import Heard
from alignment.api.runs.writer import LATER, Writer
from alignment.api.store.nouns import PROBLEM
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store
from alignment.tables import to_document

from .asked import Cut, asked, is_answered_once, keeper, kept, problem_of, states, waited
from .conftest import is_gone, until_true
from .work import cold, doing

WINTER = al.read(al.example("winter-pressure"))
FIRST = WINTER.measures[0].id

LIMITS = RunLimits(children=2, time=60, memory=400_000_000, lease=2.0)


@pytest.fixture
def store(tmp_path: Path) -> Generator[Store]:
    found = open_store(f"sqlite:///{tmp_path}/kept.db")
    yield found
    found.close()


Open = Callable[..., Keeper]


@pytest.fixture(scope="module")
def children() -> Generator[Children]:
    with Children(LIMITS, doing, cold) as pool:
        yield pool


@pytest.fixture
def opened(store: Store, children: Children) -> Generator[Open]:
    """Servers on one store, with children that are ready."""
    assert warm_within(children, LIMITS.children, 60)
    with ExitStack() as stack:

        def open_(limits: RunLimits = LIMITS, pool: Children = children) -> Keeper:
            return stack.enter_context(keeper(store, pool, limits))

        yield open_


def pid_of(keeper: Keeper, run: str) -> int:
    """The child that works on a run."""
    until_true(lambda: run in keeper.pids)
    return keeper.pids[run]


def test_runs_end_each_in_its_way(store: Store, opened: Open) -> None:
    winter = kept(store, "winter", to_document(WINTER))
    runs = {
        "finished": asked(store, "validate", system_hash=winter),
        "several": asked(store, "compare", {"core": False}, f"{winter}+{winter}"),
        "empty": asked(store, "propose", {"keep": [FIRST], "drop": [FIRST]}, winter),
        "broken": asked(store, "fail"),
        "lost": asked(store, "validate", system_hash="nowhere"),
        "cancelled": asked(store, "stubborn"),
        "memory": asked(store, "hog"),
    }
    working = opened()
    pid_of(working, runs["cancelled"])
    begin = time.monotonic()
    store.runs.cancel(runs["cancelled"])
    waited(store, runs["cancelled"], "cancelled")
    assert time.monotonic() - begin < 5  # `served` says how long it takes where nobody else works
    found = {name: waited(store, run) for name, run in runs.items()}
    assert all(len(states(store, run.id)) == 3 for run in found.values())
    answer = store.answers.get(found["finished"].question, "json")
    assert answer is not None
    assert (answer.data, answer.proven) == (al.validate(WINTER).to_json(None).encode(), True)
    both = store.answers.get(found["several"].question, "json")
    assert both is not None
    assert json.loads(both.data) == json.loads(al.compare(WINTER, WINTER, core=False).to_json())
    for name, error in (("broken", "Exception"), ("memory", "MemoryError"), ("lost", "AlignmentError")):
        problem = found[name].problem
        assert (found[name].state, problem is not None and problem["error"]) == ("failed", error)


def test_that_there_is_no_such_set_is_an_answer_which_is_kept(store: Store, opened: Open) -> None:
    winter = kept(store, "winter", to_document(WINTER))
    run = asked(store, "propose", {"keep": [FIRST], "drop": [FIRST]}, winter)
    opened()
    found = waited(store, run)
    assert (found.state, found.problem is not None and found.problem["error"]) == ("finished", "NoAlignedSet")
    answer = store.answers.get(found.question, PROBLEM)
    assert answer is not None
    assert (json.loads(answer.data), answer.proven) == (found.problem, True)
    assert store.answers.get(found.question, "json") is None


def test_what_takes_too_long_fails_and_says_so(store: Store, opened: Open) -> None:
    run, limits = asked(store, "stubborn"), RunLimits(children=1, time=0.3, grace=0.3)
    with Children(limits, doing, cold) as pool:
        opened(limits, pool)
        problem = waited(store, run, "failed").problem
    assert problem is not None
    assert (problem["error"], "0.3 seconds" in problem["detail"]) == ("TooSlowError", True)


def test_a_run_whose_child_is_killed_is_begun_again_and_finished_once(store: Store, opened: Open) -> None:
    run, neighbour = asked(store, "nap", {"seconds": 1}), asked(store, "nap", {"seconds": 1.5})
    psutil.Process(pid_of(opened(), run)).kill()
    assert waited(store, run, "finished").tries == 2
    assert waited(store, neighbour, "finished").tries == 1
    assert states(store, run) == ["queued", "running 1", "queued", "running 2", "finished"]
    assert is_answered_once(store, neighbour)


def test_a_run_that_ends_every_child_is_interrupted(store: Store, opened: Open) -> None:
    run = asked(store, "dies")
    opened()
    assert waited(store, run).state == "interrupted"
    assert store.runs.get(run).tries == 3


def test_how_far_a_run_is_is_told(store: Store, opened: Open) -> None:
    run = asked(store, "hard")
    opened()
    until_true(lambda: store.runs.get(run).bound is not None)
    found = store.runs.get(run)
    assert (found.state, found.stage) == ("running", "solving")
    assert found.incumbent is not None
    assert found.bound is not None
    assert found.gap == pytest.approx((found.incumbent - found.bound) / max(1, found.incumbent))
    told = [event.data for event in store.runs.events(run) if event.kind == "progress"]
    assert told[-1]["stage"] == "solving"


def test_a_server_works_on_as_many_runs_as_it_may_though_it_has_more_children(store: Store, children: Children) -> None:
    runs = [asked(store, "nap", {"seconds": 0.2}) for _ in range(3)]
    most = 0
    with Keeper(Writer(store.runs, 2.0, problem_of), children, store.systems.contents, workers=1, forms=("json",)):
        while any(store.runs.get(run).state != "finished" for run in runs):
            most = max(most, store.runs.counts().get("running", 0))
            time.sleep(0.01)
    assert most == 1


def test_a_server_that_stops_hands_back_within_a_second_and_another_goes_on(store: Store, opened: Open) -> None:
    runs = [asked(store, "nap", {"seconds": 1}) for _ in range(2)]
    first = opened()
    pids = [pid_of(first, run) for run in runs]
    begin = time.monotonic()
    first.close()
    assert time.monotonic() - begin < 1
    assert all(map(is_gone, pids))
    assert [store.runs.get(run).state for run in runs] == ["queued", "queued"]
    opened()
    found = [waited(store, run, "finished") for run in runs]
    assert [(run.attempt, run.tries) for run in found] == [(2, 1), (2, 1)]


@pytest.fixture
def cut(store: Store, children: Children) -> Callable[[float], tuple[Keeper, Cut]]:
    """A server whose ledger can be out of reach, by its lease."""

    def made(lease: float) -> tuple[Keeper, Cut]:
        ledger: Any = Cut(store.runs)
        return Keeper(Writer(ledger, lease, problem_of), children, store.systems.contents, 2, forms=("json",)), ledger

    return made


def test_a_database_that_comes_back_within_a_lease_loses_nothing(
    store: Store, cut: Callable[[float], tuple[Keeper, Cut]]
) -> None:
    run = asked(store, "nap", {"seconds": 0.5})
    working, ledger = cut(30.0)
    with working:
        pid_of(working, run)
        ledger.away = True
        time.sleep(1.0)
        assert store.runs.get(run).state == "running"
        ledger.away = False
        assert waited(store, run).attempt == 1
    assert is_answered_once(store, run)


def test_children_are_given_up_when_the_database_is_away_for_a_lease(
    store: Store, cut: Callable[[float], tuple[Keeper, Cut]]
) -> None:
    run = asked(store, "nap", {"seconds": 60})
    working, ledger = cut(1.0)
    with working:
        pid = pid_of(working, run)
        ledger.away = True
        until_true(lambda: is_gone(pid), 10.0)
    assert store.runs.get(run).state == "running"


def test_a_run_that_another_server_took_over_is_given_up(store: Store, opened: Open, children: Children) -> None:
    run = asked(store, "stubborn")
    working = opened()
    pid_of(working, run)
    while store.runs.claim("another", 60) is None:
        store.runs.beat(run, working.owner, store.runs.get(run).attempt, -1.0)
    until_true(lambda: not working.pids)
    until_true(lambda: children.free == LIMITS.children)  # no child works on it, of whichever attempt
    found = store.runs.get(run)
    assert (found.state, found.owner) == ("running", "another")


def test_what_the_dead_of_this_machine_held_is_taken_up_before_its_lease_is_out(store: Store, opened: Open) -> None:
    ours, theirs = (asked(store, "nap", {"seconds": 0}) for _ in range(2))
    machine, pid, started, end = new_owner().rsplit("/", 3)
    # A process that had this one's number before; and one of which this machine knows nothing.
    for owner in (f"{machine}/{pid}/{float(started) - 3600:.2f}/{end}", f"elsewhere/{pid}/1.00/{end}"):
        assert store.runs.claim(owner, 3600) is not None
    opened()
    assert waited(store, ours).state == "finished"
    assert states(store, ours) == ["queued", "running 1", "queued", "running 2", "finished"]
    assert store.runs.get(theirs).attempt == 1


def test_a_run_whose_lease_was_out_is_begun_anew_by_the_same_server_and_once(store: Store, opened: Open) -> None:
    run = asked(store, "stubborn")
    working = opened()
    pid = pid_of(working, run)
    while store.runs.get(run).attempt == 1:
        store.runs.beat(run, working.owner, 1, -1.0)
    until_true(lambda: is_gone(pid))
    until_true(lambda: working.pids.get(run, pid) != pid)


def test_an_end_that_cannot_be_written_is_not_tried_for_ever(store: Store, children: Children) -> None:
    def broken(_: object) -> dict[str, Any]:
        raise TypeError("no problem is made of it")

    run = asked(store, "fail")
    with Keeper(Writer(store.runs, 0.2, broken), children, store.systems.contents, 2, forms=("json",)):
        assert waited(store, run).state == "interrupted"


class Nobody:
    """Children that take nothing."""

    free = 1

    def __init__(self, warm: int) -> None:
        self.warm = warm

    def begin(self, question: Question, hear: Heard) -> Any:
        raise RuntimeError("There are no children.")

    def close(self) -> None: ...


def test_nothing_is_claimed_before_a_child_is_warm(store: Store) -> None:
    run, nobody = asked(store, "nap"), Nobody(warm=0)
    with Keeper(Writer(store.runs, 2.0, problem_of), nobody, store.systems.contents, 1):
        time.sleep(0.6)
        assert store.runs.get(run).attempt == 0
        nobody.warm = 1
        until_true(lambda: store.runs.get(run).attempt == 1)


def test_a_run_that_no_child_can_begin_is_left_for_a_while(store: Store) -> None:
    run = asked(store, "nap")
    with Keeper(Writer(store.runs, 2.0, problem_of), Nobody(warm=1), store.systems.contents, 1):
        until_true(lambda: store.runs.get(run).attempt == 1 and store.runs.get(run).state == "queued")
        lease = store.runs.get(run).lease
        assert lease is not None
        assert (lease - store.runs.get(run).created).total_seconds() == pytest.approx(LATER, abs=1.5)


def test_what_is_old_is_thrown_away_at_the_start(store: Store, opened: Open) -> None:
    run = asked(store, "nap", {"seconds": 0})
    opened()
    question = waited(store, run, "finished").question
    assert store.answers.get(question, "json") is not None
    opened(LIMITS.model_copy(update={"days": 1e-9, "kept": 1}))
    until_true(lambda: store.runs.list() == () and store.answers.get(question, "json") is None)
