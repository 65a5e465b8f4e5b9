"""Servers as people start them, to be killed, frozen and asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx2
import psutil

from tests.postgres import postgres

ROOT: Final = Path(__file__).parents[2]

JSON: Final = {"Content-Type": "application/json"}


class Serving:
    """One `alignment serve`; a context, at whose end it is killed.

    Parameters
    ----------
    port
        Where it listens.
    database
        The URL of what it keeps.
    log
        Where its words go.
    settings
        What else is in its environment, without ALIGNMENT_.
    """

    def __init__(self, port: int, database: str, log: Path, **settings: object) -> None:
        self.port, self.url, self._log = port, f"http://127.0.0.1:{port}", log
        self._command = [sys.executable, "-m", "alignment", "serve", "--port", str(port), "--database", database]
        own = {f"ALIGNMENT_{name.upper()}": str(value) for name, value in settings.items()}
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **own}
        self.start()

    def start(self) -> None:
        """Start it, anew where it was killed."""
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def is_up(self, path: str = "/healthz") -> bool:
        """Whether it answers that it is well, or with `/readyz` that it can work."""
        with suppress(httpx2.HTTPError):
            return httpx2.get(f"{self.url}{path}", timeout=5).status_code == 200
        return False

    def wait(self, path: str = "/healthz", seconds: float = 400.0) -> None:
        """Wait until it is up."""
        until(lambda: self.is_up(path), seconds)

    def family(self) -> list[psutil.Process]:
        """It and all that it has started."""
        with suppress(psutil.NoSuchProcess):
            own = psutil.Process(self.process.pid)
            return [own, *own.children(recursive=True)]
        return []

    def children(self) -> list[psutil.Process]:
        """Its children; the tracker of multiprocessing's locks is none, nor is one that has ended already."""
        return [each for each in self.family()[1:] if "spawn_main" in _command_of(each)]

    def kill(self) -> list[psutil.Process]:
        """Kill it with -9; what it had started."""
        children = self.family()[1:]
        self.process.kill()
        self.process.wait()
        return children

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, and everything that it has started."""
        for each in self.family():
            each.send_signal(number)

    def memory(self, *, children: bool = True) -> int:
        """What it holds, with its children or without: the sum of their resident memory. Unit: bytes."""
        held = 0
        for each in self.family() if children else self.family()[:1]:
            with suppress(psutil.NoSuchProcess):
                held += each.memory_info().rss
        return held

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.send(signal.SIGCONT)
            gone(self.kill())


def _command_of(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def gone(processes: list[psutil.Process], seconds: float = 20.0) -> float:
    """Seconds until processes have ended; infinite where they do not."""
    begin = time.monotonic()
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    left = [each for each in alive if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    return float("inf") if left else time.monotonic() - begin


def until(holds: Callable[[], bool], seconds: float = 400.0, every: float = 0.05) -> float:
    """Seconds until something holds.

    Raises
    ------
    TimeoutError
        It does not hold in time.
    """
    begin = time.monotonic()
    while not holds():
        if time.monotonic() - begin > seconds:
            raise TimeoutError(f"not within {seconds:g} s")
        time.sleep(every)
    return time.monotonic() - begin


@contextmanager
def database(words: list[str], folder: Path) -> Generator[str]:
    """The URL of a database with nothing in it, of the kind that the command says."""
    if "postgresql" in words:
        with postgres() as found:
            yield found.url
    else:
        yield f"sqlite:///{folder}/kept.db"


def put(server: str, system: str, data: bytes, headers: Mapping[str, str] = JSON) -> httpx2.Response:
    """Put a system over what is there, else as a new one."""
    url = f"{server}/v1/systems/{system}"
    found = httpx2.put(url, content=data, headers={**headers, "If-Match": "*"}, timeout=120)
    if found.status_code == 412:
        found = httpx2.put(url, content=data, headers={**headers, "If-None-Match": "*"}, timeout=120)
    return found


def say(what: str, **figures: object) -> None:
    """Print what was seen, with the load of the machine beside it."""
    shown = ", ".join(f"{name.replace('_', ' ')} {_shown(value)}" for name, value in figures.items())
    sys.stdout.write(f"{what}: {shown} (load {os.getloadavg()[0]:.1f})\n")
    sys.stdout.flush()


def _shown(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def ended(faults: Sequence[str]) -> int:
    """The code with which an attack ends, once what was not well is said."""
    for fault in faults:
        say("NOT WELL", fault=fault)
    return int(bool(faults))
