"""A server that is killed while it puts leaves whole versions or none."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from alignment.api.store.store import Store

ROOT = Path(__file__).parents[2]

ROUNDS = 2
SYSTEMS = ("leeds", "london")


def test_what_was_acknowledged_is_whole(store: Store, url: str) -> None:
    acknowledged = {system: dict[int, str]() for system in SYSTEMS}
    for number in range(ROUNDS):
        for system, said in zip(SYSTEMS, _killed(url, wait=0.1 + 0.2 * number), strict=True):
            acknowledged[system].update(said)
    for system, said in acknowledged.items():
        assert len(said) >= ROUNDS
        versions = store.systems.versions(system, most=10_000)
        kept = {version.number: version.hash for version in versions}
        # No more than one a round was written and not said.
        assert said.items() <= kept.items()
        assert len(kept) <= len(said) + ROUNDS
        assert sorted(kept) == list(range(1, len(kept) + 1))
        for version in versions:
            data = store.systems.get(system, version.number).data
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (version.hash, 400_000)


def _killed(url: str, wait: float) -> list[dict[int, str]]:
    """What processes acknowledged that were killed some time after each had put its first."""
    command = [sys.executable, "-m", "tests.store.putting", url]
    with ExitStack() as stack:
        jobs = [stack.enter_context(_job([*command, system])) for system in SYSTEMS]
        heard = [job.stdout for job in jobs if job.stdout is not None]
        first = [pipe.readline() for pipe in heard]
        time.sleep(wait)
        for job in jobs:
            job.kill()
        return [_versions(begin + pipe.read()) for begin, pipe in zip(first, heard, strict=True)]


def _job(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _versions(said: str) -> dict[int, str]:
    whole = (line.split() for line in said.splitlines(keepends=True) if line.endswith("\n"))
    return {int(number): content for number, content in whole}
