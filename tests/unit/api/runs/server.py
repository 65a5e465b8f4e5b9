"""Servers of their own, for tests of what remains of them: they are killed or frozen from outside.

Each child imports this module once more, so that what a server needs is imported by it alone.
"""

from __future__ import annotations

import sys
import time

LEASE = 1.5
"""How long other servers wait for one of these. Unit: seconds."""


def chatter() -> None:
    """Ask one child to chatter and another to hear nothing."""
    from alignment.api.runs.children import Children
    from alignment.api.runs.limits import RunLimits
    from alignment.api.runs.question import Begun, Question

    from .conftest import Ear
    from .work import cold, doing

    with Children(RunLimits(children=2), doing, cold) as children:
        ear = Ear()
        children.begin(Question("chatter", ()), ear)
        ear.next()
        answered = ear.next()
        children.begin(Question("stubborn", ()), ear)
        begun = ear.next()
        assert isinstance(begun, Begun)
        say(f"{answered!r} {begun.pid}")
        time.sleep(60)


def keep(url: str, number: int) -> None:
    """Keep the runs of a store with so many children, and say by which word."""
    from alignment.api.runs.children import Children
    from alignment.api.runs.limits import RunLimits
    from alignment.api.store.opening import open_store

    from .asked import keeper
    from .naps import cold, napping

    limits = RunLimits(children=number, lease=LEASE)
    with Children(limits, napping, cold) as children, keeper(open_store(url), children, limits) as working:
        say(working.owner)
        time.sleep(3600)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    keep(sys.argv[1], int(sys.argv[2])) if sys.argv[1:] else chatter()
