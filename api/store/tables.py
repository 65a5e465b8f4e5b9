"""The tables, a class each. A change here needs a file in `migrations/versions/`; a test says so."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import JSON, Double, ForeignKey, Index, LargeBinary, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, so that migrations can name them on every database."""

# The order of ids is that of their characters on both, whatever the language of a PostgreSQL.
Word = Text().with_variant(Text(collation="C"), "postgresql")

LIVE: Final = ("queued", "running")
"""The states of a run that is yet to end."""

IS_LIVE: Final = text("state IN ('queued', 'running')")


class Base(DeclarativeBase):
    """What all tables share: numbers of Python are kept whole, times are seconds since 1970 by the database's clock."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {str: Text, float: Double, dict[str, Any]: JSON(none_as_null=True)}  # noqa: RUF012 - theirs


class SystemRow(Base):
    """A system, whose tables are in its versions."""

    __tablename__ = "systems"

    id: Mapped[str] = mapped_column(Word, primary_key=True)
    """The name under which it is kept."""
    current: Mapped[int]
    """The number of its newest version."""
    deleted_at: Mapped[float | None]
    """When it was deleted. Unit: seconds since 1970."""


class ContentRow(Base):
    """What a version holds, once for all versions that hold the same."""

    __tablename__ = "contents"

    hash: Mapped[str] = mapped_column(primary_key=True)
    """The SHA-256 of the bytes, in hexadecimal."""
    size: Mapped[int]
    """How many bytes there are, before they are compressed. Unit: bytes."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """The bytes, compressed by zlib."""


class VersionRow(Base):
    """A version of a system, which never changes."""

    __tablename__ = "versions"

    system: Mapped[str] = mapped_column(Word, ForeignKey(SystemRow.id), primary_key=True)
    """The system."""
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1 for the first, and so on."""
    hash: Mapped[str] = mapped_column(ForeignKey(ContentRow.hash))
    """What it holds."""
    form: Mapped[str]
    """The form in which it was handed in, such as json or xlsx."""
    at: Mapped[float]
    """When it was put. Unit: seconds since 1970."""
    key: Mapped[str | None]
    """Which key put it."""
    note: Mapped[str | None]
    """What was said of it."""


class RunRow(Base):
    """A run: a question that takes longer, and the lease of the server that works on it."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    """A word that cannot be guessed."""
    question: Mapped[str]
    """The SHA-256 of all that is asked, in hexadecimal."""
    system_hash: Mapped[str]
    """The hash of the system that is asked of."""
    verb: Mapped[str]
    """The name of the verb."""
    options: Mapped[dict[str, Any]]
    """The options, by their names."""
    key: Mapped[str | None]
    """Which key asked first."""
    state: Mapped[str]
    """Where it stands."""
    stage: Mapped[str | None]
    """What the search is at."""
    incumbent: Mapped[float | None]
    """The objective of the best set so far."""
    bound: Mapped[float | None]
    """No set's objective is better than this."""
    gap: Mapped[float | None]
    """How far the two are apart, a share of the incumbent."""
    owner: Mapped[str | None]
    """The server that has it, or had it last."""
    lease: Mapped[float | None]
    """Until when nobody else may claim it; blank is now. Unit: seconds since 1970."""
    attempt: Mapped[int]
    """How often it has been claimed; every write of an owner says it."""
    tries: Mapped[int]
    """How many of these came to begin the work, and were not handed back in order."""
    cancel: Mapped[bool]
    """Whether its owner is to end it."""
    created: Mapped[float]
    """When it was asked. Unit: seconds since 1970."""
    begun: Mapped[float | None]
    """When the work of this attempt began. Unit: seconds since 1970."""
    told: Mapped[float | None]
    """When progress was last told. Unit: seconds since 1970."""
    ended: Mapped[float | None]
    """When it ended. Unit: seconds since 1970."""
    problem: Mapped[dict[str, Any] | None]
    """Why there is no answer, a problem document."""
    last: Mapped[int]
    """The number of its last event."""


# The same question joins the run that is yet to end, whichever server is asked.
Index("uq_runs_live_question", RunRow.question, unique=True, sqlite_where=IS_LIVE, postgresql_where=IS_LIVE)
Index("ix_runs_state_created", RunRow.state, RunRow.created)
Index("ix_runs_created_id", RunRow.created, RunRow.id)


class EventRow(Base):
    """What happened to a run."""

    __tablename__ = "events"

    run: Mapped[str] = mapped_column(ForeignKey(RunRow.id), primary_key=True)
    """The run."""
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1 for its first event, and so on."""
    at: Mapped[float]
    """When it happened. Unit: seconds since 1970."""
    kind: Mapped[str]
    """`state` or `progress`."""
    data: Mapped[dict[str, Any]]
    """What there is to tell."""


class AnswerRow(Base):
    """An answer, in one form."""

    __tablename__ = "answers"

    question: Mapped[str] = mapped_column(primary_key=True)
    """The SHA-256 of all that was asked, in hexadecimal."""
    media: Mapped[str] = mapped_column(primary_key=True)
    """The media type of its form."""
    system_hash: Mapped[str]
    """The hash of the system that was asked of."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """Its bytes, compressed by zlib."""
    size: Mapped[int]
    """How many they are as they are kept. Unit: bytes."""
    proven: Mapped[bool]
    """Whether asking again would give the same."""
    at: Mapped[float]
    """When it was found. Unit: seconds since 1970."""
    used: Mapped[float] = mapped_column(index=True)
    """When it was last read, to the minute. Unit: seconds since 1970."""


class KeyRow(Base):
    """A key, of which only a digest is kept."""

    __tablename__ = "keys"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    """How the key begins, which is no secret."""
    digest: Mapped[str]
    """The SHA-256 of the whole key, in hexadecimal: random as it is, nothing slower is needed."""
    name: Mapped[str]
    """Whose it is."""
    role: Mapped[str]
    """What it may do."""
    made: Mapped[float]
    """When it was made. Unit: seconds since 1970."""
    expires: Mapped[float | None]
    """When it ends; blank is never. Unit: seconds since 1970."""
    revoked: Mapped[float | None]
    """When it was revoked. Unit: seconds since 1970."""
    last_used: Mapped[float | None]
    """When it was last used, to the minute. Unit: seconds since 1970."""
