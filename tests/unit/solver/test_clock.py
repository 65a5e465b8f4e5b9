"""Clocks: limits, parts of them, and who can end a search."""

from __future__ import annotations

import math
import threading
from typing import get_args

import pytest

import alignment as al
from alignment.aligned_set.programme import Stage
from alignment.solver import Aim, Clock, Tell, minimise, telling, until
from benchmarks.conflicting import dense
from tests.programmes import random_linear


def test_a_clock_made_within_hears_that_nobody_wants_the_answer() -> None:
    over = threading.Event()
    outside = Clock(60)
    with until(over):
        inside = Clock(60)
        part = inside.part(0.5)
        over.set()
    assert (inside.stopped, part.stopped) == ("interrupted", "interrupted")
    assert (outside.stopped, Clock(60).stopped) == ("finished", "finished")


def test_other_threads_hear_nothing() -> None:
    over, heard = threading.Event(), list[str]()
    over.set()
    with until(over):
        thread = threading.Thread(target=lambda: heard.append(Clock(60).stopped))
        thread.start()
        thread.join()
    assert heard == ["finished"]


def test_an_interruption_of_a_part_is_one_of_the_whole() -> None:
    clock = Clock(60)
    clock.part(0.1).interrupt()
    assert clock.interrupted


def test_a_search_ends_with_what_it_has() -> None:
    over, told = threading.Event(), list[str]()

    def tell(words: str) -> None:
        told.append(words)
        # By then some are found.
        if len(told) > 20:
            over.set()

    with until(over):
        found = al.find_joint_conflicts(dense(40, 100, 1), 10_000, every=True, steps=1, progress=tell)
    assert found.stopped == "interrupted"
    assert found.sets


Words = tuple[str, float | None, float | None]


def _into(told: list[Words]) -> Tell:
    def tell(stage: str, incumbent: float | None, bound: float | None) -> None:
        told.append((stage, incumbent, bound))

    return tell


def test_a_search_with_an_aim_tells_in_the_stages_own_unit_and_finds_the_same() -> None:
    linear = random_linear(3)
    quiet = minimise(linear, Clock(60))
    told = list[Words]()
    with telling(_into(told)):
        # (objective + 10) * 0.5, and nothing above the 1000 of the set that is known.
        heard = minimise(linear, Clock(60).part(1, Aim("burden", 1000, constant=10, unit=0.5)))
        minimise(linear, Clock(60))  # without an aim nobody would know what its numbers mean
    assert heard == quiet
    assert quiet.values is not None
    least = (quiet.bound + 10) * 0.5
    assert told[-1] == ("burden", pytest.approx(least), pytest.approx(least))


def test_what_is_not_known_is_told_as_nothing_and_a_known_set_is_never_lost() -> None:
    told = list[Words]()
    with telling(_into(told)):
        clock = Clock(60).part(1, Aim("toll", 7.0))
    for objective, bound in ((math.inf, -math.inf), (9.0, 2.0), (5.0, 3.0)):
        clock.tell(objective, bound)
    assert told == [("toll", 7.0, None), ("toll", 7.0, 2.0), ("toll", 5.0, 3.0)]
    assert not Clock(60).heard


def test_a_proposal_tells_its_stages_and_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    told = list[Words]()
    system = al.read(al.example("winter-pressure"))
    with telling(_into(told)):
        heard = al.propose(system)
    assert heard == al.propose(system)
    assert {"toll", "voice"} <= {stage for stage, *_ in told} <= set(get_args(Stage))
    assert capfd.readouterr().out == ""
