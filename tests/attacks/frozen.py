"""A server that is frozen beyond its lease while another works on: ``python -m tests.attacks.frozen [times]``.

Two servers on one PostgreSQL. The one that works on a run is stopped (SIGSTOP), every other time with its children,
until the other has the run; then it is woken. There has to be one answer, by the other, and the child that had worked
on it is to be gone.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.postgres import postgres

from .asking import asked, opened, waited, worker_of, wrongs
from .samples import ENGLAND, sample
from .serving import Serving, ended, gone, put, say, until

PORTS: Final = (8914, 8915)
LEASE: Final = 3


def main(words: list[str]) -> int:
    """Freeze and wake, and print."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, postgres() as machine, ExitStack() as stack:
        log = Path(folder) / "log"
        both = [stack.enter_context(Serving(port, machine.url, log, lease=LEASE, workers=1)) for port in PORTS]
        for each in both:
            each.wait("/readyz")
        put(both[0].url, "england", sample(ENGLAND))
        for number in range(next((int(word) for word in words if word.isdecimal()), 4)):
            faults += _frozen(both, machine.url, number)
    return ended(faults)


def _frozen(both: list[Serving], url: str, number: int) -> list[str]:
    """One server frozen and woken; what was not well."""
    run = asked(both[0].url, "england", "frontier", voice=f"0.0{number + 1}")["id"]
    waited(both[0].url, run, "running")
    with opened(url) as store:
        until(lambda: store.runs.get(run).begun is not None)
        first = store.runs.get(run).owner or ""
        asleep, other = sorted(both, key=lambda each: f"/{each.process.pid}/" not in first)
        worker = worker_of(asleep)
        whole = number % 2 == 1
        frozen = asleep.family() if whole else asleep.family()[:1]
        for each in frozen:
            each.send_signal(signal.SIGSTOP)
        taken = until(lambda: store.runs.get(run).owner != first)
        for each in frozen:
            each.send_signal(signal.SIGCONT)
        left = gone([worker], 30)
        found = waited(other.url, run)
        by = store.runs.get(run).owner
    say(
        "Frozen" + (" with its children" if whole else ""),
        taken_over_s=taken,
        child_gone_s_after_waking=left,
        state=found["state"],
        attempt=found["attempt"],
    )
    asleep.wait("/readyz")
    wrong = [] if (found["state"], found["attempt"], by != first) == ("finished", 2, True) else [f"it ended {found}"]
    return wrong + wrongs(url, [run]) + (["its child went on"] if left == float("inf") else [])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
