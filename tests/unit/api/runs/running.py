"""Servers in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

ROOT: Final = Path(__file__).parents[4]


@contextmanager
def server(*words: str) -> Generator[subprocess.Popen[str]]:
    """A server until the end, at which it is killed; without words one that chatters, else that of a store's URL."""
    command = [sys.executable, "-m", "tests.unit.api.runs.server", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    """What a server says next: the word by which it holds runs."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def children_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The children of a server."""
    # The tracker of multiprocessing's locks says its farewell in its own time.
    found = psutil.Process(process.pid).children()
    return [each for each in found if "resource_tracker" not in " ".join(each.cmdline())]
