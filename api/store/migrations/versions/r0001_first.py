"""The tables that there were first."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

WORD: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SECONDS: Final[sa.Double[float]] = sa.Double()
LIVE: Final = sa.text("state IN ('queued', 'running')")


def upgrade() -> None:
    """The tables as they are afterwards."""
    _systems()
    _runs()
    _answers()
    _keys()


def _systems() -> None:
    op.create_table(
        "systems",
        sa.Column("id", WORD, nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("deleted_at", SECONDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_systems"),
    )
    op.create_table(
        "contents",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_contents"),
    )
    op.create_table(
        "versions",
        sa.Column("system", WORD, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("at", SECONDS, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["hash"], ["contents.hash"], name="fk_versions_hash"),
        sa.ForeignKeyConstraint(["system"], ["systems.id"], name="fk_versions_system"),
        sa.PrimaryKeyConstraint("system", "number", name="pk_versions"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("system_hash", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("incumbent", SECONDS, nullable=True),
        sa.Column("bound", SECONDS, nullable=True),
        sa.Column("gap", SECONDS, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease", SECONDS, nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("created", SECONDS, nullable=False),
        sa.Column("begun", SECONDS, nullable=True),
        sa.Column("told", SECONDS, nullable=True),
        sa.Column("ended", SECONDS, nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_created_id", "runs", ["created", "id"])
    op.create_index("ix_runs_state_created", "runs", ["state", "created"])
    op.create_index(
        "uq_runs_live_question", "runs", ["question"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_table(
        "events",
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", SECONDS, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_events_run"),
        sa.PrimaryKeyConstraint("run", "seq", name="pk_events"),
    )


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("system_hash", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("at", SECONDS, nullable=False),
        sa.Column("used", SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("question", "media", name="pk_answers"),
    )
    op.create_index("ix_answers_used", "answers", ["used"])


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("made", SECONDS, nullable=False),
        sa.Column("expires", SECONDS, nullable=True),
        sa.Column("revoked", SECONDS, nullable=True),
        sa.Column("last_used", SECONDS, nullable=True),
        sa.PrimaryKeyConstraint("prefix", name="pk_keys"),
    )
