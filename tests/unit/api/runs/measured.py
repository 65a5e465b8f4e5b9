"""How fast children are and how they end: ``python -m tests.unit.api.runs.measured`` prints what decision 9 says."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import psutil

import alignment as al
from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.processes import Process
from alignment.api.runs.question import Begun, Question
from alignment.tables import to_document

from .conftest import Ear, is_gone
from .work import doing

MEMORY = 700_000_000
TIMES = 20


def main() -> None:
    """Measure and print."""
    system = json.dumps(to_document(al.read(al.example("london-2018")))).encode()
    with Children(RunLimits(children=2, memory=MEMORY), doing) as children:
        say("until three children are warm", [seconds(lambda: warm_within(children, 3, 300))])
        say("memory of a warm child (MB)", [resident(children)])
        for verb in ("conflicts", "propose"):
            say(f"London, {verb}", [seconds(lambda: answered(children, verb, system)) for _ in range(5)])  # noqa: B023
        for size in (3000, 20_000):
            say(f"cancel of a solve of {size:,} columns", [ended(children, "hard", columns=size) for _ in range(TIMES)])
        say("cancel of Python that hears nothing", [ended(children, "stubborn") for _ in range(TIMES)])
        say("memory when it was ended, limit 700 (MB)", [hogged(children) for _ in range(3)])
        fine = [neighbour_lives(children) for _ in range(TIMES)]
        say(f"neighbours unharmed of {TIMES} killed -9", [sum(fine)])


def say(what: str, numbers: Sequence[float]) -> None:
    sys.stdout.write(f"{what}: median {statistics.median(numbers):.2f}, most {max(numbers):.2f} of {len(numbers)}\n")


def seconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def begun(children: Children, question: Question) -> tuple[Any, Ear, int]:
    ear = Ear()
    job = children.begin(question, ear)
    first = ear.next(120)
    assert isinstance(first, Begun)
    return job, ear, first.pid


def answered(children: Children, verb: str, system: bytes) -> None:
    _, ear, _ = begun(children, Question(verb, (system,)))
    ear.next(120)


def resident(children: Children) -> float:
    job, ear, pid = begun(children, Question("nap", (), {"seconds": 0.1}))
    ear.next()
    assert job.ended
    return Process(pid).resident / 1e6


def ended(children: Children, verb: str, **options: Any) -> float:
    """Seconds from a cancellation until the child is gone."""
    job, ear, pid = begun(children, Question(verb, (), options))
    time.sleep(1.0)
    begin = time.perf_counter()
    job.cancel()
    ear.next()
    assert is_gone(pid)
    return time.perf_counter() - begin


def hogged(children: Children) -> float:
    _, ear, pid = begun(children, Question("hog", ()))
    most, process = 0, psutil.Process(pid)
    while not is_gone(pid):
        try:
            most = max(most, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.005)
    ear.next()
    return most / 1e6


def neighbour_lives(children: Children) -> bool:
    _, neighbour, other = begun(children, Question("nap", (), {"seconds": 0.5}))
    _, ear, pid = begun(children, Question("nap", (), {"seconds": 60}))
    psutil.Process(pid).kill()
    ear.next()
    found: Any = neighbour.next()
    return found.content == {"json": str(other).encode()}


if __name__ == "__main__":
    main()
