"""The doors fuzzed by the OpenAPI document: ``python -m tests.api_fuzz --cases 5000 --database postgresql --keys``.

A server of its own (`alignment serve`, with its children) is asked by schemathesis, in rounds until there are so many
cases: in each the examples of every operation, the edges of every parameter of a part of the operations, random
requests to all, and chains of requests that follow the links of answers. No answer may be a failure of the server, of
a status or a type that is not declared, or otherwise than its schema says; and where keys are needed nobody comes in
without one. Rounds with keys are asked by an owner, an editor and a reader in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

import requests

from tests.asked_of_doors import PHASES, Json, Tally, fuzzed, put
from tests.postgres import postgres

ROLES: Final = ("owner", "editor", "reader")

PATIENCE: Final = 300
"""How long a server may take to start. Unit: seconds."""

PARTS: Final = 40
"""In so many rounds the edges of every operation have been tried."""


@contextmanager
def served(database: str, folder: Path, *, keys: bool) -> Generator[str]:
    """A server that keeps things in a database, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "alignment", "serve", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=_environment(database, keys=keys), stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def _environment(database: str, *, keys: bool) -> dict[str, str]:
    own = {"ALIGNMENT_DATABASE": database, "ALIGNMENT_KEYS": "required" if keys else "open"}
    return {**os.environ, **own}


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address):
                return
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def key_of(database: str, role: str) -> str:
    """A new key, as whoever runs a server gives it."""
    command = [sys.executable, "-m", "alignment", "keys", "new", role, "--role", role]
    said = subprocess.run(command, env=_environment(database, keys=True), check=True, capture_output=True, text=True)
    [found] = re.findall(r"al_[\w-]{30,}", said.stdout)
    return found


def headers_of(database: str, *, keys: bool) -> Sequence[dict[str, str]]:
    """Who asks, round by round."""
    if not keys:
        return [{}]
    return [{"Authorization": f"Bearer {key_of(database, role)}"} for role in ROLES]


def rounds(base: str, who: Sequence[dict[str, str]], cases: int, seed: int) -> Iterator[Tally]:
    """Round after round until there are so many cases."""
    with urlopen(f"{base}/openapi.json") as answer:
        document: Json = json.load(answer)
    ids = [each["operationId"] for item in document["paths"].values() for each in item.values()]
    done, owner = 0, requests.Session()
    owner.headers.update(who[0])
    while done < cases:
        put(owner, base)
        headers = who[seed % len(who)]
        edges = ids[seed % PARTS :: PARTS]
        for tally in (
            fuzzed(document, base, asked(seed, ["coverage"], 1, headers), ids=edges),
            fuzzed(document, base, asked(seed, [each for each in PHASES if each != "coverage"], 4, headers)),
        ):
            done += tally.cases
            yield tally
        seed += 1


def asked(seed: int, phases: Sequence[str], examples: int, headers: dict[str, str]) -> Json:
    """The configuration of a round."""
    found: Any = {
        "seed": seed,
        "headers": headers,
        "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
        "phases": {name: {"enabled": name in phases} for name in PHASES},
    }
    found["phases"]["stateful"]["generation"] = {"max-examples": 30 * examples, "database": "none", "no-shrink": True}
    return found


@contextmanager
def database_of(word: str, folder: Path) -> Generator[str]:
    """Where things are kept: a file, a PostgreSQL of its own, or what a URL says."""
    with postgres() if word == "postgresql" else nullcontext() as found:
        yield found.url if found else f"sqlite:///{folder}/kept.db" if word == "sqlite" else word


def main(words: Sequence[str]) -> int:
    """Fuzz, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql (one of its own), or a URL")
    parser.add_argument("--keys", action="store_true", help="nobody comes in without a key")
    given = parser.parse_args(words)
    began, tally = time.perf_counter(), Tally()
    with tempfile.TemporaryDirectory() as home, database_of(given.database, Path(home)) as database:
        who = headers_of(database, keys=given.keys)
        with served(database, Path(home), keys=given.keys) as base:
            for each in rounds(base, who, given.cases, given.seed):
                tally.add(each)
                _say(f"{tally.cases} cases, {len(tally.failures)} failures, {time.perf_counter() - began:.0f} s")
    _say(*tally.lines())
    for what, request in tally.failures.items():
        _say("", what, request)
    return int(bool(tally.failures))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
