"""Many runs while children are killed at random: ``python -m tests.unit.api.runs.soak`` prints how each ended."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from contextlib import suppress

import psutil

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.keeper import Keeper
from alignment.api.runs.limits import RunLimits

from .memory_ledger import MemoryLedger
from .work import cold, doing

RUNS = 150
LONGEST = 600.0
LIMITS = RunLimits(children=3, lease=3, memory=400_000_000)


def main() -> None:
    """Ask, kill, cancel, and count."""
    dice, ledger = random.Random(3), MemoryLedger()
    with Children(LIMITS, doing, cold) as children:
        warm_within(children, 4, 60)
        with Keeper(ledger, children, lambda _: (), LIMITS):
            for _ in range(RUNS):
                verb = dice.choice(["nap", "nap", "hard", "stubborn"])
                ledger.enqueue(verb, {"seconds": dice.random()} if verb == "nap" else {})
            begin = time.monotonic()
            killed = harmed(dice, ledger, children)
    states = Counter((row.verb, row.state) for row in ledger.rows.values())
    ends = Counter(row.ends for row in ledger.rows.values())
    sys.stdout.write(
        f"{time.monotonic() - begin:.0f} s, {killed} killed, {dict(states)}, answered so often: {dict(ends)}\n"
    )


def harmed(dice: random.Random, ledger: MemoryLedger, children: Children) -> int:
    """Kill children and cancel what never ends, until all has ended; how many were killed."""
    rows = list(ledger.rows.values())
    killed, end = 0, time.monotonic() + LONGEST
    while any(row.state in ("queued", "running") for row in rows) and time.monotonic() < end:
        time.sleep(0.4 * dice.random())
        # Faster than they can start, nothing would ever be answered: one that dies cold takes the whole pool along.
        if dice.random() < 0.25 and children.warm >= LIMITS.children:
            killed += kill_one(dice)
        for row in rows:
            if row.verb != "nap" and row.state == "running" and dice.random() < 0.5:
                ledger.cancel(row.id)
    return killed


def kill_one(dice: random.Random) -> int:
    """Kill a child, at work or idle or not yet warm; how many that were."""
    with suppress(psutil.Error, IndexError):
        child = dice.choice(psutil.Process().children())
        if "resource_tracker" not in " ".join(child.cmdline()):
            child.kill()
            return 1
    return 0


if __name__ == "__main__":
    main()
