"""Waiting for runs: those of this server are told of at once, those of others are looked for now and then."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool

from .store.nouns import Run
from .store.runs import Runs

LOOK: Final = 0.5
"""Seconds between two looks at a run that another server may work on."""


class Settled:
    """Who waits for which run, in one event loop.

    Parameters
    ----------
    runs
        The runs.
    """

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._loop = asyncio.get_running_loop()
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._closing = asyncio.Event()

    def tell(self, run: str) -> None:
        """Say, from any thread, that something has happened to a run."""
        with suppress(RuntimeError):  # the loop may have ended first
            self._loop.call_soon_threadsafe(self._wake, run)

    def close(self) -> None:
        """Let nobody wait any more, from any thread: the server stops."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        self._closing.set()
        for run in tuple(self._waiting):
            self._wake(run)

    @property
    def closing(self) -> bool:
        """Whether the server stops."""
        return self._closing.is_set()

    async def ended(self, run: Run, seconds: float) -> Run:
        """A run once it has ended, or as it stands after some seconds."""
        end = time.monotonic() + seconds
        while not run.has_ended and not self.closing and (left := end - time.monotonic()) > 0:
            await self.something(run.id, min(left, LOOK))
            run = await run_in_threadpool(self._runs.get, run.id)
        return run

    async def something(self, run: str, seconds: float) -> None:
        """Wait until something happens to a run, or for some seconds."""
        woken = asyncio.Event()
        self._waiting[run].add(woken)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await woken.wait()
        finally:
            self._waiting[run].discard(woken)
            if not self._waiting[run]:
                del self._waiting[run]

    def _wake(self, run: str) -> None:
        for each in self._waiting.get(run, ()):
            each.set()
