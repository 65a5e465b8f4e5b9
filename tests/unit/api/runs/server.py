"""A server of its own, for tests of what remains of it: it says what its children answer, then waits to be killed."""

from __future__ import annotations

import sys
import time

from alignment.api.runs.children import Children
from alignment.api.runs.limits import RunLimits
from alignment.api.runs.question import Begun, Question

from .conftest import Ear
from .work import cold, doing


def main() -> None:
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


if __name__ == "__main__":
    main()
