"""Processes of this machine, as psutil sees them: the only place that knows it."""

from __future__ import annotations

import math
import sys
from contextlib import suppress
from typing import Final

import psutil

MARK: Final = "ALIGNMENT_CHILD"
"""What children, and whatever they start, have in their environment: which child it is."""

_NOT_THERE: Final = (psutil.NoSuchProcess, psutil.AccessDenied)


class Process:
    """A process, which no later one of the same id is taken for.

    Parameters
    ----------
    pid
        Its id.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.NoSuchProcess:
            self._process = None

    @property
    def alive(self) -> bool:
        """Whether it is there; one that has ended and was not yet fetched is not."""
        with suppress(*_NOT_THERE):
            return (
                self._process is not None
                and self._process.is_running()
                and self._process.status() != psutil.STATUS_ZOMBIE
            )
        return False

    @property
    def resident(self) -> int:
        """How much memory it holds, in bytes; 0 when it is gone."""
        with suppress(*_NOT_THERE):
            return 0 if self._process is None else int(self._process.memory_info().rss)
        return 0

    def kill(self) -> None:
        """End it."""
        with suppress(*_NOT_THERE):
            if self._process is not None:
                self._process.kill()


def started(pid: int) -> float | None:
    """When a process was started, in seconds since 1970; None where there is none at work, NaN where it is hidden."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:
        return math.nan


def end_marked(mark: str) -> None:
    """End whatever a child that is gone had started, such as CBC."""
    for each in psutil.process_iter():
        with suppress(*_NOT_THERE, OSError):
            if each.environ().get(MARK) == mark:
                each.kill()


def end_own_children() -> None:
    """End what this process has started."""
    with suppress(*_NOT_THERE):
        for each in psutil.Process().children(recursive=True):
            with suppress(*_NOT_THERE):
                each.kill()


def bound_memory(size: int) -> None:
    """Let this process take so much more memory than it has, in bytes; only Linux knows how.

    It stands behind the watch over what is held, and stops what asks for all at once before it gets it.
    """
    if sys.platform == "linux":
        import resource

        limit = int(psutil.Process().memory_info().vms) + size
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
