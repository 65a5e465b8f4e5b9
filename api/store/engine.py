"""A URL as a database: the one place that knows how SQLite and PostgreSQL differ."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import Connection, CursorResult, Double, Engine, UpdateBase, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, TimeoutError as PoolTimeout
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from alignment.errors import MissingExtra, OptionError

from .errors import NotText, StoreAway, StoreError, StoreFull
from .tables import Base

READING: Final = "reading"
"""The execution option of transactions that write nothing, which need not wait for those that do."""

PRAGMAS: Final = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")

WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""How long to wait before a pragma is set again where the file is locked. Unit: seconds."""

DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""The databases there are, by the word with which a URL begins."""

INSERTS: Final = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The same statement for both, in a class each: one that leaves a row alone that is there."""

POOL: Final[Mapping[str, Any]] = {"pool_size": 12, "max_overflow": 12, "pool_timeout": 10}
"""Connections of one server: a PostgreSQL allows 100 by itself, so four servers may share it."""

AWAY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_NOTADB")
AWAY_STATES: Final = ("08", "25006", "25P03", "40", "53", "57")
"""How PostgreSQL's words begin for: no connection, read-only, silent for too long, others in the way, no means left,
stopped by somebody."""

SILENT: Final = 10.0
"""How long a transaction may say nothing before PostgreSQL ends it: a server that is frozen within one would keep the
rows that it holds from all others for as long. Unit: seconds."""

DISK_FULL: Final = "53100"

UNTOLD: Final[Mapping[str, Any]] = {"synchronize_session": False, "preserve_rowcount": True}
"""Rows that were read before in a transaction are not told what a statement changes, as nobody looks at them again; how
many rows it changes is told of an insert too."""

MIGRATING: Final = 0x616C69676E
"""The word by which servers that start together wait for each other, in PostgreSQL: "align" as a number."""

REMEDY: Final = "Write sqlite:///PATH.db or postgresql://USER@HOST/NAME"


class now(FunctionElement[float]):  # noqa: N801 - read as the function of SQL that it is
    """The database's time, in seconds since 1970: leases of several servers shall not depend on each one's clock."""

    type: TypeEngine[float] = Double()
    inherit_cache = True


@compiles(now, "sqlite")
def _sqlite_now(_: now, _compiler: SQLCompiler, **_options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _postgresql_now(_: now, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"


class Database:
    """A database, as transactions.

    Parameters
    ----------
    url
        Where it is: `sqlite:///PATH` or `postgresql://USER@HOST/NAME`; blank is a file in the user's local data folder.

    Raises
    ------
    OptionError
        The URL is none, or of another kind of database.
    MissingExtra
        What PostgreSQL needs is not installed.
    """

    def __init__(self, url: str | None = None) -> None:
        self.engine = engine_of(url_of(url))
        self._reading = self.engine.execution_options(**{READING: True})

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A transaction that writes nothing."""
        with translated(), Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A transaction that writes all or nothing; on SQLite one at a time."""
        with translated(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def migrating(self) -> Generator[Connection]:
        """A transaction that changes the tables; of servers that start together, one at a time."""
        with translated(), self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:word)"), {"word": MIGRATING})
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def url_of(url: str | None) -> URL:
    """Where the database is.

    >>> str(url_of("postgres://localhost/alignment"))
    'postgresql+psycopg://localhost/alignment'
    """
    if url is None:
        return URL.create("sqlite", database=str(own_file()))
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise OptionError(f"database: the address of the database is not understood. {REMEDY}.") from error
    kind = found.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise OptionError(f"database: '{kind}' is no database that is known here. {REMEDY}.")
    if kind == "sqlite" and (found.database or ":memory:").startswith((":memory:", "file:")):
        raise OptionError(f"database: what is kept needs a file. {REMEDY}.")
    return found.set(drivername=DRIVERS[kind])


def own_file(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """The file in the user's local data folder: the roaming one may be on a network drive, where WAL does not work.

    Parameters
    ----------
    platform, environment
        Whose rules hold, in the words of `sys.platform` and `os.environ`.
    """
    home = Path.home()
    if platform == "win32":
        folder = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "alignment" / "alignment.db"


def engine_of(url: URL) -> Engine:
    """The engine of a URL; it connects when it is first used."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5}, **POOL)
    except ModuleNotFoundError as error:
        if error.name == "psycopg":
            raise MissingExtra("postgres", "A PostgreSQL database") from error
        raise
    event.listen(engine, "connect", _bound_silence)
    return engine


def _bound_silence(connection: Any, _: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = {SILENT * 1000:.0f}")
    connection.commit()


def _sqlite(url: URL) -> Engine:
    _make_folder(Path(url.database or "").parent)
    engine = create_engine(url, **POOL)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        # What policy teams put here is theirs alone.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreAway("its folder cannot be made") from error


def _prepare(connection: Any, _: object) -> None:
    # Python's driver would begin transactions by itself, and never at once for a write.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        _set(connection, pragma)


def _set(connection: Any, pragma: str) -> None:
    """Set a pragma; a file that others change to WAL just then is locked at once, however long one would wait."""
    for wait in (*WAITS, None):
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            if wait is None or error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise
            time.sleep(wait)
        else:
            return


def _begin(connection: Connection) -> None:
    # A read that turns into a write fails at once where another writes: a write waits for its turn before it reads.
    immediate = not connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def translated() -> Generator[None]:
    """Say in the words of the store what a database says in its own.

    Raises
    ------
    StoreAway
        It cannot be reached, or is busy.
    StoreFull
        There is no space left.
    NotText
        A word holds what cannot be kept.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise NotText from error
    except PoolTimeout as error:
        raise StoreAway("too many ask at once") from error
    except DBAPIError as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning from error


def _meaning(error: DBAPIError) -> StoreError | None:
    """What an error of a database means; nothing where it is a fault of ours."""
    name = str(getattr(error.orig, "sqlite_errorname", None) or "")
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if name == "SQLITE_FULL" or state == DISK_FULL:
        return StoreFull()
    if isinstance(error, DataError) and "NUL" in str(error.orig):
        return NotText()
    lost = error.connection_invalidated or state.startswith(AWAY_STATES) or name.startswith(AWAY)
    # psycopg gives no state where there was nobody to speak to.
    unanswered = not (name or state) and type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}
    return StoreAway("it is busy or out of reach") if lost or unanswered else None


def insert_new(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row unless one of its key is there, by whomever; whether it was inserted."""
    # Not in a savepoint: SQLite gives up the whole transaction where a disk is full, and the savepoint with it.
    insert = INSERTS[session.get_bind().dialect.name]
    return changed(session, insert(table).values(values).on_conflict_do_nothing()) == 1


def changed(session: Session, statement: UpdateBase) -> int:
    """How many rows a statement changes."""
    return cast("CursorResult[Any]", session.execute(statement, execution_options=UNTOLD)).rowcount
