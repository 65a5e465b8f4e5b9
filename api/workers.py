"""Who does the work: a few threads beside the event loop, so that the server goes on listening.

A thread cannot be ended from outside. A search whose client leaves, or that takes too long, is told and ends soon. It
keeps its place among the workers until then, so there are never more at work than was allowed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from alignment.solver import until

from .refusals import BusyError, TooSlowError
from .settings import Settings

Answer = TypeVar("Answer")


class Workers:
    """The threads of a server, and the places for requests.

    Parameters
    ----------
    settings
        How many there are, and how long they may take.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places = threading.BoundedSemaphore(settings.places)
        self._pool = ThreadPoolExecutor(settings.workers, thread_name_prefix="alignment")

    @contextmanager
    def place(self) -> Generator[None]:
        """A place for one request, from before its body is read: bodies take memory.

        Raises
        ------
        BusyError
            All places are taken.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError(self._settings.patience)
        try:
            yield
        finally:
            self._places.release()

    async def run(self, work: Callable[[], Answer], gone: Awaitable[Any]) -> Answer:
        """What some work gives, done by a worker when one is free.

        Parameters
        ----------
        work
            The work.
        gone
            Done when nobody waits for the answer any more; work that has not begun is then left, and searches end.

        Raises
        ------
        BusyError
            No worker was free in time, or nobody waits for the answer any more.
        TooSlowError
            The work takes longer than is allowed.
        """
        over = threading.Event()
        job = self._pool.submit(_told, over, work)
        answer, left = asyncio.wrap_future(job), asyncio.ensure_future(gone)
        try:
            await self._turn(job, answer, left)
            limit = self._settings.answer_limit
            await asyncio.wait([answer, left], timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            raise BusyError(self._settings.patience) if left.done() else TooSlowError(limit)
        finally:
            over.set()
            left.cancel()
            answer.cancel()

    async def _turn(self, job: Future[Any], *ends: asyncio.Future[Any]) -> None:
        """Wait until the work has surely begun."""
        patience = self._settings.patience
        await asyncio.wait(ends, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        if job.cancel():
            raise BusyError(patience)

    def close(self) -> None:
        """Begin no more work."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _told(over: threading.Event, work: Callable[[], Answer]) -> Answer:
    """Some work whose searches end once nobody wants them any more."""
    with until(over):
        return work()
