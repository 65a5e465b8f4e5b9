"""The lease on a run's row: who works on it says so again and again, and whoever finds it out takes the run over.

Every write says its owner and attempt: a server that was frozen and wakes changes nothing that is no longer its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, delete, or_, select, update

from .answers import keep
from .engine import UNTOLD, Database, changed, now
from .nouns import Answer, End, Run, finite, noun, tellable
from .packing import packed
from .tables import LIVE, EventRow, RunRow
from .transitions import end, end_of, hand_over, put_back, take

OFTEN: Final = 0.5
"""Progress is told no more often, but for another stage. Unit: seconds."""

DAY: Final = 86_400.0
"""Unit: seconds."""

BATCH: Final = 500
"""How many runs are forgotten in one transaction, so that nobody who writes waits for long."""


class Leases:
    """What those who work on runs do.

    Parameters
    ----------
    database
        The database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, owner: str, lease: float) -> Run | None:
        """The run that waits for longest, now the owner's; nothing where none waits.

        One whose lease is out waits too: it is begun again, or `interrupted` where that has been tried three times.

        Parameters
        ----------
        owner
            A word that no other server has, nor this one after a restart.
        lease
            How long it is the owner's without a beat; as long again for each attempt before. Unit: seconds.
        """
        if not self._is_any():
            return None
        wanted = select(RunRow).where(_is_free()).order_by(RunRow.created, RunRow.id).limit(1)
        with self._database.writing() as session:
            while (row := session.scalar(wanted.with_for_update(skip_locked=True))) is not None:
                if (over := end_of(row)) is None:
                    take(session, row, owner, lease)
                    return noun(Run, row)
                end(session, row, over)
                session.flush()
        return None

    def _is_any(self) -> bool:
        """Whether anything waits: a look that keeps no writer waiting."""
        with self._database.reading() as session:
            return session.scalar(select(RunRow.id).where(_is_free()).limit(1)) is not None

    def beat(self, run: str, owner: str, attempt: int, lease: float) -> bool:
        """Hold a run for longer.

        Parameters
        ----------
        run, owner, attempt
            The run, by whom and how often it was claimed.
        lease
            For how long from now; as long again for each attempt before. Unit: seconds.

        Returns
        -------
        bool
            Whether it is still the owner's; if not, its child is to be ended.
        """
        times = case((RunRow.tries > 1, RunRow.tries), else_=1)
        return self._write(run, owner, attempt, lease=now() + times * lease)

    def begun(self, run: str, owner: str, attempt: int) -> bool:
        """Say that a child has begun: only now does the attempt count.

        Returns
        -------
        bool
            Whether the run is still the owner's.
        """
        first = case((RunRow.begun.is_(None), 1), else_=0)
        return self._write(run, owner, attempt, begun=now(), tries=RunRow.tries + first)

    def _write(self, run: str, owner: str, attempt: int, **values: Any) -> bool:
        with self._database.writing() as session:
            return changed(session, update(RunRow).where(_is_held(run, owner, attempt)).values(values)) == 1

    def tell(
        self,
        run: str,
        owner: str,
        attempt: int,
        stage: str | None = None,
        incumbent: float | None = None,
        bound: float | None = None,
        gap: float | None = None,
    ) -> None:
        """Tell how far a search is; within half a second only another stage is told, infinite numbers are blank.

        Parameters
        ----------
        run, owner, attempt
            The run, by whom and how often it was claimed.
        stage
            What the search is at.
        incumbent, bound, gap
            The objective of the best set so far, the bound on any set's, and how far apart they are.
        """
        values = {"stage": stage, "incumbent": finite(incumbent), "bound": finite(bound), "gap": finite(gap)}
        due = or_(RunRow.told.is_(None), RunRow.told < now() - OFTEN, RunRow.stage.is_distinct_from(stage))
        telling = update(RunRow).where(_is_held(run, owner, attempt), due).values(**values, told=now())
        with self._database.writing() as session:
            numbered = telling.values(last=RunRow.last + 1).returning(RunRow.last)
            seq = session.scalar(numbered, execution_options=UNTOLD)
            if seq is not None:
                session.add(EventRow(run=run, seq=seq, at=now(), kind="progress", data=tellable(values)))

    def finish(
        self,
        run: str,
        owner: str,
        attempt: int,
        state: End,
        *,
        answers: Sequence[Answer] = (),
        problem: Mapping[str, Any] | None = None,
    ) -> bool:
        """End a run, and keep its answer in the same transaction: a question is answered once.

        Parameters
        ----------
        run, owner, attempt
            The run, by whom and how often it was claimed.
        state
            How it ends.
        answers
            The answer to its question, in one form or several.
        problem
            Why there is none, a problem document.

        Returns
        -------
        bool
            Whether it was still the owner's; if not, nothing is written.
        """
        data = [packed(answer.data) for answer in answers]
        with self._database.writing() as session:
            row = session.scalar(select(RunRow).where(_is_held(run, owner, attempt)).with_for_update())
            if row is None:
                return False
            keep(session, row.question, row.system_hash, answers, data)
            end(session, row, state, problem)
            return True

    def release(self, run: str, owner: str, attempt: int, wait: float = 0.0) -> bool:
        """Let somebody begin a run again whose child was ended from outside: queued, or interrupted after three.

        Parameters
        ----------
        run, owner, attempt
            The run, by whom and how often it was claimed.
        wait
            How long it is left, for each time that it was claimed so far. Unit: seconds.

        Returns
        -------
        bool
            Whether it was still the owner's.
        """
        with self._database.writing() as session:
            row = session.scalar(select(RunRow).where(_is_held(run, owner, attempt)).with_for_update())
            if row is None:
                return False
            put_back(session, row, wait * row.attempt)
            return True

    def hand_back(self, owner: str, *, died: bool = False) -> int:
        """Let others claim at once all that an owner holds; how many runs these are.

        Parameters
        ----------
        owner
            Who stops.
        died
            Whether it is known to have died. Of one that stops in order the attempts do not count.
        """
        held = select(RunRow).where(RunRow.owner == owner, RunRow.state == "running")
        with self._database.writing() as session:
            rows = session.scalars(held.order_by(RunRow.id).with_for_update()).all()
            for row in rows:
                (put_back if died else hand_over)(session, row)
            return len(rows)

    def cancelled_of(self, owner: str) -> tuple[str, ...]:
        """The runs of an owner that are to be cancelled."""
        wanted = select(RunRow.id).where(RunRow.owner == owner, RunRow.state == "running", RunRow.cancel)
        with self._database.reading() as session:
            return tuple(session.scalars(wanted))

    def owners(self) -> frozenset[str]:
        """Who holds a run, such as to hand back what a dead process of this machine held."""
        wanted = select(RunRow.owner).where(RunRow.state == "running").distinct()
        with self._database.reading() as session:
            return frozenset(owner for owner in session.scalars(wanted) if owner is not None)

    def purge(self, days: float) -> int:
        """Forget runs that ended long ago, with their events; how many went.

        Parameters
        ----------
        days
            How long a run is kept after its end. Unit: days.
        """
        old = select(RunRow.id).where(RunRow.ended < now() - days * DAY).limit(BATCH)
        gone = 0
        while ids := self._old(old):
            with self._database.writing() as session:
                changed(session, delete(EventRow).where(EventRow.run.in_(ids)))
                gone += changed(session, delete(RunRow).where(RunRow.id.in_(ids)))
        return gone

    def _old(self, wanted: Select[str]) -> tuple[str, ...]:
        with self._database.reading() as session:
            return tuple(session.scalars(wanted))


def _is_free() -> ColumnElement[bool]:
    """Whether anybody may claim a run."""
    return and_(RunRow.state.in_(LIVE), or_(RunRow.lease.is_(None), RunRow.lease < now()))


def _is_held(run: str, owner: str, attempt: int) -> ColumnElement[bool]:
    return and_(RunRow.id == run, RunRow.owner == owner, RunRow.attempt == attempt, RunRow.state == "running")
