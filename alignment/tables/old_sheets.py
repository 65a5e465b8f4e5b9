"""An old workbook read in a process of its own, which may fail as it likes.

What such a file says of its own size is believed by whoever reads it, and nothing short of reading tells whether that
is true. So the process has so much memory and time, and what it cannot do within them is not done.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

from . import values as reading
from .values import BROKEN, UnreadableError, Values

MOST_MEMORY: Final = 768 * 2**20
"""The memory of the process, in bytes."""

MOST_SECONDS: Final = 8
"""The time of the process."""

CHILD: Final = """
import pickle, runpy, sys
where, memory, most, *sys.path[:] = sys.argv[1:]
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, OSError, ValueError):
    pass
read = runpy.run_path(where)
try:
    said = [tuple(each) for each in read["values"](sys.stdin.buffer.read(), int(most))]
except read["UnreadableError"] as error:
    said = str(error)
sys.stdout.buffer.write(pickle.dumps(said))
"""
"""What the process does."""


def old_values(content: bytes, most: int) -> list[Values]:
    """The values of every sheet of an old workbook; parameters and errors as of `values`."""
    words = [sys.executable, "-c", CHILD, str(Path(reading.__file__)), str(MOST_MEMORY), str(most), *sys.path]
    try:
        done = subprocess.run(words, input=content, capture_output=True, timeout=MOST_SECONDS, check=False)  # noqa: S603 - our own
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(BROKEN) from error
    if done.returncode or not done.stdout:
        raise UnreadableError(BROKEN)
    said: list[tuple[str, bool, list[list[object]], reading.Ranges]] | str = pickle.loads(done.stdout)  # noqa: S301 - written a line above
    if isinstance(said, str):
        raise UnreadableError(said)
    return [Values(*each) for each in said]
