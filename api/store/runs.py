"""Runs, as those who ask see them: a bounded queue in which one question is one run."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from .engine import insert_new, now
from .errors import NotThere, QueueFull, RunEnded, StoreAway
from .leases import Leases
from .nouns import Event, Run, State, noun
from .tables import LIVE, EventRow, RunRow
from .transitions import end, note

QUEUE: Final = 20
"""How many runs may wait, where nobody says."""

ID_BYTES: Final = 16

AGAIN: Final = 10
"""How often it is looked again for the run of somebody who asked the same at the same moment."""

NEW: Final[Mapping[str, Any]] = {"state": "queued", "attempt": 0, "tries": 0, "cancel": False, "last": 0}

PAGE: Final = 100

LAST: Final = 2**31 - 1
"""The largest number that columns hold."""


class Runs(Leases):
    """The runs of a database: what is asked of them; `Leases` is what those who work on them do.

    Parameters
    ----------
    database
        The database.
    queue
        How many may wait. On PostgreSQL it can be passed by as many as ask at the same moment.
    """

    queue: int = QUEUE

    def enqueue(
        self, question: str, system_hash: str, verb: str, options: Mapping[str, Any], key: str | None = None
    ) -> Run:
        """The run that is to answer a question: the one that does already, or a new one at the end of the queue.

        Parameters
        ----------
        question
            The SHA-256 of all that is asked, in hexadecimal.
        system_hash
            The hash of the content that is asked of.
        verb
            The name of the verb.
        options
            The options, by their names, as JSON has them.
        key
            Which key asks.

        Raises
        ------
        QueueFull
            As many runs wait as may.
        StoreAway
            The database cannot be used now.
        """
        asked = {"question": question, "system_hash": system_hash, "verb": verb, "options": dict(options), "key": key}
        for _ in range(AGAIN):
            run = secrets.token_hex(ID_BYTES)
            with self._database.writing() as session:
                live = session.scalar(select(RunRow).where(RunRow.question == question, RunRow.state.in_(LIVE)))
                if live is not None:
                    return noun(Run, live)
                self._check_room(session)
                # Where somebody else has asked it since, the next look finds theirs.
                if insert_new(session, RunRow, id=run, **asked, **NEW, created=now()):
                    row = session.get_one(RunRow, run)
                    note(session, row, "state", {"state": "queued"})
                    return noun(Run, row)
        raise StoreAway("others ask the same again and again")

    def _check_room(self, session: Session) -> None:
        waiting = session.scalar(select(func.count()).where(RunRow.state == "queued")) or 0
        if waiting >= self.queue:
            raise QueueFull(self.queue)

    def get(self, run: str) -> Run:
        """A run as it stands.

        Raises
        ------
        NotThere
            There is no such run.
        """
        with self._database.reading() as session:
            return noun(Run, _there(session, select(RunRow).where(RunRow.id == run), run))

    def list(self, after: str | None = None, most: int = PAGE, state: State | None = None) -> tuple[Run, ...]:
        """Runs, newest first.

        Parameters
        ----------
        after
            The last id of the page before.
        most
            How many, at most.
        state
            Only those that stand so.

        Raises
        ------
        NotThere
            There is no run of that last id.
        """
        wanted = select(RunRow).order_by(RunRow.created.desc(), RunRow.id.desc()).limit(most)
        if state is not None:
            wanted = wanted.where(RunRow.state == state)
        with self._database.reading() as session:
            if after is not None:
                last = _there(session, select(RunRow).where(RunRow.id == after), after)
                wanted = wanted.where(tuple_(RunRow.created, RunRow.id) < tuple_(last.created, last.id))
            return tuple(noun(Run, row) for row in session.scalars(wanted))

    def counts(self) -> dict[str, int]:
        """How many runs stand how; states that no run is in are left out."""
        with self._database.reading() as session:
            rows = session.execute(select(RunRow.state, func.count()).group_by(RunRow.state)).all()
        return {row[0]: row[1] for row in rows}

    def events(self, run: str, after: int = 0) -> tuple[Event, ...]:
        """What happened to a run since; of one that has ended the last 20 are kept.

        Parameters
        ----------
        run
            The id of a run; one that is not there has none.
        after
            The number of the last event that is known.
        """
        wanted = select(EventRow).where(EventRow.run == run, EventRow.seq > min(after, LAST)).order_by(EventRow.seq)
        with self._database.reading() as session:
            return tuple(noun(Event, row) for row in session.scalars(wanted))

    def cancel(self, run: str) -> Run:
        """End a run: at once where nobody works on it, else its owner is told.

        Parameters
        ----------
        run
            The id of a run.

        Returns
        -------
        Run
            As it stands now: cancelled, or with `cancel` set.

        Raises
        ------
        NotThere
            There is no such run.
        RunEnded
            It has ended.
        """
        unheld = or_(RunRow.state == "queued", RunRow.lease < now(), RunRow.lease.is_(None))
        wanted = select(RunRow).where(RunRow.id == run).with_for_update()
        with self._database.writing() as session:
            row = _there(session, wanted, run)
            if row.state not in LIVE:
                raise RunEnded(run, row.state)
            row.cancel = True
            if session.scalar(select(unheld).where(RunRow.id == run)):
                end(session, row, "cancelled")
            session.flush()
            return noun(Run, row)


def _there(session: Session, wanted: Select[RunRow], run: str) -> RunRow:
    row = session.scalar(wanted)
    if row is None:
        raise NotThere("run", run)
    return row
