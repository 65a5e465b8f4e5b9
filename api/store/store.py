"""All that is kept in one database."""

from __future__ import annotations

from sqlalchemy import select

from .answers import Answers
from .engine import Database, now
from .keys import Keys
from .migrating import migrate
from .runs import Runs
from .systems import Systems


class Store:
    """What is kept in a database, by part.

    Parameters
    ----------
    url
        Where it is; blank is a file in the user's local data folder.
    queue
        How many runs may wait; blank is 20.
    """

    def __init__(self, url: str | None = None, queue: int | None = None) -> None:
        self._database = Database(url)
        try:
            migrate(self._database)
        except BaseException:
            self._database.close()
            raise
        self.systems = Systems(self._database)
        self.answers = Answers(self._database)
        self.runs = Runs(self._database)
        self.keys = Keys(self._database)
        if queue is not None:
            self.runs.queue = queue

    def check(self) -> None:
        """Ask the database for the time, such as to tell whether it is ready.

        Raises
        ------
        StoreAway
            It cannot be reached.
        """
        with self._database.reading() as session:
            session.scalar(select(now()))

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()
