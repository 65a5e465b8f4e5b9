"""What a server and one of its children say to each other: heads of plain data, each with bytes behind it.

Each child has a line of its own. What children share could be left locked, or half written, by one that is ended.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

BEHIND = "behind"
"""How many pieces of bytes come behind a head."""


class Line:
    """One end of a line; several threads may send.

    Parameters
    ----------
    connection
        What carries it.
    """

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, head: Mapping[str, Any], pieces: Sequence[bytes] = ()) -> None:
        """Say something.

        Raises
        ------
        OSError
            Nobody is at the other end.
        """
        text = json.dumps({**head, BEHIND: len(pieces)}, ensure_ascii=True).encode()
        with self._lock:
            for piece in (text, *pieces):
                self._connection.send_bytes(piece)

    def receive(self) -> tuple[dict[str, Any], tuple[bytes, ...]]:
        """What the other end says next; waits for it.

        Raises
        ------
        EOFError, OSError
            Nobody is at the other end any more.
        """
        head = json.loads(self._connection.recv_bytes())
        return head, tuple(self._connection.recv_bytes() for _ in range(head.pop(BEHIND)))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
