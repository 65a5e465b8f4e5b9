"""What starting costs: `import alignment` and ``alignment --help``, against Python alone and pandas."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.timing import ROOT

SCRIPTS: Final = {
    "python alone": ("-c", "pass"),
    "import pydantic": ("-c", "import pydantic; pydantic.BaseModel"),
    "import pandas": ("-c", "import pandas"),
    "import alignment": ("-c", "import alignment"),
    "import alignment, and read": ("-c", "import alignment; alignment.read('winter-pressure')"),
    "alignment --version": ("-m", "alignment", "--version"),
    "alignment --help": ("-m", "alignment", "--help"),
}
"""What is started, by what it is called."""

USED: Final = """
import os, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime)
"""
"""Seconds of processor of one child, whatever else the machine does."""


def seconds(words: Sequence[str], times: int) -> float:
    """The middle of some starts, the first not counted: it fills the caches."""
    command = [sys.executable, "-c", USED, sys.executable, *words]
    found = [
        float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for _ in range(times + 1)
    ]
    return statistics.median(found[1:])


def report(times: int) -> Iterator[str]:
    """Each of the scripts, as a multiple of Python alone and of pandas."""
    yield ""
    yield f"Starting (seconds of processor, the middle of {times})"
    yield f"{'':40}{'seconds':>12}{'pythons':>12}{'pandas':>12}"
    found = {name: seconds(words, times) for name, words in SCRIPTS.items()}
    alone, pandas = found["python alone"], found["import pandas"]
    for name, took in found.items():
        yield f"  {name:38}{took:12.3f}{took / alone:12.1f}{took / pandas:12.2f}"
