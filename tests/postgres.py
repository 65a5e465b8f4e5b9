"""A throw-away PostgreSQL, for tests of what is kept."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

HOMES: Final = Path("/usr/lib/postgresql")
"""Where Debian puts it, a folder a version."""

SETTINGS: Final = ("listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off", "max_connections=100")

MAKING: Final = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")

IS_ROOT: Final = hasattr(os, "geteuid") and os.geteuid() == 0

NEEDED: Final = "ALIGNMENT_NEEDS_POSTGRES"
"""Where this is set in the environment, as in CI, tests fail where there is no PostgreSQL; else they are skipped."""


@dataclass
class Postgres:
    """A server that can be stopped and started again.

    Attributes
    ----------
    url
        Where it is.
    """

    url: str
    _control: Sequence[str]
    _options: str

    def start(self) -> None:
        """Let it run; its log is beside its data."""
        _run([*self._control, "-o", self._options, "start"])

    def stop(self) -> None:
        """Stop it at once, as a machine that fails would: what goes on there is lost."""
        _run([*self._control, "-m", "immediate", "stop"])


@contextmanager
def postgres() -> Generator[Postgres]:
    """A server that is there until the end; skips, or fails, where it is not installed."""
    binaries = _binaries()
    if binaries is None:
        say = pytest.fail if os.environ.get(NEEDED) else pytest.skip
        say("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    home = Path(tempfile.mkdtemp(prefix="alignment-postgres-"))
    if IS_ROOT:
        shutil.chown(home, "postgres")
    port = _free_port()
    control = [str(binaries / "pg_ctl"), "-D", str(home / "data"), "-w", "-l", str(home / "log")]
    options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"port={port}"))
    found = Postgres(f"postgresql://postgres@127.0.0.1:{port}/postgres", control, options)
    try:
        _run([str(binaries / "initdb"), "-D", str(home / "data"), *MAKING])
        found.start()
        try:
            yield found
        finally:
            found.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries() -> Path | None:
    """Where its programs are, of the newest version."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    homes = sorted(HOMES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return homes[-1].parent if homes else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _run(command: Sequence[str]) -> None:
    # It refuses to run as root. A server that stays would keep a pipe open for ever.
    other = ["runuser", "-u", "postgres", "--"] if IS_ROOT else []
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [*other, *command], cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
