"""What remains of a server that is killed or frozen: no process, no word, and no run that is not taken up."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import psutil

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from tests.running import posix

from .conftest import is_gone, until_true
from .memory_ledger import MemoryLedger
from .server import KEY, LIMITS, Ledgers
from .work import cold, doing


@contextmanager
def server(*words: str) -> Generator[subprocess.Popen[str]]:
    """A server in a process of its own, at the end killed."""
    command = [sys.executable, "-m", "tests.unit.api.runs.server", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        yield process
        process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_children_end_with_a_killed_server_and_write_nothing_before() -> None:
    with server() as process:
        said = line_of(process)
        children = [each for each in psutil.Process(process.pid).children() if _is_child(each)]
        process.kill()
        until_true(lambda: all(is_gone(each.pid) for each in children), 1.0)
        rest, errors = process.communicate()
    assert said.startswith("Answered(stopped='finished') ")
    assert int(said.split()[-1]) in {each.pid for each in children}
    assert "SECRET" not in rest + errors


def _is_child(process: psutil.Process) -> bool:
    # The tracker of multiprocessing's locks says its farewell in its own time.
    return "resource_tracker" not in " ".join(process.cmdline())


@contextmanager
def shared(ledger: MemoryLedger) -> Generator[str]:
    """A ledger that other processes reach."""
    Ledgers.register("ledger", callable=lambda: ledger)
    there = Ledgers(None, KEY).get_server()
    threading.Thread(target=there.serve_forever, daemon=True).start()
    yield str(there.address)


@contextmanager
def here(ledger: MemoryLedger) -> Generator[Keeper]:
    """A server in this process."""
    with Children(LIMITS, doing, cold) as pool:
        assert warm_within(pool, 2, 60)
        with Keeper(ledger, pool, lambda _: (), LIMITS) as keeper:
            yield keeper


@posix
def test_the_run_of_a_frozen_server_is_taken_over_and_the_woken_one_gives_it_up() -> None:
    ledger = MemoryLedger()
    run = ledger.enqueue("nap", {"seconds": 3})
    with shared(ledger) as address, server(address) as other:
        pid = int(line_of(other))
        frozen: Any = psutil.Process(other.pid)
        until_true(lambda: run.begun == [1])
        frozen.send_signal(signal.SIGSTOP)
        psutil.Process(pid).send_signal(signal.SIGSTOP)
        with here(ledger) as keeper:
            until_true(lambda: run.owner == keeper.owner)
            frozen.send_signal(signal.SIGCONT)
            psutil.Process(pid).send_signal(signal.SIGCONT)
            until_true(lambda: is_gone(pid), 1.5)
            assert ledger.wait(run.id, "finished").begun == [1, 2]
        time.sleep(0.3)
        assert (run.owner, run.ends) == (keeper.owner, 1)


def test_the_run_of_a_killed_server_is_taken_over_after_its_lease() -> None:
    ledger = MemoryLedger()
    run = ledger.enqueue("nap", {"seconds": 1})
    with shared(ledger) as address, server(address) as other:
        pid = int(line_of(other))
        until_true(lambda: run.begun == [1])
        other.kill()
        until_true(lambda: is_gone(pid), 1.0)
        with here(ledger):
            assert ledger.wait(run.id, "finished").begun == [1, 2]
    assert run.ends == 1
