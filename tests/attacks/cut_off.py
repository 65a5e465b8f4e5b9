"""A PostgreSQL that is stopped at once in mid-run: ``python -m tests.attacks.cut_off [seconds] [seconds]``.

`pg_ctl stop -m immediate`, as a machine that fails. Meanwhile what needs it has to be 503 with Retry-After, `/readyz`
503 and `/healthz` 200; once it is there again the runs finish, each once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

import httpx2

from tests.postgres import postgres

from .asking import asked, waited, wrongs
from .samples import ENGLAND, LONDON, TYPES, sample
from .serving import Serving, ended, put, say

PORT: Final = 8916
LEASE: Final = 3


def main(words: list[str]) -> int:
    """Stop it for less than a lease and for more, and print."""
    faults: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres() as machine,
        Serving(PORT, machine.url, Path(folder) / "log", lease=LEASE) as server,
    ):
        server.wait("/readyz")
        put(server.url, "england", sample(ENGLAND))
        put(server.url, "london", sample(LONDON))
        for number, outage in enumerate([float(word) for word in words] or [1.0, 8.0]):
            runs = [asked(server.url, "england", "frontier", voice=f"0.{number}{each}7")["id"] for each in (1, 2)]
            waited(server.url, runs[0], "running")
            time.sleep(1)
            machine.stop()
            seen = _meanwhile(server.url, outage)
            machine.start()
            back = _seconds_until_ready(server)
            found = [waited(server.url, run) for run in runs]
            states = [f"{each['state']}, attempt {each['attempt']}" for each in found]
            say(f"Cut off for {outage:g} s", answers=dict(seen), ready_again_after_s=back, runs=states)
            faults += [f"while cut off: {each}" for each in seen if each not in WANTED]
            faults += [f"{each['id']} is {each['state']}" for each in found if each["state"] != "finished"]
            faults += wrongs(machine.url, runs)
    return ended(faults)


ASKED: Final = {
    "GET /v1/systems/london": 503,
    "GET /v1/systems/london/conflicts.csv": 503,
    "GET /v1/runs": 503,
    "PUT /v1/systems/london": 503,
    "GET /readyz": 503,
    "GET /healthz": 200,
    "GET /metrics": 200,
}

WANTED: Final = frozenset(f"{each} {code}" for each, code in ASKED.items())


def _meanwhile(server: str, outage: float) -> Counter[str]:
    """What a server says while its database is away; how often, and the longest wait."""
    seen, end, longest = Counter[str](), time.monotonic() + outage, 0.0
    while time.monotonic() < end:
        for each in ASKED:
            method, path = each.split()
            headers = {**TYPES["json"], "If-Match": "*"} if method == "PUT" else {}
            content = sample(LONDON) if method == "PUT" else None
            begin = time.monotonic()
            found = httpx2.request(method, f"{server}{path}", headers=headers, content=content, timeout=60)
            longest = max(longest, time.monotonic() - begin)
            lacks = found.status_code == 503 and path != "/readyz" and "retry-after" not in found.headers
            seen[f"{each} {found.status_code}" + (" without Retry-After" if lacks else "")] += 1
    say("While it is away", longest_answer_s=longest)
    return seen


def _seconds_until_ready(server: Serving) -> float:
    begin = time.monotonic()
    server.wait("/readyz")
    return time.monotonic() - begin


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
