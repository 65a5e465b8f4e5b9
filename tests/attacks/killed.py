"""A server killed with -9 at work, over and over: ``python -m tests.attacks.killed [postgresql] [times]``.

Three clients put London, England and a made nation over and over, as JSON and as workbooks, while questions are asked
that take seconds; at a random moment the server is killed, fifty times. In the end every upload that was acknowledged
has to be there, whole by hash and with the rows that were sent; versions are numbered without a gap; every run has
ended, once, as finished or as interrupted after three tries; and of each killed server no child went on.
"""

from __future__ import annotations

import hashlib
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import httpx2

import alignment as al
from alignment.api.media import SystemForm
from alignment.api.store.errors import NotThere
from alignment.api.store.store import Store

from .asking import ENDS, counted, opened, wrongs
from .samples import ENGLAND, LONDON, TYPES, content, sample
from .serving import Serving, database, ended, gone, put, say, until

PORT: Final = 8919
LEASE: Final = 3
SENT: Final[tuple[tuple[str, str, SystemForm], ...]] = (
    ("london", LONDON, "json"),
    ("england", ENGLAND, "xlsx"),
    ("nation", "nation", "xlsx"),
)
KINDS: Final = 4
"""How many systems that differ each client puts in turn."""


class Attack:
    """What was acknowledged while servers were killed."""

    def __init__(self, server: Serving) -> None:
        self.server = server
        self.kept: dict[tuple[str, int], tuple[str, str]] = {}
        """The hash of the bytes and of the content of each version that was acknowledged."""
        self.runs, self.wrong = list[str](), list[str]()
        self.dice = random.Random(14)
        self.slowest_end = 0.0
        self.rounds = 0

    def round(self, number: int) -> None:
        """One server from its start until it is killed."""
        over = threading.Event()
        if self.server.process.poll() is not None:
            self.server.start()
        self.server.wait()
        clients = [threading.Thread(target=self._put, args=(over, *sent)) for sent in SENT]
        clients.append(threading.Thread(target=self._ask, args=(over, number)))
        for each in clients:
            each.start()
        # Every fourth dies before its children are warm, the others once one of the clients has put something.
        which = SENT[number % len(SENT)][0]
        before = self._put_of(which)
        if number % 4:
            until(lambda: self._put_of(which) > before)
        time.sleep(self.dice.uniform(0, 2))
        children = self.server.kill()
        over.set()
        self.slowest_end = max(self.slowest_end, gone(children))
        for each in clients:
            each.join()
        self.rounds += 1

    def _put_of(self, system: str) -> int:
        return sum(each == system for each, _ in tuple(self.kept))

    def _put(self, over: threading.Event, system: str, name: str, form: SystemForm) -> None:
        for number in range(10**6):
            if over.is_set():
                return
            which = number % KINDS
            with suppress(httpx2.HTTPError):
                found = put(self.server.url, system, sample(name, form, which), TYPES[form])
                if found.status_code in (200, 201):
                    said = found.json()
                    self.kept[system, said["number"]] = (said["hash"], content(name, which))
                elif found.status_code not in (412, 503):
                    self.wrong.append(f"{system} was answered {found.status_code} {found.text[:200]}")
            over.wait(0.05)

    def _ask(self, over: threading.Event, number: int) -> None:
        # The question of the round before, too: it is joined, or its answer is there, or it was given up.
        for which in (number, max(0, number - 1)):
            analysis, voice = "propose" if which % 3 else "frontier", f"0.{which % 100:02}5"
            with suppress(httpx2.HTTPError):
                url = f"{self.server.url}/v1/systems/basis/{analysis}.json?voice={voice}&wait=0"
                found = httpx2.get(url, timeout=30)
                if found.status_code == 202:
                    self.runs.append(found.json()["id"])
            over.wait(0.5)


