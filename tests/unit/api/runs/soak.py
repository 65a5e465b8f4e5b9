"""Many runs while children are killed at random: ``python -m tests.unit.api.runs.soak`` prints how each ended.

With a URL of a database behind it that one is used, else a file. ``--cold`` kills children that are not warm as well.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress

import psutil

from alignment.api.runs.children import Children, warm_within
from alignment.api.runs.limits import RunLimits
from alignment.api.store.opening import open_store
from alignment.api.store.store import Store

from .asked import ENDS, asked, keeper, states
from .work import cold, doing

RUNS = 150
LONGEST = 600.0
LIMITS = RunLimits(children=3, lease=3, memory=400_000_000)


def main(url: str) -> None:
    """Ask, kill, cancel, and count."""
    dice, store = random.Random(3), open_store(url, queue=RUNS)
    with Children(LIMITS, doing, cold) as children:
        warm_within(children, 4, 60)
        with keeper(store, children, LIMITS):
            verbs = {ask(dice, store, verb): verb for verb in dice.choices(["nap", "nap", "hard", "stubborn"], k=RUNS)}
            begin = time.monotonic()
            killed = harmed(dice, store, children, verbs)
    found = Counter((verb, store.runs.get(run).state) for run, verb in verbs.items())
    ends = Counter(sum(state in ENDS for state in states(store, run)) for run in verbs)
    sys.stdout.write(
        f"{time.monotonic() - begin:.0f} s, {killed} killed, {dict(found)}, ended so often: {dict(ends)}\n"
    )


def ask(dice: random.Random, store: Store, verb: str) -> str:
    return asked(store, verb, {"seconds": dice.random()} if verb == "nap" else {})


def harmed(dice: random.Random, store: Store, children: Children, verbs: dict[str, str]) -> int:
    """Kill children and cancel what never ends, until all has ended; how many were killed."""
    killed, end = 0, time.monotonic() + LONGEST
    while set(store.runs.counts()) & {"queued", "running"} and time.monotonic() < end:
        time.sleep(0.4 * dice.random())
        if dice.random() < 0.25 and ("--cold" in sys.argv or children.warm >= LIMITS.children):
            killed += kill_one(dice)
        for run in store.runs.list(state="running", most=RUNS):
            if verbs[run.id] != "nap" and not run.cancel and dice.random() < 0.5:
                store.runs.cancel(run.id)
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
    with tempfile.TemporaryDirectory() as folder:
        words = [word for word in sys.argv[1:] if not word.startswith("--")]
        main(words[0] if words else f"sqlite:///{folder}/kept.db")
