"""The words by which servers hold runs: which machine, which process, and since when, so that its end can be told."""

from __future__ import annotations

import os
import re
import secrets
import socket
from functools import cache
from pathlib import Path
from typing import Final

from .processes import started

BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
"""What Linux calls the time since it was started: no other machine has the same word, whatever its name."""

SPACE: Final = Path("/proc/self/ns/pid")
"""What Linux calls the numbers that processes go by here: those of a container are its own."""

SHAPE: Final = re.compile(r"(?P<machine>.+)/(?P<pid>\d+)/(?P<started>[\d.]+)/[0-9a-f]+")

SHIFT: Final = 2.0
"""By how much a start may seem to differ, as it is told from the boot by a clock that is corrected. Unit: seconds."""


def new_owner() -> str:
    """A word for a server of this process, that no other has and that is not made twice."""
    pid = os.getpid()
    return f"{_machine()}/{pid}/{started(pid) or 0.0:.2f}/{secrets.token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Whether an owner is known to have ended: its process was one of this machine, and is no more.

    Parameters
    ----------
    owner
        A word of `new_owner`, by whatever machine; nothing is known of others.

    Examples
    --------
    >>> is_dead(new_owner()), is_dead("somebody")
    (False, False)
    """
    parts = SHAPE.fullmatch(owner)
    if parts is None or parts["machine"] != _machine():
        return False
    now = started(int(parts["pid"]))
    # Of one whose start is hidden, NaN, nothing is known: no comparison holds.
    return now is None or abs(now - float(parts["started"])) > SHIFT


@cache
def _machine() -> str:
    """The machine that runs this; a container is another one, and so it is after a restart."""
    try:
        beside = f"{BOOT.read_text().strip()}:{SPACE.readlink()}"
    except OSError:
        beside = ""
    return re.sub(r"[^\w.:-]", "", f"{socket.gethostname()}:{beside}") or "here"
