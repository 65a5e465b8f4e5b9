"""What is worked out once, also where many ask at once, and how much of it is kept."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from weakref import ref

import pytest

import alignment as al
from alignment.conflicts.search import MOST_SEARCHES, search_of
from alignment.effects.net_effects import MOST_EFFECTS, effects_of
from alignment.models import System
from alignment.models.memory import Memory
from alignment.models.system.system import DERIVED
from alignment.options.weighing import MOST_WEIGHED, weighed

WAIT = 30
"""Seconds after which a thread that is waited for is taken for stuck."""


def test_many_who_ask_at_once_are_given_the_one_thing() -> None:
    memory, together, made = Memory[object](4), Barrier(8), list[object]()
    asked = Event()

    def make() -> object:
        # The others are on their way to the same place before there is anything in it.
        assert asked.wait(WAIT)
        made.append(object())
        return made[-1]

    def ask(at: int) -> object:
        if together.wait(WAIT) == 0:
            asked.set()
        return memory.get("one", make)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(made) == 1
    assert {id(each) for each in found} == {id(made[0])}


def test_while_one_thing_is_made_another_can_be() -> None:
    memory, begun, go_on = Memory[str](4), Event(), Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(WAIT)
        return "slow"

    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(memory.get, "slow", slow)
        assert begun.wait(WAIT)
        assert pool.submit(memory.get, "quick", lambda: "quick").result(WAIT) == "quick"
        assert not waiting.done()
        go_on.set()
        assert waiting.result(WAIT) == "slow"


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    memory, made = Memory[int](2), list[int]()

    def get(number: int) -> int:
        def make() -> int:
            made.append(number)
            return number

        return memory.get(number, make)

    assert [get(number) for number in (1, 2, 1, 3, 1, 2, 3)] == [1, 2, 1, 3, 1, 2, 3]
    assert made == [1, 2, 3, 2, 3]
    assert len(memory) == 2


def test_what_fails_is_tried_again_by_whoever_asks_next() -> None:
    memory = Memory[float](2)
    with pytest.raises(ZeroDivisionError):
        memory.get("half", lambda: 1 / 0)
    assert memory.get("half", lambda: 1 / 2) == 0.5


def test_one_thing_may_be_worked_out_of_another() -> None:
    memory = Memory[int](2)
    assert memory.get("two", lambda: 1 + memory.get("one", lambda: 1)) == 2


def test_options_without_end_leave_few_things_behind(winter: System) -> None:
    made: dict[str, list[ref[Any]]] = {"effects": [], "searches": [], "systems": []}
    for number in range(40):
        share = 1 / (1 + number)
        made["effects"].append(ref(effects_of(winter, 2, share)))
        made["searches"].append(ref(search_of(winter, number, 2, 0.5)))
        made["systems"].append(ref(weighed(winter, al.Options(weights={"trust": share}))))
        assert winter.derive(lambda _, number=number: number) == number
    gc.collect()
    alive = {what: sum(each() is not None for each in found) for what, found in made.items()}
    assert alive == {"effects": MOST_EFFECTS, "searches": MOST_SEARCHES, "systems": MOST_WEIGHED}
    assert len(winter._memory) <= DERIVED  # pyright: ignore[reportPrivateUsage]


@pytest.fixture
def winter() -> System:
    return al.read("winter-pressure")


def test_threads_share_what_is_derived_of_a_system(winter: System) -> None:
    together, made = Barrier(6), list[System]()

    def slowly(system: System) -> int:
        made.append(system)
        return len(made)

    def ask(_: int) -> tuple[int, int]:
        together.wait(WAIT)
        return winter.derive(slowly), id(search_of(winter, 0.2, 2, 0.5))

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1
    assert made == [winter]
