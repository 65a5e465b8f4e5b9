"""Solves that nobody wants any more, twenty times each: ``python -m tests.attacks.ending [postgresql] [times]``.

Cancelled over HTTP: seconds from DELETE until the run is `cancelled`, and until its process is gone. And a client
that hangs up while `POST /v1/analyses/frontier` is worked on: seconds until that process is gone.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx2
import psutil

from tests.unit.api.runs.conftest import is_gone

from .asking import asked, run_of, waited, wrongs
from .samples import ENGLAND, sample
from .serving import JSON, Serving, database, ended, put, say, until

PORT: Final = 8913
TIMES: Final = 20
AT_WORK: Final = 2.0
"""How long a client waits before it hangs up. Unit: seconds."""
GIVEN_UP: Final = 'alignment_solves_given_up_total{reason="cancelled"}'
WANTED: Final = 1.0
"""Within what an end is wanted. Unit: seconds."""


def main(words: list[str]) -> int:
    """End, and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        database(words, Path(folder)) as url,
        Serving(PORT, url, Path(folder) / "log") as server,
    ):
        server.wait("/readyz")
        put(server.url, "england", sample(ENGLAND))
        times = next((int(word) for word in words if word.isdecimal()), TIMES)
        ends = [cancelled(server, number) for number in range(times)]
        told("From DELETE until cancelled", [each[1] for each in ends])
        told("From DELETE until the process is gone", [each[2] for each in ends])
        left = [each for number in range(times) if (each := hung_up(server, number)) is not None]
        told("From hanging up until the process is gone", left)
        faults = wrongs(url, [each[0] for each in ends])
        slow = sum(each > WANTED for each in [*left, *(second for _, *both in ends for second in both)])
        say(f"Longer than {WANTED:g} s", ends=slow)
    never = float("inf") in [*left, *(each[2] for each in ends)]
    return ended(faults + (["a process was not gone"] if never else []))


def cancelled(server: Serving, number: int) -> tuple[str, float, float]:
    """A run, and the seconds from its DELETE until it is cancelled, and until its process is gone."""
    run = asked(server.url, "england", "frontier", voice=f"0.{number:04}1")["id"]
    until(lambda: run_of(server.url, run)["begun"] is not None)
    children = server.children()
    looks = threading.Thread(target=lambda: until_gone.append(one_gone(children)))
    until_gone: list[float] = []
    begin = time.monotonic()
    httpx2.delete(f"{server.url}/v1/runs/{run}", timeout=60).raise_for_status()
    looks.start()
    before = time.monotonic() - begin
    waited(server.url, run, "cancelled", seconds=60)
    until_cancelled = time.monotonic() - begin
    looks.join()
    return run, until_cancelled, before + until_gone[0]


def hung_up(server: Serving, number: int) -> float | None:
    """Seconds from hanging up until the process that worked for the client is gone; nothing where none had begun."""
    before = given_up(server)
    until(lambda: "alignment_children_warm 0" not in figures(server))
    body = json.dumps({"system": json.loads(sample(ENGLAND)), "voice": number / 1000})
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/v1/analyses/frontier", body, JSON)
    time.sleep(AT_WORK)
    children = server.children()
    connection.close()
    seconds = one_gone(children)
    return seconds if given_up(server) > before else None


def figures(server: Serving) -> str:
    return httpx2.get(f"{server.url}/metrics", timeout=60).text


def given_up(server: Serving) -> float:
    """How many questions that a child had begun nobody wanted any more."""
    [line] = [each for each in figures(server).splitlines() if each.startswith(GIVEN_UP)]
    return float(line.split()[1])


def one_gone(children: list[psutil.Process]) -> float:
    """Seconds until one of the children that were there is gone; those that are not asked to end stay."""
    try:
        return until(lambda: any(is_gone(each.pid) for each in children), 30, 0.01)
    except TimeoutError:
        return float("inf")


def told(what: str, seconds: Sequence[float]) -> None:
    say(what, median=statistics.median(seconds), most=max(seconds), of=len(seconds))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
