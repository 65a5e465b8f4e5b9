"""Several threads at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")


def together(number: int, work: Callable[[int], Found]) -> list[Found]:
    """What work gives for 0, 1, ..., begun at the same moment by as many threads."""
    start = threading.Barrier(number)

    def one(which: int) -> Found:
        start.wait()
        return work(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))
