"""How a run comes from one state into another, in the transaction that holds its row.

`queued` -> `running` -> `finished`, `failed`, `cancelled` or `interrupted`, which are for ever; `running` -> `queued`
where its owner let it go. `queued` -> `cancelled` where somebody cancels it first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .engine import changed, now
from .nouns import End, tellable
from .tables import EventRow, RunRow

TRIES: Final = 3
"""How often the work is begun before a run is given up: what ends three servers would end the fourth."""

CLAIMS: Final = 10
"""How often a run is claimed and lost before it is given up, even where the work never came to begin."""

KEPT: Final = 20
"""How many events are kept of a run that has ended."""


def end(session: Session, row: RunRow, state: End, problem: Mapping[str, Any] | None = None) -> None:
    """End a run, of whose events the last are kept."""
    row.state, row.ended, row.lease = state, now(), None
    row.problem = None if problem is None else dict(problem)
    note(session, row, "state", {"state": state})
    changed(session, delete(EventRow).where(EventRow.run == row.id, EventRow.seq <= row.last - KEPT))


def note(session: Session, row: RunRow, kind: Literal["state", "progress"], data: Mapping[str, Any]) -> None:
    """Put down what happened to a run whose row is held."""
    row.last += 1
    session.add(EventRow(run=row.id, seq=row.last, at=now(), kind=kind, data=tellable(data)))
    session.flush()


def take(session: Session, row: RunRow, owner: str, lease: float) -> None:
    """Give a run to an owner for a lease in seconds, longer for each attempt before."""
    row.state, row.owner, row.lease = "running", owner, now() + lease * (row.tries + 1)
    row.attempt += 1
    row.begun = row.told = row.stage = row.incumbent = row.bound = row.gap = None
    note(session, row, "state", {"state": "running", "attempt": row.attempt})


def put_back(session: Session, row: RunRow, wait: float = 0.0) -> None:
    """Queue a run again after some seconds, unless it is over."""
    over = end_of(row)
    if over is not None:
        end(session, row, over)
        return
    row.state, row.lease, row.begun = "queued", (now() + wait if wait else None), None
    note(session, row, "state", {"state": "queued", "attempt": row.attempt})


def hand_over(session: Session, row: RunRow) -> None:
    """Queue a run again whose owner stops in order, which says nothing of the run: the attempt does not count."""
    row.tries -= int(row.begun is not None)
    # From the queue's side, from which a run is never given up.
    row.state = "queued"
    put_back(session, row)


def end_of(row: RunRow) -> End | None:
    """How a run ends that somebody has let go; nothing where it is to be begun again."""
    if row.cancel:
        return "cancelled"
    spent = row.tries >= TRIES or row.attempt >= CLAIMS
    return "interrupted" if spent and row.state == "running" else None
