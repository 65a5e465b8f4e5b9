"""Work spread over an executor, in chunks: each is answered once, and those that get lost are done again."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

from alignment.errors import MissingExtra, OptionError, SolverTrouble

Chunk = TypeVar("Chunk")
Found = TypeVar("Found")

Where = Executor | Callable[[], Executor] | str | None
"""Where work is done: an executor; a function that makes one; the address of a Dask scheduler; or in this process."""

AGAIN: Final = 3
"""How often a chunk that got lost is done again, and how many executors are made anew."""

LONGEST: Final = 3600.0 * 24 * 365
"""Seconds to wait where there is no end; platforms refuse to wait for ever longer."""


class Spread(Generic[Chunk, Found]):
    """Chunks of work, done by an executor or here; a context, at whose end nothing of it goes on.

    Parameters
    ----------
    work
        Does a chunk elsewhere; it can be sent to another process.
    here
        Does a chunk in this process.
    where
        Who does it. What a function makes is closed at the end, and made anew when one of its workers is killed.
    """

    def __init__(self, work: Callable[[Chunk], Found], here: Callable[[Chunk], Found], where: Where) -> None:
        self._work, self._here = work, here
        self._stack = ExitStack()
        self._make = where if callable(where) else None
        self._executor = self._stack.enter_context(connected(where)) if isinstance(where, str) else None
        if isinstance(where, Executor):
            self._executor = where
        self._waiting: list[Chunk] = []
        self._running: dict[Future[Found], Chunk] = {}
        self._lost: dict[Chunk, int] = {}
        self._made = 0

    def begin(self, chunks: Iterable[Chunk]) -> None:
        """Hand chunks to whoever does them."""
        for chunk in chunks:
            self._submit(chunk)

    def results(self, end: float | None = None) -> Iterator[tuple[Chunk, Found]]:
        """Every chunk that was begun, with what was found, in any order; until the end, in `time.monotonic`."""
        while self._running and not _over(end):
            done, _ = wait(self._running, _left(end), FIRST_COMPLETED)
            again: list[Chunk] = []
            for future in done:
                chunk = self._running.pop(future)
                try:
                    found = future.result()
                except Exception as error:
                    if not _is_lost(error):
                        raise
                    self._count(chunk, error)
                    again.append(chunk)
                else:
                    yield chunk, found
            self._redo(again)
        while self._waiting and not _over(end):
            chunk = self._waiting.pop(0)
            yield chunk, self._here(chunk)

    def _submit(self, chunk: Chunk) -> None:
        if self._executor is None and self._make is not None:
            self._executor = self._make()
            self._made += 1
        if self._executor is None:
            self._waiting.append(chunk)
            return
        try:
            self._running[self._executor.submit(self._work, chunk)] = chunk
        except BrokenExecutor as error:
            self._broke(error)
            self._submit(chunk)

    def _redo(self, chunks: Iterable[Chunk]) -> None:
        for chunk in chunks:
            self._submit(chunk)

    def _broke(self, error: BaseException) -> None:
        """Go on with a fresh executor, where that is ours to make; else here."""
        executor, self._executor = self._executor, None
        if self._make is None:
            warnings.warn(
                "The executor broke, as one of its workers ended. The rest is done in this process.",
                RuntimeWarning,
                stacklevel=2,
            )
            return
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)
        if self._made > AGAIN:
            raise SolverTrouble(f"Workers ended {self._made} times over; {AGAIN} executors were made anew.") from error

    def _count(self, chunk: Chunk, error: BaseException) -> None:
        # A broken executor loses all its chunks, whichever of them broke it: executors are counted instead.
        if isinstance(error, BrokenExecutor):
            return
        self._lost[chunk] = self._lost.get(chunk, 0) + 1
        if self._lost[chunk] > AGAIN:
            raise SolverTrouble(f"Part of the work was lost {AGAIN + 1} times over: {error}") from error

    def __enter__(self) -> Spread[Chunk, Found]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._make is None:
            for future in self._running:
                future.cancel()
        elif self._executor is not None:
            # It cancels them itself: one that breaks fails all it has, and trips over those that others cancelled.
            _close(self._executor, idle=not self._running and kind is None)
        self._running.clear()
        self._stack.close()


def _close(executor: Executor, *, idle: bool) -> None:
    """Close an executor that we made; a chunk that goes on is for nobody, and its process is ended."""
    processes: dict[int, Any] = {} if idle else dict(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=idle, cancel_futures=True)
    for process in processes.values():
        process.terminate()


def _is_lost(error: BaseException) -> bool:
    """Whether a chunk got lost on the way, and may well be done by another worker."""
    elsewhere = type(error).__module__.partition(".")[0] == "distributed"
    return elsewhere or isinstance(error, BrokenExecutor | CancelledError | EOFError | ConnectionError)


def _left(end: float | None) -> float:
    return LONGEST if end is None else max(0.0, end - time.monotonic())


def _over(end: float | None) -> bool:
    return _left(end) == 0


@contextmanager
def connected(address: str) -> Generator[Executor]:
    """An executor on the workers of a Dask scheduler.

    Parameters
    ----------
    address
        The scheduler's, such as tcp://10.0.0.1:8786.

    Raises
    ------
    MissingExtra
        Dask is not installed.
    OptionError
        Nobody answers there.
    """
    try:
        import distributed  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise MissingExtra("cluster", "Work on a Dask cluster") from None
    distributed_client: Any = distributed.Client
    try:
        client = distributed_client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise OptionError(f"No Dask scheduler answers at {address}: {error}") from None
    with client:
        yield client.get_executor(retries=AGAIN)
