"""From a folder of CSV files to an aligned set."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import alignment as al
from benchmarks.timing import peak

Result = TypeVar("Result")


@dataclass
class Journey:
    """What was done, in seconds by the clock and seconds of processor.

    Attributes
    ----------
    clock, processor
        By step.
    memory
        The most that was held, in GiB.
    system, conflicts, proposal
        What was found, in words.
    proven
        The stages of the proposal that are proved.
    stages
        All of them.
    """

    clock: dict[str, float] = field(default_factory=dict[str, float])
    processor: dict[str, float] = field(default_factory=dict[str, float])
    memory: float = 0.0
    system: str = ""
    conflicts: str = ""
    proposal: str = ""
    proven: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    def step(self, name: str, work: Callable[[], Result]) -> Result:
        """One step under both clocks."""
        started = time.perf_counter(), time.process_time()
        result = work()
        self.clock[name] = time.perf_counter() - started[0]
        self.processor[name] = time.process_time() - started[1]
        return result


def answer(folder: Path) -> Journey:
    """Read, find all conflicts, propose; the set is judged once more before anything is told."""
    found = Journey()
    system = found.step("read", lambda: al.read(folder))
    conflicts = found.step("conflicts", lambda: al.find_conflicts(system))
    proposal = found.step("propose", lambda: al.propose(system))
    found.memory = peak()
    found.system, found.conflicts, found.proposal = str(system), conflicts.summary(), repr(proposal)
    found.stages = tuple(stage.stage for stage in proposal.stages)
    found.proven = tuple(stage.stage for stage in proposal.stages if stage.proven)
    if al.check(system, proposal.measures).figures != proposal.after:
        raise AssertionError("The judge sees the set otherwise")
    return found
