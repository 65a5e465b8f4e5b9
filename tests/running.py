"""Running the command line, in this process and in one of its own."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pandas as pd
import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals and devices")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What was said, however it was wrapped."""
        return " ".join(self.err.split())

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def frame(self) -> pd.DataFrame:
        return pd.read_csv(io.StringIO(self.out))


Runner = Callable[..., Ran]


def process(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PYTHONIOENCODING")}
    return subprocess.Popen(
        [sys.executable, "-m", "alignment", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**plain, **environment},
    )


def finished(job: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    out, err = job.communicate(timeout=120)
    return job.returncode, out, err.decode()


def interrupted(*words: str, once: str) -> tuple[int, bytes, str]:
    """A command at a terminal where Ctrl-C is pressed once it has told that it is so far.

    Parameters
    ----------
    *words
        The command.
    once
        A pattern of what it tells.

    Returns
    -------
    tuple
        Its exit code, its answer, and all that the terminal showed.
    """
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    job = subprocess.Popen(
        [sys.executable, "-m", "alignment", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
        start_new_session=True,
    )
    os.close(theirs)
    heard: list[str] = []
    so_far = threading.Event()

    def listen() -> None:
        for piece in _pieces(terminal):
            heard.append(piece)
            if re.search(once, "".join(heard)):
                so_far.set()
        so_far.set()

    with job, os.fdopen(ours, "rb", buffering=0) as terminal:
        listener = threading.Thread(target=listen)
        listener.start()
        try:
            assert so_far.wait(120), heard
            os.killpg(job.pid, signal.SIGINT)  # as a terminal does: every process of the command hears it
            out, _ = job.communicate(timeout=120)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(job.pid, signal.SIGKILL)
            listener.join(30)
    return job.returncode, out, " ".join("".join(heard).split())


def _pieces(terminal: io.RawIOBase) -> Iterator[str]:
    """What a terminal shows, until nobody writes to it any more."""
    with suppress(OSError):  # which is how Linux says so
        while piece := terminal.read(10_000):
            yield piece.decode(errors="replace")