def main(words: list[str]) -> int:
    """Kill, look at what is left, and print."""
    times = next((int(word) for word in words if word.isdecimal()), 50)
    enough = threading.Event()

    def stop(*_: object) -> None:
        enough.set()

    signal.signal(signal.SIGINT, stop)
    for _, name, form in SENT:
        for which in range(KINDS):
            sample(name, form, which)
    with tempfile.TemporaryDirectory() as folder, database(words, Path(folder)) as url:
        log = Path(folder) / "log"
        with Serving(PORT, url, log, lease=LEASE, queue=400, workers=1) as server:
            server.wait("/readyz")
            put(server.url, "basis", sample(LONDON))
            attack, begin = Attack(server), time.monotonic()
            while attack.rounds < times and not enough.is_set():
                attack.round(attack.rounds)
                say("So far", rounds=attack.rounds, acknowledged=len(attack.kept), runs=len(set(attack.runs)))
            killing = time.monotonic() - begin
            server.start()
            server.wait("/readyz")
            settled = until(lambda: not set(counted(url)) & {"queued", "running"}, 900, 0.5)
        faults = list(attack.wrong)
        faults += [
            f"{system} was never put" for system, _, _ in SENT if not any(each == system for each, _ in attack.kept)
        ]
        faults += wrongs(url, attack.runs)
        with opened(url) as store:
            found = Counter[str]()
            faults += whole(store, attack.kept, found)
            ends = Counter(store.runs.get(run).state for run in set(attack.runs))
        faults += ["a child went on"] * (attack.slowest_end == float("inf"))
        faults += [] if set(ends) <= set(ENDS) else [f"runs stand as {ends}"]
        say("Killed", times=attack.rounds, seconds=killing, children_gone_at_most_s=attack.slowest_end)
        say("Uploads", acknowledged=len(attack.kept), kept=dict(found), largest_bytes=len(sample("nation", "xlsx")))
        say("Runs", asked=len(set(attack.runs)), ended=dict(ends), settled_after_the_last_start_s=settled)
        say("Words of the log", **{each: log.read_text().count(f'"{each}"') for each in ("error", "warning")})
    return ended(faults)


def whole(store: Store, kept: dict[tuple[str, int], tuple[str, str]], found: Counter[str]) -> list[str]:
    """What is not as it was acknowledged, of every version that is there."""
    faults: list[str] = []
    for system, _, _ in SENT:
        versions = _versions(store, system)
        found[system] = len(versions)
        if sorted(versions) != list(range(1, len(versions) + 1)):
            faults.append(f"{system} has versions {sorted(versions)}")
        said = {number: each for (name, number), each in kept.items() if name == system}
        faults += [f"{system} {number} is not there" for number in said.keys() - versions.keys()]
        for digest in set(versions.values()):
            data = store.systems.content(digest)
            numbers = [number for number, each in versions.items() if each == digest]
            is_sent = _hash_of(data) in {said[number][1] for number in numbers if number in said} | _sent(system)
            if hashlib.sha256(data).hexdigest() != digest or not is_sent:
                faults.append(f"{system} {numbers} is not what was sent")
        faults += [f"{system} {number} differs" for number, (each, _) in said.items() if versions.get(number) != each]
        for number, (digest, rows) in said.items():
            if _hash_of(store.systems.content(digest)) != rows:
                faults.append(f"{system} {number} has other rows than those sent")
    return faults


def _versions(store: Store, system: str) -> dict[int, str]:
    """The hash of every version that is there."""
    try:
        return {each.number: each.hash for each in store.systems.versions(system, most=100_000)}
    except NotThere:
        return {}


HASHES: Final[dict[bytes, str]] = {}


def _hash_of(data: bytes) -> str:
    """The hash of the rows of a document."""
    if data not in HASHES:
        HASHES[data] = _read(data).hash
    return HASHES[data]


def _read(data: bytes) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        Path(file.name).write_bytes(data)
        return al.read(file.name)


def _sent(system: str) -> set[str]:
    [name] = [name for each, name, _ in SENT if each == system]
    return {content(name, which) for which in range(KINDS)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
