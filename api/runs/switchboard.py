"""Where children call in: one listener, one line a child, one thread a line."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from typing import Any, Final

from .line import Line

Answer = Callable[[Line], None]
"""Listens to a line until nobody is at its other end; `EOFError` or `OSError` says so."""

BACKLOG: Final = 16
"""How many children may call at once."""


class Switchboard:
    """Lets children in, and nobody else.

    Parameters
    ----------
    answer
        Attends to a line, in a thread of its own.

    Attributes
    ----------
    address, key
        Where it listens, and the word that lets one in.
    """

    def __init__(self, answer: Answer) -> None:
        self.key = secrets.token_bytes(32)
        self._answer = answer
        # Within the machine: a socket in a folder of this user's own, or a named pipe.
        self._listener = Listener(backlog=BACKLOG, authkey=self.key)
        self.address: Any = self._listener.address
        self._lines: set[Line] = set()
        self._closed = False
        self._thread = threading.Thread(target=self._listen, name="alignment-switchboard", daemon=True)
        self._thread.start()

    @property
    def lines(self) -> int:
        """How many children there are that are warm."""
        return len(self._lines)

    def close(self) -> None:
        """Let nobody in any more, and hang up."""
        self._closed = True
        with suppress(OSError, EOFError):  # whoever waits for a call hears of nothing but a call
            Client(self.address).close()
        self._thread.join(1.0)
        self._listener.close()
        for line in tuple(self._lines):
            line.close()

    def _listen(self) -> None:
        while not self._closed:
            # One that is ended while it calls, or a stranger, is no reason to stop listening.
            with suppress(OSError, EOFError, AuthenticationError):
                line = Line(self._listener.accept())
                threading.Thread(target=self._attend, args=(line,), name="alignment-line", daemon=True).start()

    def _attend(self, line: Line) -> None:
        self._lines.add(line)
        with suppress(OSError, EOFError):
            self._answer(line)
        self._lines.discard(line)
        line.close()
