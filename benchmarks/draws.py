"""How much faster draws are on two cores than on one."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import alignment as al
from alignment.cli.processes import processes
from alignment.models.answers.certainty import Certainty
from benchmarks.checks import Different


class Spent(NamedTuple):
    """Seconds by the clock, and of processor in this process and in those that it started."""

    clock: float
    here: float
    there: float


def report(number: int) -> Iterable[str]:
    """`certainty` in one process and in two; the answers are compared first."""
    system = al.read(al.example("london-2018"))
    yield ""
    yield f"Certainty: {number} draws of London 2018 (seconds, with those that processes take to start; same answer,"
    yield f"byte by byte, checked first; {os.getloadavg()[0]:.1f} others wanted the {os.cpu_count()} cores before)"
    yield f"{'':16}{'clock':>8}{'processor here':>18}{'in workers':>14}{'times as fast':>16}"
    al.certainty(system, draws=1)
    alone, one = _spent(lambda: al.certainty(system, draws=number))
    shared, two = _spent(lambda: al.certainty(system, draws=number, executor=processes(2)))
    if alone.model_dump_json() != shared.model_dump_json():
        raise Different("two processes say otherwise than one")
    yield f"  one process   {one.clock:8.1f}{one.here:18.1f}{one.there:14.1f}"
    yield f"  two           {two.clock:8.1f}{two.here:18.1f}{two.there:14.1f}{one.clock / two.clock:16.2f}"


def _spent(work: Callable[[], Certainty]) -> tuple[Certainty, Spent]:
    clock, here, there = time.perf_counter(), time.process_time(), _children()
    found = work()
    return found, Spent(time.perf_counter() - clock, time.process_time() - here, _children() - there)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
