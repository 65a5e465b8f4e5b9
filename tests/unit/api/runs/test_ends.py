"""What remains of a server that is killed, and what is heard of its children until then: nothing."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from .conftest import until_true


def test_children_end_with_a_killed_server_and_write_nothing_before() -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.api.runs.server"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stderr is not None
    with server:
        said = server.stdout.readline()
        children = psutil.Process(server.pid).children()
        server.kill()
        begin = time.monotonic()
        until_true(lambda: not any(map(_alive, children)), 1.0)
        assert time.monotonic() - begin < 1
        rest = server.stdout.read() + server.stderr.read()
    assert said.startswith("Answered(stopped='finished') ")
    assert int(said.split()[-1]) in {each.pid for each in children}
    assert "SECRET" not in rest


def _alive(process: psutil.Process) -> bool:
    # The tracker of multiprocessing's locks says its farewell in its own time.
    try:
        return process.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False
