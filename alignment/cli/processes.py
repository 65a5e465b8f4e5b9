"""Processes that share work, and leave Ctrl-C to the one that started them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from threading import current_thread, main_thread


def processes(number: int) -> Callable[[], Executor] | None:
    """What makes an executor of some processes; nothing where one is enough, which is this.

    Parameters
    ----------
    number
        How many.
    """
    return None if number == 1 else lambda: _pool(number)


def _pool(number: int) -> Executor:
    # A process that is a copy of this one would have locks whose threads it has not.
    pool = ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_deaf)
    with _deafened():
        pool.submit(_deaf)
    return pool


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _deafened() -> Generator[None]:
    """Processes that are started now do not hear Ctrl-C, not even while they start."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
