"""What Alembic runs for a change of the tables, on the connection that it was given."""

from __future__ import annotations

from alembic import context

from alignment.api.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite changes a column by copying its table.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
