"""Servers on one database that are killed, frozen or cut off: every run ends, and none is answered twice."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from typing import Any

import psutil
import pytest

from alignment.api.store.errors import StoreAway
from alignment.api.store.store import Store
from alignment.api.store.transitions import CLAIMS
from tests.postgres import Postgres
from tests.running import posix
from tests.thoroughly import most
from tests.unit.api.runs.asked import ENDS, asked, is_answered_once, states, waited
from tests.unit.api.runs.conftest import until_true
from tests.unit.api.runs.running import children_of, line_of, server


def test_the_runs_of_a_server_that_was_killed_are_taken_over(store: Store, url: str) -> None:
    runs = [asked(store, "nap", {"seconds": 0.3}) for _ in range(6)]
    with ExitStack() as stack:
        both = [stack.enter_context(server(url, "1")) for _ in range(2)]
        owners = [line_of(each) for each in both]
        until_true(lambda: set(owners) <= store.runs.owners())
        both[0].kill()
        found = [waited(store, run) for run in runs]
    assert all(is_answered_once(store, run) for run in runs)
    # The one that was at work when it was killed, if it was, was begun again.
    assert sum(run.attempt for run in found) in (6, 7)


@posix
def test_a_frozen_server_wakes_and_gives_up_what_another_took_over(store: Store, url: str) -> None:
    run = asked(store, "nap", {"seconds": 2})
    with server(url, "1") as frozen, server(url, "1") as other:
        owners = {line_of(each): each for each in (frozen, other)}
        until_true(lambda: store.runs.get(run).begun is not None)
        first = store.runs.get(run).owner or ""
        asleep: Any = psutil.Process(owners[first].pid)
        everybody = [asleep, *children_of(owners[first])]
        for each in everybody:
            each.send_signal(signal.SIGSTOP)
        until_true(lambda: store.runs.get(run).owner != first)
        for each in everybody:
            each.send_signal(signal.SIGCONT)
        found = waited(store, run)
        # It has given its child up, and is there for the next.
        assert (found.attempt, found.owner != first, is_answered_once(store, run)) == (2, True, True)
        owners.pop(first)
        next(iter(owners.values())).kill()
        late = asked(store, "nap", {"seconds": 0})
        assert waited(store, late).owner == first
    assert states(store, run) == ["queued", "running 1", "running 2", "finished"]


def test_no_run_is_stuck_however_often_the_only_server_is_killed(store: Store, url: str) -> None:
    store.runs.queue = 1000
    runs = list[str]()
    for _ in range(most(50, 2)):
        runs += [asked(store, "nap", {"seconds": 0.4}) for _ in range(2)]
        with server(url, "1") as process:
            owner = line_of(process)
            # One server dies before its child has begun, another while it works.
            until_true(lambda: owner in store.runs.owners())  # noqa: B023
            time.sleep(0.1 * (len(runs) % 4))
            process.kill()
    with server(url, "1") as process:
        line_of(process)
        found = [waited(store, run, seconds=600) for run in runs]
    for run in found:
        ends = [state for state in states(store, run.id) if state in ENDS]
        assert ends == [run.state]
        assert run.state == "interrupted" or is_answered_once(store, run.id)
        assert run.state == "finished" or run.tries == 3 or run.attempt == CLAIMS


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_run_outlives_its_database(store: Store, url: str, machine: Postgres) -> None:
    short, long = (asked(store, "nap", {"seconds": seconds}) for seconds in (0.5, 2.0))
    with server(url, "2") as process:
        line_of(process)
        until_true(lambda: all(store.runs.get(run).begun is not None for run in (short, long)))
        machine.stop()
        with pytest.raises(StoreAway):
            store.runs.get(short)
        time.sleep(0.5)
        machine.start()
        # Whichever lasted longer, the lease or the outage: each ends, and once.
        assert [waited(store, run).state for run in (short, long)] == ["finished", "finished"]
    assert is_answered_once(store, short)
    assert is_answered_once(store, long)
