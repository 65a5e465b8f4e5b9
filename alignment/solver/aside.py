"""Searches in threads of their own. Python waits for them when it ends: were they to die with it, that is an abort."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Final

from .clock import GRACE

Search = tuple[Callable[[], None], threading.Event]
"""How a search is told to end, and whether it has."""

_RUNNING: Final[dict[int, Search]] = {}


def aside(run: Callable[[], None], cancel: Callable[[], None], done: threading.Event) -> None:
    """Run something in a thread.

    Parameters
    ----------
    run
        What; it raises nothing.
    cancel
        Tells it to end.
    done
        Set when it has ended. Waited for instead of the thread: a join that Ctrl-C breaks into takes a running thread
        for ended (CPython < 3.13).
    """
    number = id(done)

    def running() -> None:
        try:
            run()
        finally:
            _RUNNING.pop(number, None)
            done.set()

    _RUNNING[number] = cancel, done
    threading.Thread(target=running, daemon=True).start()


@atexit.register
def _end_all() -> None:
    for cancel, done in list(_RUNNING.values()):
        cancel()
        done.wait(2 * GRACE)
