"""How long a server takes over runs of a store: ``python -m tests.unit.api.runs.served`` prints what decision 9 says.

With the word ``postgresql`` behind it, on one that is made for it; else on a file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store
from tests.postgres import postgres

from .asked import asked, keeper, waited
from .conftest import is_gone, until_true
from .measured import TIMES, say, seconds
from .running import line_of, server
from .work import cold, doing

LIMITS = RunLimits(children=2)


def main(url: str) -> None:
    """Measure and print."""
    store = open_store(url)
    with Children(LIMITS, doing, cold) as children:
        warm_within(children, 3, 60)
        with keeper(store, children, LIMITS) as working:
            say("from asked to answered, no work", [seconds(lambda: answered(store)) for _ in range(TIMES)])
            say("from cancelled until that is written, process gone", [ended(store, working) for _ in range(TIMES)])
    say("from the kill of a server until another has answered", [taken_over(store, url) for _ in range(3)])
    store.close()


def answered(store: Store) -> None:
    waited(store, asked(store, "nap", {"seconds": 0}), "finished")


def ended(store: Store, working: Keeper) -> float:
    """Seconds from a cancellation until a run that hears nothing has ended."""
    run = asked(store, "stubborn")
    until_true(lambda: run in working.pids)
    pid = working.pids[run]
    begin = time.perf_counter()
    store.runs.cancel(run)
    waited(store, run, "cancelled")
    until_true(lambda: is_gone(pid))
    return time.perf_counter() - begin


def taken_over(store: Store, url: str) -> float:
    """Seconds from the kill of one of two servers until the other has answered its run of half a second."""
    with server(url, "1") as one, server(url, "1") as other:
        owners = {line_of(each): each for each in (one, other)}
        run = asked(store, "nap", {"seconds": 0.5})
        until_true(lambda: store.runs.get(run).begun is not None)
        owners[store.runs.get(run).owner or ""].kill()
        return seconds(lambda: waited(store, run, "finished"))


@contextmanager
def place() -> Generator[str]:
    """Where runs are kept."""
    if "postgresql" in sys.argv:
        with postgres() as found:
            yield found.url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/kept.db"


if __name__ == "__main__":
    with place() as url:
        main(url)
