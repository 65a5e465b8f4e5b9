"""A ledger of runs in memory, which several keepers may share: what a database has to do, in fifty lines."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from alignment.api.runs.ledger import Ended
from alignment.api.runs.question import Answered, Trouble

TRIES = 3


@dataclass
class Row:
    """A run."""

    id: str
    system_hash: str
    verb: str
    options: Mapping[str, Any]
    attempt: int = 0
    state: str = "queued"
    owner: str = ""
    lease: float = 0.0
    cancel: bool = False
    result: Answered | Trouble | None = None
    begun: list[int] = field(default_factory=list[int])
    told: list[tuple[str, float | None, float | None, float | None]] = field(default_factory=list[Any])
    ends: int = 0


class MemoryLedger:
    """Runs by id."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.away = False
        self._lock = threading.RLock()

    def enqueue(self, verb: str, options: Mapping[str, Any] | None = None, system: str = "") -> Row:
        with self._lock:
            row = Row(str(len(self.rows) + 1), system, verb, options or {})
            self.rows[row.id] = row
            return row

    def cancel(self, run: str) -> None:
        with self._lock:
            self.rows[run].cancel = True

    def wait(self, run: str, *states: str, seconds: float = 30.0) -> Row:
        """The row once it is in one of some states."""
        end = time.monotonic() + seconds
        while self.rows[run].state not in states:
            assert time.monotonic() < end, self.rows[run]
            time.sleep(0.01)
        return self.rows[run]

    def claim(self, owner: str, lease: float) -> Row | None:
        with self._reached():
            now = time.monotonic()
            for row in self.rows.values():
                free = row.state == "queued" or (row.state == "running" and row.lease < now)
                if free and len(row.begun) >= TRIES:
                    row.state = "interrupted"
                elif free:
                    row.state, row.owner, row.lease = "running", owner, now + lease
                    row.attempt = len(row.begun) + 1
                    return replace(row)
            return None

    def begun(self, run: str, owner: str, attempt: int) -> None:
        for row in self._ours(run, owner, attempt):
            row.begun.append(attempt)

    def beat(self, run: str, owner: str, attempt: int, lease: float) -> bool:
        for row in self._ours(run, owner, attempt):
            row.lease = time.monotonic() + lease
            return True
        return False

    def tell(
        self,
        run: str,
        owner: str,
        attempt: int,
        stage: str,
        incumbent: float | None,
        bound: float | None,
        gap: float | None,
    ) -> None:
        for row in self._ours(run, owner, attempt):
            row.told.append((stage, incumbent, bound, gap))

    def finish(self, run: str, owner: str, attempt: int, state: Ended, result: Answered | Trouble | None) -> None:
        for row in self._ours(run, owner, attempt):
            row.result, row.state = result, state
            row.ends += 1

    def cancelled_of(self, owner: str) -> Sequence[str]:
        with self._reached():
            return [
                row.id for row in self.rows.values() if row.owner == owner and row.state == "running" and row.cancel
            ]

    def hand_back(self, owner: str, run: str | None = None) -> None:
        with self._reached():
            for row in self.rows.values():
                if row.owner == owner and row.state == "running" and run in (None, row.id):
                    row.state = "queued"

    def _ours(self, run: str, owner: str, attempt: int) -> list[Row]:
        with self._reached():
            row = self.rows[run]
            ours = row.state == "running" and (row.owner, row.attempt) == (owner, attempt)
            return [row] if ours else []

    def _reached(self) -> threading.RLock:
        if self.away:
            raise ConnectionError("The database is away")
        return self._lock
