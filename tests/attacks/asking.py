"""What servers are asked, and what became of it: over HTTP, and in the database behind."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final

import httpx2
import psutil

from alignment.api.store.opening import open_store
from alignment.api.store.store import Store

from .serving import Serving, until

ENDS: Final = ("finished", "failed", "cancelled", "interrupted")

Run = dict[str, Any]


def asked(server: str, system: str, analysis: str, **options: object) -> Run:
    """The run that answers a question which takes long."""
    query = {name: str(value) for name, value in {**options, "wait": 0}.items()}
    found = httpx2.get(f"{server}/v1/systems/{system}/{analysis}.json", params=query, timeout=60)
    assert found.status_code == 202, (found.status_code, found.text[:300])
    return found.json()


def run_of(server: str, run: str) -> Run:
    """A run as it stands."""
    return httpx2.get(f"{server}/v1/runs/{run}", timeout=60).raise_for_status().json()


def waited(server: str, run: str, *states: str, seconds: float = 240.0) -> Run:
    """A run once it is in one of some states, else once it has ended."""
    found: list[Run] = []

    def holds() -> bool:
        found[:] = [run_of(server, run)]
        return found[0]["state"] in (states or ENDS)

    until(holds, seconds)
    return found[0]


@contextmanager
def opened(url: str) -> Generator[Store]:
    """What is kept, seen from behind."""
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()


def ends_of(store: Store, run: str) -> list[str]:
    """The ends that a run came to."""
    return [str(event.data["state"]) for event in store.runs.events(run) if event.data.get("state") in ENDS]


def wrongs(url: str, runs: Iterable[str]) -> list[str]:
    """What is not as it should be with runs that have all ended: none is lost, none is answered twice."""
    found: list[str] = []
    with opened(url) as store:
        each = [store.runs.get(run) for run in dict.fromkeys(runs)]
        for run in each:
            if (ends := ends_of(store, run.id)) != [run.state]:
                found.append(f"run {run.id} is {run.state} and ended {ends}")
            if run.state == "interrupted" and run.tries < 3 and run.attempt < 10:
                found.append(f"run {run.id} was given up after {run.tries} tries")
            if run.state == "finished" and run.problem is None and store.answers.get(run.question, "json") is None:
                found.append(f"run {run.id} has finished and its answer is not there")
        answers = Counter(run.question for run in store.runs.list(most=10_000) if run.state == "finished")
    return found + [f"question {each} was answered {number} times" for each, number in answers.items() if number > 1]


def counted(url: str) -> dict[str, int]:
    """How many runs stand how."""
    with opened(url) as store:
        return store.runs.counts()


def worker_of(server: Serving, seconds: float = 60.0) -> psutil.Process:
    """The child of a server that works, once there is one: it alone uses a processor."""
    found: list[psutil.Process] = []

    def works() -> bool:
        before = {each: _used(each) for each in server.children()}
        time.sleep(0.3)
        spent = {each: _used(each) - used for each, used in before.items()}
        found[:] = [each for each, used in spent.items() if used > 0.02]
        return bool(found)

    until(works, seconds)
    return found[0]


def _used(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system
