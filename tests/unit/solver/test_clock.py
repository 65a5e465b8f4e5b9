"""Clocks: limits, parts of them, and who can end a search."""

from __future__ import annotations

import threading

import alignment as al
from alignment.solver import Clock, until
from benchmarks.conflicting import dense


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
