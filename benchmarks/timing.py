"""Time, memory and children: what every benchmark needs."""

from __future__ import annotations

import importlib
import pickle
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

Result = TypeVar("Result")

ROOT: Final = Path(__file__).resolve().parents[1]

GIB: Final = 2**30


@dataclass(frozen=True)
class Bound:
    """What a child may use: a script that needs more has not finished."""

    seconds: float
    memory: float
    """GiB."""

    def __str__(self) -> str:
        return f"{self.seconds:g} s and {self.memory:g} GiB"


class Unfinished(Exception):
    """A child did not finish within its bound."""


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What some work gives, and how long the processor was at it. Waiting for others on the machine does not count."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def steady(work: Callable[[], Result], enough: float = 6.0) -> tuple[Result, float]:
    """The same, the middle of three times unless they take too long."""
    result, first = timed(work)
    times = [first]
    while len(times) < 3 and sum(times) + first < enough:
        times.append(timed(work)[1])
    return result, statistics.median(times)


def peak() -> float:
    """The most memory this process has held, in GiB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / GIB if sys.platform == "darwin" else held * 1024 / GIB


def allow(memory: float | None) -> None:
    """Bound the memory of this process, in GiB; None lifts the bound."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard if memory is None else int(memory * GIB), hard))


def child(module: str, folder: Path, bound: Bound) -> Any:
    """What a module of this folder leaves as its answer about a system, run in a process of its own.

    Raises
    ------
    Unfinished
        It needed more time or memory.
    """
    answer = folder.parent / f"{folder.name}.{module}"
    command = [sys.executable, "-m", "benchmarks.timing", module, str(folder), str(answer), str(bound.memory)]
    try:
        done = subprocess.run(command, cwd=ROOT, timeout=bound.seconds, capture_output=True, text=True, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unfinished(f"more than {bound.seconds:g} s") from error
    if done.returncode:
        if "MemoryError" in done.stderr or done.returncode < 0:
            raise Unfinished(f"more than {bound.memory:g} GiB")
        raise RuntimeError(done.stderr)
    return pickle.loads(answer.read_bytes())


def answer(module: str, folder: Path, place: Path, memory: float) -> None:
    """The other end of `child`: bound the memory, work, leave the answer."""
    allow(memory)
    place.write_bytes(pickle.dumps(importlib.import_module(f"benchmarks.{module}").answer(folder)))


if __name__ == "__main__":
    answer(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
