"""Two servers on one PostgreSQL, of which one is killed at work: ``python -m tests.attacks.shared [times]``.

Eight runs, asked of both. The one that is killed is started again for the next time. None is lost, none answered
twice.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.postgres import postgres

from .asking import asked, opened, waited, wrongs
from .samples import LONDON, sample
from .serving import Serving, ended, gone, put, say, until

PORTS: Final = (8917, 8918)
LEASE: Final = 3
RUNS: Final = 8


def main(words: list[str]) -> int:
    """Kill, and print."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, postgres() as machine, ExitStack() as stack:
        log = Path(folder) / "log"
        both = [stack.enter_context(Serving(port, machine.url, log, lease=LEASE)) for port in PORTS]
        for number in range(next((int(word) for word in words if word.isdecimal()), 3)):
            for each in both:
                each.wait("/readyz")
            put(both[0].url, "london", sample(LONDON))
            faults += _killed(both, machine.url, number)
    return ended(faults)


def _killed(both: list[Serving], url: str, number: int) -> list[str]:
    """One server killed at work; what was not well."""
    runs = [asked(both[at % 2].url, "london", "propose", voice=f"0.{number}{at}3")["id"] for at in range(RUNS)]
    victim, other = both if number % 2 == 0 else reversed(both)
    begin = time.monotonic()
    with opened(url) as store:
        until(lambda: any(_is_of(run.owner, victim) for run in store.runs.list(state="running")), every=0.01)
        held = sum(_is_of(run.owner, victim) for run in store.runs.list(state="running"))
        orphans = gone(victim.kill())
    found = [waited(other.url, run) for run in runs]
    say(
        "One of two killed",
        it_held=held,
        its_children_gone_s=orphans,
        all_ended_s=time.monotonic() - begin,
        states=dict(Counter(each["state"] for each in found)),
        attempts=sorted(each["attempt"] for each in found),
    )
    victim.start()
    lost = [f"{each['id']} is {each['state']}" for each in found if each["state"] != "finished"]
    return lost + wrongs(url, runs) + (["children went on"] if orphans == float("inf") else [])


def _is_of(owner: str | None, server: Serving) -> bool:
    return f"/{server.process.pid}/" in (owner or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
