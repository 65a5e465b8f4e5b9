"""One pool of warm children for all tests of a module: they take seconds to start."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Generator

import psutil
import pytest

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Begun, Outcome, Told
from alignment.api.runs.where import Work

from .work import doing

LIMITS = RunLimits(children=2, time=60, grace=5, memory=400_000_000)


@pytest.fixture(scope="module")
def children() -> Generator[Children]:
    with Children(LIMITS, doing) as pool:
        assert warm_within(pool, 3, 120)
        yield pool


class Ear:
    """Hears what becomes of one question."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self._heard: queue.SimpleQueue[Begun | Outcome] = queue.SimpleQueue()

    def __call__(self, _: Work, what: Begun | Told | Outcome) -> None:
        if isinstance(what, Told):
            self.told.append(what)
        else:
            self._heard.put(what)

    def next(self, seconds: float = 60.0) -> Begun | Outcome:
        """What comes next that is no progress; `queue.Empty` where nothing comes in time."""
        return self._heard.get(timeout=seconds)


def is_gone(pid: int) -> bool:
    """Whether a process has ended, fetched or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def until_true(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
