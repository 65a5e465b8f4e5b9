"""A disk that is full while systems are put over HTTP: ``python -m tests.attacks.full`` (Linux, as root).

SQLite on a file system of 24 MB in memory, which other files fill until next to nothing is left. PUT has to be 507
with a problem that says so, leave no half-written version, and work again once there is room; what was put before is
whole all the while, and what needs no room is answered.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx2

from alignment.api.uploads import bytes_of
from benchmarks.national import national

from .asking import opened
from .serving import Serving, ended, put, say

PORT: Final = 8920
SIZE: Final = 24_000_000
LEFT: Final = 200_000
"""How much room is left. Unit: bytes."""


def main() -> int:
    """Fill, put, make room, put, and print."""
    faults: list[str] = []
    with small_disk() as disk:
        url, ballast = f"sqlite:///{disk}/kept.db", disk / "ballast"
        with Serving(PORT, url, disk.parent / "log") as server:
            server.wait("/readyz")
            before = put(server.url, "nation", document(0))
            size = fill(disk, ballast)
            # What the write-ahead log has room for may still fit.
            tried = [put(server.url, "nation", document(number)) for number in range(1, 8)]
            refused = [each for each in tried if each.status_code == 507]
            while_full = [f"{path} {_status(server, path)}" for path in PATHS]
            faults += [f"while full, {each}" for each in while_full if not each.endswith(" 200")]
            ballast.unlink()
            after = put(server.url, "nation", document(8))
            say(
                "Disk full",
                ballast_bytes=size,
                put_before=before.status_code,
                while_full=[each.status_code for each in tried],
                problem=refused[-1].json()["type"] if refused else None,
                others=while_full,
                once_there_is_room=after.status_code,
            )
            codes = [each.status_code for each in (before, *tried, after)]
            faults += [] if set(codes[1:-1]) <= {200, 507} and len(refused) > 2 else [f"answers were {codes}"]
            faults += [] if (codes[0], codes[-1]) == (201, 200) else [f"answers were {codes}"]
        faults += _left(url, [each for each in (before, *tried, after) if each.status_code != 507])
    return ended(faults)


PATHS: Final = ("/healthz", "/readyz", "/v1/systems/nation", "/v1/systems/nation/versions", "/v1/runs")


def _left(url: str, acknowledged: list[httpx2.Response]) -> list[str]:
    with opened(url) as store:
        versions = store.systems.versions("nation")
        whole = all(
            hashlib.sha256(store.systems.get("nation", each.number).data).hexdigest() == each.hash for each in versions
        )
        hashes = [each.hash for each in versions]
    said = [each.json()["hash"] for each in reversed(acknowledged)]
    return [] if whole and hashes == said else [f"kept are {hashes}, acknowledged {said}"]


def document(number: int) -> bytes:
    """A system of 1.5 MB that hardly shrinks; each number is another."""
    return bytes_of(national(100, 300, 8_000, 1_200, seed=number), "json")


def fill(disk: Path, ballast: Path) -> int:
    """Leave next to no room; how large the ballast is."""
    room = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, room.f_bavail * room.f_frsize - LEFT)))
    return ballast.stat().st_size


def _status(server: Serving, path: str) -> int:
    return httpx2.get(f"{server.url}{path}", timeout=60).status_code


@contextmanager
def small_disk() -> Generator[Path]:
    """A file system of its own."""
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
        try:
            yield disk
        finally:
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["umount", "-l", str(disk)], check=True)


if __name__ == "__main__":
    sys.exit(main())
