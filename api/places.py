"""Places for requests that bring a body: bodies take memory, so there are only so many at once."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from .refusals import BusyError


class Places:
    """The places of a server.

    Parameters
    ----------
    number
        How many there are.
    patience
        What those are told to wait who find none. Unit: seconds.
    """

    def __init__(self, number: int, patience: float) -> None:
        self._free = threading.BoundedSemaphore(number)
        self._patience = patience

    @contextmanager
    def place(self) -> Generator[None]:
        """A place for one request, from before its body is read.

        Raises
        ------
        BusyError
            All places are taken.
        """
        if not self._free.acquire(blocking=False):
            raise BusyError(self._patience)
        try:
            yield
        finally:
            self._free.release()
