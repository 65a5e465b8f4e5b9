"""Solves that nobody wants any more, twenty times each: ``python -m tests.attacks.ending [postgresql]``.

Cancelled over HTTP: seconds from DELETE until the run is `cancelled`, and until its process is gone. And a client that hangs
up while `POST /v1/analyses/frontier` is worked on: seconds until that process is gone.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx2

from .asking import asked, waited, worker_of, wrongs
from .samples import ENGLAND, sample
from .serving import JSON, Serving, database, ended, gone, put, say

PORT: Final = 8913
TIMES: Final = 20
WANTED: Final = 1.0
"""Within what an end is wanted. Unit: seconds."""


def main(words: list[str]) -> int:
    """End, and print."""
    with tempfile.TemporaryDirectory() as folder, database(words, Path(folder)) as url:
        with Serving(PORT, url, Path(folder) / "log") as server:
            server.wait("/readyz")
            put(server.url, "england", sample(ENGLAND))
            ends = [cancelled(server, number) for number in range(TIMES)]
            told("From DELETE until cancelled", [each[1] for each in ends])
            told("From DELETE until the process is gone", [each[2] for each in ends])
            left = [hung_up(server, number) for number in range(TIMES)]
            told("From hanging up until the process is gone", left)
            faults = wrongs(url, [each[0] for each in ends])
            slow = sum(each > WANTED for each in [*left, *(second for _, *both in ends for second in both)])
            say(f"Longer than {WANTED:g} s", ends=slow)
    never = float("inf") in [*left, *(each[2] for each in ends)]
    return ended(faults + (["a process was not gone"] if never else []))


def cancelled(server: Serving, number: int) -> tuple[str, float, float]:
    """A run, and the seconds from its DELETE until it is cancelled, and until its process is gone."""
    run = asked(server.url, "england", "frontier", voice=f"0.{number:04}1")["id"]
    waited(server.url, run, "running")
    worker = worker_of(server)
    begin = time.monotonic()
    httpx2.delete(f"{server.url}/v1/runs/{run}", timeout=60).raise_for_status()
    left = [worker]
    state = ""
    until_gone = until_cancelled = float("inf")
    while time.monotonic() - begin < 30 and float("inf") in (until_gone, until_cancelled):
        if until_gone == float("inf") and gone(left, 0.01) < 1:
            until_gone = time.monotonic() - begin
        if until_cancelled == float("inf"):
            state = httpx2.get(f"{server.url}/v1/runs/{run}", timeout=60).json()["state"]
            until_cancelled = time.monotonic() - begin if state == "cancelled" else until_cancelled
    return run, until_cancelled, until_gone


def hung_up(server: Serving, number: int) -> float:
    """Seconds from the moment when a client hangs up until the process that worked for it is gone."""
    system = json.loads(sample(ENGLAND))
    body = json.dumps({"system": system, "options": {"voice": number / 1000}})
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/v1/analyses/frontier", body, JSON)
    worker = worker_of(server)
    connection.close()
    return gone([worker])


def told(what: str, seconds: Sequence[float]) -> None:
    say(what, median=statistics.median(seconds), most=max(seconds), of=len(seconds))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
