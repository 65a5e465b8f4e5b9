"""Fifty clients on London for a minute while long solves run: ``python -m tests.attacks.load [postgresql] [seconds]``.

Clients in two processes ask for the conflicts as JSON and CSV, for tables with filters, for what they have already
(304) and, one time in a hundred, with the system in the body. Then as many ask a bare FastAPI route for the bytes of
the conflicts, for a third of the time, with the same solves beside it. Printed are requests a second, how long
answers took, and what the server and its children held all the while: of memory at the end of each quarter.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx2

from .samples import ENGLAND, LONDON, sample
from .serving import ROOT, Serving, database, ended, put, say, until

PORT: Final = 8911
BARE: Final = 8912
PROCESSES: Final = 2
CLIENTS: Final = 50

CONFLICTS: Final = "/v1/systems/london/conflicts"

Seen = dict[str, Any]


def main(words: list[str]) -> int:
    """Ask, and print."""
    seconds = next((float(word) for word in words if word.isdecimal()), 60.0)
    with (
        tempfile.TemporaryDirectory() as folder,
        database(words, Path(folder)) as url,
        Serving(PORT, url, Path(folder) / "log", queue=50) as server,
    ):
        server.wait("/readyz")
        put(server.url, "london", sample(LONDON))
        put(server.url, "england", sample(ENGLAND))
        bytes_ = httpx2.get(f"{server.url}{CONFLICTS}.json?wait=60", timeout=90).content
        asking = questions(server)
        with solving(server) as done, sampled(server) as memory:
            faults = report("London", clients(PORT, asking, seconds))
            with bare(bytes_, Path(folder)):
                alike = [{"kind": f"bare, {len(bytes_):,} bytes", "path": "/", "status": 200}]
                faults += report("Bare FastAPI route", clients(BARE, alike, seconds / 3))
        for what, held in zip(("server", "server and children"), zip(*memory, strict=True), strict=True):
            say(f"Memory of {what}", MB_at_most_in_each_quarter=quarters(held))
        say("Solves meanwhile", ended=dict(Counter(done)))
    return ended([*faults, *(f"a solve was {each}" for each in done if each in ("failed", "interrupted"))])


def quarters(held: Sequence[int]) -> list[int]:
    """The most that was held in each quarter of the time. Unit: MB."""
    part = -(-len(held) // 4)
    return [round(max(held[at : at + part]) / 1e6) for at in range(0, len(held), part)]


def questions(server: Serving) -> list[Seen]:
    """What clients ask, and how often."""
    tables = ("conflicts.json?page_size=20", "conflicts.csv?where=kind:opposition", "evidence.json?words=hospital")
    asked: list[Seen] = [
        {"kind": "JSON", "path": f"{CONFLICTS}.json", "share": 30, "status": 200},
        {"kind": "CSV", "path": f"{CONFLICTS}.csv", "share": 20, "status": 200},
        *({"kind": "table", "path": f"{CONFLICTS}/{each}", "share": 8, "status": 200} for each in tables),
    ]
    tag = httpx2.get(f"{server.url}{CONFLICTS}.json").headers["etag"]
    asked.append({**asked[0], "kind": "If-None-Match", "headers": {"If-None-Match": tag}, "share": 25, "status": 304})
    body = json.dumps({"system": json.loads(sample(LONDON))})
    headers = {"Content-Type": "application/json"}
    asked.append(
        {"kind": "POST", "method": "POST", "path": "/v1/analyses/conflicts", "body": body, "headers": headers}
        | {"share": 1, "status": 200}
    )
    # What is kept is made once, and asked for from then on.
    for each in asked:
        status = httpx2.request(
            each.get("method", "GET"),
            f"{server.url}{each['path']}",
            headers=each.get("headers", {}),
            content=each.get("body"),
            timeout=90,
        ).status_code
        assert status == each["status"], (each["path"], status)
    return asked


@contextmanager
def solving(server: Serving) -> Generator[list[str]]:
    """Two solves and more all the while; how each has ended."""
    over, done = threading.Event(), list[str]()

    def ask(verb: str, option: str) -> None:
        for number in itertools.count(1):
            if over.is_set():
                return
            url = f"{server.url}/v1/systems/england/{verb}.json?{option}={0.5 * number / (number + 3):.4f}&wait=0"
            run = httpx2.get(url, timeout=60).json()
            while run["state"] in ("queued", "running") and not over.wait(0.5):
                run = httpx2.get(f"{server.url}/v1/runs/{run['id']}", timeout=60).json()
            done.append(run["state"])

    askers = [threading.Thread(target=ask, args=each) for each in (("frontier", "voice"), ("coverage", "decay"))]
    for each in askers:
        each.start()
    until(lambda: httpx2.get(f"{server.url}/v1/runs?state=running").json()["runs"] != [])
    try:
        yield done
    finally:
        over.set()
        for each in askers:
            each.join()


@contextmanager
def sampled(server: Serving) -> Generator[list[tuple[int, int]]]:
    """What a server holds, and it with its children, twice a second. Unit: bytes."""
    over, held = threading.Event(), list[tuple[int, int]]()

    def look() -> None:
        while not over.wait(0.5):
            held.append((server.memory(children=False), server.memory()))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield held
    finally:
        over.set()
        looker.join()


@contextmanager
def bare(data: bytes, folder: Path) -> Generator[None]:
    """A route that gives these bytes."""
    file = folder / "bytes"
    file.write_bytes(data)
    process = subprocess.Popen([sys.executable, "-m", "tests.attacks.bare", str(file), str(BARE)], cwd=ROOT)
    try:
        until(lambda: _answers(f"http://127.0.0.1:{BARE}/"))
        yield
    finally:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx2.get(url).status_code == 200
    except httpx2.HTTPError:
        return False


def clients(port: int, asked: list[Seen], seconds: float) -> list[Seen]:
    """What clients in several processes saw."""
    plan = json.dumps({"port": port, "connections": CLIENTS // PROCESSES, "seconds": seconds, "questions": asked})
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(_client, [plan] * PROCESSES))


def _client(plan: str) -> Seen:
    command = [sys.executable, "-m", "tests.attacks.clients"]
    said = subprocess.run(command, cwd=ROOT, input=plan, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(said)


def report(what: str, seen: list[Seen]) -> list[str]:
    """Print how long answers took; what was wrong with them."""
    kinds = sorted({kind for each in seen for kind in each["took"]})
    took = {kind: sorted(s for each in seen for s in each["took"].get(kind, [])) for kind in kinds}
    every = sorted(itertools.chain(*took.values()))
    seconds = max(each["seconds"] for each in seen)
    busy = [round(each["used"] / each["seconds"], 2) for each in seen]
    wrong = [fault for each in seen for fault in each["wrong"]]
    say(what, requests=len(every), a_second=len(every) / seconds, errors=len(wrong), cores_used_by_clients=busy)
    for kind, times in {"all": every, **took}.items():
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
        say(f"  {kind}", of=len(times), p50_ms=1e3 * cuts[49], p95_ms=1e3 * cuts[94], p99_ms=1e3 * cuts[98])
    told = Counter(fault.partition("instance")[0] for fault in wrong)
    return [f"{what}: {number} times {fault}" for fault, number in told.items()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
