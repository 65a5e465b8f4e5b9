"""Servers of their own, for tests of what remains of them: they are killed or frozen from outside."""

from __future__ import annotations

import sys
import time
from multiprocessing.managers import BaseManager
from typing import Any

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Begun, Question

from .conftest import Ear
from .work import cold, doing

KEY = b"a word for tests"

LIMITS = RunLimits(children=1, lease=1.5)


class Ledgers(BaseManager):
    """A ledger of another process."""


Ledgers.register("ledger")


def chatter() -> None:
    """Ask one child to chatter and another to hear nothing."""
    with Children(RunLimits(children=2), doing, cold) as children:
        ear = Ear()
        children.begin(Question("chatter", ()), ear)
        ear.next()
        answered = ear.next()
        children.begin(Question("stubborn", ()), ear)
        begun = ear.next()
        assert isinstance(begun, Begun)
        sys.stdout.write(f"{answered!r} {begun.pid}\n")
        sys.stdout.flush()
        time.sleep(60)


def keep(address: str) -> None:
    """Keep runs of a ledger."""
    there: Any = Ledgers(address, KEY)
    there.connect()
    with Children(LIMITS, doing, cold) as children:
        warm_within(children, 2, 60)
        with Keeper(there.ledger(), children, lambda _: (), LIMITS) as keeper:
            while True:
                time.sleep(0.02)
                sys.stdout.write("".join(f"{pid}\n" for pid in keeper.pids.values()))
                sys.stdout.flush()


if __name__ == "__main__":
    keep(sys.argv[1]) if sys.argv[1:] else chatter()
